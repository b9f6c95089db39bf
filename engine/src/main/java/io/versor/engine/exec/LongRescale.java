package io.versor.engine.exec;

import io.versor.format.type.StoreException;
import io.versor.format.type.TensorType;

/** Whole numbers as another type of whole numbers that has as many decimals, or more. */
final class LongRescale extends LongExpression {
  private final LongExpression operand;
  private final long factor;
  private final long min;
  private final long max;

  LongRescale(LongExpression operand, TensorType type) {
    super(type);
    this.operand = operand;
    this.factor = LongLimits.powerOfTen(type.scale() - operand.type().scale());
    this.min = LongLimits.min(type);
    this.max = LongLimits.max(type);
  }

  @Override
  LongLane eval(Rows rows) throws StoreException {
    LongLane source = operand.eval(rows);
    lane.start(rows.count());
    lane.addNulls(source);
    boolean failed = false;
    for (int i = 0; i < lane.count; i++) {
      long r = source.values[i] * factor;
      failed |= r / factor != source.values[i] | r < min | r > max;
      lane.values[i] = r;
    }
    if (failed) {
      for (int i = 0; i < lane.count; i++) {
        long r = lane.values[i];
        if (!lane.isNull(i) && (r / factor != source.values[i] || r < min || r > max)) {
          throw Failures.outOfRange(Failures.text(source.values[i], operand.type()), type());
        }
      }
    }
    return lane;
  }
}
