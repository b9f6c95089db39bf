package io.versor.engine.exec;

import io.versor.format.chunk.Vector;
import io.versor.format.type.StoreException;
import io.versor.format.type.TensorType;

/** A column of samples of one width as their bytes, which are equal where the values are. */
final class SampleColumn extends TextExpression {
  private final int column;

  SampleColumn(int column, TensorType type) {
    super(type);
    this.column = column;
  }

  @Override
  TextLane eval(Rows rows) throws StoreException {
    Vector vector = rows.column(column);
    int width = type().width();
    lane.start(rows.count());
    lane.loadNulls(vector, rows);
    for (int i = 0; i < lane.count; i++) {
      lane.addresses[i] = vector.data() + (long) width * rows.at(i);
      lane.lengths[i] = width;
    }
    return lane;
  }
}
