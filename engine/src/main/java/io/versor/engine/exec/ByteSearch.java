package io.versor.engine.exec;

import io.versor.format.io.Memory;

/**
 * Finds bytes within bytes. Eight places are looked at together: those where the first and the last
 * byte both fit are few, and only they are compared whole.
 */
final class ByteSearch {
  private static final long ONES = 0x0101010101010101L;
  private static final long HIGHS = 0x8080808080808080L;

  private final byte[] wanted;
  private final long firsts;
  private final long lasts;

  /**
   * @param wanted at least one byte
   */
  ByteSearch(byte[] wanted) {
    this.wanted = wanted.clone();
    this.firsts = (wanted[0] & 0xFF) * ONES;
    this.lasts = (wanted[wanted.length - 1] & 0xFF) * ONES;
  }

  int length() {
    return wanted.length;
  }

  /** Whether the bytes stand here; the caller knows that there are enough. */
  boolean isAt(long address) {
    for (int i = 0; i < wanted.length; i++) {
      if (Memory.getByte(address + i) != wanted[i]) {
        return false;
      }
    }
    return true;
  }

  /** Address of the first place in {@code from .. end}; -1 if there is none. */
  long find(long from, long end) {
    long last = end - wanted.length;
    long at = from;
    for (; at + Long.BYTES - 1 <= last; at += Long.BYTES) {
      long found = findOfEight(at);
      if (found >= 0) {
        return found;
      }
    }
    if (last - Long.BYTES + 1 >= from && at <= last) {
      return findOfEight(last - Long.BYTES + 1); // the places before were looked at: they don't fit
    }
    for (; at <= last; at++) {
      if (isAt(at)) {
        return at;
      }
    }
    return -1;
  }

  private long findOfEight(long at) {
    long unlike = Memory.getLong(at) ^ firsts | Memory.getLong(at + wanted.length - 1) ^ lasts;
    // The lowest mark is a byte that is 0; one above it may be wrong, and is compared like it.
    long marks = unlike - ONES & ~unlike & HIGHS;
    while (marks != 0) {
      long place = at + (Long.numberOfTrailingZeros(marks) >>> 3);
      if (isAt(place)) {
        return place;
      }
      marks &= marks - 1;
    }
    return -1;
  }
}
