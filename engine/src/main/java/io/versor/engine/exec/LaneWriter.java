package io.versor.engine.exec;

import io.versor.format.chunk.Vector;
import io.versor.format.chunk.VectorBuffer;
import io.versor.format.io.Memory;
import io.versor.format.type.Dtype;
import io.versor.format.type.Layout;
import io.versor.format.type.StoreException;
import io.versor.format.type.TensorType;
import java.math.BigDecimal;

/** Makes vectors of lanes: each value in the row it was computed for. */
final class LaneWriter implements AutoCloseable {
  private final VectorBuffer buffer;

  LaneWriter(TensorType type, ExecContext context) {
    this.buffer = new VectorBuffer(type, context.allocator());
  }

  /**
   * @param length of the vector; rows without a value hold anything
   */
  Vector write(Lane lane, Rows rows, int length) throws StoreException {
    buffer.clear();
    if (lane instanceof TextLane texts && buffer.type().layout() == Layout.VARIABLE) {
      writeTexts(texts, rows, length);
      return buffer.vector();
    }
    long at = buffer.appendUnfilled(length);
    if (lane instanceof LongLane longs) {
      put(longs.values, rows, at);
    } else if (lane instanceof WideLane wide) {
      for (int i = 0; i < rows.count(); i++) {
        if (wide.isBeyond(i) && !wide.isNull(i)) {
          BigDecimal value = new BigDecimal(wide.value(i), buffer.type().scale());
          throw Failures.outOfRange(value.toPlainString(), buffer.type());
        }
        Memory.putLong(at + 16L * rows.at(i), wide.low[i]);
        Memory.putLong(at + 16L * rows.at(i) + 8, wide.high[i]);
      }
    } else if (lane instanceof TextLane samples) {
      put(samples, rows, at);
    } else {
      put(((DoubleLane) lane).values, rows, at);
    }
    if (lane.hasNulls) {
      for (int i = 0; i < rows.count(); i++) {
        if (lane.nulls[i]) {
          buffer.setNull(rows.at(i));
        }
      }
    }
    return buffer.vector();
  }

  private void put(long[] values, Rows rows, long at) {
    int n = rows.count();
    switch (buffer.type().width()) {
      case 1 -> {
        for (int i = 0; i < n; i++) {
          Memory.putByte(at + rows.at(i), (byte) values[i]);
        }
      }
      case 2 -> {
        for (int i = 0; i < n; i++) {
          Memory.putShort(at + 2L * rows.at(i), (short) values[i]);
        }
      }
      case 4 -> {
        for (int i = 0; i < n; i++) {
          Memory.putInt(at + 4L * rows.at(i), (int) values[i]);
        }
      }
      case 8 -> {
        for (int i = 0; i < n; i++) {
          Memory.putLong(at + 8L * rows.at(i), values[i]);
        }
      }
      default -> {
        for (int i = 0; i < n; i++) {
          Memory.putLong(at + 16L * rows.at(i), values[i]);
          Memory.putLong(at + 16L * rows.at(i) + 8, values[i] >> 63);
        }
      }
    }
  }

  private void put(double[] values, Rows rows, long at) {
    int n = rows.count();
    if (buffer.type().width() == 4) {
      for (int i = 0; i < n; i++) {
        Memory.putFloat(at + 4L * rows.at(i), (float) values[i]);
      }
    } else {
      for (int i = 0; i < n; i++) {
        Memory.putDouble(at + 8L * rows.at(i), values[i]);
      }
    }
  }

  /** Tensors of one width. */
  private void put(TextLane samples, Rows rows, long at) {
    long width = buffer.type().width();
    for (int i = 0; i < rows.count(); i++) {
      if (!samples.isNull(i)) {
        Memory.copy(samples.addresses[i], at + width * rows.at(i), width);
      }
    }
  }

  private void writeTexts(TextLane lane, Rows rows, int length) throws StoreException {
    int next = 0;
    for (int i = 0; i < rows.count(); i++) {
      int row = rows.at(i);
      buffer.appendNulls(row - next);
      if (lane.isNull(i)) {
        buffer.appendNull();
      } else {
        buffer.appendBytes(lane.addresses[i], lane.lengths[i]);
      }
      next = row + 1;
    }
    buffer.appendNulls(length - next);
  }

  /** Appends one value of a lane. */
  static void append(Lane lane, int i, VectorBuffer to) throws StoreException {
    if (lane.isNull(i)) {
      to.appendNull();
    } else if (lane instanceof TextLane texts) {
      to.appendBytes(texts.addresses[i], texts.lengths[i]);
    } else if (lane instanceof DoubleLane doubles) {
      to.appendDouble(doubles.values[i]);
    } else if (to.type().dtype() == Dtype.DECIMAL) {
      long at = to.appendUnfilled(1);
      Memory.putLong(at, ((LongLane) lane).values[i]);
      Memory.putLong(at + 8, ((LongLane) lane).values[i] >> 63);
    } else {
      to.appendLong(((LongLane) lane).values[i]);
    }
  }

  @Override
  public void close() {
    buffer.close();
  }
}
