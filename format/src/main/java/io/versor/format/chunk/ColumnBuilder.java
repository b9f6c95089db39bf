package io.versor.format.chunk;

import io.versor.format.io.Memory;
import io.versor.format.type.StoreException;
import io.versor.format.type.TensorType;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Grows a column on the heap. {@link #column()} hands out what there is at any time, without a
 * copy: later appends go behind it into the same arrays, which is what makes a growing tail cheap.
 *
 * <p>A failed append leaves the column as it was. Not thread-safe; several builders may extend the
 * same column from several threads.
 */
public final class ColumnBuilder extends SampleAppender {
  private static final int LEAST_ROWS = 8;
  private static final int LEAST_BYTES = 64;
  private static final int[] NO_INTS = {};

  /** Room made before anything is known of the samples. */
  private static final int MODEST_BYTES = 512;

  private static final int MOST_EXPECTED_BYTES = 1 << 20;

  private Lineage lineage;

  /** Whether the arrays may be written behind {@code rows}. */
  private boolean mine;

  private byte[] data;
  private int[] offsets;
  private int[] shapes;
  private byte @Nullable [] validity;

  public ColumnBuilder(TensorType type) {
    this(type, LEAST_ROWS, MODEST_BYTES);
  }

  /**
   * @param expectedRows room made for so many rows; more may come
   */
  public ColumnBuilder(TensorType type, int expectedRows) {
    this(type, Math.max(1, Math.min(expectedRows, Limits.MAX_ROWS)), MOST_EXPECTED_BYTES);
  }

  private ColumnBuilder(TensorType type, int room, int mostBytes) {
    super(type);
    this.data = new byte[fixed ? (int) Math.min((long) room * width, mostBytes) : LEAST_BYTES];
    this.offsets = fixed ? NO_INTS : new int[room + 1];
    this.shapes = rank == 0 ? NO_INTS : new int[(int) Math.min((long) room * rank, mostBytes)];
    this.lineage = new Lineage();
    this.mine = true;
  }

  private ColumnBuilder(HeapColumn column) {
    super(column.type());
    this.rows = column.rows();
    this.data = column.data();
    this.offsets = column.offsets();
    this.shapes = column.shapes();
    this.validity = column.validity();
    this.lineage = column.lineage();
    this.mine = false;
  }

  /**
   * One with room for rows of layout FIXED, as many as take at most so many bytes; of other layouts
   * it is not known what they take.
   */
  public static ColumnBuilder withRoom(TensorType type, int rows, long mostBytes) {
    int most = (int) Math.min(mostBytes, Limits.MAX_BUFFER_BYTES);
    return new ColumnBuilder(type, Math.max(1, Math.min(rows, Limits.MAX_ROWS)), most);
  }

  /**
   * Starts with the samples of a column. They are copied at the first append only if others have
   * been appended behind them in the meantime.
   */
  public static ColumnBuilder extend(HeapColumn column) {
    return new ColumnBuilder(column);
  }

  /** Bytes its samples take. */
  public long bytes() {
    long bytes = validity == null ? 0 : Bitmaps.bytes(rows);
    return fixed ? bytes + (long) rows * width : bytes + 4L * rows * (1 + rank) + offsets[rows];
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

  @Override
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

  @Override
  void appendBits(long bits) throws StoreException {
    grow(1, 0);
    Bytes.putNumber(data, rows * width, width, bits);
    appended(1);
  }

  @Override
  void putFixed(byte[] source, int offset) throws StoreException {
    grow(1, 0);
    System.arraycopy(source, offset, data, rows * width, width);
    appended(1);
  }

  @Override
  void putVariable(byte[] source, int offset, int length, int[] shape) throws StoreException {
    grow(1, length);
    System.arraycopy(source, offset, data, offsets[rows], length);
    System.arraycopy(shape, 0, shapes, rows * rank, rank);
    offsets[rows + 1] = offsets[rows] + length;
    appended(1);
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

  @Override
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

  @Override
  public void append(Samples source, int from, int count) throws StoreException {
    source.copyTo(this, from, count);
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
    checkRows(newRows);
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
