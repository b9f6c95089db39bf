package io.versor.engine.exec;

import io.versor.format.type.StoreException;
import io.versor.format.type.TensorType;

/** ABS of a whole number; the least number of a type has none. */
final class LongAbsolute extends LongExpression {
  private final LongExpression operand;
  private final long max;

  LongAbsolute(LongExpression operand, TensorType type) {
    super(type);
    this.operand = operand;
    this.max = LongLimits.max(type);
  }

  @Override
  LongLane eval(Rows rows) throws StoreException {
    LongLane source = operand.eval(rows);
    lane.start(rows.count());
    lane.addNulls(source);
    for (int i = 0; i < lane.count; i++) {
      long r = Math.abs(source.values[i]);
      if ((r < 0 || r > max) && !lane.isNull(i)) {
        throw Failures.outOfRange(
            "ABS(" + Failures.text(source.values[i], operand.type()) + ")", type());
      }
      lane.values[i] = r;
    }
    return lane;
  }
}
