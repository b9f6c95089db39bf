package io.versor.engine.exec;

import io.versor.format.chunk.VectorBuffer;
import io.versor.format.type.StoreException;
import java.util.Arrays;

/** SUM and AVG of floats, added in 64 bits in the order of the rows. */
final class DoubleSum extends Accumulator {
  private final DoubleExpression operand;
  private final RowCounts rowCounts;
  private double[] sums = {};

  /** Rows that are not added. */
  private long[] nulls = {};

  DoubleSum(DoubleExpression operand, RowCounts rowCounts) {
    this.operand = operand;
    this.rowCounts = rowCounts;
  }

  @Override
  void grow(int groups) {
    if (groups > sums.length) {
      int capacity = Math.max(groups, 2 * sums.length);
      sums = Arrays.copyOf(sums, capacity);
      nulls = Arrays.copyOf(nulls, capacity);
    }
  }

  @Override
  void add(Rows rows, int[] groups) throws StoreException {
    DoubleLane lane = operand.eval(rows);
    double[] values = lane.values;
    double[] to = sums;
    if (!lane.hasNulls) {
      for (int i = 0; i < lane.count; i++) {
        to[groups[i]] += values[i];
      }
      return;
    }
    for (int i = 0; i < lane.count; i++) {
      if (lane.nulls[i]) {
        nulls[groups[i]]++;
      } else {
        to[groups[i]] += values[i];
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
        if (lane.nulls[i]) {
          count++;
        } else {
          sum += lane.values[i];
        }
      }
      nulls[0] += count;
    } else {
      for (int i = 0; i < lane.count; i++) {
        sum += lane.values[i];
      }
    }
    sums[0] = sum;
  }

  @Override
  void merge(Accumulator other, int[] groups, int count) {
    DoubleSum theirs = (DoubleSum) other;
    for (int i = 0; i < count; i++) {
      sums[groups[i]] += theirs.sums[i];
      nulls[groups[i]] += theirs.nulls[i];
    }
  }

  void write(int group, LongSum.Result result, VectorBuffer out) throws StoreException {
    long count = rowCounts.of(group) - nulls[group];
    if (count == 0 && result != LongSum.Result.SUM_OR_ZERO) {
      out.appendNull();
    } else {
      boolean average = result == LongSum.Result.AVERAGE;
      out.appendDouble(average ? sums[group] / count : sums[group]);
    }
  }

  @Override
  long heapBytes() {
    return 16L * sums.length;
  }
}
