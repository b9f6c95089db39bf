package io.versor.engine.exec;

import io.versor.format.type.StoreException;
import io.versor.format.type.TensorType;
import java.util.function.DoubleUnaryOperator;

/** A function of one float that is defined for all. */
final class DoubleFunction extends DoubleExpression {
  private final DoubleExpression operand;
  private final DoubleUnaryOperator function;

  DoubleFunction(DoubleExpression operand, DoubleUnaryOperator function, TensorType type) {
    super(type);
    this.operand = operand;
    this.function = function;
  }

  @Override
  DoubleLane eval(Rows rows) throws StoreException {
    DoubleLane source = operand.eval(rows);
    lane.start(rows.count());
    lane.addNulls(source);
    for (int i = 0; i < lane.count; i++) {
      lane.values[i] = function.applyAsDouble(source.values[i]);
    }
    return lane;
  }
}
