package io.versor.format.chunk;

import io.versor.format.type.Dtype;
import io.versor.format.type.StoreException;
import io.versor.format.type.TensorType;
import java.math.BigInteger;
import java.util.Arrays;

/** Looks at samples once to tell their {@link ChunkStats}. */
final class StatsScan {
  private StatsScan() {}

  static ChunkStats of(Samples samples, int from, int count) throws StoreException {
    if (samples instanceof HeapColumn column) {
      column.checkRange(from, count);
      return of(column, from, count);
    }
    ColumnBuilder copy = new ColumnBuilder(samples.type(), count);
    samples.copyTo(copy, from, count);
    return of(copy.column(), 0, count);
  }

  private static ChunkStats of(HeapColumn column, int from, int count) {
    int nulls = column.nullCount(from, count);
    TensorType type = column.type();
    if (nulls == count) {
      return ChunkStats.counts(count, nulls);
    }
    if (type.storedRank() > 0) {
      return shapes(column, from, count, nulls);
    }
    if (type.shape().rank() > 0) {
      return ChunkStats.counts(count, nulls);
    }
    Dtype dtype = type.dtype();
    return switch (dtype) {
      case UTF8, BYTES, UUID -> bytes(column, from, count, nulls);
      case DECIMAL -> decimals(column, from, count, nulls);
      case FLOAT16, FLOAT32, FLOAT64 -> floats(column, from, count, nulls);
      case UINT64 -> unsigned(column, from, count, nulls);
      default -> {
        long[] bounds = Numbers.bounds(column, from, count);
        yield ChunkStats.numbers(count, nulls, ChunkStats.Kind.SIGNED, bounds[0], bounds[1]);
      }
    };
  }

  private static ChunkStats unsigned(HeapColumn column, int from, int count, int nulls) {
    long[] bounds = Numbers.bounds(column, from, count);
    return ChunkStats.numbers(count, nulls, ChunkStats.Kind.UNSIGNED, bounds[0], bounds[1]);
  }

  private static ChunkStats floats(HeapColumn column, int from, int count, int nulls) {
    double min = Double.POSITIVE_INFINITY;
    double max = Double.NEGATIVE_INFINITY;
    boolean hasNan = false;
    boolean any = false;
    byte[] data = column.data();
    Dtype dtype = column.type().dtype();
    for (int i = from; i < from + count; i++) {
      if (nulls > 0 && column.isNull(i)) {
        continue;
      }
      double value = Numbers.floatAt(data, i * dtype.width(), dtype);
      if (value != value) {
        hasNan = true;
      } else {
        any = true;
        min = value < min ? value : min;
        max = value > max ? value : max;
      }
    }
    return any
        ? ChunkStats.floats(count, nulls, min, max, hasNan)
        : ChunkStats.floats(count, nulls, 1, 0, hasNan);
  }

  private static ChunkStats decimals(HeapColumn column, int from, int count, int nulls) {
    int least = -1;
    int most = -1;
    byte[] data = column.data();
    for (int i = from; i < from + count; i++) {
      if (nulls > 0 && column.isNull(i)) {
        continue;
      }
      least = least < 0 || compareDecimals(data, i, least) < 0 ? i : least;
      most = most < 0 || compareDecimals(data, i, most) > 0 ? i : most;
    }
    BigInteger min = column.unscaledAt(least);
    return ChunkStats.decimals(count, nulls, min, column.unscaledAt(most));
  }

  private static int compareDecimals(byte[] data, int left, int right) {
    int high =
        Long.compare(
            Bytes.getLong(data, left * Decimals.BYTES + 8),
            Bytes.getLong(data, right * Decimals.BYTES + 8));
    return high != 0
        ? high
        : Long.compareUnsigned(
            Bytes.getLong(data, left * Decimals.BYTES),
            Bytes.getLong(data, right * Decimals.BYTES));
  }

  private static ChunkStats bytes(HeapColumn column, int from, int count, int nulls) {
    int least = -1;
    int most = -1;
    for (int i = from; i < from + count; i++) {
      if (nulls > 0 && column.isNull(i)) {
        continue;
      }
      least = least < 0 || compareBytes(column, i, least) < 0 ? i : least;
      most = most < 0 || compareBytes(column, i, most) > 0 ? i : most;
    }
    return ChunkStats.bytes(count, nulls, start(column, least), start(column, most));
  }

  /** Compares no more than what is kept, and one byte more to see that it was cut. */
  private static int compareBytes(HeapColumn column, int left, int right) {
    int leftStart = column.start(left);
    int rightStart = column.start(right);
    int most = ChunkStats.MAX_PREFIX_BYTES + 1;
    return Arrays.compareUnsigned(
        column.data(),
        leftStart,
        leftStart + Math.min(most, column.lengthAt(left)),
        column.data(),
        rightStart,
        rightStart + Math.min(most, column.lengthAt(right)));
  }

  private static byte[] start(HeapColumn column, int row) {
    int start = column.start(row);
    int length = Math.min(ChunkStats.MAX_PREFIX_BYTES + 1, column.lengthAt(row));
    return Arrays.copyOfRange(column.data(), start, start + length);
  }

  private static ChunkStats shapes(HeapColumn column, int from, int count, int nulls) {
    int rank = column.type().storedRank();
    int[] min = new int[rank];
    int[] max = new int[rank];
    Arrays.fill(min, Integer.MAX_VALUE);
    for (int i = from; i < from + count; i++) {
      if (nulls > 0 && column.isNull(i)) {
        continue;
      }
      for (int d = 0; d < rank; d++) {
        int extent = column.shapes()[i * rank + d];
        min[d] = Math.min(min[d], extent);
        max[d] = Math.max(max[d], extent);
      }
    }
    return ChunkStats.unordered(count, nulls, min, max);
  }
}
