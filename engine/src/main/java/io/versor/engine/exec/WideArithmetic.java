package io.versor.engine.exec;

import io.versor.format.type.StoreException;
import io.versor.format.type.TensorType;
import java.math.BigInteger;

/**
 * Sums, differences and products of DECIMALs, exact. Values near the limits of 38 digits or beyond,
 * which are rare, are computed by {@link BigInteger}; only a result must be within them.
 */
final class WideArithmetic extends WideExpression {
  /** Upper halves from -QUARTER to QUARTER can be added, and the sum has less than 39 digits. */
  private static final long QUARTER = 1L << 61;

  private final Arithmetic operation;
  private final WideExpression left;
  private final WideExpression right;

  /**
   * @param operation PLUS, MINUS or TIMES; operands have scales at which the result has that of the
   *     type
   */
  WideArithmetic(Arithmetic operation, WideExpression left, WideExpression right, TensorType type) {
    super(type);
    this.operation = operation;
    this.left = left;
    this.right = right;
  }

  @Override
  WideLane eval(Rows rows) throws StoreException {
    WideLane a = left.eval(rows);
    WideLane b = right.eval(rows);
    lane.startWide(rows.count());
    lane.addNulls(a);
    lane.addNulls(b);
    if (operation == Arithmetic.TIMES) {
      times(a, b);
    } else {
      add(a, b, operation == Arithmetic.MINUS);
    }
    return lane;
  }

  private void times(WideLane a, WideLane b) {
    boolean plain = a.isPlain() && b.isPlain();
    for (int i = 0; i < lane.count; i++) {
      long x = a.low[i];
      long y = b.low[i];
      if (plain && a.high[i] == x >> 63 && b.high[i] == y >> 63) {
        lane.low[i] = x * y;
        lane.high[i] = Math.multiplyHigh(x, y); // 126 bits at most, less than 38 digits
      } else {
        exact(a, b, i);
      }
    }
  }

  private void add(WideLane a, WideLane b, boolean minus) {
    boolean plain = a.isPlain() && b.isPlain();
    for (int i = 0; i < lane.count; i++) {
      long x = a.low[i];
      long y = b.low[i];
      long p = a.high[i];
      long q = b.high[i];
      if (!plain || (p + QUARTER | q + QUARTER) >>> 62 != 0) {
        exact(a, b, i);
      } else if (minus) {
        lane.low[i] = x - y;
        lane.high[i] = p - q - (Long.compareUnsigned(x, y) < 0 ? 1 : 0);
      } else {
        lane.low[i] = x + y;
        lane.high[i] = p + q + (Long.compareUnsigned(x + y, x) < 0 ? 1 : 0);
      }
    }
  }

  private void exact(WideLane a, WideLane b, int i) {
    if (lane.isNull(i)) {
      return;
    }
    BigInteger x = a.value(i);
    BigInteger y = b.value(i);
    BigInteger result =
        switch (operation) {
          case PLUS -> x.add(y);
          case MINUS -> x.subtract(y);
          default -> x.multiply(y);
        };
    lane.set(i, result);
  }
}
