package io.versor.engine.exec;

import io.versor.format.type.StoreException;
import io.versor.format.type.TensorType;

/**
 * Arithmetic on whole numbers, exact: what the type of the result cannot hold is an error. Each
 * loop only notes that something overflowed; which value it was is looked up afterwards.
 */
final class LongArithmetic extends LongExpression {
  private final Arithmetic operation;
  private final LongExpression left;
  private final LongExpression right;
  private final long min;
  private final long max;

  /** The operands have been brought to scales at which the raw result has that of the type. */
  LongArithmetic(Arithmetic operation, LongExpression left, LongExpression right, TensorType type) {
    super(type);
    this.operation = operation;
    this.left = left;
    this.right = right;
    this.min = LongLimits.min(type);
    this.max = LongLimits.max(type);
  }

  @Override
  LongLane eval(Rows rows) throws StoreException {
    LongLane a = left.eval(rows);
    LongLane b = right.eval(rows);
    lane.start(rows.count());
    lane.addNulls(a);
    lane.addNulls(b);
    boolean failed =
        switch (operation) {
          case PLUS -> plus(a.values, b.values);
          case MINUS -> minus(a.values, b.values);
          case TIMES -> times(a.values, b.values);
          case DIVIDE -> divide(a.values, b.values);
          case MOD -> mod(a.values, b.values);
        };
    if (failed) {
      throwFirst(a.values, b.values);
    }
    return lane;
  }

  private boolean plus(long[] a, long[] b) {
    long[] out = lane.values;
    long overflow = 0;
    for (int i = 0; i < lane.count; i++) {
      long r = a[i] + b[i];
      overflow |= (a[i] ^ r) & (b[i] ^ r) | (r < min | r > max ? -1 : 0);
      out[i] = r;
    }
    return overflow < 0;
  }

  private boolean minus(long[] a, long[] b) {
    long[] out = lane.values;
    long overflow = 0;
    for (int i = 0; i < lane.count; i++) {
      long r = a[i] - b[i];
      overflow |= (a[i] ^ b[i]) & (a[i] ^ r) | (r < min | r > max ? -1 : 0);
      out[i] = r;
    }
    return overflow < 0;
  }

  private boolean times(long[] a, long[] b) {
    long[] out = lane.values;
    boolean overflow = false;
    for (int i = 0; i < lane.count; i++) {
      long r = a[i] * b[i];
      overflow |= Math.multiplyHigh(a[i], b[i]) != r >> 63 | r < min | r > max;
      out[i] = r;
    }
    return overflow;
  }

  private boolean divide(long[] a, long[] b) {
    long[] out = lane.values;
    boolean failed = false;
    for (int i = 0; i < lane.count; i++) {
      long r = b[i] == 0 ? 0 : a[i] / b[i];
      failed |= b[i] == 0 | (a[i] == Long.MIN_VALUE & b[i] == -1) | r < min | r > max;
      out[i] = r;
    }
    return failed;
  }

  private boolean mod(long[] a, long[] b) {
    long[] out = lane.values;
    boolean failed = false;
    for (int i = 0; i < lane.count; i++) {
      long r = b[i] == 0 ? 0 : a[i] % b[i];
      failed |= b[i] == 0 | r < min | r > max;
      out[i] = r;
    }
    return failed;
  }

  /** The first value that failed and is not NULL; there may be none. */
  private void throwFirst(long[] a, long[] b) throws StoreException {
    for (int i = 0; i < lane.count; i++) {
      if (lane.isNull(i)) {
        continue;
      }
      String expression =
          Failures.text(a[i], left.type())
              + " "
              + operation
              + " "
              + Failures.text(b[i], right.type());
      boolean divides = operation == Arithmetic.DIVIDE || operation == Arithmetic.MOD;
      if (divides && b[i] == 0) {
        throw Failures.divisionByZero(expression);
      }
      if (overflows(a[i], b[i]) || lane.values[i] < min || lane.values[i] > max) {
        throw Failures.outOfRange(expression, type());
      }
    }
  }

  private boolean overflows(long a, long b) {
    long r = operation == Arithmetic.PLUS ? a + b : a - b;
    return switch (operation) {
      case PLUS -> ((a ^ r) & (b ^ r)) < 0;
      case MINUS -> ((a ^ b) & (a ^ r)) < 0;
      case TIMES -> Math.multiplyHigh(a, b) != a * b >> 63;
      case DIVIDE -> a == Long.MIN_VALUE && b == -1;
      case MOD -> false;
    };
  }
}
