package io.versor.engine.exec;

import io.versor.format.type.StoreException;

/** Two floats compared as IEEE 754 has it: NaN equals nothing, and is in no order. */
final class DoubleComparison extends Predicate {
  private final Comparison comparison;
  private final DoubleExpression left;
  private final DoubleExpression right;

  DoubleComparison(Comparison comparison, DoubleExpression left, DoubleExpression right) {
    this.comparison = comparison;
    this.left = left;
    this.right = right;
  }

  @Override
  int select(Rows rows, boolean wanted, int[] out) throws StoreException {
    DoubleLane left = this.left.eval(rows);
    DoubleLane right = this.right.eval(rows);
    double[] a = left.values;
    double[] b = right.values;
    boolean nulls = left.hasNulls || right.hasNulls;
    int k = 0;
    for (int i = 0; i < rows.count(); i++) {
      out[k] = rows.at(i);
      boolean holds = holds(a[i], b[i]) == wanted;
      k += holds && !(nulls && (left.isNull(i) || right.isNull(i))) ? 1 : 0;
    }
    return k;
  }

  private boolean holds(double a, double b) {
    return switch (comparison) {
      case EQUAL -> a == b;
      case NOT_EQUAL -> a != b;
      case LESS -> a < b;
      case LESS_OR_EQUAL -> a <= b;
      case GREATER -> a > b;
      case GREATER_OR_EQUAL -> a >= b;
    };
  }
}
