package io.versor.format.chunk;

import io.versor.format.io.Memory;

/** Validity bitmaps, bit 0 of byte 0 first, on the heap and at addresses. 1 = not NULL. */
final class Bitmaps {
  /** Bits moved at a time; with any start they lie within five bytes. */
  private static final int STEP = 32;

  private Bitmaps() {}

  static int bytes(int bits) {
    return (bits + 7) >>> 3;
  }

  static boolean get(byte[] bitmap, int bit) {
    return (bitmap[bit >> 3] >> (bit & 7) & 1) != 0;
  }

  static boolean get(long address, int bit) {
    return (Memory.getByte(address + (bit >> 3)) >> (bit & 7) & 1) != 0;
  }

  static void set(byte[] bitmap, int bit) {
    bitmap[bit >> 3] |= (byte) (1 << (bit & 7));
  }

  static void clear(byte[] bitmap, int bit) {
    bitmap[bit >> 3] &= (byte) ~(1 << (bit & 7));
  }

  static void put(long address, int bit, boolean value) {
    long at = address + (bit >> 3);
    int mask = 1 << (bit & 7);
    int old = Memory.getByte(at);
    Memory.putByte(at, (byte) (value ? old | mask : old & ~mask));
  }

  static void fill(byte[] bitmap, int from, int count, boolean value) {
    for (int i = 0; i < count; i += STEP) {
      write(bitmap, from + i, Math.min(STEP, count - i), value ? -1L : 0);
    }
  }

  static void fill(long address, int from, int count, boolean value) {
    for (int i = 0; i < count; i += STEP) {
      write(address, from + i, Math.min(STEP, count - i), value ? -1L : 0);
    }
  }

  static void copy(byte[] source, int sourceBit, byte[] target, int targetBit, int count) {
    for (int i = 0; i < count; i += STEP) {
      int part = Math.min(STEP, count - i);
      write(target, targetBit + i, part, read(source, sourceBit + i, part));
    }
  }

  static void copy(byte[] source, int sourceBit, long target, int targetBit, int count) {
    for (int i = 0; i < count; i += STEP) {
      int part = Math.min(STEP, count - i);
      write(target, targetBit + i, part, read(source, sourceBit + i, part));
    }
  }

  static void copy(long source, int sourceBit, byte[] target, int targetBit, int count) {
    for (int i = 0; i < count; i += STEP) {
      int part = Math.min(STEP, count - i);
      write(target, targetBit + i, part, read(source, sourceBit + i, part));
    }
  }

  static void copy(long source, int sourceBit, long target, int targetBit, int count) {
    for (int i = 0; i < count; i += STEP) {
      int part = Math.min(STEP, count - i);
      write(target, targetBit + i, part, read(source, sourceBit + i, part));
    }
  }

  /** Bits that are 0. */
  static int zeros(byte[] bitmap, int from, int count) {
    int ones = 0;
    for (int i = 0; i < count; i += STEP) {
      ones += Long.bitCount(read(bitmap, from + i, Math.min(STEP, count - i)));
    }
    return count - ones;
  }

  static int zeros(long address, int from, int count) {
    int ones = 0;
    for (int i = 0; i < count; i += STEP) {
      ones += Long.bitCount(read(address, from + i, Math.min(STEP, count - i)));
    }
    return count - ones;
  }

  private static long read(byte[] bitmap, int bit, int count) {
    long bits = 0;
    int last = (bit + count - 1) >> 3;
    for (int at = last; at >= bit >> 3; at--) {
      bits = bits << 8 | bitmap[at] & 0xFF;
    }
    return bits >>> (bit & 7) & (1L << count) - 1;
  }

  private static long read(long address, int bit, int count) {
    long bits = 0;
    int last = (bit + count - 1) >> 3;
    for (int at = last; at >= bit >> 3; at--) {
      bits = bits << 8 | Memory.getByte(address + at) & 0xFF;
    }
    return bits >>> (bit & 7) & (1L << count) - 1;
  }

  private static void write(byte[] bitmap, int bit, int count, long bits) {
    long mask = (1L << count) - 1 << (bit & 7);
    long value = bits << (bit & 7) & mask;
    for (int at = bit >> 3; mask != 0; at++, mask >>>= 8, value >>>= 8) {
      bitmap[at] = (byte) (bitmap[at] & ~mask | value);
    }
  }

  private static void write(long address, int bit, int count, long bits) {
    long mask = (1L << count) - 1 << (bit & 7);
    long value = bits << (bit & 7) & mask;
    for (long at = address + (bit >> 3); mask != 0; at++, mask >>>= 8, value >>>= 8) {
      Memory.putByte(at, (byte) (Memory.getByte(at) & ~mask | value));
    }
  }
}
