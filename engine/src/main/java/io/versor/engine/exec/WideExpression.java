package io.versor.engine.exec;

import io.versor.format.type.StoreException;
import io.versor.format.type.TensorType;

/** DECIMALs that may have more digits than 64 bits hold. */
abstract non-sealed class WideExpression extends Expression {
  final WideLane lane = new WideLane();

  WideExpression(TensorType type) {
    super(type);
  }

  @Override
  abstract WideLane eval(Rows rows) throws StoreException;
}
