package io.versor.engine.exec;

import io.versor.format.type.StoreException;

/** Two texts compared. */
final class TextComparison extends Predicate {
  private final Comparison comparison;
  private final TextExpression left;
  private final TextExpression right;

  TextComparison(Comparison comparison, TextExpression left, TextExpression right) {
    this.comparison = comparison;
    this.left = left;
    this.right = right;
  }

  @Override
  int select(Rows rows, boolean wanted, int[] out) throws StoreException {
    TextLane a = left.eval(rows);
    TextLane b = right.eval(rows);
    int k = 0;
    for (int i = 0; i < rows.count(); i++) {
      out[k] = rows.at(i);
      if (a.isNull(i) || b.isNull(i)) {
        continue;
      }
      int order = TextOrder.compare(a.addresses[i], a.lengths[i], b.addresses[i], b.lengths[i]);
      k += comparison.holds(order) == wanted ? 1 : 0;
    }
    return k;
  }
}
