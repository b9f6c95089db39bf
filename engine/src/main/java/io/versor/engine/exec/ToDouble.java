package io.versor.engine.exec;

import io.versor.format.type.Dtype;
import io.versor.format.type.StoreException;
import io.versor.format.type.TensorType;
import java.math.BigDecimal;

/** Whole numbers as the nearest float. */
final class ToDouble extends DoubleExpression {
  /** Up to here every whole number is a double, and a quotient of two is rounded once. */
  private static final long EXACT = 1L << 53;

  private final LongExpression operand;

  ToDouble(LongExpression operand, TensorType type) {
    super(type);
    this.operand = operand;
  }

  @Override
  DoubleLane eval(Rows rows) throws StoreException {
    LongLane source = operand.eval(rows);
    lane.start(rows.count());
    lane.addNulls(source);
    int scale = operand.type().scale();
    boolean single = type().dtype() == Dtype.FLOAT32;
    if (scale > 0) {
      for (int i = 0; i < lane.count; i++) {
        lane.values[i] = fromDecimal(source.values[i], scale, single);
      }
    } else if (single) {
      for (int i = 0; i < lane.count; i++) {
        lane.values[i] = (float) source.values[i];
      }
    } else {
      for (int i = 0; i < lane.count; i++) {
        lane.values[i] = source.values[i];
      }
    }
    return lane;
  }

  private static double fromDecimal(long unscaled, int scale, boolean single) {
    if (single) {
      return BigDecimal.valueOf(unscaled, scale).floatValue();
    }
    return unscaled <= EXACT && unscaled >= -EXACT && LongLimits.powerOfTen(scale) <= EXACT
        ? (double) unscaled / LongLimits.powerOfTen(scale)
        : BigDecimal.valueOf(unscaled, scale).doubleValue();
  }
}
