package io.versor.format.chunk;

import io.versor.format.type.Dtype;

/** The numbers in a column, element by element. */
final class Numbers {
  private Numbers() {}

  /** Reads one element, sign- or zero-extended as its type wants. */
  static long at(byte[] data, int offset, Dtype dtype) {
    return switch (dtype) {
      case BOOL, INT8 -> data[offset];
      case UINT8 -> data[offset] & 0xFF;
      case INT16 -> Bytes.getShort(data, offset);
      case UINT16 -> Bytes.getShort(data, offset) & 0xFFFF;
      case INT32, DATE -> Bytes.getInt(data, offset);
      case UINT32 -> Bytes.getInt(data, offset) & 0xFFFF_FFFFL;
      case INT64, UINT64, TIME, TIMESTAMP, TIMESTAMP_TZ -> Bytes.getLong(data, offset);
      default -> throw new IllegalStateException(dtype + " is no whole number");
    };
  }

  /** Reads one float of any width. */
  static double floatAt(byte[] data, int offset, Dtype dtype) {
    return switch (dtype) {
      case FLOAT16 -> Float16.toFloat(Bytes.getShort(data, offset));
      case FLOAT32 -> Float.intBitsToFloat(Bytes.getInt(data, offset));
      case FLOAT64 -> Double.longBitsToDouble(Bytes.getLong(data, offset));
      default -> throw new IllegalStateException(dtype + " is no float");
    };
  }

  /**
   * The least and greatest scalar that is not NULL; of UINT64 in unsigned order. There must be one.
   */
  static long[] bounds(HeapColumn column, int from, int count) {
    Dtype dtype = column.type().dtype();
    int width = dtype.width();
    if (column.nullCount(from, count) == 0) {
      return bounds(column.data(), from * width, count, dtype);
    }
    // Runs between NULLs, so that the loop over values has no branch for them.
    long[] all = null;
    for (int i = from; i < from + count; i++) {
      if (column.isNull(i)) {
        continue;
      }
      int end = i + 1;
      while (end < from + count && !column.isNull(end)) {
        end++;
      }
      long[] run = bounds(column.data(), i * width, end - i, dtype);
      all = all == null ? run : union(all, run, dtype);
      i = end;
    }
    if (all == null) {
      throw new IllegalArgumentException("bounds of NULLs");
    }
    return all;
  }

  private static long[] union(long[] left, long[] right, Dtype dtype) {
    // Flipping the sign bit turns the unsigned order into the signed one.
    long flip = dtype == Dtype.UINT64 ? Long.MIN_VALUE : 0;
    return new long[] {
      Math.min(left[0] ^ flip, right[0] ^ flip) ^ flip,
      Math.max(left[1] ^ flip, right[1] ^ flip) ^ flip
    };
  }

  /** The least and greatest of at least one element. */
  static long[] bounds(byte[] data, int offset, int count, Dtype dtype) {
    long flip = dtype == Dtype.UINT64 ? Long.MIN_VALUE : 0;
    long min = Long.MAX_VALUE;
    long max = Long.MIN_VALUE;
    switch (dtype.width()) {
      case 1 -> {
        int mask = dtype.isUnsigned() ? 0xFF : -1;
        for (int i = 0; i < count; i++) {
          long value = data[offset + i] & mask;
          min = Math.min(min, value);
          max = Math.max(max, value);
        }
      }
      case 2 -> {
        int mask = dtype.isUnsigned() ? 0xFFFF : -1;
        for (int i = 0; i < count; i++) {
          long value = Bytes.getShort(data, offset + 2 * i) & mask;
          min = Math.min(min, value);
          max = Math.max(max, value);
        }
      }
      case 4 -> {
        long mask = dtype.isUnsigned() ? 0xFFFF_FFFFL : -1L;
        for (int i = 0; i < count; i++) {
          long value = Bytes.getInt(data, offset + 4 * i) & mask;
          min = Math.min(min, value);
          max = Math.max(max, value);
        }
      }
      default -> {
        for (int i = 0; i < count; i++) {
          long value = Bytes.getLong(data, offset + 8 * i) ^ flip;
          min = Math.min(min, value);
          max = Math.max(max, value);
        }
      }
    }
    return new long[] {min ^ flip, max ^ flip};
  }
}
