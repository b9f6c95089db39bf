package io.versor.engine.exec;

import io.versor.format.type.StoreException;
import io.versor.format.type.TensorType;

/** Text or bytes. */
abstract non-sealed class TextExpression extends Expression {
  final TextLane lane = new TextLane();

  TextExpression(TensorType type) {
    super(type);
  }

  @Override
  abstract TextLane eval(Rows rows) throws StoreException;
}
