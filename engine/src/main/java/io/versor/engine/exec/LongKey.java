package io.versor.engine.exec;

import io.versor.format.chunk.Vector;
import io.versor.format.chunk.VectorBuffer;
import io.versor.format.io.Memory;
import io.versor.format.type.Dtype;
import io.versor.format.type.StoreException;

/**
 * A column of whole numbers in GROUP BY. As long as all of them lie close together, their numbers
 * stand in an array at the distance from the least; else they are looked up by a hash.
 */
final class LongKey extends GroupKey.Bits {
  /** Numbers of an array: it should stay in the processor's second cache. */
  private static final int MOST_DIRECT = 1 << 16;

  private final LongExpression operand;
  private long least;

  /** The number of {@code least + i}, plus one; 0 = not seen. */
  private int[] direct = {};

  private boolean isWide;

  LongKey(LongExpression operand, ExecContext context) {
    super(operand, context);
    this.operand = operand;
  }

  @Override
  void ids(Rows rows, int[] out) throws StoreException {
    if (operand instanceof LongColumn column && !isWide) {
      Vector vector = column.vector(rows);
      if (vector.validity() == 0 && vector.type().width() == 4 && !isUnsigned(vector)) {
        ints(vector.data(), rows, out);
        return;
      }
    }
    LongLane lane = operand.eval(rows);
    for (int i = 0; i < lane.count; i++) {
      out[i] = lane.isNull(i) ? table.keyless() : id(lane.values[i]);
    }
  }

  @Override
  void find(Rows rows, int[] out, long[] hashes) throws StoreException {
    LongLane lane = operand.eval(rows);
    KeyHash.add(lane, hashes);
    for (int i = 0; i < lane.count; i++) {
      out[i] = lane.isNull(i) ? table.findKeyless() : table.find(lane.values[i]);
    }
  }

  private static boolean isUnsigned(Vector vector) {
    return vector.type().dtype() == Dtype.UINT32;
  }

  private void ints(long data, Rows rows, int[] out) throws StoreException {
    int n = rows.count();
    for (int i = 0; i < n; i++) {
      i = known(data, rows, i, out);
      if (i < n) {
        out[i] = id(Memory.getInt(data + 4L * rows.at(i)));
      }
    }
  }

  /** The numbers of rows from one on that stand in the array; answers the first that does not. */
  private int known(long data, Rows rows, int from, int[] out) {
    int[] near = direct;
    long start = least;
    int[] at = rows.at();
    int n = rows.count();
    for (int i = from; i < n; i++) {
      long distance = Memory.getInt(data + 4L * (at == null ? i : at[i])) - start;
      if (distance < 0 || distance >= near.length) {
        return i;
      }
      int id = near[(int) distance];
      if (id == 0) {
        return i;
      }
      out[i] = id - 1;
    }
    return n;
  }

  private int id(long key) throws StoreException {
    long distance = key - least;
    int[] near = direct;
    if (distance >= 0 && distance < near.length) {
      int known = near[(int) distance];
      if (known != 0) {
        return known - 1;
      }
    }
    int id = table.id(key);
    if (!isWide) {
      remember(key, id);
    }
    return id;
  }

  private void remember(long key, int id) {
    if (direct.length == 0) {
      least = key;
      direct = new int[1];
    }
    long low = Math.min(least, key);
    long high = Math.max(last(), key);
    if (high - low < 0 || high - low >= MOST_DIRECT) {
      isWide = true;
      direct = new int[0];
      return;
    }
    if (low < least || high > last()) {
      widen(low, high);
    }
    direct[(int) (key - least)] = id + 1;
  }

  /** The last number that there is room for. */
  private long last() {
    long last = least + direct.length - 1;
    return last < least ? Long.MAX_VALUE : last;
  }

  /** Makes room for numbers from {@code low} to {@code high}, and for as many again. */
  private void widen(long low, long high) {
    int span = (int) (high - low + 1);
    int room = Math.min(MOST_DIRECT, 2 * span);
    long start = low < least ? high - room + 1 : low;
    if (start > low) {
      start = low; // it would have been below the least long of all
    }
    int[] wider = new int[room];
    int shift = (int) (least - start);
    System.arraycopy(direct, 0, wider, shift, Math.min(direct.length, room - shift));
    least = start;
    direct = wider;
  }

  @Override
  long heapBytes() {
    return super.heapBytes() + 4L * direct.length;
  }

  @Override
  void write(int id, VectorBuffer out) throws StoreException {
    if (table.isKeyless(id)) {
      out.appendNull();
      return;
    }
    long at = out.appendUnfilled(1);
    long value = table.key(id);
    switch (out.type().width()) {
      case 1 -> Memory.putByte(at, (byte) value);
      case 2 -> Memory.putShort(at, (short) value);
      case 4 -> Memory.putInt(at, (int) value);
      case 8 -> Memory.putLong(at, value);
      default -> {
        Memory.putLong(at, value);
        Memory.putLong(at + 8, value >> 63);
      }
    }
  }
}
