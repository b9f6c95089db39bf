package io.versor.engine.statement;

import io.versor.engine.StatementException;
import io.versor.engine.plan.RowConditions;
import io.versor.engine.plan.RowCursor;
import io.versor.engine.plan.Run;
import io.versor.engine.write.CellWriter;
import io.versor.format.KeyCheck;
import io.versor.format.Transaction;
import io.versor.format.chunk.ColumnBuilder;
import io.versor.format.chunk.HeapColumn;
import io.versor.format.type.StoreException;
import io.versor.format.type.TableSchema;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Rows that one WHEN clause of MERGE INTO updates, and what they become. */
final class MergedRows {
  private final TableSchema schema;
  private final MergePlan plan;
  private final MergePlan.Clause clause;
  private final List<Integer> read;
  private final List<CellWriter> writers = new ArrayList<>();
  private final List<CellWriter> readers = new ArrayList<>();
  private final List<Long> rowIds = new ArrayList<>();

  MergedRows(MergePlan plan, MergePlan.Clause clause) {
    this.schema = plan.schema();
    this.plan = plan;
    this.clause = clause;
    this.read = List.copyOf(MergePlan.read(schema, clause.targets()));
    clause
        .targets()
        .forEach(at -> writers.add(new CellWriter(schema.name(), schema.columns().get(at))));
    read.forEach(at -> readers.add(new CellWriter(schema.name(), schema.columns().get(at))));
  }

  /**
   * Takes a row.
   *
   * @param source its number, for messages
   */
  void add(long rowId, RowCursor rows, long source, Transaction transaction, Run run)
      throws StoreException, StatementException {
    rowIds.add(rowId);
    for (int i = 0; i < writers.size(); i++) {
      CellWriter writer = writers.get(i);
      Object value = clause.value(i, rows, run);
      writer.append(Numbering.value(value, writer.column(), schema, transaction), source);
    }
    for (int i = 0; i < readers.size(); i++) {
      int place = plan.firstRead() + plan.reads().indexOf(read.get(i));
      readers.get(i).append(rows.objectAt(place), source);
    }
  }

  void checkConditions(SessionState session, Run run) throws StoreException, StatementException {
    if (!RowConditions.columns(schema, clause.targets()).isEmpty()) {
      Optional<RowConditions> conditions = session.conditions(schema, run.versions());
      if (conditions.isPresent()) {
        conditions.get().check(columns(), run);
      }
    }
  }

  void replaceKeys(KeyCheck keys) {
    rowIds.forEach(keys::replaces);
  }

  void addKeys(KeyCheck keys) throws StoreException {
    keys.added(columns());
  }

  /** As many columns as the table has; those that were not asked for are empty. */
  private List<HeapColumn> columns() {
    List<HeapColumn> columns = new ArrayList<>();
    for (int column = 0; column < schema.columns().size(); column++) {
      int written = clause.targets().indexOf(column);
      int kept = read.indexOf(column);
      columns.add(
          written >= 0
              ? writers.get(written).peek()
              : kept >= 0
                  ? readers.get(kept).peek()
                  : new ColumnBuilder(schema.columns().get(column).type(), 0).column());
    }
    return columns;
  }

  /** Hands the rows to the transaction. Returns how many they are. */
  long apply(Transaction transaction) throws StoreException {
    long[] ids = rowIds.stream().mapToLong(Long::longValue).toArray();
    for (int i = 0; i < writers.size() && ids.length > 0; i++) {
      long columnId = schema.columns().get(clause.targets().get(i)).id();
      transaction.update(
          schema.id(), columnId, Arrays.copyOf(ids, ids.length), writers.get(i).take());
    }
    return ids.length;
  }
}
