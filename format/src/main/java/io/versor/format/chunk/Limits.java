package io.versor.format.chunk;

import io.versor.format.type.StoreException;
import io.versor.format.type.StoreException.Code;

/** What no column in memory and no chunk on disk may pass. */
final class Limits {
  /**
   * Bytes of one buffer. Offsets are int32, and a chunk with its header must fit into one Java
   * array and one mapping.
   */
  static final int MAX_BUFFER_BYTES = Integer.MAX_VALUE - 64 * 1024;

  /** Samples of one column or chunk: a few numbers each still fit into a buffer. */
  static final int MAX_ROWS = 1 << 27;

  private Limits() {}

  /** Room for {@code needed}, grown by doubling from what there is. */
  static int capacity(long needed, long limit, int current, int least) throws StoreException {
    if (needed > limit) {
      throw exceeded(needed + " bytes", limit);
    }
    return (int) Math.min(limit, Math.max(Math.max(needed, least), current * 2L));
  }

  static StoreException exceeded(String found, long limit) {
    return new StoreException(
        Code.LIMIT, found + " in one run of samples, at most " + limit + "; write less at once");
  }
}
