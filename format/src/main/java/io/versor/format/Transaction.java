package io.versor.format;

import io.versor.format.change.CellCopier;
import io.versor.format.change.TheirSide;
import io.versor.format.chunk.ColumnBuilder;
import io.versor.format.chunk.HeapColumn;
import io.versor.format.record.Cells;
import io.versor.format.record.PendingMerge;
import io.versor.format.record.Record;
import io.versor.format.record.RowIds;
import io.versor.format.record.Seal;
import io.versor.format.ref.BranchEntry;
import io.versor.format.ref.CommitId;
import io.versor.format.ref.Refs;
import io.versor.format.ref.Root;
import io.versor.format.table.BranchState;
import io.versor.format.table.FrameDraft;
import io.versor.format.table.IdCounters;
import io.versor.format.table.IdentityCounters;
import io.versor.format.table.LastSeal;
import io.versor.format.table.LiveBranch;
import io.versor.format.table.TableState;
import io.versor.format.type.Column;
import io.versor.format.type.Htype;
import io.versor.format.type.StoreException;
import io.versor.format.type.StoreException.Code;
import io.versor.format.type.TableSchema;
import io.versor.format.type.TensorType;
import io.versor.format.type.ViewSchema;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
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
  /** Rows that get numbers together when a column is added: a chunk of them. */
  private static final int NUMBERED_ROWS = 65_536;

  private final Core core;
  private final LiveBranch branch;
  private final BranchState base;
  private final String display;
  private final List<Record> records = new ArrayList<>();
  private final RowSpool spool;
  private final IdentityNumbers numbers;

  private Schemas schemas;
  private IdCounters ids;

  /** The base with the first {@link #appliedRecords} records. */
  private BranchState applied;

  private int appliedRecords;
  private boolean over;

  /** What gave the records their last ids, if others wrote to the branch first. */
  private Optional<Rebase> rebase = Optional.empty();

  Transaction(Core core, LiveBranch branch, BranchState base, String display) {
    this.core = core;
    this.branch = branch;
    this.base = base;
    this.display = display;
    this.spool = new RowSpool(core.packs, core.options.memory());
    this.schemas = Schemas.of(base);
    this.ids = base.ids();
    this.numbers = new IdentityNumbers(core, branch, base);
    this.applied = base;
  }

  /** The branch it writes to, by its id. */
  public long branchId() {
    return branch.branchId();
  }

  /**
   * The branch as this transaction sees it, its own writes included. When it was closed without
   * being committed, these cannot be read any more.
   */
  public Snapshot snapshot() throws StoreException {
    return new Snapshot(core, current(), display);
  }

  /** Whether there is anything to commit. */
  public boolean hasWrites() {
    return !records.isEmpty() || !spool.isEmpty();
  }

  private BranchState current() throws StoreException {
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

  /** Rows appended so far become a record. */
  private void flush() throws StoreException {
    spool.flush().ifPresent(records::add);
  }

  // --- going back

  /** A point to go back to. */
  public static final class Mark {
    private final int records;
    private final Schemas schemas;
    private final IdentityCounters identities;

    private Mark(int records, Schemas schemas, IdentityCounters identities) {
      this.records = records;
      this.schemas = schemas;
      this.identities = identities;
    }
  }

  /** A mark for {@link #rollbackTo}: before a statement, or a savepoint. */
  public Mark mark() throws StoreException {
    check();
    flush();
    return new Mark(records.size(), schemas, numbers.mark());
  }

  /** The mark before its first write. */
  public Mark beginning() {
    return new Mark(0, Schemas.of(base), base.identities());
  }

  /** Forgets what was written since the mark. Ids given out since are not given out again. */
  public void rollbackTo(Mark mark) throws StoreException {
    check();
    spool.discard(); // there were none at the mark
    records.subList(mark.records, records.size()).clear();
    schemas = mark.schemas;
    numbers.rollbackTo(mark.identities);
    if (appliedRecords > mark.records) {
      applied = base;
      appliedRecords = 0;
    }
  }

  private void check() {
    if (over) {
      throw new IllegalStateException("the transaction is over");
    }
  }

  // --- schema

  /**
   * Creates a table; ids in the template are ignored.
   *
   * @throws StoreException {@code TABLE_EXISTS}
   */
  public long createTable(TableSchema template) throws StoreException {
    check();
    refuseName(template.name(), 0);
    makeRoom(0, 1, template.columns().size());
    long tableId = ids.id(ids.tables());
    List<Column> columns = new ArrayList<>();
    for (Column column : template.columns()) {
      columns.add(column.withId(ids.id(ids.columns() + columns.size())));
    }
    ids =
        new IdCounters(ids.origin(), ids.rows(), ids.tables() + 1, ids.columns() + columns.size());
    put(template.withId(tableId).withColumns(columns));
    return tableId;
  }

  /** Drops a table; older versions keep it. */
  public void dropTable(long tableId) throws StoreException {
    check();
    schema(tableId);
    flush();
    records.add(new Record.TableDropped(tableId));
    schemas = schemas.without(tableId);
  }

  /** Gives a table another name; older versions keep the old one. */
  public void renameTable(long tableId, String name) throws StoreException {
    check();
    TableSchema schema = schema(tableId);
    refuseName(name, tableId);
    put(schema.withName(name));
  }

  /** Replaces comment and properties of a table. */
  public void alterTable(long tableId, Optional<String> comment, Map<String, String> properties)
      throws StoreException {
    check();
    TableSchema schema = schema(tableId);
    put(new TableSchema(schema.id(), schema.name(), schema.columns(), comment, properties));
  }

  /**
   * Checks the keys of all rows, after a key was added.
   *
   * @throws StoreException {@code NOT_UNIQUE}; {@code NOT_NULL} for a primary key
   */
  public void requireKeys(long tableId) throws StoreException {
    check();
    new MergeChecks(core, display, base, current()).checkKeys(tableId);
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
    TableSchema schema = schema(tableId);
    if (!schema.columnsIgnoreCase(template.name()).isEmpty()) {
      throw new StoreException(
          Code.COLUMN_EXISTS,
          "table " + schema.name() + " has a column " + template.name() + " already");
    }
    TableState table = table(tableId);
    boolean hasNulls = fill.isEmpty() || fill.get().isNull(0);
    boolean numbered = template.identity().isPresent();
    if (!template.nullable() && hasNulls && !numbered && table.rows().rowCount() > 0) {
      throw notNull(schema, template, "the rows there are need a DEFAULT");
    }
    makeRoom(0, 0, 1);
    Column column = template.withId(ids.id(ids.columns()));
    ids = new IdCounters(ids.origin(), ids.rows(), ids.tables(), ids.columns() + 1);
    List<Column> columns = new ArrayList<>(schema.columns());
    columns.add(column);
    put(schema.withColumns(columns));
    if (fill.isPresent() && !fill.get().isNull(0) && table.rows().rowCount() > 0) {
      fill(tableId, column, fill.get());
    }
    if (numbered) {
      number(tableId, column);
    }
    return column.id();
  }

  private void number(long tableId, Column column) throws StoreException {
    long[] rows = LiveRows.of(table(tableId).rows()).toArray();
    long increment = column.identity().orElseThrow().increment();
    for (int from = 0; from < rows.length; from += NUMBERED_ROWS) {
      int count = Math.min(NUMBERED_ROWS, rows.length - from);
      long first = drawNumbers(tableId, column.id(), count);
      ColumnBuilder samples = new ColumnBuilder(column.type(), count);
      for (int i = 0; i < count; i++) {
        samples.appendLong(first + i * increment);
      }
      RowIds portion = RowIds.of(Arrays.copyOfRange(rows, from, from + count));
      records.add(spool.patched(tableId, portion, column, samples.column()));
    }
  }

  private void fill(long tableId, Column column, HeapColumn sample) throws StoreException {
    RowIds rows = LiveRows.of(table(tableId).rows());
    records.add(spool.filled(tableId, rows, column, sample));
  }

  /** Drops a column; older versions keep it. */
  public void dropColumn(long tableId, long columnId) throws StoreException {
    check();
    TableSchema schema = schema(tableId);
    column(schema, columnId);
    List<Column> columns = new ArrayList<>(schema.columns());
    columns.removeIf(column -> column.id() == columnId);
    if (columns.isEmpty()) {
      throw new StoreException(
          Code.INVALID_VALUE,
          "column "
              + schema.columns().get(0).name()
              + " is the only one of table "
              + schema.name()
              + "; drop the table instead");
    }
    put(schema.withColumns(columns));
  }

  /** Gives a column another name; older versions keep the old one. */
  public void renameColumn(long tableId, long columnId, String name) throws StoreException {
    check();
    TableSchema schema = schema(tableId);
    Column column = column(schema, columnId);
    for (Column other : schema.columnsIgnoreCase(name)) {
      if (other.id() != columnId) {
        throw new StoreException(
            Code.COLUMN_EXISTS,
            "table " + schema.name() + " has a column " + other.name() + " already");
      }
    }
    put(replaced(schema, column.withName(name)));
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
    TableSchema schema = schema(tableId);
    Column old = column(schema, replacement.id());
    boolean prefix =
        replacement.type().labels().size() >= old.type().labels().size()
            && replacement
                .type()
                .labels()
                .subList(0, old.type().labels().size())
                .equals(old.type().labels());
    if (!replacement.type().sameBytes(old.type())
        || replacement.type().htype() != old.type().htype()
        || !elementHtype(replacement).equals(elementHtype(old))
        || !prefix) {
      throw new StoreException(
          Code.INVALID_VALUE,
          "column "
              + old.name()
              + " of table "
              + schema.name()
              + ": its samples cannot be read as "
              + replacement.type());
    }
    if (!replacement.nullable() && old.nullable()) {
      refuseNulls(schema, old);
    }
    put(replaced(schema, replacement));
  }

  /**
   * Gives the numbers of a column of class labels other names, whatever they were called. No sample
   * changes by that.
   */
  public void relabel(long tableId, long columnId, List<String> labels) throws StoreException {
    check();
    TableSchema schema = schema(tableId);
    Column column = column(schema, columnId);
    put(replaced(schema, column.withType(column.type().withLabels(labels))));
  }

  private static Optional<Htype> elementHtype(Column column) {
    return column.type().element().map(TensorType::htype);
  }

  private void refuseNulls(TableSchema schema, Column column) throws StoreException {
    TableSnapshot table = new TableSnapshot(core, table(schema.id()), display);
    OptionalLong row = table.firstNull(column.id());
    if (row.isPresent()) {
      throw notNull(schema, column, "the row at _index " + row.getAsLong() + " has NULL");
    }
  }

  private static TableSchema replaced(TableSchema schema, Column replacement) {
    return schema.withColumns(
        schema.columns().stream()
            .map(column -> column.id() == replacement.id() ? replacement : column)
            .toList());
  }

  private void put(TableSchema schema) throws StoreException {
    flush();
    records.add(new Record.TablePut(schema));
    schemas = schemas.with(schema);
  }

  private void refuseName(String name, long exceptId) throws StoreException {
    Optional<String> taken = schemas.named(name, exceptId);
    if (taken.isPresent()) {
      throw new StoreException(Code.TABLE_EXISTS, display + " has " + taken.get() + " already");
    }
  }

  private TableSchema schema(long tableId) throws StoreException {
    TableSchema schema = schemas.tables().get(tableId);
    if (schema == null) {
      throw new StoreException(
          Code.NO_SUCH_TABLE, display + " has no table with id " + Long.toHexString(tableId));
    }
    return schema;
  }

  private static Column column(TableSchema schema, long columnId) throws StoreException {
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

  private TableState table(long tableId) throws StoreException {
    TableState table = current().tables().get(tableId);
    if (table == null) {
      throw new StoreException(
          Code.NO_SUCH_TABLE, display + " has no table with id " + Long.toHexString(tableId));
    }
    return table;
  }

  // --- views

  /**
   * Creates a view; the id in the template is ignored. Whether its query can be read is for the
   * caller to know.
   *
   * @throws StoreException {@code TABLE_EXISTS} when a table or view has the name
   */
  public long createView(ViewSchema template) throws StoreException {
    check();
    refuseName(template.name(), 0);
    makeRoom(0, 1, 0);
    long viewId = ids.id(ids.tables());
    ids = new IdCounters(ids.origin(), ids.rows(), ids.tables() + 1, ids.columns());
    put(template.withId(viewId));
    return viewId;
  }

  /** Gives a view another name, query or comment; older versions keep what they have. */
  public void alterView(ViewSchema replacement) throws StoreException {
    check();
    view(replacement.id());
    refuseName(replacement.name(), replacement.id());
    put(replacement);
  }

  /** Drops a view; older versions keep it. */
  public void dropView(long viewId) throws StoreException {
    check();
    view(viewId);
    flush();
    records.add(new Record.ViewDropped(viewId));
    schemas = schemas.without(viewId);
  }

  private void put(ViewSchema view) throws StoreException {
    flush();
    records.add(new Record.ViewPut(view));
    schemas = schemas.with(view);
  }

  private void view(long viewId) throws StoreException {
    if (!schemas.views().containsKey(viewId)) {
      throw new StoreException(
          Code.NO_SUCH_TABLE, display + " has no view with id " + Long.toHexString(viewId));
    }
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
    TableSchema schema = schema(tableId);
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
        throw notNull(schema, column, "a value is needed");
      }
    }
    if (rows == 0) {
      return ids.id(ids.rows());
    }
    makeRoom(rows, 0, 0);
    long first = ids.id(ids.rows());
    if (!spool.continues(tableId, first)) {
      flush();
    }
    spool.append(schema, first, columns);
    ids = new IdCounters(ids.origin(), ids.rows() + rows, ids.tables(), ids.columns());
    return first;
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
    TableSchema schema = schema(tableId);
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
    makeRoom(rows, 0, 0);
    flush();
    long first = ids.id(ids.rows());
    records.add(new Record.RowsAppended(tableId, RowIds.run(first, rows), cells));
    ids = new IdCounters(ids.origin(), ids.rows() + rows, ids.tables(), ids.columns());
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
    Column column = column(schema(tableId), columnId);
    flush();
    records.add(
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
    TableSchema schema = schema(tableId);
    for (Map.Entry<Long, HeapColumn> each : values.entrySet()) {
      Column column = column(schema, each.getKey());
      HeapColumn samples = each.getValue();
      if (samples.rows() != rowIds.length || !samples.type().sameBytes(column.type())) {
        throw new IllegalArgumentException(samples.rows() + " samples for " + rowIds.length);
      }
      if (!column.nullable() && samples.nullCount() > 0) {
        throw notNull(schema, column, "a value is needed");
      }
    }
    if (rowIds.length == 0) {
      return;
    }
    SlotOrder order = SlotOrder.of(table(tableId), rowIds);
    RowIds rows = RowIds.of(order.rowIds());
    for (Map.Entry<Long, HeapColumn> each : values.entrySet()) {
      Column column = column(schema, each.getKey());
      records.add(spool.patched(tableId, rows, column, order.sorted(each.getValue())));
    }
  }

  /** Deletes rows, each given at most once. */
  public void delete(long tableId, long[] rowIds) throws StoreException {
    check();
    schema(tableId);
    if (rowIds.length == 0) {
      return;
    }
    SlotOrder order = SlotOrder.of(table(tableId), rowIds);
    records.add(new Record.RowsDeleted(tableId, RowIds.of(order.rowIds())));
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
    schema(tableId);
    Optional<PendingMerge> merge = current().pending();
    if (merge.isEmpty()) {
      return 0;
    }
    Set<Long> open = merge.get().rows(tableId);
    long[] resolved = Arrays.stream(rowIds).filter(open::contains).distinct().toArray();
    if (resolved.length == 0) {
      return 0;
    }
    Mark before = mark();
    BranchState was = current();
    if (theirs) {
      Set<Long> rows = new HashSet<>();
      Arrays.stream(resolved).forEach(rows::add);
      TableState there =
          merge.get().theirs().isEmpty()
              ? null
              : core.history.at(merge.get().theirs().get()).tables().get(tableId);
      records.addAll(
          new TheirSide(
                  table(tableId),
                  Optional.ofNullable(there),
                  CellCopier.inMemory(core.chunks, core.allocator))
              .take(merge.get(), rows));
    }
    records.add(new Record.ConflictsResolved(tableId, RowIds.of(resolved)));
    if (theirs) {
      try {
        new MergeChecks(core, "taking theirs on " + display, was, current())
            .check(records.subList(before.records, records.size()));
      } catch (StoreException e) {
        rollbackTo(before);
        throw e;
      }
    }
    return resolved.length;
  }

  private static StoreException notNull(TableSchema schema, Column column, String why) {
    return new StoreException(
        Code.NOT_NULL,
        "column " + column.name() + " of table " + schema.name() + " is NOT NULL, and " + why);
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
    TableSchema schema = schema(tableId);
    Column column = column(schema, columnId);
    Record.NumbersDrawn drawn = numbers.draw(schema, column, count);
    records.add(drawn);
    return drawn.first();
  }

  /** Lets an identity column go on with a number, whatever it has given out. */
  public void restartNumbers(long tableId, long columnId, long next) throws StoreException {
    check();
    column(schema(tableId), columnId);
    records.add(numbers.restart(tableId, columnId, next));
  }

  /** Leases a fresh origin when this one has too few ids left. */
  private void makeRoom(long rows, long tables, long columns) throws StoreException {
    if (ids.hasRoom(rows, tables, columns)) {
      return;
    }
    flush();
    Root root = core.roots.update(now -> Refs.leaseOrigin(now, branch.branchId()));
    long origin = root.findBranch(branch.branchId()).map(BranchEntry::origin).orElseThrow();
    records.add(new Record.OriginChanged(origin));
    ids = IdCounters.start(origin);
  }

  // --- the end

  /**
   * Makes the writes visible: one append, one sync.
   *
   * @throws StoreException {@code REF_MOVED} when others changed the same rows or tables first
   */
  public void commit() throws StoreException {
    check();
    flush();
    over = true;
    if (records.isEmpty()) {
      return;
    }
    spool.finish();
    BranchState after = branch.append((entry, head) -> Optional.of(draft(entry, head)));
    core.appended(branch, after.interval().due());
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
    Optional<CommitId> mergedFrom = origin.flatMap(CommitOrigin::mergedFrom);
    Optional<Seal.Parent> merged =
        mergedFrom.isEmpty()
            ? Optional.empty()
            : Optional.of(
                new Seal.Parent(
                    mergedFrom.get(), new Revisions(core).locate(mergedFrom.get()).seal()));
    long now = origin.isPresent() ? micros(origin.get().committedAt()) : core.nowMicros();
    flush();
    over = true;
    checkTexts(request.message(), request.author());
    spool.finish();
    BranchState after =
        branch.append(
            (entry, head) -> {
              FrameDraft draft = draft(entry, head);
              Changes changes = Changes.of(core, draft.state());
              Optional<PendingMerge> pending = draft.state().pending();
              if (pending.isPresent()) {
                refuseConflicts(draft.state(), pending.get());
              }
              Optional<Seal.Parent> second = merged.or(() -> pending.flatMap(PendingMerge::parent));
              if (changes.isEmpty() && second.isEmpty() && !request.allowEmpty()) {
                throw new StoreException(
                    Code.NOTHING_TO_COMMIT,
                    display
                        + ": nothing has changed since the last commit; ALLOW EMPTY commits"
                        + " nevertheless");
              }
              return Optional.of(
                  draft.sealed(
                      new FrameDraft.SealFields(
                          second.isEmpty() ? Optional.empty() : Optional.of(lastSeal(second.get())),
                          request.author(),
                          now,
                          request.message().or(() -> pending.flatMap(PendingMerge::message)),
                          changes.summary(),
                          request.properties())));
            });
    core.appended(branch, after.interval().due());
    return new Revisions(core).commit(after.lastSeal().orElseThrow().address());
  }

  private static long micros(Instant instant) {
    return ChronoUnit.MICROS.between(Instant.EPOCH, instant);
  }

  private LastSeal lastSeal(Seal.Parent parent) throws StoreException {
    return LastSeal.of(core.history.seal(parent.seal()), parent.seal());
  }

  private void refuseConflicts(BranchState state, PendingMerge pending) throws StoreException {
    if (pending.conflicts().isEmpty()) {
      return;
    }
    PendingMerge.Conflicts first = pending.conflicts().get(0);
    TableState table = state.tables().get(first.tableId());
    String column =
        first.columnId() == 0
            ? ""
            : table
                .schema()
                .findColumn(first.columnId())
                .map(each -> ", column " + each.name())
                .orElse("");
    throw new StoreException(
        Code.WRONG_STATE,
        display
            + " has "
            + Merger.describe(pending)
            + " (the first: table "
            + table.schema().name()
            + ", row "
            + Long.toUnsignedString(first.rows().toArray()[0])
            + column
            + ")");
  }

  /** What a commit says of itself is bounded. */
  static void checkTexts(Optional<String> message, String author) throws StoreException {
    checkLength("the message of a commit", message.orElse(""), CommitRequest.MAX_MESSAGE_BYTES);
    checkLength("the author of a commit", author, CommitRequest.MAX_AUTHOR_BYTES);
  }

  static void checkLength(String what, String text, int limit) throws StoreException {
    int bytes = text.getBytes(StandardCharsets.UTF_8).length;
    if (bytes > limit) {
      throw new StoreException(
          Code.TOO_LONG, what + " has " + bytes + " bytes, at most " + limit + " are allowed");
    }
  }

  /** What is to follow {@code head}, unless others wrote there what leaves no room for it. */
  private FrameDraft draft(BranchEntry entry, BranchState head) throws StoreException {
    if (head.position().equals(base.position())) {
      return FrameDraft.of(core.history, entry, head, records);
    }
    List<Record> theirs = core.history.recordsBetween(base, head);
    WriteSet written = WriteSet.ofOlder(records, base.ids());
    WriteSet writtenByThem = WriteSet.of(theirs);
    Optional<String> clash = written.clash(writtenByThem);
    if (clash.isPresent()) {
      written
          .drawnBy(writtenByThem)
          .ifPresent(
              taken ->
                  numbers.leaveRoom(
                      schemas.tables().values(), taken.columnId(), head, writtenByThem));
      throw overtaken(clash.get());
    }
    Rebase onto = new Rebase(base, head, display);
    rebase = Optional.of(onto);
    List<Record> moved = onto.apply(records);
    FrameDraft draft = FrameDraft.of(core.history, entry, head, moved);
    try {
      new MergeChecks(core, display, head, draft.state()).checkKeys(moved, theirs);
    } catch (StoreException e) {
      throw e.code() == Code.NOT_UNIQUE ? overtaken(e.getMessage()) : e;
    }
    return draft;
  }

  private StoreException overtaken(String how) {
    return new StoreException(
        Code.REF_MOVED, display + ": another writer was faster: " + how + "; try again");
  }

  /** After a commit: the id that a row has in the store, by the one that {@link #append} gave. */
  public long committedRowId(long rowId) throws StoreException {
    return rebase.isEmpty() ? rowId : rebase.get().row(rowId);
  }

  /** Forgets the writes unless they were committed. */
  @Override
  public void close() throws StoreException {
    over = true;
    spool.close();
  }
}
