package io.versor.engine.exec;

import io.versor.format.type.StoreException;
import io.versor.format.type.TensorType;

/** CASE of text or bytes. */
final class TextCase extends TextExpression {
  private final Cases cases;

  TextCase(Cases cases, TensorType type) {
    super(type);
    this.cases = cases;
  }

  @Override
  TextLane eval(Rows rows) throws StoreException {
    cases.eval(rows, lane);
    return lane;
  }
}
