package io.versor.engine.exec;

import io.versor.format.type.StoreException;
import java.util.Arrays;

/** Numbers the different longs it is given, from 0: open addressing, at most half full. */
final class LongTable {
  private static final int START = 64;

  /** Less than such a part is free. */
  static final int NEARLY_FULL = 8;

  /** Keys put in new places without asking whether to go on: some milliseconds. */
  private static final int PER_CHECK = 1 << 16;

  private final ExecContext context;

  /** Number of the key at a place, plus one; 0 = free. */
  private int[] places = new int[START];

  private long[] keys = new long[START / 2];
  private int size;

  /** A number that stands for no key; -1 = there is none. */
  private int keyless = -1;

  LongTable(ExecContext context) {
    this.context = context;
  }

  int size() {
    return size;
  }

  long key(int id) {
    return keys[id];
  }

  /** What it takes; when it is nearly full, what it will take while it grows. */
  long heapBytes() {
    long bytes = 4L * places.length + 8L * keys.length;
    return size > keys.length - keys.length / NEARLY_FULL ? 3 * bytes : bytes;
  }

  /** The number of a key, a new one if it was never seen. */
  int id(long key) throws StoreException {
    int mask = places.length - 1;
    int at = hash(key) & mask;
    while (true) {
      int place = places[at];
      if (place == 0) {
        return insert(key, at);
      }
      if (keys[place - 1] == key) {
        return place - 1;
      }
      at = (at + 1) & mask;
    }
  }

  /** The number of a key; -1 if it was never seen. */
  int find(long key) {
    int mask = places.length - 1;
    int at = hash(key) & mask;
    while (places[at] != 0 && keys[places[at] - 1] != key) {
      at = (at + 1) & mask;
    }
    return places[at] - 1;
  }

  /** The number of what is no key; -1 if there was none. */
  int findKeyless() {
    return keyless;
  }

  /** The number of what is no key, the same each time. */
  int keyless() throws StoreException {
    if (keyless < 0) {
      if (size == keys.length) {
        grow();
      }
      keyless = size++;
    }
    return keyless;
  }

  boolean isKeyless(int id) {
    return id == keyless;
  }

  private int insert(long key, int at) throws StoreException {
    if (size == keys.length) {
      grow();
      return id(key);
    }
    keys[size] = key;
    places[at] = ++size;
    return size - 1;
  }

  private void grow() throws StoreException {
    keys = Arrays.copyOf(keys, Math.multiplyExact(keys.length, 2));
    places = new int[Math.multiplyExact(places.length, 2)];
    int mask = places.length - 1;
    for (int id = 0; id < size; id++) {
      if (id % PER_CHECK == 0) {
        context.check();
      }
      if (id == keyless) {
        continue;
      }
      int at = hash(keys[id]) & mask;
      while (places[at] != 0) {
        at = (at + 1) & mask;
      }
      places[at] = id + 1;
    }
  }

  private static int hash(long key) {
    long h = key * 0x9E37_79B9_7F4A_7C15L;
    return (int) (h >>> 32 ^ h >>> 15);
  }
}
