package io.versor.engine.exec;

import io.versor.format.type.TensorType;
import java.util.Arrays;

/** The same float for every row, or NULL. */
final class DoubleConstant extends DoubleExpression {
  private final double value;
  private final boolean isNull;

  DoubleConstant(double value, boolean isNull, TensorType type) {
    super(type);
    this.value = value;
    this.isNull = isNull;
  }

  double value() {
    return value;
  }

  boolean isNull() {
    return isNull;
  }

  @Override
  DoubleLane eval(Rows rows) {
    lane.start(rows.count());
    Arrays.fill(lane.values, 0, lane.count, value);
    if (isNull) {
      lane.setAllNull();
    }
    return lane;
  }
}
