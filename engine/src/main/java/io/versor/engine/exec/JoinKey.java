package io.versor.engine.exec;

import io.versor.format.chunk.Vector;
import io.versor.format.io.Memory;
import io.versor.format.type.Dtype;
import io.versor.format.type.StoreException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A column that two inputs are joined by: the values of the input that is kept, numbered. Then it
 * does not change any more, and those of the other input are looked up on any thread, each with a
 * {@link Look} of its own.
 *
 * <p>Floats are equal as in GROUP BY: NaN to NaN, and -0.0 to 0.0.
 */
abstract class JoinKey implements AutoCloseable {
  /** Whether NULL is a value like others: IS NOT DISTINCT FROM. Its number is 0 then. */
  private final boolean nullsMatch;

  private int[] numbers = {};
  private int rows;

  private JoinKey(boolean nullsMatch) {
    this.nullsMatch = nullsMatch;
  }

  static JoinKey of(Expression kept, boolean nullsMatch, ExecContext context) {
    if (kept instanceof TextExpression texts) {
      return new Texts(texts, nullsMatch, context);
    }
    return kept instanceof LongExpression numbers
        ? new Longs(numbers, nullsMatch)
        : new Doubles((DoubleExpression) kept, nullsMatch);
  }

  /** Looks up values of the other input. One thread. */
  abstract static class Look {
    private final boolean nullsMatch;

    private Look(boolean nullsMatch) {
      this.nullsMatch = nullsMatch;
    }

    /** The numbers of rows; negative where no kept row has the value. */
    final void find(Rows wanted, int[] out) throws StoreException {
      Lane lane = look(wanted, out);
      int n = wanted.count();
      for (int i = 0; i < n && lane.hasNulls; i++) {
        out[i] = lane.nulls[i] ? -1 : out[i];
      }
      for (int i = 0; i < n && nullsMatch; i++) {
        out[i] = lane.isNull(i) ? 0 : out[i] < 0 ? -1 : out[i] + 1;
      }
    }

    /** The same, whatever it says of NULLs. Answers where they are. */
    abstract Lane look(Rows wanted, int[] out) throws StoreException;
  }

  /**
   * @param other of the same kind as the kept one
   */
  final Look look(Expression other) {
    return look(other, nullsMatch);
  }

  /** Takes rows of the kept input in. */
  final void add(Rows more) throws StoreException {
    int n = more.count();
    if (rows + n > numbers.length) {
      int room = Math.max(Math.addExact(rows, n), 2 * Math.min(numbers.length, 1 << 29));
      numbers = Arrays.copyOf(numbers, room);
      grow(room);
    }
    Lane lane = add(more, rows, numbers);
    for (int i = 0; i < n && lane.hasNulls; i++) {
      numbers[rows + i] = lane.nulls[i] ? -1 : numbers[rows + i];
    }
    rows += n;
  }

  /** All rows were added: their numbers, negative where a row can have no match. */
  final int[] number(ExecContext context) throws StoreException {
    finish(numbers, rows, context);
    if (nullsMatch) {
      for (int i = 0; i < rows; i++) {
        numbers[i]++;
      }
    }
    int[] made = numbers;
    numbers = new int[0];
    return made;
  }

  /** How many numbers there are. */
  final int size() {
    return values() + (nullsMatch ? 1 : 0);
  }

  long heapBytes() {
    return 4L * numbers.length;
  }

  /** What is kept outside of the heap. */
  long bytes() {
    return 0;
  }

  abstract void grow(int room);

  /** Keeps values; numbers those that it can at once. Answers where NULLs are. */
  abstract Lane add(Rows more, int from, int[] out) throws StoreException;

  abstract void finish(int[] out, int n, ExecContext context) throws StoreException;

  abstract int values();

  abstract Look look(Expression other, boolean nullsMatch);

  @Override
  public void close() {
    // Most keep nothing outside of the heap.
  }

  /** Values of 64 bits. */
  private abstract static class Bits extends JoinKey {
    private long[] kept = {};
    private @Nullable LongIndex index;

    Bits(boolean nullsMatch) {
      super(nullsMatch);
    }

    @Override
    final void grow(int room) {
      kept = Arrays.copyOf(kept, room);
    }

    final void keep(long[] values, int from, int n) {
      System.arraycopy(values, 0, kept, from, n);
    }

    @Override
    final void finish(int[] out, int n, ExecContext context) throws StoreException {
      index = LongIndex.of(kept, out, n, context);
      kept = new long[0];
    }

    final LongIndex index() {
      LongIndex made = index;
      if (made == null) {
        throw new IllegalStateException("values are looked up before they are numbered");
      }
      return made;
    }

    @Override
    final int values() {
      return index().size();
    }

    @Override
    final long heapBytes() {
      LongIndex made = index;
      return super.heapBytes() + 8L * kept.length + (made == null ? 0 : made.heapBytes());
    }
  }

  private static final class Longs extends Bits {
    private final LongExpression kept;

    Longs(LongExpression kept, boolean nullsMatch) {
      super(nullsMatch);
      this.kept = kept;
    }

    @Override
    Lane add(Rows more, int from, int[] out) throws StoreException {
      LongLane lane = kept.eval(more);
      keep(lane.values, from, more.count());
      return lane;
    }

