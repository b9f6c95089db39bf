package io.versor.engine.exec;

import io.versor.format.type.StoreException;

/** The opposite; NULL stays NULL. */
final class Not extends Predicate {
  private final Predicate operand;

  Not(Predicate operand) {
    this.operand = operand;
  }

  @Override
  int select(Rows rows, boolean wanted, int[] out) throws StoreException {
    return operand.select(rows, !wanted, out);
  }
}
