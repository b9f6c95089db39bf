package io.versor.format;

import io.versor.format.chunk.Bound;
import io.versor.format.chunk.HeapColumn;
import io.versor.format.chunk.Vector;
import io.versor.format.key.KeyBytes;
import io.versor.format.key.KeyLookup;
import io.versor.format.key.KeySet;
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
import java.util.BitSet;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import org.apache.arrow.memory.BufferAllocator;

/**
 * Keeps keys unique: PRIMARY KEY and UNIQUE of one statement. New keys are looked for in the
 * table's indexes, unless the statistics of its chunks deny them: appending ever greater keys reads
 * next to nothing.
 */
public final class KeyCheck {
  private final TableSnapshot table;
  private final BufferAllocator allocator;
  private final boolean against;
  private final List<Key> keys = new ArrayList<>();
  private final Set<Long> replaced = new HashSet<>();

  /** One key, and what the statement added to it so far. */
  private static final class Key {
    private final String name;
    private final List<Integer> columns;
    private final boolean primary;
    private final KeySet added = new KeySet();

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
    this(table, allocator, true);
  }

  private KeyCheck(TableSnapshot table, BufferAllocator allocator, boolean against) {
    this.table = table;
    this.allocator = allocator;
    this.against = against;
    TableSchema schema = table.schema();
    for (Map.Entry<String, List<Integer>> key : TableKeys.of(schema).entrySet()) {
      keys.add(new Key(key.getKey(), key.getValue(), key.getKey().equals(TableKeys.PRIMARY_KEY)));
    }
  }

  /** Checks rows against each other, and not against the table: for all rows that it has. */
  static KeyCheck ofAll(TableSnapshot table, BufferAllocator allocator) {
    return new KeyCheck(table, allocator, false);
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
    SortedMap<Integer, Refusal> refused = refused(columns);
    if (!refused.isEmpty()) {
      throw refused.get(refused.firstKey()).error();
    }
  }

  /**
   * Checks rows about to be appended, which are those that are not refused.
   *
   * @return what is wrong with the others, by row
   */
  public SortedMap<Integer, StoreException> addFitting(List<HeapColumn> columns)
      throws StoreException {
    SortedMap<Integer, StoreException> errors = new TreeMap<>();
    refused(columns).forEach((row, refusal) -> errors.put(row, refusal.error()));
    return errors;
  }

  /** Why a row cannot be added: an error is made of it where somebody wants it. */
  @FunctionalInterface
  private interface Refusal {
    StoreException error();
  }

  private SortedMap<Integer, Refusal> refused(List<HeapColumn> columns) throws StoreException {
    SortedMap<Integer, Refusal> refused = new TreeMap<>();
    List<byte[][]> encoded = new ArrayList<>();
    for (Key key : keys) {
      encoded.add(againstTable(key, parts(key, columns), refused));
    }
    int rows = keys.isEmpty() ? 0 : encoded.get(0).length;
    for (int row = 0; row < rows; row++) {
      for (int k = 0; k < keys.size() && !refused.containsKey(row); k++) {
        byte[] mine = encoded.get(k)[row];
        if (mine != null && keys.get(k).added.contains(mine)) {
          refused.put(row, twice(keys.get(k), parts(keys.get(k), columns), row));
        }
      }
      for (int k = 0; k < keys.size() && !refused.containsKey(row); k++) {
        if (encoded.get(k)[row] != null) {
          keys.get(k).added.add(encoded.get(k)[row]);
        }
      }
    }
    return refused;
  }

  private static List<HeapColumn> parts(Key key, List<HeapColumn> columns) {
    return key.columns.stream().map(columns::get).toList();
  }

