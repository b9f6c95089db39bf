package io.versor.engine.exec;

import io.versor.format.io.Memory;

/** Order of bytes as unsigned numbers, which for UTF-8 is that of code points. */
final class TextOrder {
  private TextOrder() {}

  static boolean same(long left, long right, int length) {
    int i = 0;
    for (; i <= length - 8; i += 8) {
      if (Memory.getLong(left + i) != Memory.getLong(right + i)) {
        return false;
      }
    }
    for (; i < length; i++) {
      if (Memory.getByte(left + i) != Memory.getByte(right + i)) {
        return false;
      }
    }
    return true;
  }

  static int compare(long left, int leftLength, long right, int rightLength) {
    int common = Math.min(leftLength, rightLength);
    int i = 0;
    for (; i <= common - 8; i += 8) {
      long a = Memory.getLong(left + i);
      long b = Memory.getLong(right + i);
      if (a != b) {
        return Long.compareUnsigned(Long.reverseBytes(a), Long.reverseBytes(b));
      }
    }
    for (; i < common; i++) {
      int order = (Memory.getByte(left + i) & 0xFF) - (Memory.getByte(right + i) & 0xFF);
      if (order != 0) {
        return order;
      }
    }
    return Integer.compare(leftLength, rightLength);
  }
}
