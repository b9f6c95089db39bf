package io.versor.engine.system;

import io.versor.engine.catalog.FieldRequest;
import io.versor.engine.catalog.FieldScan;
import io.versor.engine.catalog.Versions;
import io.versor.engine.catalog.VersorTable;
import io.versor.format.ConflictedMerge;
import io.versor.format.Snapshot;
import io.versor.format.TableSnapshot;
import io.versor.format.chunk.VectorBuffer;
import io.versor.format.type.Column;
import io.versor.format.type.Dtype;
import io.versor.format.type.StoreException;
import io.versor.format.type.TableSchema;
import io.versor.format.type.TensorType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.arrow.memory.BufferAllocator;

/**
 * {@code "t$conflicts"}: a row for each row of a pending merge that is not resolved, with what it
 * was, what it is here and what it is there. Rows that a side does not have are NULL on it.
 */
public final class ConflictRows extends VersorTable {
  /** Behind the name of a table: its conflicts. */
  public static final String SUFFIX = "$conflicts";

  /** Before the name of a column: what the row holds here, which can be set. */
  public static final String OURS = "our_";

  private static final String BASE = "base_";
  private static final String THEIRS = "their_";
  private static final int SIDES = 3;
  private static final int OWN_COLUMNS = 2;
  private static final int BATCH_ROWS = 256;

  private final Snapshot at;
  private final TableSnapshot table;

  private ConflictRows(String schemaName, TableSchema schema, Snapshot at, TableSnapshot table) {
    super(schemaName, schema, false);
    this.at = at;
    this.table = table;
  }

  static VersorTable of(String schemaName, Snapshot at, TableSnapshot table) {
    List<Column> columns = new ArrayList<>();
    columns.add(Column.of("_rowid", TensorType.scalar(Dtype.INT64)).notNull());
    columns.add(SystemTable.text("kind").notNull());
    for (Column column : table.schema().columns()) {
      for (String side : List.of(BASE, OURS, THEIRS)) {
        columns.add(Column.of(side + column.name(), column.type()));
      }
    }
    TableSchema schema = TableSchema.of(table.schema().name() + SUFFIX, columns);
    return new ConflictRows(schemaName, schema, at, table);
  }

  @Override
  public double estimatedRows() {
    return 100;
  }

  @Override
  public FieldScan openScan(FieldRequest request, Versions versions, BufferAllocator allocator)
      throws StoreException {
    Map<Long, String> kinds = new TreeMap<>();
    Optional<ConflictedMerge> merge = at.pendingMerge();
    if (merge.isPresent()) {
      for (ConflictedMerge.Conflicts group : merge.get().conflicts()) {
        if (group.tableId() == table.schema().id()) {
          for (long row : group.rowIds()) {
            kinds.merge(row, group.kind(), (a, b) -> a.contains(b) ? a : a + ", " + b);
          }
        }
      }
    }
    request
        .rowIds()
        .ifPresent(
            ids -> kinds.keySet().removeIf(row -> Arrays.stream(ids).noneMatch(id -> id == row)));
    List<Optional<TableSnapshot>> sides =
        merge.isEmpty()
            ? List.of(Optional.empty(), Optional.of(table), Optional.empty())
            : List.of(
                merge.get().base().findTable(table.schema().id()),
                Optional.of(table),
                merge.get().theirs().findTable(table.schema().id()));
    return new Scan(request.fields(), new LinkedHashMap<>(kinds), sides, allocator);
  }

  private final class Scan extends BufferedScan {
    private final List<Map.Entry<Long, String>> rows;
    private final List<Optional<TableSnapshot>> sides;
    private final BufferAllocator allocator;
    private int from;

    Scan(
        List<Integer> asked,
        Map<Long, String> kinds,
        List<Optional<TableSnapshot>> sides,
        BufferAllocator allocator) {
      super(fields(), asked, allocator);
      this.rows = List.copyOf(kinds.entrySet());
      this.sides = sides;
      this.allocator = allocator;
    }

    @Override
    public boolean next() throws StoreException {
      from += length;
      clear();
      length = Math.min(BATCH_ROWS, rows.size() - from);
      if (length == 0) {
        return false;
      }
      for (int i = 0; i < asked.size(); i++) {
        for (int row = from; row < from + length; row++) {
          if (asked.get(i) == 0) {
            buffers.get(i).appendLong(rows.get(row).getKey());
          } else if (asked.get(i) == 1) {
            buffers.get(i).appendText(rows.get(row).getValue());
          }
        }
      }
      for (int side = 0; side < SIDES; side++) {
        fillSide(side);
      }
      return true;
    }

    private void fillSide(int side) throws StoreException {
      Optional<TableSnapshot> state = sides.get(side);
      long[] ids = new long[length];
      boolean[] present = new boolean[length];
      for (int i = 0; i < length; i++) {
        ids[i] = rows.get(from + i).getKey();
        present[i] = state.isPresent() && state.get().indexOf(ids[i]).isPresent();
      }
      List<Long> columns = new ArrayList<>();
      List<VectorBuffer> out = new ArrayList<>();
      for (int i = 0; i < asked.size(); i++) {
        int place = asked.get(i) - OWN_COLUMNS;
        if (place < 0 || place % SIDES != side) {
          continue;
        }
        long id = table.schema().columns().get(place / SIDES).id();
        if (state.isPresent() && state.get().schema().findColumn(id).isPresent()) {
          columns.add(id);
          out.add(buffers.get(i));
        } else {
          for (int row = 0; row < length; row++) {
            buffers.get(i).appendNull();
          }
        }
      }
      if (!columns.isEmpty()) {
        RowFetch.append(state.orElseThrow(), columns, ids, present, out, allocator);
      }
    }
  }
}
