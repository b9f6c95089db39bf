package io.versor.format.chunk;

import io.versor.format.io.Memory;
import io.versor.format.type.Dtype;
import io.versor.format.type.Layout;
import io.versor.format.type.StoreException;
import io.versor.format.type.TensorType;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Grows a column on the heap. {@link #column()} hands out what there is at any time, without a
 * copy: later appends go behind it into the same arrays, which is what makes a growing tail cheap.
 *
 * <p>A failed append leaves the column as it was. Not thread-safe; several builders may extend the
 * same column from several threads.
 */
public final class ColumnBuilder {
  private static final int LEAST_ROWS = 8;
  private static final int LEAST_BYTES = 64;
  private static final int[] NO_INTS = {};

  private final TensorType type;
  private final boolean fixed;

  /** Bytes of a sample if fixed. */
  private final int width;

  private final int rank;

  private Lineage lineage;

  /** Whether the arrays may be written behind {@code rows}. */
  private boolean mine;

  private int rows;
  private byte[] data;
  private int[] offsets;
  private int[] shapes;
  private byte @Nullable [] validity;

  public ColumnBuilder(TensorType type) {
    this(type, LEAST_ROWS);
  }

  /**
   * @param expectedRows room made for so many rows; more may come
   */
  public ColumnBuilder(TensorType type, int expectedRows) {
    this.type = type;
    this.fixed = type.layout() == Layout.FIXED;
    this.width = fixed ? type.width() : 0;
    this.rank = type.storedRank();
    int room = Math.max(1, Math.min(expectedRows, Limits.MAX_ROWS));
    this.data = new byte[fixed ? (int) Math.min((long) room * width, 1 << 20) : LEAST_BYTES];
    this.offsets = fixed ? NO_INTS : new int[room + 1];
    this.shapes = rank == 0 ? NO_INTS : new int[(int) Math.min((long) room * rank, 1 << 20)];
    this.lineage = new Lineage();
    this.mine = true;
  }

  private ColumnBuilder(HeapColumn column) {
    this.type = column.type();
    this.fixed = type.layout() == Layout.FIXED;
    this.width = fixed ? type.width() : 0;
    this.rank = type.storedRank();
    this.rows = column.rows();
    this.data = column.data();
    this.offsets = column.offsets();
    this.shapes = column.shapes();
    this.validity = column.validity();
    this.lineage = column.lineage();
    this.mine = false;
  }

  /**
   * Starts with the samples of a column. They are copied at the first append only if others have
   * been appended behind them in the meantime.
   */
  public static ColumnBuilder extend(HeapColumn column) {
    return new ColumnBuilder(column);
  }

  public TensorType type() {
    return type;
  }

  public int rows() {
    return rows;
  }

  /** Bytes its samples take. */
  public long bytes() {
    return column(rows).bytes();
  }

  /** What was appended so far; stays as it is whatever is appended later. */
  public HeapColumn column() {
    if (mine) {
      lineage.release(rows);
      mine = false;
    }
    return column(rows);
  }

  private HeapColumn column(int count) {
    return new HeapColumn(type, lineage, count, data, offsets, shapes, validity);
  }

  public void appendNull() throws StoreException {
    appendNulls(1);
  }

  public void appendNulls(int count) throws StoreException {
    grow(count, 0);
    byte[] bits = validBits(rows + count);
    Bitmaps.fill(bits, rows, count, false);
    if (fixed) {
      Arrays.fill(data, rows * width, (rows + count) * width, (byte) 0);
    } else {
      Arrays.fill(offsets, rows + 1, rows + count + 1, offsets[rows]);
      Arrays.fill(shapes, rows * rank, (rows + count) * rank, 0);
    }
    rows += count;
  }

  /** A whole number; into floats only if exact. {@code OUT_OF_RANGE} if the type cannot hold it. */
  public void appendLong(long value) throws StoreException {
    checkScalar("a whole number");
    appendBits(Ranges.checked(type, value));
  }

  /** A UINT64 above {@code Long.MAX_VALUE} as the negative number of the same bits. */
  public void appendUnsigned(long bits) throws StoreException {
    checkScalar("an unsigned number");
    appendBits(type.dtype() == Dtype.UINT64 ? bits : Ranges.checked(type, bits));
  }

  /** The nearest number of a float type; {@code OUT_OF_RANGE} if a finite one has none. */
  public void appendDouble(double value) throws StoreException {
    checkScalar("a float");
    appendBits(Ranges.checked(type, value));
  }

  /** A number that a DECIMAL type holds exactly; {@code OUT_OF_RANGE} if it does not. */
  public void appendDecimal(BigDecimal value) throws StoreException {
    if (type.dtype() != Dtype.DECIMAL) {
      throw Ranges.wrongCall(type, "a decimal");
    }
    appendFixed(Decimals.checked(type, value), 0);
  }

  private void checkScalar(String given) {
    if (type.shape().rank() != 0) {
      throw Ranges.wrongCall(type, given);
    }
  }

  private void appendBits(long bits) throws StoreException {
    grow(1, 0);
    Bytes.putNumber(data, rows * width, width, bits);
    appended(1);
  }

  /** The bytes of one sample of layout FIXED, little-endian. */
  public void appendFixed(byte[] source, int offset) throws StoreException {
    if (!fixed) {
      throw Ranges.wrongCall(type, "bytes of fixed width");
    }
    grow(1, 0);
    System.arraycopy(source, offset, data, rows * width, width);
    appended(1);
  }

  /** A text in UTF-8, or bytes; {@code TOO_LONG} beyond the type's precision. */
  public void appendBytes(byte[] source, int offset, int length) throws StoreException {
    if (fixed || rank != 0) {
      throw Ranges.wrongCall(type, "bytes");
    }
    Ranges.checkLength(type, source, offset, length);
    appendVariable(source, offset, length);
    appended(1);
  }

  /** Bytes that were checked when they were first written. */
  void appendUnchecked(byte[] source, int offset, int length) throws StoreException {
    appendVariable(source, offset, length);
    appended(1);
  }

  public void appendText(String text) throws StoreException {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    if (type.dtype() != Dtype.UTF8) {
      throw Ranges.wrongCall(type, "text");
    }
    appendBytes(utf8, 0, utf8.length);
  }

  /**
   * A sample of a ragged tensor, row-major, or an encoded picture, sound or film with the shape it
   * decodes to. {@code INVALID_VALUE} if bytes, shape and type do not belong together.
   */
  public void appendSample(byte[] source, int offset, int length, int[] shape)
      throws StoreException {
    if (rank == 0) {
      throw Ranges.wrongCall(type, "bytes with a shape");
    }
    Shapes.check(type, shape, length);
    appendVariable(source, offset, length);
    System.arraycopy(shape, 0, shapes, rows * rank, rank);
    appended(1);
  }

  private void appendVariable(byte[] source, int offset, int length) throws StoreException {
    grow(1, length);
    System.arraycopy(source, offset, data, offsets[rows], length);
    offsets[rows + 1] = offsets[rows] + length;
  }

  public void append(HeapColumn source, int from, int count) throws StoreException {
    checkSameBytes(source.type());
    source.checkRange(from, count);
    int start = fixed ? 0 : source.offsets()[from];
    int bytes = fixed ? 0 : source.offsets()[from + count] - start;
    grow(count, bytes);
    if (fixed) {
      System.arraycopy(source.data(), from * width, data, rows * width, count * width);
    } else {
      int shift = offsets[rows] - start;
      System.arraycopy(source.data(), start, data, offsets[rows], bytes);
      for (int i = 1; i <= count; i++) {
        offsets[rows + i] = source.offsets()[from + i] + shift;
      }
      System.arraycopy(source.shapes(), from * rank, shapes, rows * rank, count * rank);
    }
    byte[] valid = source.validity();
    if (valid == null) {
      appended(count);
    } else {
      Bitmaps.copy(valid, from, validBits(rows + count), rows, count);
      rows += count;
    }
  }

  /** One sample of a vector. */
  public void append(Vector source, int row) throws StoreException {
    append(source, row, 1);
  }

  /** Samples of a vector. */
  public void append(Vector source, int from, int count) throws StoreException {
    checkSameBytes(source.type());
    source.checkRange(from, count);
    Vector dictionary = source.dictionary();
    if (dictionary != null) {
      for (int i = from; i < from + count; i++) {
        if (source.isNull(i)) {
          appendNull();
        } else {
          append(dictionary, source.codeAt(i), 1);
        }
      }
      return;
    }
    int start = fixed ? 0 : source.offset(from);
    int bytes = fixed ? 0 : source.offset(from + count) - start;
    grow(count, bytes);
    if (fixed) {
      long at = source.data() + (long) from * width;
      Memory.copy(at, data, rows * width, count * width);
    } else {
      int shift = offsets[rows] - start;
      if (bytes > 0) {
        Memory.copy(source.data() + start, data, offsets[rows], bytes);
      }
      for (int i = 1; i <= count; i++) {
        offsets[rows + i] = source.offset(from + i) + shift;
      }
      for (int i = 0; i < count * rank; i++) {
        shapes[rows * rank + i] = Memory.getInt(source.shapes() + 4L * ((long) from * rank + i));
      }
    }
    if (source.validity() == 0) {
      appended(count);
    } else {
      Bitmaps.copy(source.validity(), from, validBits(rows + count), rows, count);
      rows += count;
    }
  }

  /** Samples from wherever they are. */
  public void append(Samples source, int from, int count) throws StoreException {
    source.copyTo(this, from, count);
  }

  private void checkSameBytes(TensorType other) {
    if (other != type && !type.sameBytes(other)) {
      throw Ranges.wrongCall(type, "a " + other.dtype() + " " + other.shape());
    }
  }

  private void appended(int count) throws StoreException {
    if (validity != null) {
      Bitmaps.fill(validBits(rows + count), rows, count, true);
    }
    rows += count;
  }

  /** Makes room for rows, and for bytes of layout VARIABLE, in arrays that are ours to write. */
  private void grow(int moreRows, int moreBytes) throws StoreException {
    if (!mine) {
      claim();
    }
    long newRows = (long) rows + moreRows;
    int rowLimit = fixed ? Limits.MAX_BUFFER_BYTES / width : Limits.MAX_ROWS;
    if (newRows > Math.min(rowLimit, Limits.MAX_ROWS)) {
      throw Limits.exceeded(newRows + " samples", Math.min(rowLimit, Limits.MAX_ROWS));
    }
    long newBytes = fixed ? newRows * width : (long) offsets[rows] + moreBytes;
    if (newBytes > data.length) {
      data =
          Arrays.copyOf(
              data, Limits.capacity(newBytes, Limits.MAX_BUFFER_BYTES, data.length, LEAST_BYTES));
    }
    if (!fixed && newRows + 1 > offsets.length) {
      offsets =
          Arrays.copyOf(
              offsets,
              Limits.capacity(newRows + 1, Limits.MAX_ROWS + 1, offsets.length, LEAST_ROWS));
    }
    if (newRows * rank > shapes.length) {
      shapes =
          Arrays.copyOf(
              shapes,
              Limits.capacity(
                  newRows * rank, Limits.MAX_BUFFER_BYTES / 4, shapes.length, LEAST_ROWS));
    }
  }

  private void claim() {
    if (!lineage.claim(rows)) {
      data = Arrays.copyOf(data, fixed ? rows * width : offsets[rows]);
      offsets = fixed ? offsets : Arrays.copyOf(offsets, rows + 1);
      shapes = Arrays.copyOf(shapes, rows * rank);
      validity = validity == null ? null : Arrays.copyOf(validity, Bitmaps.bytes(rows));
      lineage = new Lineage();
    }
    mine = true;
  }

  /** The bitmap with room for so many rows; made, with ones so far, if there was none. */
  private byte[] validBits(int count) throws StoreException {
    int needed = Bitmaps.bytes(count);
    byte[] bits = validity;
    if (bits == null) {
      bits = new byte[Math.max(needed, Bitmaps.bytes(fixed ? data.length / width : rows))];
      Bitmaps.fill(bits, 0, rows, true);
    } else if (needed > bits.length) {
      bits = Arrays.copyOf(bits, Limits.capacity(needed, Limits.MAX_ROWS, bits.length, LEAST_ROWS));
    }
    validity = bits;
    return bits;
  }
}
