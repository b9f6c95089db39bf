package io.versor.engine.exec;

import io.versor.format.chunk.VectorBuffer;
import io.versor.format.io.Memory;
import io.versor.format.type.Dtype;
import io.versor.format.type.StoreException;
import io.versor.format.type.TensorType;
import java.util.Arrays;

/** MIN and MAX. Of floats NaN is the greatest, as in ORDER BY. */
final class Extreme extends Accumulator {
  private final Expression operand;
  private final boolean greatest;
  private final TextArena texts;

  /** Whole numbers, bits of floats, or addresses of texts. */
  private long[] values = {};

  private int[] lengths = {};
  private boolean[] seen = {};

  Extreme(Expression operand, boolean greatest, ExecContext context) {
    this.operand = operand;
    this.greatest = greatest;
    this.texts = new TextArena(context);
  }

  TensorType type() {
    return operand.type();
  }

  @Override
  void grow(int groups) {
    if (groups > values.length) {
      int capacity = Math.max(groups, 2 * values.length);
      values = Arrays.copyOf(values, capacity);
      lengths = Arrays.copyOf(lengths, capacity);
      seen = Arrays.copyOf(seen, capacity);
    }
  }

  @Override
  void add(Rows rows, int[] groups) throws StoreException {
    Lane lane = operand.eval(rows);
    for (int i = 0; i < lane.count; i++) {
      if (!lane.isNull(i)) {
        offer(lane, i, groups[i]);
      }
    }
  }

  @Override
  void addAll(Rows rows) throws StoreException {
    Lane lane = operand.eval(rows);
    for (int i = 0; i < lane.count; i++) {
      if (!lane.isNull(i)) {
        offer(lane, i, 0);
      }
    }
  }

  private void offer(Lane lane, int i, int group) throws StoreException {
    if (lane instanceof LongLane longs) {
      offerLong(longs.values[i], group);
    } else if (lane instanceof DoubleLane doubles) {
      offerDouble(doubles.values[i], group);
    } else {
      TextLane text = (TextLane) lane;
      offerText(text.addresses[i], text.lengths[i], group);
    }
  }

  private void offerLong(long value, int group) {
    if (!seen[group] || (greatest ? value > values[group] : value < values[group])) {
      values[group] = value;
      seen[group] = true;
    }
  }

  private void offerDouble(double value, int group) {
    int order = seen[group] ? Double.compare(value, Double.longBitsToDouble(values[group])) : 0;
    if (!seen[group] || (greatest ? order > 0 : order < 0)) {
      values[group] = Double.doubleToLongBits(value);
      seen[group] = true;
    }
  }

  private void offerText(long address, int length, int group) throws StoreException {
    int order = seen[group] ? TextOrder.compare(address, length, values[group], lengths[group]) : 0;
    if (!seen[group] || (greatest ? order > 0 : order < 0)) {
      if (seen[group] && length <= lengths[group]) {
        Memory.copy(address, values[group], length); // the old text is not needed any more
      } else {
        values[group] = texts.keep(address, length);
      }
      lengths[group] = length;
      seen[group] = true;
    }
  }

  @Override
  void merge(Accumulator other, int[] groups, int count) throws StoreException {
    Extreme theirs = (Extreme) other;
    for (int i = 0; i < count; i++) {
      if (!theirs.seen[i]) {
        continue;
      }
      if (operand instanceof LongExpression) {
        offerLong(theirs.values[i], groups[i]);
      } else if (operand instanceof DoubleExpression) {
        offerDouble(Double.longBitsToDouble(theirs.values[i]), groups[i]);
      } else {
        offerText(theirs.values[i], theirs.lengths[i], groups[i]);
      }
    }
  }

  void write(int group, VectorBuffer out) throws StoreException {
    if (!seen[group]) {
      out.appendNull();
      return;
    }
    Dtype dtype = type().dtype();
    if (dtype == Dtype.UTF8 || dtype == Dtype.BYTES) {
      out.appendBytes(values[group], lengths[group]);
      return;
    }
    if (dtype.isFloat()) {
      out.appendDouble(Double.longBitsToDouble(values[group]));
    } else if (dtype == Dtype.DECIMAL) {
      long at = out.appendUnfilled(1);
      Memory.putLong(at, values[group]);
      Memory.putLong(at + 8, values[group] >> 63);
    } else {
      out.appendLong(values[group]);
    }
  }

  @Override
  long heapBytes() {
    return 13L * values.length;
  }

  @Override
  long bytes() {
    return texts.bytes();
  }

  @Override
  public void close() {
    texts.close();
  }
}
