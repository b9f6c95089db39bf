package io.versor.engine.exec;

import io.versor.format.chunk.VectorBuffer;
import io.versor.format.type.StoreException;
import io.versor.format.type.TensorType;
import java.math.BigInteger;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** SUM and AVG of DECIMALs of up to 38 digits; only the result can be out of range. */
final class WideSum extends Accumulator {
  /** Upper halves from -FAR to FAR, as of all numbers of 38 digits, can be carried to. */
  private static final long FAR = Long.MAX_VALUE;

  private final WideExpression operand;
  private final RowCounts rowCounts;

  /** A sum is {@code top * 2^128 + high * 2^64 + low}, where low has no sign. */
  private long[] low = {};

  private long[] high = {};
  private long[] top = {};

  /** Rows that are not added. */
  private long[] nulls = {};

  /** What is to be added of numbers beyond 38 digits; null for nothing. */
  private @Nullable BigInteger[] rest = {};

  private int[] one = {};

  WideSum(WideExpression operand, RowCounts rowCounts) {
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
      top = Arrays.copyOf(top, capacity);
      nulls = Arrays.copyOf(nulls, capacity);
      rest = Arrays.copyOf(rest, capacity);
    }
  }

  private BigInteger rest(int group) {
    BigInteger known = rest[group];
    return known == null ? BigInteger.ZERO : known;
  }

  @Override
  void add(Rows rows, int[] groups) throws StoreException {
    WideLane lane = operand.eval(rows);
    for (int i = 0; i < lane.count; i++) {
      if (lane.isNull(i)) {
        nulls[groups[i]]++;
      } else if (lane.isBeyond(i)) {
        rest[groups[i]] = rest(groups[i]).add(lane.value(i));
      } else {
        add(groups[i], lane.low[i], lane.high[i]);
      }
    }
  }

  @Override
  void addAll(Rows rows) throws StoreException {
    one = one.length < rows.count() ? new int[rows.count()] : one;
    add(rows, one);
  }

  private void add(int group, long valueLow, long valueHigh) {
    long sum = low[group] + valueLow;
    long more = valueHigh + (Long.compareUnsigned(sum, valueLow) < 0 ? 1 : 0);
    long old = high[group];
    long next = old + more;
    low[group] = sum;
    high[group] = next;
    if (((old ^ next) & (more ^ next)) < 0) {
      top[group] += more < 0 ? -1 : 1;
    }
  }

  @Override
  void merge(Accumulator other, int[] groups, int count) {
    WideSum theirs = (WideSum) other;
    for (int i = 0; i < count; i++) {
      int group = groups[i];
      if (theirs.top[i] == 0 && theirs.rest[i] == null && Math.abs(theirs.high[i]) < FAR) {
        add(group, theirs.low[i], theirs.high[i]);
      } else {
        rest[group] = rest(group).add(theirs.sum(i));
      }
      nulls[group] += theirs.nulls[i];
    }
  }

  private BigInteger sum(int group) {
    return BigInteger.valueOf(top[group])
        .shiftLeft(2 * Long.SIZE)
        .add(WideLane.value(high[group], low[group]))
        .add(rest(group));
  }

  /**
   * @param type of the result
   */
  void write(int group, LongSum.Result result, TensorType type, VectorBuffer out)
      throws StoreException {
    long count = rowCounts.of(group) - nulls[group];
    DecimalResults.write(sum(group), operand.type().scale(), count, result, type, out);
  }

  @Override
  long heapBytes() {
    return 40L * low.length;
  }
}
