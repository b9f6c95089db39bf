package io.versor.engine.exec;

import io.versor.format.io.Memory;
import io.versor.format.type.Dtype;
import io.versor.format.type.StoreException;

/**
 * Numbers the different longs of an array, from 0 in the order of their first places, and finds
 * them again: by their distance from the least where they lie close together, else by hashing. Once
 * made it does not change, so any thread may ask.
 */
final class LongIndex {
  /** Numbers made without asking whether to go on: some milliseconds. */
  private static final int PER_CHECK = 1 << 16;

  /** Room for distances that is never too much: it stays within a processor's cache. */
  private static final long ALWAYS_DIRECT = 1 << 16;

  private final long least;

  /** Number plus one by the distance from the least; empty if places are by hash. */
  private final int[] direct;

  /** Number plus one; 0 = free. */
  private final int[] places;

  private final long[] keys;
  private int size;

  private LongIndex(long least, int[] direct, int[] places, long[] keys) {
    this.least = least;
    this.direct = direct;
    this.places = places;
    this.keys = keys;
  }

  /**
   * @param numbers of the keys, made here; where one is negative it stays so, and the key is none
   */
  static LongIndex of(long[] values, int[] numbers, int n, ExecContext context)
      throws StoreException {
    long least = Long.MAX_VALUE;
    long greatest = Long.MIN_VALUE;
    int count = 0;
    for (int i = 0; i < n; i++) {
      if (numbers[i] >= 0) {
        least = Math.min(least, values[i]);
        greatest = Math.max(greatest, values[i]);
        count++;
      }
    }
    long range = greatest - least + 1; // not positive if it is none, or beyond all longs
    boolean direct = range > 0 && greatest >= least && range <= Math.max(ALWAYS_DIRECT, 4L * count);
    int hashed = direct ? 0 : Integer.highestOneBit(Math.max(8, count)) << 2;
    LongIndex index =
        new LongIndex(
            least,
            new int[direct ? (int) range : 0],
            new int[hashed],
            new long[direct ? 0 : count]);
    for (int i = 0; i < n; i++) {
      if (i % PER_CHECK == 0) {
        context.check();
      }
      if (numbers[i] >= 0) {
        numbers[i] = index.add(values[i]);
      }
    }
    return index;
  }

  private int add(long key) {
    if (direct.length > 0) {
      int at = (int) (key - least);
      if (direct[at] == 0) {
        direct[at] = ++size;
      }
      return direct[at] - 1;
    }
    int mask = places.length - 1;
    int at = hash(key) & mask;
    while (places[at] != 0) {
      if (keys[places[at] - 1] == key) {
        return places[at] - 1;
      }
      at = (at + 1) & mask;
    }
    keys[size] = key;
    places[at] = ++size;
    return size - 1;
  }

  int size() {
    return size;
  }

  long heapBytes() {
    return 4L * direct.length + 4L * places.length + 8L * keys.length;
  }

  /** The number of each key; -1 of those that are not there. */
  void find(long[] wanted, int n, int[] out) {
    for (int i = 0; i < n; i++) {
      out[i] = number(wanted[i]);
    }
  }

  /** The same for numbers of a column, INT32 or INT64. */
  void find(long data, Dtype dtype, Rows rows, int[] out) {
    int[] at = rows.at();
    int n = rows.count();
    if (dtype == Dtype.INT32) {
      for (int i = 0; i < n; i++) {
        out[i] = number(Memory.getInt(data + 4L * (at == null ? i : at[i])));
      }
    } else {
      for (int i = 0; i < n; i++) {
        out[i] = number(Memory.getLong(data + 8L * (at == null ? i : at[i])));
      }
    }
  }

  private int number(long key) {
    int[] near = direct;
    if (near.length == 0) {
      return find(key);
    }
    long distance = key - least;
    return distance >= 0 && distance < near.length ? near[(int) distance] - 1 : -1;
  }

  private int find(long key) {
    if (size == 0) {
      return -1;
    }
    int mask = places.length - 1;
    int at = hash(key) & mask;
    while (places[at] != 0) {
      if (keys[places[at] - 1] == key) {
        return places[at] - 1;
      }
      at = (at + 1) & mask;
    }
    return -1;
  }

  private static int hash(long key) {
    long h = key * 0x9E37_79B9_7F4A_7C15L;
    return (int) (h >>> 32 ^ h >>> 15);
  }
}
