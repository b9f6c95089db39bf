package io.versor.engine.exec;

import io.versor.engine.function.TensorShapes;
import io.versor.format.chunk.Vector;
import io.versor.format.type.StoreException;
import io.versor.format.type.TensorType;

/**
 * A part of each tensor of a column, from one index to another of its first dimension: it lies in
 * one piece, and no other byte of the tensor is looked at.
 */
final class TensorSlice extends TextExpression {
  private final int column;
  private final int low;
  private final int high;

  /**
   * @param type of the parts, which are of one shape
   */
  TensorSlice(int column, int low, int high, TensorType type) {
    super(type);
    this.column = column;
    this.low = low;
    this.high = high;
  }

  @Override
  TextLane eval(Rows rows) throws StoreException {
    Vector vector = rows.column(column);
    lane.start(rows.count());
    lane.loadNulls(vector, rows);
    int width = type().width();
    long first = (long) width / (high - low) * low;
    boolean ragged = !vector.type().shape().isFixed();
    int[] shape = lane.count == 0 || ragged ? new int[0] : vector.shapeAt(rows.at(0));
    for (int i = 0; i < lane.count; i++) {
      if (!lane.isNull(i)) {
        int row = rows.at(i);
        shape = ragged ? vector.shapeAt(row) : shape;
        TensorShapes.checkBounds(type().dtype(), shape, 0, low, high);
        lane.addresses[i] = vector.addressAt(row) + first;
        lane.lengths[i] = width;
      }
    }
    return lane;
  }
}
