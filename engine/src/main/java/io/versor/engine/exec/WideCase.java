package io.versor.engine.exec;

import io.versor.format.type.StoreException;
import io.versor.format.type.TensorType;

/** CASE of DECIMALs of up to 38 digits. */
final class WideCase extends WideExpression {
  private final Cases cases;

  WideCase(Cases cases, TensorType type) {
    super(type);
    this.cases = cases;
  }

  @Override
  WideLane eval(Rows rows) throws StoreException {
    lane.startWide(rows.count());
    cases.eval(rows, lane);
    return lane;
  }
}
