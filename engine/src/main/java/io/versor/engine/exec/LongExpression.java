package io.versor.engine.exec;

import io.versor.format.type.StoreException;
import io.versor.format.type.TensorType;

/** Whole numbers. */
abstract non-sealed class LongExpression extends Expression {
  final LongLane lane = new LongLane();

  LongExpression(TensorType type) {
    super(type);
  }

  @Override
  abstract LongLane eval(Rows rows) throws StoreException;
}
