package io.versor.engine.exec;

import io.versor.format.type.Dtype;
import io.versor.format.type.StoreException;
import io.versor.format.type.TensorType;

/**
 * Arithmetic on floats. Done in 64 bits and rounded once for REAL, which gives what 32 bits would
 * have given.
 */
final class DoubleArithmetic extends DoubleExpression {
  private final Arithmetic operation;
  private final DoubleExpression left;
  private final DoubleExpression right;

  DoubleArithmetic(
      Arithmetic operation, DoubleExpression left, DoubleExpression right, TensorType type) {
    super(type);
    this.operation = operation;
    this.left = left;
    this.right = right;
  }

  @Override
  DoubleLane eval(Rows rows) throws StoreException {
    DoubleLane a = left.eval(rows);
    DoubleLane b = right.eval(rows);
    lane.start(rows.count());
    lane.addNulls(a);
    lane.addNulls(b);
    compute(a.values, b.values, lane.values, lane.count);
    if (operation == Arithmetic.DIVIDE || operation == Arithmetic.MOD) {
      checkDivisors(a.values, b.values);
    }
    if (type().dtype() == Dtype.FLOAT32) {
      for (int i = 0; i < lane.count; i++) {
        lane.values[i] = (float) lane.values[i];
      }
    }
    checkFinite(a.values, b.values);
    return lane;
  }

  private void compute(double[] a, double[] b, double[] out, int n) {
    switch (operation) {
      case PLUS -> {
        for (int i = 0; i < n; i++) {
          out[i] = a[i] + b[i];
        }
      }
      case MINUS -> {
        for (int i = 0; i < n; i++) {
          out[i] = a[i] - b[i];
        }
      }
      case TIMES -> {
        for (int i = 0; i < n; i++) {
          out[i] = a[i] * b[i];
        }
      }
      case DIVIDE -> {
        for (int i = 0; i < n; i++) {
          out[i] = a[i] / b[i];
        }
      }
      case MOD -> {
        for (int i = 0; i < n; i++) {
          out[i] = a[i] % b[i];
        }
      }
    }
  }

  /**
   * Finite numbers that give an infinite one are out of range; the sum is NaN if any is not finite.
   */
  private void checkFinite(double[] a, double[] b) throws StoreException {
    double zeros = 0;
    for (int i = 0; i < lane.count; i++) {
      zeros += lane.values[i] * 0;
    }
    if (zeros == 0) {
      return;
    }
    for (int i = 0; i < lane.count; i++) {
      boolean overflow =
          Double.isInfinite(lane.values[i])
              && Double.isFinite(a[i])
              && Double.isFinite(b[i])
              && !lane.isNull(i);
      if (overflow) {
        throw Failures.outOfRange(a[i] + " " + operation + " " + b[i], type());
      }
    }
  }

  private void checkDivisors(double[] a, double[] b) {
    for (int i = 0; i < lane.count; i++) {
      if (b[i] == 0 && !lane.isNull(i)) {
        throw Failures.divisionByZero(a[i] + " " + operation + " " + b[i]);
      }
    }
  }
}
