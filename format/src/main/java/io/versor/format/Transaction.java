package io.versor.format;

import io.versor.format.change.CellCopier;
import io.versor.format.change.TheirSide;
import io.versor.format.chunk.HeapColumn;
import io.versor.format.record.Cells;
import io.versor.format.record.PendingMerge;
import io.versor.format.record.Record;
import io.versor.format.record.RowIds;
import io.versor.format.table.BranchState;
import io.versor.format.table.LiveBranch;
import io.versor.format.table.TableState;
import io.versor.format.type.Column;
import io.versor.format.type.StoreException;
import io.versor.format.type.TableSchema;
import io.versor.format.type.ViewSchema;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Writes to one branch that become visible together. It sees the branch as it was when the
 * transaction began, and its own writes.
 *
 * <p>Used by one thread. After an error of a method that writes, nothing of that call is in the
 * transaction; after an error of a commit the transaction is over, and nothing of it is in the
 * store unless the error is {@code OUTCOME_UNKNOWN}.
 */
public final class Transaction implements AutoCloseable {
  private final Core core;
  private final PendingWrites writes;
  private final SchemaEdits schemaEdits;
  private final TransactionCommit commit;
  private boolean over;

  Transaction(Core core, LiveBranch branch, BranchState base, String display) {
    this.core = core;
    this.writes = new PendingWrites(core, branch, base, display);
    this.schemaEdits = new SchemaEdits(writes);
    this.commit = new TransactionCommit(writes);
  }

  /** The branch it writes to, by its id. */
  public long branchId() {
    return writes.branch.branchId();
  }

  /**
   * The branch as this transaction sees it, its own writes included. When it was closed without
   * being committed, these cannot be read any more.
   */
  public Snapshot snapshot() throws StoreException {
    return new Snapshot(core, writes.current(), writes.display);
  }

  /** Whether there is anything to commit. */
  public boolean hasWrites() {
    return !writes.isEmpty();
  }

  // --- going back

  /** A point to go back to. */
  public static final class Mark {
    private final PendingWrites.Point point;

    private Mark(PendingWrites.Point point) {
      this.point = point;
    }
  }

  /** A mark for {@link #rollbackTo}: before a statement, or a savepoint. */
  public Mark mark() throws StoreException {
    check();
    return new Mark(writes.point());
  }

  /** The mark before its first write. */
  public Mark beginning() {
    return new Mark(writes.beginning());
  }

  /** Forgets what was written since the mark. Ids given out since are not given out again. */
  public void rollbackTo(Mark mark) throws StoreException {
    check();
    writes.backTo(mark.point);
  }

  private void check() {
    if (over) {
      throw new IllegalStateException("the transaction is over");
    }
  }

  // --- tables and views

  /**
   * Creates a table; ids in the template are ignored.
   *
   * @throws StoreException {@code TABLE_EXISTS}
   */
  public long createTable(TableSchema template) throws StoreException {
    check();
    return schemaEdits.createTable(template);
  }

  /** Drops a table; older versions keep it. */
  public void dropTable(long tableId) throws StoreException {
    check();
    schemaEdits.dropTable(tableId);
  }

  /** Gives a table another name; older versions keep the old one. */
  public void renameTable(long tableId, String name) throws StoreException {
    check();
    schemaEdits.renameTable(tableId, name);
  }

  /** Replaces comment and properties of a table. */
  public void alterTable(long tableId, Optional<String> comment, Map<String, String> properties)
      throws StoreException {
    check();
    schemaEdits.alterTable(tableId, comment, properties);
  }

  /**
   * Checks the keys of all rows, after a key was added.
   *
   * @throws StoreException {@code NOT_UNIQUE}; {@code NOT_NULL} for a primary key
   */
  public void requireKeys(long tableId) throws StoreException {
    check();
    schemaEdits.requireKeys(tableId);
  }

