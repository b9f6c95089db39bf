package io.versor.engine.exec;

import io.versor.format.chunk.Vector;
import io.versor.format.io.Memory;
import io.versor.format.type.StoreException;
import io.versor.format.type.TensorType;

/** A column of whole numbers. */
final class LongColumn extends LongExpression {
  private final int column;

  LongColumn(int column, TensorType type) {
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
  LongLane eval(Rows rows) throws StoreException {
    Vector vector = vector(rows);
    lane.start(rows.count());
    load(vector, rows, lane.values);
    lane.loadNulls(vector, rows);
    return lane;
  }

  private static void load(Vector vector, Rows rows, long[] out) {
    int n = rows.count();
    long data = vector.data();
    int[] at = rows.at();
    switch (vector.type().dtype()) {
      case INT32, DATE -> {
        if (at == null) {
          for (int i = 0; i < n; i++) {
            out[i] = Memory.getInt(data + 4L * i);
          }
        } else {
          for (int i = 0; i < n; i++) {
            out[i] = Memory.getInt(data + 4L * at[i]);
          }
        }
      }
      case INT64, TIME, TIMESTAMP, TIMESTAMP_TZ -> {
        if (at == null) {
          for (int i = 0; i < n; i++) {
            out[i] = Memory.getLong(data + 8L * i);
          }
        } else {
          for (int i = 0; i < n; i++) {
            out[i] = Memory.getLong(data + 8L * at[i]);
          }
        }
      }
      case UINT32 -> {
        for (int i = 0; i < n; i++) {
          out[i] = Memory.getInt(data + 4L * rows.at(i)) & 0xFFFF_FFFFL;
        }
      }
      case INT16 -> {
        for (int i = 0; i < n; i++) {
          out[i] = Memory.getShort(data + 2L * rows.at(i));
        }
      }
      case UINT16 -> {
        for (int i = 0; i < n; i++) {
          out[i] = Memory.getShort(data + 2L * rows.at(i)) & 0xFFFF;
        }
      }
      case BOOL, INT8 -> {
        for (int i = 0; i < n; i++) {
          out[i] = Memory.getByte(data + rows.at(i));
        }
      }
      case UINT8 -> {
        for (int i = 0; i < n; i++) {
          out[i] = Memory.getByte(data + rows.at(i)) & 0xFF;
        }
      }
      case DECIMAL -> {
        // At most 18 digits: the upper half only repeats the sign.
        for (int i = 0; i < n; i++) {
          out[i] = Memory.getLong(data + 16L * rows.at(i));
        }
      }
      default -> throw new IllegalStateException(vector.type().dtype() + " is no whole number");
    }
  }
}
