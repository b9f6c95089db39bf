package io.versor.format.chunk;

import io.versor.format.io.Memory;

/**
 * Numbers as their distance from a base, in as many bits as the greatest needs: value {@code i} is
 * in bits {@code i * bits ..} of little-endian 64-bit words, lowest bit first.
 */
final class BitPacking {
  /** Up to so many bits lie within eight bytes from whatever bit of the first they start at. */
  private static final int ONE_LOAD_BITS = 57;

  /** Of more, one load has fewer than two pairs. */
  private static final int SUMMED_BITS = 14;

  /** Eight bytes of 0 or 1 for each byte of bits. */
  private static final long[] SPREAD = spread();

  private BitPacking() {}

  static int bitsFor(long range) {
    return Long.SIZE - Long.numberOfLeadingZeros(range);
  }

  /** Takes numbers one after the other. */
  static final class Packer {
    private final byte[] target;
    private final int bits;
    private int offset;
    private long word;
    private int filled;

    Packer(int values, int bits) {
      this.target = new byte[Math.toIntExact(ChunkFormat.packedBytes(values, bits))];
      this.bits = bits;
    }

    /** The lowest bits of a number; the others must be 0. */
    void add(long value) {
      word |= value << filled;
      filled += bits;
      if (filled >= Long.SIZE) {
        Bytes.putLong(target, offset, word);
        offset += Long.BYTES;
        filled -= Long.SIZE;
        word = filled == 0 ? 0 : value >>> bits - filled;
      }
    }

    byte[] finish() {
      if (filled > 0) {
        Bytes.putLong(target, offset, word);
      }
      return target;
    }
  }

  /** One packed number, without its base. Touches only the words it lies in. */
  static long at(byte[] source, int offset, int bits, long index) {
    long bit = index * bits;
    int at = offset + (int) (bit >>> 6 << 3);
    int shift = (int) bit & 63;
    long value = Bytes.getLong(source, at) >>> shift;
    if (shift + bits > Long.SIZE) {
      value |= Bytes.getLong(source, at + Long.BYTES) << -shift;
    }
    return value & mask(bits);
  }

  static long at(long source, int bits, long index) {
    long bit = index * bits;
    long at = source + (bit >>> 6 << 3);
    int shift = (int) bit & 63;
    long value = Memory.getLong(at) >>> shift;
    if (shift + bits > Long.SIZE) {
      value |= Memory.getLong(at + Long.BYTES) << -shift;
    }
    return value & mask(bits);
  }

  /**
   * The sum of packed numbers {@code first .. first + count}, without their base. Touches no other
   * words. Several numbers at a time: those at even places and those at odd ones are added in
   * fields of twice their width.
   *
   * @param sourceBytes that may be touched from the address on
   */
  static long sum(long source, long sourceBytes, int bits, int first, int count) {
    int end = first + count;
    int i = first;
    long total = 0;
    if (bits <= SUMMED_BITS) {
      int step = ONE_LOAD_BITS / bits & ~1;
      int most = 1 << bits - 1; // so many sums of two fill a field
      long field = mask(2 * bits);
      long even = 0;
      for (int j = 0; j < step; j += 2) {
        even |= mask(bits) << j * bits;
      }
      int steps = Math.min(count / step, stepsWithin(sourceBytes, bits, first, step));
      long bit = (long) first * bits;
      for (int done = 0; done < steps; ) {
        int until = Math.min(steps, done + most);
        long sums = 0;
        for (; done < until; done++, bit += step * bits) {
          long numbers = Memory.getLong(source + (bit >>> 3)) >>> (bit & 7);
          sums += (numbers & even) + (numbers >>> bits & even);
        }
        for (; sums != 0; sums >>>= 2 * bits) {
          total += sums & field;
        }
      }
      i += steps * step;
    }
    for (; i < end; i++) {
      total += at(source, bits, i);
    }
    return total;
  }

  /** How often eight bytes can be loaded from the byte that every {@code step}-th number is in. */
  private static int stepsWithin(long sourceBytes, int bits, int first, int step) {
    long room = (sourceBytes - Long.BYTES << 3) + 7 - (long) first * bits;
    return room < 0 ? 0 : (int) Math.min(Integer.MAX_VALUE, room / (step * bits) + 1);
  }

