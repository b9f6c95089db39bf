package io.versor.format;

import io.versor.format.chunk.Bound;
import io.versor.format.chunk.HeapColumn;
import io.versor.format.chunk.Vector;
import io.versor.format.type.Column;
import io.versor.format.type.Dtype;
import io.versor.format.type.Htype;
import io.versor.format.type.StoreException;
import io.versor.format.type.StoreException.Code;
import io.versor.format.type.TableKeys;
import io.versor.format.type.TableSchema;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.arrow.memory.BufferAllocator;

/**
 * Keeps keys unique: PRIMARY KEY and UNIQUE of one statement. New keys are looked for in the table
 * with the statistics of its chunks, so that appending ever greater keys reads next to nothing.
 */
public final class KeyCheck {
  private final TableSnapshot table;
  private final BufferAllocator allocator;
  private final List<Key> keys = new ArrayList<>();
  private final Set<Long> replaced = new HashSet<>();

  /** One key, and what the statement added to it so far. */
  private static final class Key {
    private final String name;
    private final List<Integer> columns;
    private final boolean primary;
    private final Set<ByteBuffer> added = new HashSet<>();

    Key(String name, List<Integer> columns, boolean primary) {
      this.name = name;
      this.columns = columns;
      this.primary = primary;
    }
  }

  /**
   * @param table as it was before the rows that are checked
   */
  public KeyCheck(TableSnapshot table, BufferAllocator allocator) {
    this.table = table;
    this.allocator = allocator;
    TableSchema schema = table.schema();
    for (Map.Entry<String, List<Integer>> key : TableKeys.of(schema).entrySet()) {
      keys.add(new Key(key.getKey(), key.getValue(), key.getKey().equals(TableKeys.PRIMARY_KEY)));
    }
  }

  /** Whether the table has keys at all. */
  public boolean isNeeded() {
    return !keys.isEmpty();
  }

  /** Whether a key has one of these columns. */
  public boolean concerns(Set<Integer> columns) {
    for (Key key : keys) {
      for (int column : key.columns) {
        if (columns.contains(column)) {
          return true;
        }
      }
    }
    return false;
  }

  /** Rows whose present keys do not count, since they get new ones. */
  public void replaces(long rowId) {
    replaced.add(rowId);
  }

  /** Checks rows about to be appended; columns are in the table's order. */
  public void added(List<HeapColumn> columns) throws StoreException {
    for (Key key : keys) {
      List<HeapColumn> parts = new ArrayList<>();
      for (int column : key.columns) {
        parts.add(columns.get(column));
      }
      check(key, parts);
    }
  }

  private void check(Key key, List<HeapColumn> parts) throws StoreException {
    Map<ByteBuffer, Integer> fresh = new HashMap<>();
    for (int row = 0; row < parts.get(0).rows(); row++) {
      Optional<ByteBuffer> encoded = encode(parts, row);
      if (encoded.isEmpty()) {
        if (key.primary) {
          throw new StoreException(
              Code.NOT_NULL, names(key) + " of " + table.schema().name() + ": NULL in a key");
        }
        continue; // NULLs are all different
      }
      if (!key.added.add(encoded.get())) {
        throw twice(key, parts, row);
      }
      fresh.put(encoded.get(), row);
    }
    if (!fresh.isEmpty() && table.rowCount() > 0) {
      look(key, parts, fresh);
    }
  }

  private void look(Key key, List<HeapColumn> parts, Map<ByteBuffer, Integer> fresh)
      throws StoreException {
    List<Long> ids = new ArrayList<>();
    List<Bound> bounds = new ArrayList<>();
    for (int i = 0; i < parts.size(); i++) {
      Column column = table.schema().columns().get(key.columns.get(i));
      ids.add(column.id());
      bound(column, parts.get(i)).ifPresent(bounds::add);
    }
    int probe = firstNumber(key);
    long[] numbers = probe < 0 ? new long[0] : sorted(parts.get(probe), fresh.values());
    ScanRequest request = ScanRequest.of(ids).withBounds(bounds);
    try (TableScan scan = table.openScan(request, allocator)) {
      while (scan.next()) {
        int[] selection = scan.selection();
        List<Vector> vectors = new ArrayList<>();
        for (int i = 0; i < ids.size(); i++) {
          vectors.add(scan.column(i));
        }
        Vector rowIds = replaced.isEmpty() ? null : scan.rowIds();
        for (int k = 0; k < scan.selected(); k++) {
          int row = selection == null ? k : selection[k];
          if (rowIds != null && replaced.contains(rowIds.longAt(row))) {
            continue;
          }
          if (probe >= 0 && !isAmong(numbers, vectors.get(probe), row)) {
            continue;
          }
          Optional<ByteBuffer> there = encodeVectors(vectors, row);
          Integer mine = there.isEmpty() ? null : fresh.get(there.get());
          if (mine != null) {
            throw twice(key, parts, mine);
          }
        }
      }
    }
  }

