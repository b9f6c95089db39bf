package io.versor.engine.exec;

import io.versor.format.type.StoreException;

/** IS TRUE and IS FALSE: never NULL themselves. */
final class IsTruth extends Predicate {
  private final Predicate operand;
  private final boolean truth;
  private int[] hits = {};

  IsTruth(Predicate operand, boolean truth) {
    this.operand = operand;
    this.truth = truth;
  }

  @Override
  int select(Rows rows, boolean wanted, int[] out) throws StoreException {
    if (wanted) {
      return operand.select(rows, truth, out);
    }
    hits = room(hits, rows.count());
    int n = operand.select(rows, truth, hits);
    int hit = 0;
    int k = 0;
    for (int i = 0; i < rows.count(); i++) {
      int row = rows.at(i);
      if (hit < n && hits[hit] == row) {
        hit++;
      } else {
        out[k++] = row;
      }
    }
    return k;
  }
}
