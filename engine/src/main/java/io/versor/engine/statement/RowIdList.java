package io.versor.engine.statement;

import java.util.Arrays;

/** Ids of rows, in the order they were added. */
final class RowIdList {
  /** So many are handed to a transaction at once: as many as a chunk has rows. */
  static final int PORTION = 1 << 16;

  /** About what the id of a row takes in a set or map of them. */
  static final int SET_BYTES = 64;

  private long[] ids = new long[16];
  private int count;

  void add(long rowId) {
    if (count == ids.length) {
      ids = Arrays.copyOf(ids, Math.multiplyExact(count, 2));
    }
    ids[count++] = rowId;
  }

  int size() {
    return count;
  }

  void clear() {
    count = 0;
  }

  long[] toArray() {
    return Arrays.copyOf(ids, count);
  }
}