  /** Refuses what the table has; returns the keys of all rows, null for rows that have none. */
  private byte[][] againstTable(
      Key key, List<HeapColumn> parts, SortedMap<Integer, Refusal> refused) throws StoreException {
    int rows = parts.get(0).rows();
    byte[][] fresh = new byte[rows][];
    int count = 0;
    for (int row = 0; row < rows; row++) {
      fresh[row] = KeyBytes.of(parts, row);
      if (fresh[row] != null) {
        count++;
      } else if (key.primary) {
        refused.putIfAbsent(
            row,
            () ->
                new StoreException(
                    Code.NOT_NULL,
                    names(key) + " of " + table.schema().name() + ": NULL in a key"));
      } // else NULLs are all different
    }
    if (count > 0 && against && table.rowCount() > 0) {
      BitSet there = look(key, parts, fresh);
      for (int row = there.nextSetBit(0); row >= 0; row = there.nextSetBit(row + 1)) {
        refused.putIfAbsent(row, twice(key, parts, row));
      }
    }
    return fresh;
  }

  /** The rows whose keys the table has. */
  private BitSet look(Key key, List<HeapColumn> parts, byte[][] fresh) throws StoreException {
    BitSet found = new BitSet();
    List<Long> ids = new ArrayList<>();
    List<Bound> bounds = new ArrayList<>();
    for (int i = 0; i < parts.size(); i++) {
      Column column = table.schema().columns().get(key.columns.get(i));
      ids.add(column.id());
      bound(column, parts.get(i)).ifPresent(bounds::add);
    }
    try (TableScan scan = table.openScan(ScanRequest.of(ids).withBounds(bounds), allocator)) {
      if (!scan.next()) {
        return found; // no chunk can have one of them: greater keys than there ever were
      }
      Optional<KeyLookup> lookup = table.openLookup(ids);
      if (lookup.isEmpty()) {
        lookThrough(scan, key, parts, fresh, found);
        return found;
      }
      try (KeyLookup there = lookup.get()) {
        for (int row = 0; row < fresh.length; row++) {
          if (fresh[row] != null && isThere(there, fresh[row])) {
            found.set(row);
          }
        }
      }
    }
    return found;
  }

  private boolean isThere(KeyLookup lookup, byte[] key) throws StoreException {
    for (long slot : lookup.find(key)) {
      if (!replaced.contains(table.state().rows().rowIdAt(slot))) {
        return true;
      }
    }
    return false;
  }

  /** Compares with every row of a scan that stands on its first batch. */
  private void lookThrough(
      TableScan scan, Key key, List<HeapColumn> parts, byte[][] fresh, BitSet found)
      throws StoreException {
    Map<ByteBuffer, Integer> rows = new HashMap<>();
    for (int row = 0; row < fresh.length; row++) {
      if (fresh[row] != null) {
        rows.put(ByteBuffer.wrap(fresh[row]), row);
      }
    }
    Set<ByteBuffer> twice = new HashSet<>();
    int probe = firstNumber(key);
    long[] numbers = probe < 0 ? new long[0] : sorted(parts.get(probe), rows.values());
    do {
      int[] selection = scan.selection();
      List<Vector> vectors = new ArrayList<>();
      for (int i = 0; i < parts.size(); i++) {
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
        byte[] there = KeyBytes.ofVectors(vectors, row);
        if (there != null && rows.containsKey(ByteBuffer.wrap(there))) {
          twice.add(ByteBuffer.wrap(there));
        }
      }
    } while (scan.next());
    for (int row = 0; row < fresh.length; row++) {
      if (fresh[row] != null && twice.contains(ByteBuffer.wrap(fresh[row]))) {
        found.set(row); // more than one row can have the key
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

  private Refusal twice(Key key, List<HeapColumn> parts, int row) {
    return () -> isThere(key, parts, row);
  }

  private StoreException isThere(Key key, List<HeapColumn> parts, int row) {
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
    if (dtype == Dtype.UUID) {
      ByteBuffer bytes = ByteBuffer.wrap(values.bytesAt(row));
      return "'" + new UUID(bytes.getLong(), bytes.getLong()) + "'";
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
