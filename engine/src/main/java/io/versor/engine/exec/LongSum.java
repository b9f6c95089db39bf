package io.versor.engine.exec;

import io.versor.format.chunk.VectorBuffer;
import io.versor.format.io.Memory;
import io.versor.format.type.Dtype;
import io.versor.format.type.StoreException;
import io.versor.format.type.TensorType;
import java.math.BigInteger;
import java.util.Arrays;

/**
 * SUM and AVG of whole numbers in 128 bits, so that only the result can be out of range, never a
 * part on the way to it.
 */
final class LongSum extends Accumulator {
  /** What becomes of the sum. */
  enum Result {
    SUM,
    /** 0 instead of NULL for no rows. */
    SUM_OR_ZERO,
    AVERAGE
  }

  private static final double TWO_TO_64 = 0x1p64;

  private final LongExpression operand;
  private final RowCounts rowCounts;

  /** A sum is {@code high * 2^64 + low}, where low is signed. */
  private long[] low = {};

  private long[] high = {};

  /** Rows that are not added. */
  private long[] nulls = {};

  LongSum(LongExpression operand, RowCounts rowCounts) {
    this.operand = operand;
    this.rowCounts = rowCounts;
  }

  TensorType argumentType() {
    return operand.type();
  }

  @Override
  void grow(int groups) {
    if (groups > low.length) {
      int capacity = Math.max(groups, 2 * low.length);
      low = Arrays.copyOf(low, capacity);
      high = Arrays.copyOf(high, capacity);
      nulls = Arrays.copyOf(nulls, capacity);
    }
  }

  @Override
  void add(Rows rows, int[] groups) throws StoreException {
    LongLane lane = operand.eval(rows);
    for (int i = 0; i < lane.count; i++) {
      if (lane.isNull(i)) {
        nulls[groups[i]]++;
      } else {
        add(groups[i], lane.values[i]);
      }
    }
  }

  @Override
  void addAll(Rows rows) throws StoreException {
    LongLane lane = operand.eval(rows);
    if (lane.hasNulls) {
      for (int i = 0; i < lane.count; i++) {
        if (lane.nulls[i]) {
          nulls[0]++;
        } else {
          add(0, lane.values[i]);
        }
      }
      return;
    }
    long sum = 0;
    long overflow = 0;
    for (int i = 0; i < lane.count; i++) {
      long value = lane.values[i];
      long next = sum + value;
      overflow |= (sum ^ next) & (value ^ next);
      sum = next;
    }
    if (overflow < 0) {
      for (int i = 0; i < lane.count; i++) {
        add(0, lane.values[i]);
      }
    } else {
      add(0, sum);
    }
  }

  private void add(int group, long value) {
    long old = low[group];
    long next = old + value;
    low[group] = next;
    if (((old ^ next) & (value ^ next)) < 0) {
      high[group] += value < 0 ? -1 : 1;
    }
  }

  @Override
  void merge(Accumulator other, int[] groups, int count) {
    LongSum theirs = (LongSum) other;
    for (int i = 0; i < count; i++) {
      add(groups[i], theirs.low[i]);
      high[groups[i]] += theirs.high[i];
      nulls[groups[i]] += theirs.nulls[i];
    }
  }

  /**
   * @param type of the result
   */
  void write(int group, Result result, TensorType type, VectorBuffer out) throws StoreException {
    long count = rowCounts.of(group) - nulls[group];
    if (result == Result.AVERAGE && type.dtype() == Dtype.DECIMAL) {
      DecimalResults.write(sum(group), operand.type().scale(), count, result, type, out);
    } else if (count == 0 && result != Result.SUM_OR_ZERO) {
      out.appendNull();
    } else if (result == Result.AVERAGE) {
      double sum = high[group] == 0 ? low[group] : high[group] * TWO_TO_64 + low[group];
      out.appendDouble(sum / count);
    } else if (type.dtype() == Dtype.DECIMAL) {
      long at = out.appendUnfilled(1);
      Memory.putLong(at, low[group]);
      Memory.putLong(at + 8, high[group] + (low[group] >> 63));
    } else {
      boolean fits =
          high[group] == 0
              && low[group] >= LongLimits.min(type)
              && low[group] <= LongLimits.max(type);
      if (!fits) {
        throw Failures.outOfRange("the SUM " + sum(group), type);
      }
      out.appendLong(low[group]);
    }
  }

  private BigInteger sum(int group) {
    return BigInteger.valueOf(high[group]).shiftLeft(64).add(BigInteger.valueOf(low[group]));
  }

  @Override
  long heapBytes() {
    return 24L * low.length;
  }
}
