package io.versor.format;

import io.versor.format.chunk.Bound;
import io.versor.format.chunk.HeapColumn;
import io.versor.format.chunk.Vector;
import io.versor.format.key.KeyBytes;
import io.versor.format.key.KeyLookup;
import io.versor.format.type.Column;
import io.versor.format.type.Dtype;
import io.versor.format.type.StoreException;
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
 * Which rows of a table have given keys. They are looked for in the table's indexes, unless the
 * statistics of its chunks deny them: appending ever greater keys reads next to nothing.
 */
final class KeyHolders {
  private final TableSnapshot table;
  private final BufferAllocator allocator;
  private final Set<Long> leftOut = new HashSet<>();

  KeyHolders(TableSnapshot table, BufferAllocator allocator) {
    this.table = table;
    this.allocator = allocator;
  }

  /** A row whose present key does not count. */
  void leaveOut(long rowId) {
    leftOut.add(rowId);
  }

  /**
   * Finds rows.
   *
   * @param key positions of its columns
   * @param parts of the keys that are looked for, a column for each of the key's
   * @param fresh the same as bytes; null where there is none
   * @return by the place of what is looked for, the id of a row that has it
   */
  Map<Integer, Long> find(List<Integer> key, List<HeapColumn> parts, byte[][] fresh)
      throws StoreException {
    Map<Integer, Long> found = new HashMap<>();
    List<Long> ids = new ArrayList<>();
    List<Bound> bounds = new ArrayList<>();
    for (int i = 0; i < parts.size(); i++) {
      Column column = table.schema().columns().get(key.get(i));
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
          if (fresh[row] != null) {
            look(there, fresh[row], row, found);
          }
        }
      }
    }
    return found;
  }

  private void look(KeyLookup lookup, byte[] key, int row, Map<Integer, Long> found)
      throws StoreException {
    for (long slot : lookup.find(key)) {
      long rowId = table.state().rows().rowIdAt(slot);
      if (!leftOut.contains(rowId)) {
        found.put(row, rowId);
      }
    }
  }

  /** Compares with every row of a scan that stands on its first batch. */
  private void lookThrough(
      TableScan scan,
      List<Integer> key,
      List<HeapColumn> parts,
      byte[][] fresh,
      Map<Integer, Long> found)
      throws StoreException {
    Map<ByteBuffer, Integer> rows = new HashMap<>();
    for (int row = 0; row < fresh.length; row++) {
      if (fresh[row] != null) {
        rows.put(ByteBuffer.wrap(fresh[row]), row);
      }
    }
    Map<ByteBuffer, Long> twice = new HashMap<>();
    int probe = firstNumber(key);
    long[] numbers = probe < 0 ? new long[0] : sorted(parts.get(probe), rows.values());
    do {
      int[] selection = scan.selection();
      List<Vector> vectors = new ArrayList<>();
      for (int i = 0; i < parts.size(); i++) {
        vectors.add(scan.column(i));
      }
      for (int k = 0; k < scan.selected(); k++) {
        int row = selection == null ? k : selection[k];
        if (probe >= 0 && !isAmong(numbers, vectors.get(probe), row)) {
          continue;
        }
        byte[] there = KeyBytes.ofVectors(vectors, row);
        if (there == null || !rows.containsKey(ByteBuffer.wrap(there))) {
          continue;
        }
        long rowId = scan.rowIds().longAt(row);
        if (!leftOut.contains(rowId)) {
          twice.put(ByteBuffer.wrap(there), rowId);
        }
      }
    } while (scan.next());
    for (int row = 0; row < fresh.length; row++) {
      Long holder = fresh[row] == null ? null : twice.get(ByteBuffer.wrap(fresh[row]));
      if (holder != null) {
        found.put(row, holder); // more than one row can have the key
      }
    }
  }

  /** The first part of a key that is a number, or -1: it tells most rows apart without a copy. */
  private int firstNumber(List<Integer> key) {
    for (int i = 0; i < key.size(); i++) {
      if (isNumber(table.schema().columns().get(key.get(i)))) {
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
}
