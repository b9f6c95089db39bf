package io.versor.engine.exec;

import io.versor.format.chunk.VectorBuffer;
import io.versor.format.type.StoreException;
import io.versor.format.type.TensorType;
import java.util.Arrays;

/** SUM and AVG of floats, added in 64 bits in the order of the rows. */
final class DoubleSum extends Accumulator {
  private final DoubleExpression operand;
  private final LongSum.Result result;
  private double[] sums = {};
  private long[] counts = {};

  DoubleSum(DoubleExpression operand, LongSum.Result result, TensorType type) {
    super(type);
    this.operand = operand;
    this.result = result;
  }

  @Override
  void grow(int groups) {
    if (groups > sums.length) {
      int capacity = Math.max(groups, 2 * sums.length);
      sums = Arrays.copyOf(sums, capacity);
      counts = Arrays.copyOf(counts, capacity);
    }
  }

  @Override
  void add(Rows rows, int[] groups) throws StoreException {
    DoubleLane lane = operand.eval(rows);
    for (int i = 0; i < lane.count; i++) {
      if (!lane.isNull(i)) {
        sums[groups[i]] += lane.values[i];
        counts[groups[i]]++;
      }
    }
  }

  @Override
  void addAll(Rows rows) throws StoreException {
    DoubleLane lane = operand.eval(rows);
    double sum = sums[0];
    if (lane.hasNulls) {
      int count = 0;
      for (int i = 0; i < lane.count; i++) {
        if (!lane.nulls[i]) {
          sum += lane.values[i];
          count++;
        }
      }
      counts[0] += count;
    } else {
      for (int i = 0; i < lane.count; i++) {
        sum += lane.values[i];
      }
      counts[0] += lane.count;
    }
    sums[0] = sum;
  }

  @Override
  void merge(Accumulator other, int[] groups, int count) {
    DoubleSum theirs = (DoubleSum) other;
    for (int i = 0; i < count; i++) {
      sums[groups[i]] += theirs.sums[i];
      counts[groups[i]] += theirs.counts[i];
    }
  }

  @Override
  void write(int group, VectorBuffer out) throws StoreException {
    if (counts[group] == 0 && result != LongSum.Result.SUM_OR_ZERO) {
      out.appendNull();
    } else {
      boolean average = result == LongSum.Result.AVERAGE;
      out.appendDouble(average ? sums[group] / counts[group] : sums[group]);
    }
  }

  @Override
  long heapBytes() {
    return 16L * sums.length;
  }
}
