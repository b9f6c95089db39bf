package io.versor.engine.exec;

import io.versor.format.chunk.Vector;
import io.versor.format.chunk.VectorBuffer;
import io.versor.format.io.Memory;
import io.versor.format.type.Dtype;
import io.versor.format.type.StoreException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

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
    Vector plain = plain(rows);
    if (plain != null) {
      add(plain.data(), rows, groups, sums);
      return;
    }
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

  /** A column of doubles without NULLs, which is added from where it lies; else null. */
  private @Nullable Vector plain(Rows rows) throws StoreException {
    if (!(operand instanceof DoubleColumn column)) {
      return null;
    }
    Vector vector = column.vector(rows);
    return vector.type().dtype() == Dtype.FLOAT64 && vector.validity() == 0 ? vector : null;
  }

  private static void add(long data, Rows rows, int[] groups, double[] to) {
    int[] at = rows.at();
    int n = rows.count();
    if (at == null) {
      for (int i = 0; i < n; i++) {
        to[groups[i]] += Memory.getDouble(data + 8L * i);
      }
    } else {
      for (int i = 0; i < n; i++) {
        to[groups[i]] += Memory.getDouble(data + 8L * at[i]);
      }
    }
  }

  /** In the order of the rows. */
  private static double sum(double start, long data, Rows rows) {
    int[] at = rows.at();
    int n = rows.count();
    double sum = start;
    if (at == null) {
      for (int i = 0; i < n; i++) {
        sum += Memory.getDouble(data + 8L * i);
      }
    } else {
      for (int i = 0; i < n; i++) {
        sum += Memory.getDouble(data + 8L * at[i]);
      }
    }
    return sum;
  }

  @Override
  void addAll(Rows rows) throws StoreException {
    Vector plain = plain(rows);
    if (plain != null) {
      sums[0] = sum(sums[0], plain.data(), rows);
      return;
    }
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
