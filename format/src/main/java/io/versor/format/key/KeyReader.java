package io.versor.format.key;

import io.versor.format.chunk.Vector;
import io.versor.format.tree.ColumnReader;
import io.versor.format.type.Column;
import io.versor.format.type.StoreException;
import io.versor.format.type.StoreException.Code;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the keys of rows where they are stored. Used by one thread. */
final class KeyReader implements AutoCloseable {
  private static final int WINDOW = 2_048;

  /** So many entries of one hash are compared with their rows when runs are merged. */
  private static final int MANY = 8;

  private final KeyedRows table;
  private final List<ColumnReader> readers = new ArrayList<>();

  KeyReader(List<Long> columnIds, KeyedRows table) {
    this.table = table;
    for (long id : columnIds) {
      Column column = table.schema().findColumn(id).orElseThrow();
      readers.add(
          new ColumnReader(
              java.util.Objects.requireNonNull(table.columns().get(id)),
              column.type(),
              table.chunks(),
              table.allocator()));
    }
  }

  private byte @Nullable [] at(long slot) throws StoreException {
    List<Vector> parts = new ArrayList<>(readers.size());
    for (ColumnReader reader : readers) {
      parts.add(reader.window(slot, 1));
    }
    return KeyBytes.ofVectors(parts, 0);
  }

  /** Whether the row of a slot is live and has this key. */
  boolean has(long slot, byte[] key) throws StoreException {
    if (slot >= table.rows().slots()) {
      throw new StoreException(
          Code.CORRUPT,
          "table "
              + table.schema().name()
              + ": a run of keys names slot "
              + slot
              + " of "
              + table.rows().slots());
    }
    return table.rows().isLive(slot) && Arrays.equals(at(slot), key);
  }

  /** Whether an entry that shares its hash with others can be left out: rows gone, other keys. */
  boolean keep(long hash, long slot, int entries) throws StoreException {
    if (!table.rows().isLive(slot)) {
      return false;
    }
    if (entries < MANY) {
      return true;
    }
    byte[] key = at(slot);
    return key != null && KeyHash.of(key) == hash;
  }

  /** The keys of some slots, ascending. */
  HeapKeyRun run(long[] wanted) throws StoreException {
    Entries entries = new Entries(wanted.length);
    for (long slot : wanted) {
      entries.add(at(slot), slot);
    }
    return entries.run();
  }

  /** The keys of all slots in a range. */
  HeapKeyRun run(long from, long to) throws StoreException {
    Entries entries = new Entries(Math.toIntExact(to - from));
    for (long start = from; start < to; ) {
      int length = (int) Math.min(WINDOW - start % WINDOW, to - start);
      List<Vector> parts = new ArrayList<>(readers.size());
      for (ColumnReader reader : readers) {
        parts.add(reader.window(start, length));
      }
      for (int i = 0; i < length; i++) {
        entries.add(KeyBytes.ofVectors(parts, i), start + i);
      }
      start += length;
    }
    return entries.run();
  }

  private final class Entries {
    private final long[] hashes;
    private final long[] slots;
    private int count;

    Entries(int most) {
      hashes = new long[most];
      slots = new long[most];
    }

    void add(byte @Nullable [] key, long slot) {
      if (key != null) {
        hashes[count] = KeyHash.of(key);
        slots[count++] = slot;
      }
    }

    HeapKeyRun run() throws StoreException {
      return HeapKeyRun.of(
          Arrays.copyOf(hashes, count), Arrays.copyOf(slots, count), KeyReader.this::keep);
    }
  }

  @Override
  public void close() {
    readers.forEach(ColumnReader::close);
  }
}
