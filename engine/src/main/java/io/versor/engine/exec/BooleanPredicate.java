package io.versor.engine.exec;

import io.versor.format.type.StoreException;

/** A BOOL as a condition. */
final class BooleanPredicate extends Predicate {
  private final LongExpression operand;

  BooleanPredicate(LongExpression operand) {
    this.operand = operand;
  }

  @Override
  int select(Rows rows, boolean wanted, int[] out) throws StoreException {
    LongLane lane = operand.eval(rows);
    int k = 0;
    for (int i = 0; i < rows.count(); i++) {
      out[k] = rows.at(i);
      k += !lane.isNull(i) && (lane.values[i] != 0) == wanted ? 1 : 0;
    }
    return k;
  }
}