  /**
   * Adds a column at the end; ids in the template are ignored.
   *
   * @param fill one sample for the rows there are; empty = NULL, or numbers in their order if it is
   *     an identity column
   * @throws StoreException {@code COLUMN_EXISTS}; {@code NOT_NULL} when rows would have NULL
   */
  public long addColumn(long tableId, Column template, Optional<HeapColumn> fill)
      throws StoreException {
    check();
    return schemaEdits.addColumn(tableId, template, fill);
  }

  /** Drops a column; older versions keep it. */
  public void dropColumn(long tableId, long columnId) throws StoreException {
    check();
    schemaEdits.dropColumn(tableId, columnId);
  }

  /** Gives a column another name; older versions keep the old one. */
  public void renameColumn(long tableId, long columnId, String name) throws StoreException {
    check();
    schemaEdits.renameColumn(tableId, columnId, name);
  }

  /**
   * Replaces what is said of a column: whether it may be NULL, default, comment, properties,
   * labels; samples must stay what they are.
   *
   * @throws StoreException {@code NOT_NULL} when a row has NULL; {@code INVALID_VALUE} for another
   *     type
   */
  public void alterColumn(long tableId, Column replacement) throws StoreException {
    check();
    schemaEdits.alterColumn(tableId, replacement);
  }

  /**
   * Gives the numbers of a column of class labels other names, whatever they were called. No sample
   * changes by that.
   */
  public void relabel(long tableId, long columnId, List<String> labels) throws StoreException {
    check();
    schemaEdits.relabel(tableId, columnId, labels);
  }

  /**
   * Creates a view; the id in the template is ignored. Whether its query can be read is for the
   * caller to know.
   *
   * @throws StoreException {@code TABLE_EXISTS} when a table or view has the name
   */
  public long createView(ViewSchema template) throws StoreException {
    check();
    return schemaEdits.createView(template);
  }

  /** Gives a view another name, query or comment; older versions keep what they have. */
  public void alterView(ViewSchema replacement) throws StoreException {
    check();
    schemaEdits.alterView(replacement);
  }

  /** Drops a view; older versions keep it. */
  public void dropView(long viewId) throws StoreException {
    check();
    schemaEdits.dropView(viewId);
  }

  // --- rows

  /**
   * Appends rows.
   *
   * @param columns one for each column of the schema in its order, all of the same length
   * @return the id of the first row; the others follow. It may change if others append to the
   *     branch before this commits: see {@link #committedRowId}
   * @throws StoreException {@code NOT_NULL}
   */
  public long append(long tableId, List<HeapColumn> columns) throws StoreException {
    check();
    TableSchema schema = writes.schema(tableId);
    if (columns.size() != schema.columns().size()) {
      throw new IllegalArgumentException(
          columns.size() + " columns for " + schema.columns().size());
    }
    int rows = columns.get(0).rows();
    for (int i = 0; i < columns.size(); i++) {
      Column column = schema.columns().get(i);
      if (columns.get(i).rows() != rows || !columns.get(i).type().sameBytes(column.type())) {
        throw new IllegalArgumentException(
            "column " + column.name() + ": " + columns.get(i).type() + " for " + column.type());
      }
      if (!column.nullable() && columns.get(i).nullCount() > 0) {
        throw PendingWrites.notNull(schema, column, "a value is needed");
      }
    }
    if (rows == 0) {
      return writes.nextRow();
    }
    writes.makeRoom(rows, 0, 0);
    if (!writes.spool.continues(tableId, writes.nextRow())) {
      writes.flush();
    }
    writes.spool.append(schema, writes.nextRow(), columns);
    return writes.takeRows(rows);
  }

