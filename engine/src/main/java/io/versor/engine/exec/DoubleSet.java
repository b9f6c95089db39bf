package io.versor.engine.exec;

import io.versor.format.type.StoreException;
import java.util.Arrays;

/** Whether a float is one of some: IN, as IEEE 754 compares, so that -0.0 is 0.0. */
final class DoubleSet extends Predicate {
  private final DoubleExpression operand;

  /** Ascending. */
  private final double[] members;

  /** Whether the others are meant. */
  private final boolean others;

  /**
   * @param members none of them NaN
   */
  DoubleSet(DoubleExpression operand, double[] members, boolean others) {
    this.operand = operand;
    this.members = Arrays.stream(members).map(DoubleSet::plain).sorted().toArray();
    this.others = others;
  }

  @Override
  int select(Rows rows, boolean wanted, int[] out) throws StoreException {
    DoubleLane lane = operand.eval(rows);
    boolean inside = wanted != others;
    int k = 0;
    for (int i = 0; i < rows.count(); i++) {
      out[k] = rows.at(i);
      boolean listed = Arrays.binarySearch(members, plain(lane.values[i])) >= 0;
      k += listed == inside && !lane.isNull(i) ? 1 : 0;
    }
    return k;
  }

  private static double plain(double value) {
    return value + 0.0; // -0.0 becomes 0.0
  }
}
