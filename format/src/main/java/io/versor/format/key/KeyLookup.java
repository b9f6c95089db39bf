package io.versor.format.key;

import io.versor.format.type.StoreException;
import java.util.Arrays;
import java.util.List;

/** Finds rows by one key of a table. Used by one thread. */
public final class KeyLookup implements AutoCloseable {
  private final List<KeyRun> runs;
  private final KeyReader reader;

  KeyLookup(KeyIndex index, KeyReader reader) {
    this.runs = index.runs();
    this.reader = reader;
  }

  /**
   * The slots of live rows that have a key: one at most, in a table that keeps the key.
   *
   * @param key as {@link KeyBytes} has it
   */
  public long[] find(byte[] key) throws StoreException {
    long hash = KeyHash.of(key);
    Found found = new Found();
    for (KeyRun run : runs) {
      run.find(hash, slot -> found.add(slot, key));
    }
    return found.slots();
  }

  private final class Found {
    private long[] slots = new long[1];
    private int count;

    void add(long slot, byte[] key) throws StoreException {
      if (reader.has(slot, key)) {
        if (count == slots.length) {
          slots = Arrays.copyOf(slots, 2 * count);
        }
        slots[count++] = slot;
      }
    }

    long[] slots() {
      return count > 1
          ? Arrays.stream(slots, 0, count).distinct().toArray() // an old run and a new one
          : Arrays.copyOf(slots, count);
    }
  }

  @Override
  public void close() {
    reader.close();
  }
}