  /**
   * Appends rows whose samples lie in foreign chunks, and are not looked at: that columns that are
   * not nullable have all of theirs is for the caller to know.
   *
   * @param rows how many
   * @param columns by column id, {@code rows} samples each; a column that is not named is NULL
   * @return the id of the first row; the others follow
   */
  public long appendForeign(long tableId, int rows, Map<Long, List<ForeignSlice>> columns)
      throws StoreException {
    check();
    TableSchema schema = writes.schema(tableId);
    List<Record.ColumnCells> cells = new ArrayList<>();
    for (Column column : schema.columns()) {
      List<ForeignSlice> slices = columns.get(column.id());
      if (slices != null) {
        cells.add(new Record.ColumnCells(column.id(), foreign(column, slices, rows)));
      }
    }
    if (cells.size() != columns.size()) {
      throw new IllegalArgumentException(
          columns.keySet() + ": not all of them are columns of " + schema.name());
    }
    writes.makeRoom(rows, 0, 0);
    writes.flush();
    long first = writes.takeRows(rows);
    writes.add(new Record.RowsAppended(tableId, RowIds.run(first, rows), cells));
    return first;
  }

  /**
   * Replaces cells by samples of foreign chunks.
   *
   * @param rowIds rows in table order, each once
   * @param slices as many samples
   */
  public void updateForeign(long tableId, long columnId, long[] rowIds, List<ForeignSlice> slices)
      throws StoreException {
    check();
    Column column = PendingWrites.column(writes.schema(tableId), columnId);
    writes.flush();
    writes.add(
        new Record.CellsPatched(
            tableId,
            RowIds.of(rowIds),
            new Record.ColumnCells(columnId, foreign(column, slices, rowIds.length))));
  }

  private static Cells foreign(Column column, List<ForeignSlice> slices, int rows) {
    Cells cells = ForeignSlice.cells(slices);
    if (cells.count() != rows) {
      throw new IllegalArgumentException(
          "column " + column.name() + ": " + cells.count() + " samples for " + rows + " rows");
    }
    return cells;
  }

  /**
   * Replaces cells: row {@code rowIds[i]} takes sample {@code i}.
   *
   * @param rowIds rows of the table as this transaction sees it, each at most once
   */
  public void update(long tableId, long columnId, long[] rowIds, HeapColumn values)
      throws StoreException {
    update(tableId, rowIds, Map.of(columnId, values));
  }

  /**
   * Replaces cells of several columns: row {@code rowIds[i]} takes sample {@code i} of each.
   *
   * @param rowIds rows of the table as this transaction sees it, each at most once
   * @param values by column id, as many samples as rows
   */
  public void update(long tableId, long[] rowIds, Map<Long, HeapColumn> values)
      throws StoreException {
    check();
    TableSchema schema = writes.schema(tableId);
    for (Map.Entry<Long, HeapColumn> each : values.entrySet()) {
      Column column = PendingWrites.column(schema, each.getKey());
      HeapColumn samples = each.getValue();
      if (samples.rows() != rowIds.length || !samples.type().sameBytes(column.type())) {
        throw new IllegalArgumentException(samples.rows() + " samples for " + rowIds.length);
      }
      if (!column.nullable() && samples.nullCount() > 0) {
        throw PendingWrites.notNull(schema, column, "a value is needed");
      }
    }
    if (rowIds.length == 0) {
      return;
    }
    SlotOrder order = SlotOrder.of(writes.table(tableId), rowIds);
    RowIds rows = RowIds.of(order.rowIds());
    for (Map.Entry<Long, HeapColumn> each : values.entrySet()) {
      Column column = PendingWrites.column(schema, each.getKey());
      writes.add(writes.spool.patched(tableId, rows, column, order.sorted(each.getValue())));
    }
  }

  /** Deletes rows, each given at most once. */
  public void delete(long tableId, long[] rowIds) throws StoreException {
    check();
    writes.schema(tableId);
    if (rowIds.length == 0) {
      return;
    }
    SlotOrder order = SlotOrder.of(writes.table(tableId), rowIds);
    writes.add(new Record.RowsDeleted(tableId, RowIds.of(order.rowIds())));
  }

  /**
   * Marks the conflicts of rows as resolved; what the rows hold stands. Rows without a conflict are
   * left out.
   *
   * @return how many rows had one
   */
  public long resolveConflicts(long tableId, long[] rowIds) throws StoreException {
    return resolve(tableId, rowIds, false);
  }

