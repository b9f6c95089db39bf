package io.versor.engine.statement;

import java.util.Arrays;

/** Ids of rows, in the order they were added. */
final class RowIdList {
  private long[] ids = new long[16];
  private int count;

  void add(long rowId) {
    if (count == ids.length) {
      ids = Arrays.copyOf(ids, Math.multiplyExact(count, 2));
    }
    ids[count++] = rowId;
  }

  long[] toArray() {
    return Arrays.copyOf(ids, count);
  }
}
