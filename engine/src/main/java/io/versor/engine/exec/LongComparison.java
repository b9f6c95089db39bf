package io.versor.engine.exec;

import io.versor.format.type.StoreException;

/** Two whole numbers compared. */
final class LongComparison extends Predicate {
  private final Comparison comparison;
  private final LongExpression left;
  private final LongExpression right;

  LongComparison(Comparison comparison, LongExpression left, LongExpression right) {
    this.comparison = comparison;
    this.left = left;
    this.right = right;
  }

  @Override
  int select(Rows rows, boolean wanted, int[] out) throws StoreException {
    LongLane a = left.eval(rows);
    LongLane b = right.eval(rows);
    boolean nulls = a.hasNulls || b.hasNulls;
    int k = 0;
    for (int i = 0; i < rows.count(); i++) {
      out[k] = rows.at(i);
      boolean holds = comparison.holds(Long.compare(a.values[i], b.values[i])) == wanted;
      k += holds && !(nulls && (a.isNull(i) || b.isNull(i))) ? 1 : 0;
    }
    return k;
  }
}
