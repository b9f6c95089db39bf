package io.versor.engine.exec;

import io.versor.format.type.Dtype;
import io.versor.format.type.StoreException;
import io.versor.format.type.TensorType;

/** Floats as floats of another width; a finite one that becomes infinite is an error. */
final class DoubleResize extends DoubleExpression {
  private final DoubleExpression operand;

  DoubleResize(DoubleExpression operand, TensorType type) {
    super(type);
    this.operand = operand;
  }

  @Override
  DoubleLane eval(Rows rows) throws StoreException {
    DoubleLane source = operand.eval(rows);
    lane.start(rows.count());
    lane.addNulls(source);
    System.arraycopy(source.values, 0, lane.values, 0, lane.count);
    if (type().dtype() == Dtype.FLOAT32) {
      for (int i = 0; i < lane.count; i++) {
        float single = (float) source.values[i];
        if (Float.isInfinite(single) && !Double.isInfinite(source.values[i]) && !lane.isNull(i)) {
          throw Failures.outOfRange(Double.toString(source.values[i]), type());
        }
        lane.values[i] = single;
      }
    }
    return lane;
  }
}
