package io.versor.format;

import io.versor.format.record.Record;
import io.versor.format.record.RowIds;
import io.versor.format.table.BranchState;
import io.versor.format.table.IdCounters;
import io.versor.format.type.Column;
import io.versor.format.type.StoreException;
import io.versor.format.type.StoreException.Code;
import io.versor.format.type.TableKeys;
import io.versor.format.type.TableSchema;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Gives the rows, tables and columns that a transaction made their final ids, when others took the
 * ids it counted on.
 */
final class Rebase {
  private final IdCounters from;
  private final IdCounters to;
  private final BranchState head;
  private final String display;

  Rebase(BranchState base, BranchState head, String display) {
    this.from = base.ids();
    this.to = head.ids();
    this.head = head;
    this.display = display;
  }

  List<Record> apply(List<Record> records) throws StoreException {
    List<Record> moved = new ArrayList<>();
    for (Record record : records) {
      moved.add(move(record));
    }
    return moved;
  }

  private Record move(Record record) throws StoreException {
    if (record instanceof Record.RowsAppended appended) {
      List<Record.ColumnCells> columns = new ArrayList<>();
      for (Record.ColumnCells cells : appended.columns()) {
        columns.add(move(cells));
      }
      return new Record.RowsAppended(table(appended.tableId()), rows(appended.runs()), columns);
    }
    if (record instanceof Record.CellsPatched patched) {
      return new Record.CellsPatched(
          table(patched.tableId()), rows(patched.rows()), move(patched.cells()));
    }
    if (record instanceof Record.RowsDeleted deleted) {
      return new Record.RowsDeleted(table(deleted.tableId()), rows(deleted.rows()));
    }
    if (record instanceof Record.TablePut put) {
      TableSchema schema = put.schema();
      List<Column> columns = new ArrayList<>();
      Map<Long, Long> moved = new HashMap<>();
      for (Column column : schema.columns()) {
        long id = column(column.id());
        moved.put(column.id(), id);
        columns.add(column.withId(id));
      }
      Map<String, String> properties =
          TableKeys.moved(schema.properties(), id -> moved.getOrDefault(id, id));
      long tableId = table(schema.id());
      refuseName(schema.name(), tableId);
      return new Record.TablePut(
          schema.withId(tableId).withColumns(columns).withProperties(properties));
    }
    if (record instanceof Record.TableDropped dropped) {
      return new Record.TableDropped(table(dropped.tableId()));
    }
    if (record instanceof Record.ViewPut put) {
      long viewId = table(put.view().id());
      refuseName(put.view().name(), viewId);
      return new Record.ViewPut(put.view().withId(viewId));
    }
    if (record instanceof Record.ViewDropped dropped) {
      return new Record.ViewDropped(table(dropped.viewId()));
    }
    if (record instanceof Record.NumbersDrawn drawn) {
      return new Record.NumbersDrawn(
          column(drawn.columnId()), drawn.first(), drawn.last(), drawn.increment());
    }
    if (record instanceof Record.NumbersRestarted restarted) {
      return new Record.NumbersRestarted(
          table(restarted.tableId()), column(restarted.columnId()), restarted.next());
    }
    return record;
  }

  private void refuseName(String name, long id) throws StoreException {
    Optional<String> taken = Schemas.of(head).named(name, id);
    if (taken.isPresent()) {
      throw new StoreException(
          Code.TABLE_EXISTS, display + ": another writer made " + taken.get() + " meanwhile");
    }
  }

  private Record.ColumnCells move(Record.ColumnCells cells) throws StoreException {
    return new Record.ColumnCells(column(cells.columnId()), cells.cells());
  }

  private RowIds rows(RowIds rows) throws StoreException {
    if (from.equals(to)) {
      return rows;
    }
    List<RowIds.Run> runs = new ArrayList<>();
    for (RowIds.Run run : rows.runs()) {
      long limit = from.id(0) + from.rows();
      long old = from.owns(run.first()) ? Math.min(run.count(), limit - run.first()) : run.count();
      if (old > 0) {
        runs.add(new RowIds.Run(run.first(), old));
      }
      long taken = Math.max(0, old);
      if (taken < run.count()) {
        long first = moved(run.first() + taken, from.rows(), to.rows());
        moved(run.first() + run.count() - 1, from.rows(), to.rows());
        runs.add(new RowIds.Run(first, run.count() - taken));
      }
    }
    return new RowIds(runs);
  }

  /** The last id of a row that the transaction made, or another row's own. */
  long row(long id) throws StoreException {
    return from.equals(to) ? id : moved(id, from.rows(), to.rows());
  }

  private long table(long id) throws StoreException {
    return moved(id, from.tables(), to.tables());
  }

  private long column(long id) throws StoreException {
    return moved(id, from.columns(), to.columns());
  }

  /** An id of our own making, counted on from where others have come to. */
  private long moved(long id, long fromNext, long toNext) throws StoreException {
    long sequence = id & 0xFFFF_FFFFL;
    if (!from.owns(id) || sequence < fromNext) {
      return id;
    }
    long shifted = sequence - fromNext + toNext;
    if (shifted >= IdCounters.MAX_SEQUENCE) {
      throw new StoreException(
          Code.REF_MOVED, display + ": others used up the row ids meanwhile; try again");
    }
    return to.id(shifted);
  }
}
