package io.versor.engine.exec;

import io.versor.format.chunk.Vector;
import io.versor.format.io.Memory;
import io.versor.format.type.StoreException;
import io.versor.format.type.TensorType;

/** A column of DECIMALs of more than 18 digits. */
final class WideColumn extends WideExpression {
  private final int column;

  WideColumn(int column, TensorType type) {
    super(type);
    this.column = column;
  }

  @Override
  WideLane eval(Rows rows) throws StoreException {
    Vector vector = rows.column(column);
    lane.startWide(rows.count());
    for (int i = 0; i < lane.count; i++) {
      long at = vector.data() + 16L * rows.at(i);
      lane.low[i] = Memory.getLong(at);
      lane.high[i] = Memory.getLong(at + 8);
    }
    lane.loadNulls(vector, rows);
    return lane;
  }
}