  /** The first part of a key that is a number, or -1: it tells most rows apart without a copy. */
  private int firstNumber(Key key) {
    for (int i = 0; i < key.columns.size(); i++) {
      if (isNumber(table.schema().columns().get(key.columns.get(i)))) {
        return i;
      }
    }
    return -1;
  }

  private static long[] sorted(HeapColumn values, Collection<Integer> rows) {
    return rows.stream().mapToLong(values::longAt).sorted().toArray();
  }

  private static boolean isAmong(long[] sorted, Vector values, int row) {
    if (values.isNull(row)) {
      return false;
    }
    long value = values.longAt(row);
    return value >= sorted[0]
        && value <= sorted[sorted.length - 1]
        && Arrays.binarySearch(sorted, value) >= 0;
  }

  private static boolean isNumber(Column column) {
    Dtype dtype = column.type().dtype();
    return column.type().shape().rank() == 0 && dtype.isInteger() && dtype != Dtype.UINT64;
  }

  private static Optional<Bound> bound(Column column, HeapColumn values) {
    if (!isNumber(column)) {
      return Optional.empty();
    }
    long least = Long.MAX_VALUE;
    long most = Long.MIN_VALUE;
    for (int i = 0; i < values.rows(); i++) {
      if (!values.isNull(i)) {
        least = Math.min(least, values.longAt(i));
        most = Math.max(most, values.longAt(i));
      }
    }
    return least > most ? Optional.empty() : Optional.of(Bound.longs(column.id(), least, most));
  }

  private static Optional<ByteBuffer> encode(List<HeapColumn> parts, int row) {
    List<byte[]> bytes = new ArrayList<>();
    for (HeapColumn part : parts) {
      if (part.isNull(row)) {
        return Optional.empty();
      }
      bytes.add(part.bytesAt(row));
    }
    return Optional.of(joined(bytes));
  }

  private static Optional<ByteBuffer> encodeVectors(List<Vector> parts, int row) {
    List<byte[]> bytes = new ArrayList<>();
    for (Vector part : parts) {
      if (part.isNull(row)) {
        return Optional.empty();
      }
      bytes.add(part.bytesAt(row));
    }
    return Optional.of(joined(bytes));
  }

  private static ByteBuffer joined(List<byte[]> parts) {
    if (parts.size() == 1) {
      return ByteBuffer.wrap(parts.get(0));
    }
    int length = 0;
    for (byte[] part : parts) {
      length += 4 + part.length;
    }
    ByteBuffer joined = ByteBuffer.allocate(length);
    for (byte[] part : parts) {
      joined.putInt(part.length).put(part);
    }
    joined.flip();
    return joined;
  }

  private StoreException twice(Key key, List<HeapColumn> parts, int row) {
    List<String> values = new ArrayList<>();
    for (int i = 0; i < parts.size(); i++) {
      values.add(shown(table.schema().columns().get(key.columns.get(i)), parts.get(i), row));
    }
    return new StoreException(
        Code.NOT_UNIQUE,
        (key.primary ? "PRIMARY KEY " : "UNIQUE ")
            + names(key)
            + " of "
            + table.schema().name()
            + ": "
            + String.join(", ", values)
            + " is there already");
  }

  private static String shown(Column column, HeapColumn values, int row) {
    if (column.type().htype() == Htype.CLASS_LABEL) {
      return column.type().labels().get((int) values.longAt(row));
    }
    Dtype dtype = column.type().dtype();
    if (dtype == Dtype.UTF8) {
      return "'" + values.textAt(row) + "'";
    }
    if (dtype == Dtype.DECIMAL) {
      return values.decimalAt(row).toPlainString();
    }
    if (dtype.isFloat()) {
      return String.valueOf(values.doubleAt(row));
    }
    return dtype == Dtype.BYTES
        ? values.lengthAt(row) + " bytes"
        : String.valueOf(values.longAt(row));
  }

  private String names(Key key) {
    List<String> names = new ArrayList<>();
    for (int column : key.columns) {
      names.add(table.schema().columns().get(column).name());
    }
    return "(" + String.join(", ", names) + ")";
  }
}
