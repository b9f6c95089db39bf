package io.versor.engine.exec;

import io.versor.format.type.StoreException;
import io.versor.format.type.TensorType;

/** Computes a value for each of some rows. Keeps its result; one thread. */
abstract sealed class Expression
    permits LongExpression, WideExpression, DoubleExpression, TextExpression {
  private final TensorType type;

  Expression(TensorType type) {
    this.type = type;
  }

  /** What its values are stored as. */
  final TensorType type() {
    return type;
  }

  /** The column that it is; -1 if it is none. */
  int column() {
    return -1;
  }

  /** See {@link Batch#ignoreBehind}: most compute all values alike. */
  void ignoreBehind(double bound, boolean descending) {}

  /** One value for each row, in their order. Valid until the next call. */
  abstract Lane eval(Rows rows) throws StoreException;
}
