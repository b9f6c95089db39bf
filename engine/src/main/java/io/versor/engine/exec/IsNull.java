package io.versor.engine.exec;

import io.versor.format.type.StoreException;

/** IS NULL of an expression. */
final class IsNull extends Predicate {
  private final Expression operand;

  IsNull(Expression operand) {
    this.operand = operand;
  }

  @Override
  int select(Rows rows, boolean wanted, int[] out) throws StoreException {
    Lane lane = operand.eval(rows);
    int k = 0;
    for (int i = 0; i < rows.count(); i++) {
      out[k] = rows.at(i);
      k += lane.isNull(i) == wanted ? 1 : 0;
    }
    return k;
  }
}
