package io.versor.engine.exec;

import io.versor.format.type.StoreException;

/** Whole numbers or DECIMALs of 64 bits where others have 128. */
final class Widened extends WideExpression {
  private final LongExpression operand;

  Widened(LongExpression operand) {
    super(operand.type());
    this.operand = operand;
  }

  @Override
  WideLane eval(Rows rows) throws StoreException {
    LongLane narrow = operand.eval(rows);
    lane.startWide(narrow.count);
    lane.addNulls(narrow);
    for (int i = 0; i < lane.count; i++) {
      lane.low[i] = narrow.values[i];
      lane.high[i] = narrow.values[i] >> 63;
    }
    return lane;
  }
}
