package io.versor.engine.system;

import io.versor.engine.StatementException;
import io.versor.engine.catalog.FieldRequest;
import io.versor.engine.catalog.TableNames;
import io.versor.engine.catalog.Versions;
import io.versor.engine.catalog.VersorTable;
import io.versor.format.Commit;
import io.versor.format.ScanRequest;
import io.versor.format.Snapshot;
import io.versor.format.Store;
import io.versor.format.TableScan;
import io.versor.format.TableSnapshot;
import io.versor.format.chunk.Vector;
import io.versor.format.ref.CommitId;
import io.versor.format.type.Column;
import io.versor.format.type.Dtype;
import io.versor.format.type.StoreException;
import io.versor.format.type.TableSchema;
import io.versor.format.type.TensorType;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.jspecify.annotations.Nullable;

/**
 * {@code versor.blame(t)}: for each row of the last commit, the commit that last set each of its
 * cells. Rows that {@code _rowid} or {@code _index} names are the only ones looked at.
 */
final class Blames {
  /** Behind the name of a tensor: the commit of its cell. */
  private static final String COMMIT_SUFFIX = "_commit";

  /** Columns before those of the tensors. */
  private static final int OWN_COLUMNS = 5;

  private Blames() {}

  static VersorTable table(List<Optional<String>> arguments, String name, Versions versions)
      throws StoreException, StatementException {
    String named = TableFunctions.table(arguments, 2, "blame", "blame(table [, revision])");
    Snapshot state = TableFunctions.to(arguments, 1, versions).orElseThrow();
    Optional<CommitId> commit = state.lastCommit();
    Snapshot at = commit.isEmpty() ? state : versions.store().at(commit.get());
    TableSnapshot table = TableNames.require(named, at);
    List<Column> columns = new ArrayList<>();
    columns.add(Column.of("_rowid", TensorType.scalar(Dtype.INT64)).notNull());
    columns.add(Column.of("_index", TensorType.scalar(Dtype.INT64)).notNull());
    columns.add(SystemTable.text("commit_id"));
    columns.add(SystemTable.text("author"));
    columns.add(Column.of("committed_at", TensorType.scalar(Dtype.TIMESTAMP)));
    for (Column column : table.schema().columns()) {
      columns.add(SystemTable.text(column.name() + COMMIT_SUFFIX));
    }
    return new CursorTable(
        TableSchema.of(TableFunctions.shortened(name), columns),
        (request, now) -> new Cursor(now.store(), at, table, request),
        TableFunctions.alike(state, arguments, 1, versions));
  }

  private static final class Cursor implements CursorTable.RowCursor {
    private final Store store;
    private final Snapshot at;
    private final TableSnapshot table;
    private final FieldRequest request;
    private final Deque<long[]> rows = new ArrayDeque<>();
    private long nextIndex;

    Cursor(Store store, Snapshot at, TableSnapshot table, FieldRequest request) {
      this.store = store;
      this.at = at;
      this.table = table;
      this.request = request;
      this.nextIndex = request.indexes().map(ScanRequest.IndexRange::from).orElse(0L);
    }

    /** Row ids and positions of the next rows; all of them at once where they are named. */
    private void more() throws StoreException {
      long end = request.indexes().map(ScanRequest.IndexRange::to).orElse(Long.MAX_VALUE);
      end = Math.min(end, table.rowCount());
      ScanRequest scan = ScanRequest.of(List.of());
      if (request.rowIds().isPresent()) {
        scan = scan.withRowIds(request.rowIds().get());
        nextIndex = end;
      } else {
        long to = Math.min(end, nextIndex + ScanRequest.DEFAULT_BATCH_ROWS);
        scan = scan.withIndexes(nextIndex, to);
        nextIndex = to;
      }
      try (BufferAllocator allocator = new RootAllocator();
          TableScan found = table.openScan(scan, allocator)) {
        while (found.next()) {
          int[] selection = found.selection();
          Vector ids = found.rowIds();
          for (int i = 0; i < found.selected(); i++) {
            rows.add(new long[] {ids.longAt(selection == null ? i : selection[i]), 0});
          }
        }
      }
      for (long[] row : rows) {
        row[1] = table.indexOf(row[0]).orElseThrow();
      }
    }

    @Override
    public boolean next(RowSink sink) throws StoreException {
      long end = request.indexes().map(ScanRequest.IndexRange::to).orElse(Long.MAX_VALUE);
      while (rows.isEmpty() && nextIndex < Math.min(end, table.rowCount())) {
        more();
      }
      if (rows.isEmpty()) {
        return false;
      }
      add(sink, rows.remove());
      return true;
    }

    private void add(RowSink sink, long[] row) throws StoreException {
      List<Column> columns = table.schema().columns();
      @Nullable Object[] values = new Object[OWN_COLUMNS + columns.size()];
      values[0] = row[0];
      values[1] = row[1];
      boolean whole = request.fields().stream().anyMatch(field -> field > 1 && field < OWN_COLUMNS);
      Optional<Commit> newest = Optional.empty();
      for (int i = 0; i < columns.size(); i++) {
        if (!whole && !request.fields().contains(OWN_COLUMNS + i)) {
          continue;
        }
        Optional<Commit> commit = store.blame(at, table.schema().id(), columns.get(i).id(), row[0]);
        values[OWN_COLUMNS + i] = commit.map(each -> each.id().hex()).orElse(null);
        if (newest.isEmpty()
            || commit.isPresent()
                && commit.get().committedAt().isAfter(newest.get().committedAt())) {
          newest = commit;
        }
      }
      values[2] = newest.map(each -> each.id().hex()).orElse(null);
      values[3] = newest.map(Commit::author).orElse(null);
      values[4] = newest.map(Commit::committedAt).orElse(null);
      sink.add(values);
    }
  }
}
