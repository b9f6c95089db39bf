package io.versor.engine.exec;

import io.versor.format.type.StoreException;
import io.versor.format.type.TensorType;

/** CASE of floats. */
final class DoubleCase extends DoubleExpression {
  private final Cases cases;

  DoubleCase(Cases cases, TensorType type) {
    super(type);
    this.cases = cases;
  }

  @Override
  DoubleLane eval(Rows rows) throws StoreException {
    cases.eval(rows, lane);
    return lane;
  }
}
