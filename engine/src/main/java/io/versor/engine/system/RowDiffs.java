package io.versor.engine.system;

import io.versor.engine.StatementException;
import io.versor.engine.catalog.FieldRequest;
import io.versor.engine.catalog.FieldScan;
import io.versor.engine.catalog.Versions;
import io.versor.engine.catalog.VersorTable;
import io.versor.format.Diff.DiffCursor;
import io.versor.format.Diff.RowDiff;
import io.versor.format.Diff.RowKind;
import io.versor.format.Diff.TableDiff;
import io.versor.format.ScanRequest;
import io.versor.format.Snapshot;
import io.versor.format.TableScan;
import io.versor.format.TableSnapshot;
import io.versor.format.chunk.Vector;
import io.versor.format.chunk.VectorBuffer;
import io.versor.format.type.Column;
import io.versor.format.type.Dtype;
import io.versor.format.type.StoreException;
import io.versor.format.type.TableSchema;
import io.versor.format.type.TensorType;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.arrow.memory.BufferAllocator;
import org.jspecify.annotations.Nullable;

/** {@code versor.diff(t, a, b)}: a row for each row that differs, with both its states. */
final class RowDiffs extends VersorTable {
  private static final int BATCH_ROWS = 256;

  private final Optional<TableSnapshot> older;
  private final Optional<TableSnapshot> newer;
  private final Snapshot from;
  private final Snapshot to;
  private final int fromColumns;

  private RowDiffs(
      TableSchema schema,
      Snapshot from,
      Snapshot to,
      Optional<TableSnapshot> older,
      Optional<TableSnapshot> newer) {
    super(Versions.SYSTEM, schema, false);
    this.from = from;
    this.to = to;
    this.older = older;
    this.newer = newer;
    this.fromColumns = older.map(table -> table.schema().columns().size()).orElse(0);
  }

  static VersorTable table(List<Optional<String>> arguments, String name, Versions versions)
      throws StoreException, StatementException {
    if (arguments.isEmpty() || arguments.size() > 3 || arguments.get(0).isEmpty()) {
      throw TableFunctions.wrongCount("diff", arguments.size(), "diff(table, from, to)");
    }
    Optional<Snapshot> from = TableFunctions.from(arguments, 1, versions);
    Optional<Snapshot> to = TableFunctions.to(arguments, 2, versions);
    String table = arguments.get(0).get();
    Optional<TableSnapshot> newer = to.flatMap(state -> state.findTable(table));
    Optional<TableSnapshot> older = from.flatMap(state -> state.findTable(table));
    if (newer.isPresent() && from.isPresent()) {
      older = from.get().findTable(newer.get().schema().id()); // it may have had another name
    } else if (older.isPresent() && to.isPresent()) {
      newer = to.get().findTable(older.get().schema().id());
    }
    if (newer.isEmpty() && older.isEmpty()) {
      throw new StatementException("42P01", "no table " + table + " in either version");
    }
    List<Column> columns = new ArrayList<>();
    columns.add(SystemTable.text("diff_type").notNull());
    columns.add(Column.of("_rowid", TensorType.scalar(Dtype.INT64)).notNull());
    older.ifPresent(state -> prefixed(columns, state, "from_"));
    newer.ifPresent(state -> prefixed(columns, state, "to_"));
    TableSchema schema = TableSchema.of(TableFunctions.shortened(name), columns);
    Snapshot before = from.orElse(to.orElseThrow());
    return new RowDiffs(schema, before, to.orElseThrow(), older, newer);
  }

  private static void prefixed(List<Column> columns, TableSnapshot table, String prefix) {
    for (Column column : table.schema().columns()) {
      columns.add(Column.of(prefix + column.name(), column.type()));
    }
  }

  @Override
  public double estimatedRows() {
    return 1_000;
  }

  @Override
  public FieldScan openScan(FieldRequest request, Versions versions, BufferAllocator allocator)
      throws StoreException {
    long tableId = newer.or(() -> older).map(table -> table.schema().id()).orElseThrow();
    List<RowDiff> rows = new ArrayList<>();
    if (older.isEmpty()) {
      // Before the first commit, or before the table: everything there is was added.
      collectAll(rows, newer.orElseThrow(), RowKind.ADDED, allocator);
    } else if (newer.isEmpty()) {
      collectAll(rows, older.get(), RowKind.REMOVED, allocator);
    } else {
      Optional<TableDiff> diff = versions.store().diff(from, to).table(tableId);
      if (diff.isPresent()) {
        DiffCursor cursor = diff.get().openRows();
        for (Optional<RowDiff> row = cursor.next(); row.isPresent(); row = cursor.next()) {
          rows.add(row.get());
        }
      }
    }
    return new Scan(request.fields(), rows, allocator);
  }