    @Override
    Look look(Expression other, boolean nullsMatch) {
      LongExpression expression = (LongExpression) other;
      return new Look(nullsMatch) {
        @Override
        Lane look(Rows wanted, int[] out) throws StoreException {
          if (expression instanceof LongColumn column) {
            Vector vector = column.vector(wanted);
            Dtype dtype = vector.type().dtype();
            if (vector.validity() == 0 && (dtype == Dtype.INT32 || dtype == Dtype.INT64)) {
              index().find(vector.data(), dtype, wanted, out);
              column.lane.start(wanted.count());
              return column.lane;
            }
          }
          LongLane lane = expression.eval(wanted);
          index().find(lane.values, wanted.count(), out);
          return lane;
        }
      };
    }
  }

  private static final class Doubles extends Bits {
    private final DoubleExpression kept;
    private long[] bits = {};

    Doubles(DoubleExpression kept, boolean nullsMatch) {
      super(nullsMatch);
      this.kept = kept;
    }

    /** Bits that are the same where floats are equal. */
    private static long[] bits(DoubleLane lane, int n, long[] room) {
      long[] bits = room.length < n ? new long[Math.max(n, BatchOperator.BATCH_ROWS)] : room;
      for (int i = 0; i < n; i++) {
        bits[i] = Double.doubleToLongBits(lane.values[i] + 0.0);
      }
      return bits;
    }

    @Override
    Lane add(Rows more, int from, int[] out) throws StoreException {
      DoubleLane lane = kept.eval(more);
      bits = bits(lane, more.count(), bits);
      keep(bits, from, more.count());
      return lane;
    }

    @Override
    Look look(Expression other, boolean nullsMatch) {
      DoubleExpression expression = (DoubleExpression) other;
      return new Look(nullsMatch) {
        private long[] wantedBits = {};

        @Override
        Lane look(Rows wanted, int[] out) throws StoreException {
          DoubleLane lane = expression.eval(wanted);
          wantedBits = bits(lane, wanted.count(), wantedBits);
          index().find(wantedBits, wanted.count(), out);
          return lane;
        }
      };
    }
  }

  private static final class Texts extends JoinKey {
    private final TextExpression kept;
    private final TextTable table;

    Texts(TextExpression kept, boolean nullsMatch, ExecContext context) {
      super(nullsMatch);
      this.kept = kept;
      this.table = new TextTable(context);
    }

    @Override
    void grow(int room) {}

    @Override
    Lane add(Rows more, int from, int[] out) throws StoreException {
      TextLane lane = kept.eval(more);
      for (int i = 0; i < more.count(); i++) {
        if (!lane.isNull(i)) {
          out[from + i] = table.id(lane.addresses[i], lane.lengths[i]);
        }
      }
      return lane;
    }

    @Override
    void finish(int[] out, int n, ExecContext context) {}

    @Override
    int values() {
      return table.size();
    }

    @Override
    Look look(Expression other, boolean nullsMatch) {
      return new LookAtTexts((TextExpression) other, table, nullsMatch);
    }

    @Override
    long bytes() {
      return table.bytes();
    }

    @Override
    long heapBytes() {
      return super.heapBytes() + table.heapBytes();
    }

    @Override
    public void close() {
      table.close();
    }
  }

  /** Codes of a dictionary are looked up once each. */
  private static final class LookAtTexts extends Look {
    private static final int UNKNOWN = -2;

    private final TextExpression operand;
    private final TextTable table;

    /** What {@link #codeNumbers} are about. */
    private @Nullable Object known;

    private int[] codeNumbers = {};

    LookAtTexts(TextExpression operand, TextTable table, boolean nullsMatch) {
      super(nullsMatch);
      this.operand = operand;
      this.table = table;
    }

    @Override
    Lane look(Rows wanted, int[] out) throws StoreException {
      if (operand instanceof TextColumn column) {
        Vector vector = column.vector(wanted);
        int codes = column.codes(vector);
        if (codes > 0) {
          return lookAtCodes(column, vector, codes, wanted, out);
        }
      }
      TextLane lane = operand.eval(wanted);
      for (int i = 0; i < wanted.count(); i++) {
        out[i] = lane.isNull(i) ? -1 : table.find(lane.addresses[i], lane.lengths[i]);
      }
      return lane;
    }

    private Lane lookAtCodes(TextColumn column, Vector vector, int codes, Rows wanted, int[] out) {
      Vector dictionary = vector.dictionary();
      Object identity = dictionary == null ? column : dictionary;
      if (known != identity) {
        known = identity;
        codeNumbers = new int[codes];
        Arrays.fill(codeNumbers, UNKNOWN);
      }
      Lane lane = operand.lane;
      lane.start(wanted.count());
      lane.loadNulls(vector, wanted);
      long data = vector.data();
      for (int i = 0; i < wanted.count(); i++) {
        if (lane.isNull(i)) {
          out[i] = -1;
          continue;
        }
        int code = Memory.getInt(data + 4L * wanted.at(i));
        if (codeNumbers[code] == UNKNOWN) {
          codeNumbers[code] =
              table.find(column.codeAddress(vector, code), column.codeLength(vector, code));
        }
        out[i] = codeNumbers[code];
      }
      return lane;
    }
  }
}
