package io.versor.format;

import io.versor.format.record.Record;
import io.versor.format.ref.BranchEntry;
import io.versor.format.ref.Refs;
import io.versor.format.ref.Root;
import io.versor.format.table.BranchState;
import io.versor.format.table.FrameDraft;
import io.versor.format.table.IdCounters;
import io.versor.format.table.IdentityCounters;
import io.versor.format.table.LiveBranch;
import io.versor.format.table.TableState;
import io.versor.format.type.Column;
import io.versor.format.type.StoreException;
import io.versor.format.type.StoreException.Code;
import io.versor.format.type.TableSchema;
import io.versor.format.type.ViewSchema;
import java.util.ArrayList;
import java.util.List;

/**
 * What a transaction has written so far: records in their order, and what tables, ids and numbers
 * come to with them. Used by one thread.
 */
final class PendingWrites implements AutoCloseable {
  final Core core;
  final LiveBranch branch;
  final BranchState base;

  /** The branch, for messages. */
  final String display;

  final RowSpool spool;
  final IdentityNumbers numbers;

  private final List<Record> records = new ArrayList<>();
  private Schemas schemas;
  private IdCounters ids;

  /** The base with the first {@link #appliedRecords} records. */
  private BranchState applied;

  private int appliedRecords;

  PendingWrites(Core core, LiveBranch branch, BranchState base, String display) {
    this.core = core;
    this.branch = branch;
    this.base = base;
    this.display = display;
    this.spool = new RowSpool(core.packs, core.options.memory());
    this.numbers = new IdentityNumbers(core, branch, base);
    this.schemas = Schemas.of(base);
    this.ids = base.ids();
    this.applied = base;
  }

  // --- records

  boolean isEmpty() {
    return records.isEmpty() && spool.isEmpty();
  }

  /** The records, without rows that wait: see {@link #flush}. */
  List<Record> records() {
    return records;
  }

  void add(Record record) {
    records.add(record);
  }

  /** Rows appended so far become a record. */
  void flush() throws StoreException {
    spool.flush().ifPresent(records::add);
  }

  /** The branch with all that was written. */
  BranchState current() throws StoreException {
    flush();
    if (appliedRecords < records.size()) {
      FrameDraft more =
          FrameDraft.preview(
              core.history, applied, records.subList(appliedRecords, records.size()));
      applied = more.state();
      appliedRecords = records.size();
    }
    return applied;
  }

  // --- going back

  /** A point to go back to. */
  record Point(int records, Schemas schemas, IdentityCounters identities) {}

  Point point() throws StoreException {
    flush();
    return new Point(records.size(), schemas, numbers.mark());
  }

  Point beginning() {
    return new Point(0, Schemas.of(base), base.identities());
  }

  /** Forgets what was written since. Ids given out since are not given out again. */
  void backTo(Point point) throws StoreException {
    spool.discard(); // there were none at the point
    records.subList(point.records(), records.size()).clear();
    schemas = point.schemas();
    numbers.rollbackTo(point.identities());
    if (appliedRecords > point.records()) {
      applied = base;
      appliedRecords = 0;
    }
  }

  // --- tables and views

  Schemas schemas() {
    return schemas;
  }

  void put(TableSchema schema) throws StoreException {
    flush();
    records.add(new Record.TablePut(schema));
    schemas = schemas.with(schema);
  }

  void put(ViewSchema view) throws StoreException {
    flush();
    records.add(new Record.ViewPut(view));
    schemas = schemas.with(view);
  }

  void dropTable(long tableId) throws StoreException {
    flush();
    records.add(new Record.TableDropped(tableId));
    schemas = schemas.without(tableId);
  }

  void dropView(long viewId) throws StoreException {
    flush();
    records.add(new Record.ViewDropped(viewId));
    schemas = schemas.without(viewId);
  }

  TableSchema schema(long tableId) throws StoreException {
    TableSchema schema = schemas.tables().get(tableId);
    if (schema == null) {
      throw noTable(tableId);
    }
    return schema;
  }

  TableState table(long tableId) throws StoreException {
    TableState table = current().tables().get(tableId);
    if (table == null) {
      throw noTable(tableId);
    }
    return table;
  }

  private StoreException noTable(long tableId) {
    return new StoreException(
        Code.NO_SUCH_TABLE, display + " has no table with id " + Long.toHexString(tableId));
  }

  static Column column(TableSchema schema, long columnId) throws StoreException {
    return schema
        .findColumn(columnId)
        .orElseThrow(
            () ->
                new StoreException(
                    Code.NO_SUCH_COLUMN,
                    "table "
                        + schema.name()
                        + " has no column with id "
                        + Long.toHexString(columnId)));
  }

  static StoreException notNull(TableSchema schema, Column column, String why) {
    return new StoreException(
        Code.NOT_NULL,
        "column " + column.name() + " of table " + schema.name() + " is NOT NULL, and " + why);
  }

  // --- ids

  /** Leases a fresh origin when this one has too few ids left. */
  void makeRoom(long rows, long tables, long columns) throws StoreException {
    if (ids.hasRoom(rows, tables, columns)) {
      return;
    }
    flush();
    Root root = core.roots.update(now -> Refs.leaseOrigin(now, branch.branchId()));
    long origin = root.findBranch(branch.branchId()).map(BranchEntry::origin).orElseThrow();
    records.add(new Record.OriginChanged(origin));
    ids = IdCounters.start(origin);
  }

  /** The id that the next row gets. */
  long nextRow() {
    return ids.id(ids.rows());
  }

  /** Ids of rows for which there is room, by the first. */
  long takeRows(long rows) {
    long first = nextRow();
    ids = new IdCounters(ids.origin(), ids.rows() + rows, ids.tables(), ids.columns());
    return first;
  }

  /** The id of a table or view for which there is room. */
  long takeTable() {
    long id = ids.id(ids.tables());
    ids = new IdCounters(ids.origin(), ids.rows(), ids.tables() + 1, ids.columns());
    return id;
  }

  /** The id of a column for which there is room. */
  long takeColumn() {
    long id = ids.id(ids.columns());
    ids = new IdCounters(ids.origin(), ids.rows(), ids.tables(), ids.columns() + 1);
    return id;
  }

  /** Numbers of an identity column, by the first. */
  long drawNumbers(long tableId, long columnId, int count) throws StoreException {
    TableSchema schema = schema(tableId);
    Record.NumbersDrawn drawn = numbers.draw(schema, column(schema, columnId), count);
    records.add(drawn);
    return drawn.first();
  }

  @Override
  public void close() throws StoreException {
    spool.close();
  }
}
