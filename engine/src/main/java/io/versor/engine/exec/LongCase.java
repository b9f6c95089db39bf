package io.versor.engine.exec;

import io.versor.format.type.StoreException;
import io.versor.format.type.TensorType;

/** CASE of whole numbers. */
final class LongCase extends LongExpression {
  private final Cases cases;

  LongCase(Cases cases, TensorType type) {
    super(type);
    this.cases = cases;
  }

  @Override
  LongLane eval(Rows rows) throws StoreException {
    cases.eval(rows, lane);
    return lane;
  }
}
