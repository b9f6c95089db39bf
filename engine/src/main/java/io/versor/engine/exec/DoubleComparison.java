package io.versor.engine.exec;

import io.versor.format.chunk.Vector;
import io.versor.format.io.Memory;
import io.versor.format.type.Dtype;
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
    if (this.left instanceof DoubleColumn column
        && this.right instanceof DoubleConstant constant
        && !constant.isNull()) {
      Vector vector = column.vector(rows);
      if (vector.type().dtype() == Dtype.FLOAT64 && vector.validity() == 0) {
        return select(vector.data(), constant.value(), rows, wanted ? 0 : 1, out);
      }
    }
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

  /**
   * A column without NULLs and a constant: positions are written whether they stay or not, so that
   * values in no order cost no mispredicted branches.
   *
   * @param flip 1 to select where the comparison does not hold
   */
  private int select(long data, double constant, Rows rows, int flip, int[] out) {
    int[] at = rows.at();
    int n = rows.count();
    int k = 0;
    switch (comparison) {
      case LESS -> {
        for (int i = 0; i < n; i++) {
          int row = at == null ? i : at[i];
          out[k] = row;
          k += (Memory.getDouble(data + 8L * row) < constant ? 1 : 0) ^ flip;
        }
      }
      case LESS_OR_EQUAL -> {
        for (int i = 0; i < n; i++) {
          int row = at == null ? i : at[i];
          out[k] = row;
          k += (Memory.getDouble(data + 8L * row) <= constant ? 1 : 0) ^ flip;
        }
      }
      case GREATER -> {
        for (int i = 0; i < n; i++) {
          int row = at == null ? i : at[i];
          out[k] = row;
          k += (Memory.getDouble(data + 8L * row) > constant ? 1 : 0) ^ flip;
        }
      }
      case GREATER_OR_EQUAL -> {
        for (int i = 0; i < n; i++) {
          int row = at == null ? i : at[i];
          out[k] = row;
          k += (Memory.getDouble(data + 8L * row) >= constant ? 1 : 0) ^ flip;
        }
      }
      case EQUAL, NOT_EQUAL -> {
        int unequal = comparison == Comparison.EQUAL ? flip : flip ^ 1;
        for (int i = 0; i < n; i++) {
          int row = at == null ? i : at[i];
          out[k] = row;
          k += (Memory.getDouble(data + 8L * row) == constant ? 1 : 0) ^ unequal;
        }
      }
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
