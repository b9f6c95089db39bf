package io.versor.engine.exec;

import io.versor.format.chunk.Vector;
import io.versor.format.chunk.VectorBuffer;
import io.versor.format.io.Memory;
import io.versor.format.type.Dtype;
import io.versor.format.type.StoreException;
import io.versor.format.type.TensorType;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Numbers the values of one column of GROUP BY, NULL among them. */
abstract class GroupKey implements AutoCloseable {
  private final Expression operand;

  GroupKey(Expression operand) {
    this.operand = operand;
  }

  static GroupKey of(Expression operand, ExecContext context) {
    if (operand instanceof TextExpression text) {
      return new Texts(text, context);
    }
    return operand instanceof LongExpression number
        ? new LongKey(number, context)
        : new Doubles((DoubleExpression) operand, context);
  }

  /** The column that rows are grouped by; -1 if it is none. */
  final int column() {
    return operand.column();
  }

  final TensorType type() {
    return operand.type();
  }

  /** Numbers of the values of some rows: 0, 1, 2 in the order of appearance, NULL among them. */
  abstract void ids(Rows rows, int[] out) throws StoreException;

  /**
   * Numbers of the values that have some; -1 of others.
   *
   * @param hashes of the rows' keys so far; those of the values are added
   */
  abstract void find(Rows rows, int[] out, long[] hashes) throws StoreException;

  /** How many values have numbers. */
  abstract int size();

  /** The numbers here of the values that another of its kind has numbered, by its numbers. */
  abstract int[] merge(GroupKey other) throws StoreException;

  abstract long heapBytes();

  /** What is kept outside of the heap. */
  long bytes() {
    return 0;
  }

  /** Appends the value that a number stands for. */
  abstract void write(int id, VectorBuffer out) throws StoreException;

  @Override
  public void close() {
    // Most keep nothing outside of the heap.
  }

  /** Whole numbers, and floats as their bits. */
  abstract static class Bits extends GroupKey {
    final LongTable table;

    Bits(Expression operand, ExecContext context) {
      super(operand);
      this.table = new LongTable(context);
    }

    @Override
    final int size() {
      return table.size();
    }

    @Override
    final int[] merge(GroupKey other) throws StoreException {
      LongTable theirs = ((Bits) other).table;
      int[] ids = new int[theirs.size()];
      for (int i = 0; i < ids.length; i++) {
        ids[i] = theirs.isKeyless(i) ? table.keyless() : table.id(theirs.key(i));
      }
      return ids;
    }

    @Override
    long heapBytes() {
      return table.heapBytes();
    }
  }

  private static final class Doubles extends Bits {
    private final DoubleExpression operand;

    Doubles(DoubleExpression operand, ExecContext context) {
      super(operand, context);
      this.operand = operand;
    }

    @Override
    void ids(Rows rows, int[] out) throws StoreException {
      DoubleLane lane = operand.eval(rows);
      for (int i = 0; i < rows.count(); i++) {
        // Adding zero makes -0.0 the 0.0 it is equal to; all NaNs have the same bits here.
        double value = lane.values[i] + 0.0;
        out[i] = lane.isNull(i) ? table.keyless() : table.id(Double.doubleToLongBits(value));
      }
    }

    @Override
    void find(Rows rows, int[] out, long[] hashes) throws StoreException {
      DoubleLane lane = operand.eval(rows);
      KeyHash.add(lane, hashes);
      for (int i = 0; i < rows.count(); i++) {
        long bits = Double.doubleToLongBits(lane.values[i] + 0.0);
        out[i] = lane.isNull(i) ? table.findKeyless() : table.find(bits);
      }
    }

    @Override
    void write(int id, VectorBuffer out) throws StoreException {
      if (table.isKeyless(id)) {
        out.appendNull();
        return;
      }
      double value = Double.longBitsToDouble(table.key(id));
      long at = out.appendUnfilled(1);
      if (out.type().dtype() == Dtype.FLOAT32) {
        Memory.putFloat(at, (float) value);
      } else {
        Memory.putDouble(at, value);
      }
    }
  }

  /** Codes of a dictionary are looked up once each. */
  private static final class Texts extends GroupKey {
    private final TextExpression operand;
    private final TextTable table;

    /** What {@link #codeIds} are about. */
    private @Nullable Object known;

    private int[] codeIds = {};

    Texts(TextExpression operand, ExecContext context) {
      super(operand);
      this.operand = operand;
      this.table = new TextTable(context);
    }

    @Override
    void ids(Rows rows, int[] out) throws StoreException {
      if (operand instanceof TextColumn column) {
        Vector vector = column.vector(rows);
        int codes = column.codes(vector);
        if (codes > 0) {
          codeIds(column, vector, codes, rows, out);
          return;
        }
      }
      TextLane lane = operand.eval(rows);
      for (int i = 0; i < rows.count(); i++) {
        out[i] = lane.isNull(i) ? table.textless() : table.id(lane.addresses[i], lane.lengths[i]);
      }
    }

    private void codeIds(TextColumn column, Vector vector, int codes, Rows rows, int[] out)
        throws StoreException {
      Vector dictionary = vector.dictionary();
      Object identity = dictionary == null ? column : dictionary;
      if (known != identity) {
        known = identity;
        codeIds = new int[codes];
        Arrays.fill(codeIds, -1);
      }
      long data = vector.data();
      long validity = vector.validity();
      for (int i = 0; i < rows.count(); i++) {
        int row = rows.at(i);
        if (validity != 0 && !Rows.isValid(validity, row)) {
          out[i] = table.textless();
          continue;
        }
        int code = Memory.getInt(data + 4L * row);
        int id = codeIds[code];
        if (id < 0) {
          id = table.id(column.codeAddress(vector, code), column.codeLength(vector, code));
          codeIds[code] = id;
        }
        out[i] = id;
      }
    }

    @Override
    void find(Rows rows, int[] out, long[] hashes) throws StoreException {
      TextLane lane = operand.eval(rows);
      KeyHash.add(lane, hashes);
      for (int i = 0; i < rows.count(); i++) {
        out[i] =
            lane.isNull(i) ? table.findTextless() : table.find(lane.addresses[i], lane.lengths[i]);
      }
    }

    @Override
    int size() {
      return table.size();
    }

    @Override
    int[] merge(GroupKey other) throws StoreException {
      TextTable theirs = ((Texts) other).table;
      int[] ids = new int[theirs.size()];
      for (int i = 0; i < ids.length; i++) {
        ids[i] =
            theirs.isTextless(i) ? table.textless() : table.id(theirs.address(i), theirs.length(i));
      }
      return ids;
    }

    @Override
    long heapBytes() {
      return table.heapBytes();
    }

    @Override
    long bytes() {
      return table.bytes();
    }

    @Override
    void write(int id, VectorBuffer out) throws StoreException {
      if (table.isTextless(id)) {
        out.appendNull();
      } else {
        out.appendBytes(table.address(id), table.length(id));
      }
    }

    @Override
    public void close() {
      table.close();
    }
  }
}