  private static void collectAll(
      List<RowDiff> rows, TableSnapshot table, RowKind kind, BufferAllocator allocator)
      throws StoreException {
    try (TableScan scan = table.openScan(ScanRequest.of(List.of()), allocator)) {
      while (scan.next()) {
        int[] selection = scan.selection();
        Vector ids = scan.rowIds();
        for (int i = 0; i < scan.selected(); i++) {
          long id = ids.longAt(selection == null ? i : selection[i]);
          rows.add(
              new RowDiff(
                  kind,
                  id,
                  List.of(),
                  java.util.OptionalLong.empty(),
                  java.util.OptionalLong.empty()));
        }
      }
    }
  }

  private final class Scan implements FieldScan {
    private final List<Integer> fields;
    private final List<RowDiff> rows;
    private final List<VectorBuffer> buffers = new ArrayList<>();
    private final BufferAllocator allocator;
    private int from;
    private int length;

    Scan(List<Integer> fields, List<RowDiff> rows, BufferAllocator allocator) {
      this.fields = fields;
      this.rows = rows;
      this.allocator = allocator;
      for (int field : fields) {
        buffers.add(new VectorBuffer(fields().get(field).type(), allocator));
      }
    }

    @Override
    public boolean next() throws StoreException {
      from += length;
      length = Math.min(BATCH_ROWS, rows.size() - from);
      for (int i = 0; i < fields.size(); i++) {
        buffers.get(i).clear();
      }
      if (length <= 0) {
        return false;
      }
      fillOwn();
      fillSide(older, RowKind.ADDED, 2, fromColumns);
      fillSide(newer, RowKind.REMOVED, 2 + fromColumns, RowDiffs.this.fields().size());
      return true;
    }

    private void fillOwn() throws StoreException {
      for (int i = 0; i < fields.size(); i++) {
        for (int row = from; row < from + length; row++) {
          if (fields.get(i) == 0) {
            buffers.get(i).appendText(rows.get(row).kind().name().toLowerCase(Locale.ROOT));
          } else if (fields.get(i) == 1) {
            buffers.get(i).appendLong(rows.get(row).rowId());
          }
        }
      }
    }

    /** Reads the rows of this batch from one side, and puts them in the order of the diff. */
    private void fillSide(
        Optional<TableSnapshot> side, RowKind absent, int firstField, int fieldCount)
        throws StoreException {
      List<Integer> wanted = new ArrayList<>();
      List<Long> columnIds = new ArrayList<>();
      int columns = side.map(table -> table.schema().columns().size()).orElse(0);
      for (int i = 0; i < fields.size(); i++) {
        int column = fields.get(i) - firstField;
        if (column >= 0 && column < columns) {
          wanted.add(i);
          columnIds.add(side.orElseThrow().schema().columns().get(column).id());
        }
      }
      if (wanted.isEmpty()) {
        return;
      }
      long[] ids = new long[length];
      boolean[] present = new boolean[length];
      for (int row = 0; row < length; row++) {
        ids[row] = rows.get(from + row).rowId();
        present[row] = rows.get(from + row).kind() != absent;
      }
      List<VectorBuffer> out = new ArrayList<>();
      for (int i : wanted) {
        out.add(buffers.get(i));
      }
      RowFetch.append(side.orElseThrow(), columnIds, ids, present, out, allocator);
    }

    @Override
    public int length() {
      return length;
    }

    @Override
    public int selected() {
      return length;
    }

    @Override
    public int @Nullable [] selection() {
      return null;
    }

    @Override
    public Vector field(int i) throws StoreException {
      return buffers.get(i).vector();
    }

    @Override
    public Vector field(int i, int[] selection, int count) throws StoreException {
      return field(i);
    }

    @Override
    public void close() {
      buffers.forEach(VectorBuffer::close);
    }
  }
}
