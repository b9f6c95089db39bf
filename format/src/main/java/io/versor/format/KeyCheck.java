package io.versor.format;

import io.versor.format.chunk.HeapColumn;
import io.versor.format.key.KeyBytes;
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
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import org.apache.arrow.memory.BufferAllocator;

/** Keeps keys unique: PRIMARY KEY and UNIQUE of one statement. */
public final class KeyCheck {
  private final TableSnapshot table;
  private final KeyHolders holders;
  private final boolean against;
  private final List<Key> keys = new ArrayList<>();

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
    this.holders = new KeyHolders(table, allocator);
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

  /** What the keys that were added take on the heap, about. */
  public long bytes() {
    long bytes = 0;
    for (Key key : keys) {
      bytes += key.added.bytes();
    }
    return bytes;
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
    holders.leaveOut(rowId);
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
      for (int k = 0; k < keys.size() && (refused.isEmpty() || !refused.containsKey(row)); k++) {
        byte[] mine = encoded.get(k)[row];
        if (mine != null && keys.get(k).added.contains(mine)) {
          refused.put(row, twice(keys.get(k), parts(keys.get(k), columns), row));
        }
      }
      for (int k = 0; k < keys.size() && (refused.isEmpty() || !refused.containsKey(row)); k++) {
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
      for (int row : holders.find(key.columns, parts, fresh).keySet()) {
        refused.putIfAbsent(row, twice(key, parts, row));
      }
    }
    return fresh;
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
