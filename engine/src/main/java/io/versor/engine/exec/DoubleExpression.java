package io.versor.engine.exec;

import io.versor.format.type.StoreException;
import io.versor.format.type.TensorType;

/** Floats. */
abstract non-sealed class DoubleExpression extends Expression {
  final DoubleLane lane = new DoubleLane();

  DoubleExpression(TensorType type) {
    super(type);
  }

  @Override
  abstract DoubleLane eval(Rows rows) throws StoreException;
}
