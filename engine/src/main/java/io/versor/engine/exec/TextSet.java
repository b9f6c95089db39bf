package io.versor.engine.exec;

import io.versor.format.io.Memory;
import java.util.List;

/** IN with constant texts: an open-addressing table of them. */
final class TextSet implements TextTest {
  private final long[] addresses;
  private final int[] lengths;
  private final int mask;

  TextSet(List<TextConstant> members) {
    int capacity = Integer.highestOneBit(Math.max(4, members.size() * 4 - 1));
    this.addresses = new long[capacity];
    this.lengths = new int[capacity];
    this.mask = capacity - 1;
    for (TextConstant member : members) {
      int at = find(member.address(), member.length());
      addresses[at] = member.address();
      lengths[at] = member.length();
    }
  }

  @Override
  public boolean test(long address, int length) {
    return addresses[find(address, length)] != 0;
  }

  /** The place of a text, or a free one. */
  private int find(long address, int length) {
    int at = hash(address, length) & mask;
    while (addresses[at] != 0
        && !(lengths[at] == length && TextOrder.same(addresses[at], address, length))) {
      at = (at + 1) & mask;
    }
    return at;
  }

  static int hash(long address, int length) {
    long h = length * 0x9E37_79B9_7F4A_7C15L;
    int i = 0;
    for (; i <= length - 8; i += 8) {
      h = (h ^ Memory.getLong(address + i)) * 0x9E37_79B9_7F4A_7C15L;
      h ^= h >>> 32;
    }
    for (; i < length; i++) {
      h = (h ^ Memory.getByte(address + i) & 0xFF) * 0x9E37_79B9_7F4A_7C15L;
    }
    return (int) (h ^ h >>> 29 ^ h >>> 47);
  }
}
