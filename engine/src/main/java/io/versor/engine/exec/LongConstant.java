package io.versor.engine.exec;

import io.versor.format.type.TensorType;
import java.util.Arrays;

/** The same whole number for every row, or NULL. */
final class LongConstant extends LongExpression {
  private final long value;
  private final boolean isNull;

  LongConstant(long value, boolean isNull, TensorType type) {
    super(type);
    this.value = value;
    this.isNull = isNull;
  }

  boolean isNull() {
    return isNull;
  }

  long value() {
    return value;
  }

  @Override
  LongLane eval(Rows rows) {
    lane.start(rows.count());
    Arrays.fill(lane.values, 0, lane.count, value);
    if (isNull) {
      lane.setAllNull();
    }
    return lane;
  }
}