  /**
   * Decides the conflicts of rows for the side that is merged in: cells become theirs, rows that
   * they deleted go, rows that they kept come back. Rows without a conflict are left out.
   *
   * @return how many rows had one
   */
  public long takeTheirs(long tableId, long[] rowIds) throws StoreException {
    return resolve(tableId, rowIds, true);
  }

  private long resolve(long tableId, long[] rowIds, boolean theirs) throws StoreException {
    check();
    writes.schema(tableId);
    Optional<PendingMerge> merge = writes.current().pending();
    if (merge.isEmpty()) {
      return 0;
    }
    Set<Long> open = merge.get().rows(tableId);
    long[] resolved = Arrays.stream(rowIds).filter(open::contains).distinct().toArray();
    if (resolved.length == 0) {
      return 0;
    }
    PendingWrites.Point before = writes.point();
    BranchState was = writes.current();
    if (theirs) {
      Set<Long> rows = new HashSet<>();
      Arrays.stream(resolved).forEach(rows::add);
      TableState there =
          merge.get().theirs().isEmpty()
              ? null
              : core.history.at(merge.get().theirs().get()).tables().get(tableId);
      List<Record> taken =
          new TheirSide(
                  writes.table(tableId),
                  Optional.ofNullable(there),
                  CellCopier.inMemory(core.chunks, core.allocator))
              .take(merge.get(), rows);
      taken.forEach(writes::add);
    }
    writes.add(new Record.ConflictsResolved(tableId, RowIds.of(resolved)));
    if (theirs) {
      try {
        new MergeChecks(core, "taking theirs on " + writes.display, was, writes.current())
            .check(writes.records().subList(before.records(), writes.records().size()));
      } catch (StoreException e) {
        writes.backTo(before);
        throw e;
      }
    }
    return resolved.length;
  }

  // --- identity columns

  /**
   * Draws numbers of an identity column. Nobody else on the branch gets them, whether this is
   * committed or not; if another process drew some of them first, the commit is {@code REF_MOVED}.
   *
   * @param count how many, at least 1
   * @return the first; each other is the increment further
   * @throws StoreException {@code NUMBERS_EXHAUSTED}
   */
  public long drawNumbers(long tableId, long columnId, int count) throws StoreException {
    check();
    return writes.drawNumbers(tableId, columnId, count);
  }

  /** Lets an identity column go on with a number, whatever it has given out. */
  public void restartNumbers(long tableId, long columnId, long next) throws StoreException {
    check();
    PendingWrites.column(writes.schema(tableId), columnId);
    writes.add(writes.numbers.restart(tableId, columnId, next));
  }

  // --- the end

  /**
   * Makes the writes visible: one append, one sync.
   *
   * @throws StoreException {@code REF_MOVED} when others changed the same rows or tables first
   */
  public void commit() throws StoreException {
    check();
    writes.flush();
    over = true;
    if (!writes.isEmpty()) {
      commit.commit();
    }
  }

  /**
   * Makes the writes visible, and a commit of them and of everything uncommitted before them: one
   * append, one sync.
   *
   * @throws StoreException {@code NOTHING_TO_COMMIT} when nothing differs from the last commit;
   *     {@code REF_MOVED}
   */
  public Commit commitVersion(CommitRequest request) throws StoreException {
    return commitVersion(request, Optional.empty());
  }

  /** The same for a commit that was made elsewhere. */
  public Commit commitVersion(CommitRequest request, CommitOrigin origin) throws StoreException {
    return commitVersion(request, Optional.of(origin));
  }

  private Commit commitVersion(CommitRequest request, Optional<CommitOrigin> origin)
      throws StoreException {
    check();
    writes.flush();
    over = true;
    return commit.commitVersion(request, origin);
  }

  /** After a commit: the id that a row has in the store, by the one that {@link #append} gave. */
  public long committedRowId(long rowId) throws StoreException {
    return commit.rowId(rowId);
  }

  /** Forgets the writes unless they were committed. */
  @Override
  public void close() throws StoreException {
    over = true;
    writes.close();
  }
}
