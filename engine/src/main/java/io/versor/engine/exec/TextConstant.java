package io.versor.engine.exec;

import io.versor.format.type.TensorType;
import java.util.Arrays;

/** The same text or bytes for every row, or NULL. */
final class TextConstant extends TextExpression {
  private final long address;
  private final int length;
  private final boolean isNull;

  TextConstant(byte[] value, TensorType type, ExecContext context) {
    super(type);
    this.address = context.constant(value);
    this.length = value.length;
    this.isNull = false;
  }

  /** NULL. */
  TextConstant(TensorType type) {
    super(type);
    this.address = 0;
    this.length = 0;
    this.isNull = true;
  }

  boolean isNull() {
    return isNull;
  }

  long address() {
    return address;
  }

  int length() {
    return length;
  }

  @Override
  TextLane eval(Rows rows) {
    lane.start(rows.count());
    Arrays.fill(lane.addresses, 0, lane.count, address);
    Arrays.fill(lane.lengths, 0, lane.count, length);
    if (isNull) {
      lane.setAllNull();
    }
    return lane;
  }
}