  private static long mask(int bits) {
    return -1L >>> -bits;
  }

  /**
   * Unpacks numbers {@code first .. first + count} of {@code sourceBytes} at an address into
   * elements of 1, 2, 4, 8 or (sign-extended) 16 bytes at another.
   */
  static void unpack(
      long source,
      int sourceBytes,
      int bits,
      long base,
      int first,
      int count,
      int unit,
      long target) {
    if (unit == 1 && bits == 1 && (first & 7) == 0 && base >= 0 && base < 0xFF) {
      unpackBits(source, first, count, base, target);
      return;
    }
    int fast = bits > ONE_LOAD_BITS ? 0 : loadable(sourceBytes, bits, first, count);
    long mask = mask(bits);
    long bit = (long) first * bits;
    switch (unit) {
      case 1 -> {
        for (int i = 0; i < fast; i++, bit += bits) {
          long value = base + (Memory.getLong(source + (bit >>> 3)) >>> (bit & 7) & mask);
          Memory.putByte(target + i, (byte) value);
        }
        for (int i = fast; i < count; i++) {
          Memory.putByte(target + i, (byte) (base + at(source, bits, (long) first + i)));
        }
      }
      case 2 -> {
        for (int i = 0; i < fast; i++, bit += bits) {
          long value = base + (Memory.getLong(source + (bit >>> 3)) >>> (bit & 7) & mask);
          Memory.putShort(target + 2L * i, (short) value);
        }
        for (int i = fast; i < count; i++) {
          Memory.putShort(target + 2L * i, (short) (base + at(source, bits, (long) first + i)));
        }
      }
      case 4 -> {
        for (int i = 0; i < fast; i++, bit += bits) {
          long value = base + (Memory.getLong(source + (bit >>> 3)) >>> (bit & 7) & mask);
          Memory.putInt(target + 4L * i, (int) value);
        }
        for (int i = fast; i < count; i++) {
          Memory.putInt(target + 4L * i, (int) (base + at(source, bits, (long) first + i)));
        }
      }
      case 8 -> {
        for (int i = 0; i < fast; i++, bit += bits) {
          long value = base + (Memory.getLong(source + (bit >>> 3)) >>> (bit & 7) & mask);
          Memory.putLong(target + 8L * i, value);
        }
        for (int i = fast; i < count; i++) {
          Memory.putLong(target + 8L * i, base + at(source, bits, (long) first + i));
        }
      }
      default -> {
        for (int i = 0; i < count; i++) {
          long value = base + at(source, bits, (long) first + i);
          Memory.putLong(target + 16L * i, value);
          Memory.putLong(target + 16L * i + 8, value >> 63);
        }
      }
    }
  }

  /** How many of the numbers can be had by loading the eight bytes from the byte they start in. */
  static int loadable(int sourceBytes, int bits, int first, int count) {
    long lastStart = ((long) sourceBytes - Long.BYTES) * 8 + 7;
    long loadable = lastStart < 0 ? 0 : lastStart / bits + 1 - first;
    return (int) Math.max(0, Math.min(count, loadable));
  }

  private static void unpackBits(long source, int first, int count, long base, long target) {
    long bases = base * 0x0101_0101_0101_0101L;
    long at = source + (first >> 3);
    int whole = count & ~7;
    for (int i = 0; i < whole; i += 8) {
      Memory.putLong(target + i, SPREAD[Memory.getByte(at + (i >> 3)) & 0xFF] + bases);
    }
    for (int i = whole; i < count; i++) {
      long value = base + (Memory.getByte(at + (i >> 3)) >> (i & 7) & 1);
      Memory.putByte(target + i, (byte) value);
    }
  }

  private static long[] spread() {
    long[] table = new long[256];
    for (int bits = 0; bits < table.length; bits++) {
      for (int i = 0; i < 8; i++) {
        table[bits] |= (long) (bits >> i & 1) << 8 * i;
      }
    }
    return table;
  }
}
