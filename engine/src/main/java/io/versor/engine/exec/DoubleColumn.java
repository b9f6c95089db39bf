package io.versor.engine.exec;

import io.versor.format.chunk.Vector;
import io.versor.format.io.Memory;
import io.versor.format.type.StoreException;
import io.versor.format.type.TensorType;

/** A column of floats. */
final class DoubleColumn extends DoubleExpression {
  private final int column;

  DoubleColumn(int column, TensorType type) {
    super(type);
    this.column = column;
  }

  @Override
  int column() {
    return column;
  }

  Vector vector(Rows rows) throws StoreException {
    return rows.column(column);
  }

  @Override
  DoubleLane eval(Rows rows) throws StoreException {
    Vector vector = vector(rows);
    lane.start(rows.count());
    load(vector, rows, lane.values);
    lane.loadNulls(vector, rows);
    return lane;
  }

  private static void load(Vector vector, Rows rows, double[] out) {
    int n = rows.count();
    long data = vector.data();
    int[] at = rows.at();
    switch (vector.type().dtype()) {
      case FLOAT64 -> {
        if (at == null) {
          for (int i = 0; i < n; i++) {
            out[i] = Memory.getDouble(data + 8L * i);
          }
        } else {
          for (int i = 0; i < n; i++) {
            out[i] = Memory.getDouble(data + 8L * at[i]);
          }
        }
      }
      case FLOAT32 -> {
        for (int i = 0; i < n; i++) {
          out[i] = Memory.getFloat(data + 4L * rows.at(i));
        }
      }
      default -> {
        for (int i = 0; i < n; i++) {
          out[i] = vector.doubleAt(rows.at(i));
        }
      }
    }
  }
}
