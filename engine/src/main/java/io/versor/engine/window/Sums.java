package io.versor.engine.window;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import org.apache.calcite.rel.type.RelDataType;
import org.jspecify.annotations.Nullable;

/**
 * Counts and exact sums. A frame's is the difference between what there is up to its end and before
 * its beginning, so each costs the same, however long frames are.
 */
final class Sums {
  private Sums() {}

  static WindowFunction count(RelDataType type) {
    return (part, arguments) -> {
      if (arguments.isEmpty()) {
        return (row, frame) -> Values.number((long) frame.rows(), type);
      }
      PresentRows present = new PresentRows(part, arguments);
      return (row, frame) -> Values.number((long) count(present, frame), type);
    };
  }

  private static int count(PresentRows present, Frame frame) {
    int count = 0;
    for (int run = 0; run < frame.runs(); run++) {
      count += present.before(frame.to(run)) - present.before(frame.from(run));
    }
    return count;
  }

  /** Of whole numbers. */
  static WindowFunction whole(RelDataType type, @Nullable Object ofNothing) {
    return (part, arguments) -> {
      PresentRows present = new PresentRows(part, arguments);
      Wholes sums = new Wholes(part, arguments.get(0));
      return (row, frame) ->
          count(present, frame) == 0 ? ofNothing : Values.number(sums.of(frame), type);
    };
  }

  /** Of DECIMALs. */
  static WindowFunction decimal(RelDataType type, @Nullable Object ofNothing) {
    return (part, arguments) -> {
      PresentRows present = new PresentRows(part, arguments);
      BigDecimal[] sums = decimals(part, arguments);
      return (row, frame) -> {
        if (count(present, frame) == 0) {
          return ofNothing;
        }
        BigDecimal sum = BigDecimal.ZERO;
        for (int run = 0; run < frame.runs(); run++) {
          sum = sum.add(sums[frame.to(run)].subtract(sums[frame.from(run)]));
        }
        return Values.number(sum, type);
      };
    };
  }

  private static BigDecimal[] decimals(Part part, List<Integer> arguments) {
    BigDecimal[] sums = new BigDecimal[part.size() + 1];
    sums[0] = BigDecimal.ZERO;
    for (int row = 0; row < part.size(); row++) {
      Object value = part.value(row, arguments.get(0));
      sums[row + 1] = value == null ? sums[row] : sums[row].add(Values.decimal(value));
    }
    return sums;
  }

  /** Running sums in 128 bits, which a part's rows cannot fill. */
  private static final class Wholes {
    private final long[] high;
    private final long[] low;

    Wholes(Part part, int column) {
      this.high = new long[part.size() + 1];
      this.low = new long[part.size() + 1];
      for (int row = 0; row < part.size(); row++) {
        Object value = part.value(row, column);
        long more = value == null ? 0 : ((Number) value).longValue();
        low[row + 1] = low[row] + more;
        long carry = Long.compareUnsigned(low[row + 1], low[row]) < 0 ? 1 : 0;
        high[row + 1] = high[row] + (more >> 63) + carry;
      }
    }

    Object of(Frame frame) {
      long lowSum = 0;
      long highSum = 0;
      for (int run = 0; run < frame.runs(); run++) {
        int from = frame.from(run);
        int to = frame.to(run);
        long borrow = Long.compareUnsigned(low[to], low[from]) < 0 ? 1 : 0;
        long lowPart = low[to] - low[from];
        lowSum += lowPart;
        long carry = Long.compareUnsigned(lowSum, lowPart) < 0 ? 1 : 0;
        highSum += high[to] - high[from] - borrow + carry;
      }
      if (highSum == lowSum >> 63) {
        return lowSum;
      }
      BigInteger unsigned = new BigInteger(Long.toUnsignedString(lowSum));
      return new BigDecimal(BigInteger.valueOf(highSum).shiftLeft(64).add(unsigned));
    }
  }
}
