package io.versor.format.chunk;

import io.versor.format.io.Memory;
import io.versor.format.type.Dtype;
import io.versor.format.type.Layout;
import io.versor.format.type.StoreException;
import io.versor.format.type.TensorType;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import org.apache.arrow.memory.BufferAllocator;

/**
 * Grows samples outside of the heap, for batches. A failed append leaves it as it was. Not
 * thread-safe.
 */
public final class VectorBuffer implements AutoCloseable {
  private final TensorType type;
  private final boolean fixed;
  private final int width;
  private final int rank;

  private final Block validity;
  private final Block data;
  private final Block offsets;
  private final Block shapes;

  private int rows;
  private boolean hasNulls;

  /** Where the next sample of layout VARIABLE begins. */
  private int end;

  public VectorBuffer(TensorType type, BufferAllocator allocator) {
    this.type = type;
    this.fixed = type.layout() == Layout.FIXED;
    this.width = fixed ? type.width() : 0;
    this.rank = type.storedRank();
    this.validity = new Block(allocator);
    this.data = new Block(allocator);
    this.offsets = new Block(allocator);
    this.shapes = new Block(allocator);
  }

  public TensorType type() {
    return type;
  }

  public int rows() {
    return rows;
  }

  /** What was appended so far, valid until the next change or {@link #close}. */
  public Vector vector() throws StoreException {
    if (fixed) {
      return Vector.fixed(type, rows, hasNulls ? validity.address() : 0, data.address(), this);
    }
    if (rows == 0) {
      startOffsets();
    }
    return Vector.variable(
        type,
        rows,
        hasNulls ? validity.address() : 0,
        data.address(),
        offsets.address(),
        shapes.address(),
        this);
  }

  /** Forgets the samples and keeps the memory. */
  public void clear() {
    rows = 0;
    end = 0;
    hasNulls = false;
  }

  @Override
  public void close() {
    clear();
    validity.close();
    data.close();
    offsets.close();
    shapes.close();
  }

  public void appendNull() throws StoreException {
    appendNulls(1);
  }

  public void appendNulls(int count) throws StoreException {
    grow(count, 0);
    startNulls(count);
    Bitmaps.fill(validity.address(), rows, count, false);
    if (fixed) {
      Memory.setZero(data.address() + (long) rows * width, (long) count * width);
    } else {
      for (int i = 1; i <= count; i++) {
        putOffset(rows + i, end);
      }
      if (rank > 0) {
        Memory.setZero(shapes.address() + 4L * rows * rank, 4L * count * rank);
      }
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
    long at = data.address() + (long) rows * width;
    switch (width) {
      case 1 -> Memory.putByte(at, (byte) bits);
      case 2 -> Memory.putShort(at, (short) bits);
      case 4 -> Memory.putInt(at, (int) bits);
      default -> Memory.putLong(at, bits);
    }
    appended(1);
  }

  /** The bytes of one sample of layout FIXED, little-endian. */
  public void appendFixed(byte[] source, int offset) throws StoreException {
    if (!fixed) {
      throw Ranges.wrongCall(type, "bytes of fixed width");
    }
    grow(1, 0);
    Memory.copy(source, offset, data.address() + (long) rows * width, width);
    appended(1);
  }

  /**
   * Appends so many samples of layout FIXED, none NULL, for the caller to fill: their data is
   * undefined until then.
   *
   * @return address of the first, valid until the next append
   */
  public long appendUnfilled(int count) throws StoreException {
    if (!fixed) {
      throw Ranges.wrongCall(type, "room of fixed width");
    }
    grow(count, 0);
    long at = data.address() + (long) rows * width;
    appended(count);
    return at;
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

  /** The same from an address; the length is not checked against the type. */
  public void appendBytes(long address, int length) throws StoreException {
    if (fixed || rank != 0) {
      throw Ranges.wrongCall(type, "bytes");
    }
    grow(1, length);
    if (length > 0) {
      Memory.copy(address, data.address() + end, length);
    }
    end += length;
    putOffset(rows + 1, end);
    appended(1);
  }

  public void appendText(String text) throws StoreException {
    if (type.dtype() != Dtype.UTF8) {
      throw Ranges.wrongCall(type, "text");
    }
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
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
    for (int i = 0; i < rank; i++) {
      Memory.putInt(shapes.address() + 4L * ((long) rows * rank + i), shape[i]);
    }
    appended(1);
  }

  private void appendVariable(byte[] source, int offset, int length) throws StoreException {
    grow(1, length);
    if (length > 0) {
      Memory.copy(source, offset, data.address() + end, length);
    }
    end += length;
    putOffset(rows + 1, end);
  }

  public void append(HeapColumn source, int from, int count) throws StoreException {
    checkSameBytes(source.type());
    source.checkRange(from, count);
    int start = fixed ? 0 : source.offsets()[from];
    int bytes = fixed ? 0 : source.offsets()[from + count] - start;
    byte[] valid = source.validity();
    boolean withNulls = valid != null && Bitmaps.zeros(valid, from, count) > 0;
    grow(count, bytes);
    if (withNulls) {
      startNulls(count);
    }
    if (fixed) {
      long at = data.address() + (long) rows * width;
      Memory.copy(source.data(), from * width, at, (long) count * width);
    } else {
      if (bytes > 0) {
        Memory.copy(source.data(), start, data.address() + end, bytes);
      }
      int shift = end - start;
      for (int i = 1; i <= count; i++) {
        putOffset(rows + i, source.offsets()[from + i] + shift);
      }
      for (int i = 0; i < count * rank; i++) {
        long at = shapes.address() + 4L * ((long) rows * rank + i);
        Memory.putInt(at, source.shapes()[from * rank + i]);
      }
      end += bytes;
    }
    if (valid != null && withNulls) {
      Bitmaps.copy(valid, from, validity.address(), rows, count);
      rows += count;
    } else {
      appended(count);
    }
  }

  /** One sample of a vector. */
  public void append(Vector source, int row) throws StoreException {
    append(source, row, 1);
  }

  /** Samples of a vector; those of a dictionary are written out. */
  public void append(Vector source, int from, int count) throws StoreException {
    checkSameBytes(source.type());
    source.checkRange(from, count);
    Vector dictionary = source.dictionary();
    if (dictionary != null) {
      appendCoded(source, dictionary, from, count);
      return;
    }
    int start = fixed ? 0 : source.offset(from);
    int bytes = fixed ? 0 : source.offset(from + count) - start;
    boolean withNulls = source.validity() != 0 && Bitmaps.zeros(source.validity(), from, count) > 0;
    grow(count, bytes);
    if (withNulls) {
      startNulls(count);
    }
    if (fixed) {
      long at = data.address() + (long) rows * width;
      Memory.copy(source.data() + (long) from * width, at, (long) count * width);
    } else {
      if (bytes > 0) {
        Memory.copy(source.data() + start, data.address() + end, bytes);
      }
      int shift = end - start;
      for (int i = 1; i <= count; i++) {
        putOffset(rows + i, source.offset(from + i) + shift);
      }
      if (rank > 0 && count > 0) {
        long at = shapes.address() + 4L * rows * rank;
        Memory.copy(source.shapes() + 4L * from * rank, at, 4L * count * rank);
      }
      end += bytes;
    }
    if (withNulls) {
      Bitmaps.copy(source.validity(), from, validity.address(), rows, count);
      rows += count;
    } else {
      appended(count);
    }
  }

  /** Writes out what a dictionary of texts or bytes abbreviates. */
  private void appendCoded(Vector source, Vector dictionary, int from, int count)
      throws StoreException {
    long codes = source.data() + 4L * from;
    boolean nullable = source.validity() != 0;
    long bytes = 0;
    for (int i = 0; i < count; i++) {
      if (!nullable || Bitmaps.get(source.validity(), from + i)) {
        int code = Memory.getInt(codes + 4L * i);
        bytes += dictionary.offset(code + 1) - dictionary.offset(code);
      }
    }
    if (bytes > Limits.MAX_BUFFER_BYTES) {
      throw Limits.exceeded(bytes + " bytes", Limits.MAX_BUFFER_BYTES);
    }
    grow(count, (int) bytes);
    boolean withNulls = nullable && Bitmaps.zeros(source.validity(), from, count) > 0;
    if (withNulls) {
      startNulls(count);
      Bitmaps.copy(source.validity(), from, validity.address(), rows, count);
    }
    for (int i = 0; i < count; i++) {
      if (!nullable || Bitmaps.get(source.validity(), from + i)) {
        int code = Memory.getInt(codes + 4L * i);
        int start = dictionary.offset(code);
        int length = dictionary.offset(code + 1) - start;
        if (length > 0) {
          Memory.copy(dictionary.data() + start, data.address() + end, length);
        }
        end += length;
      }
      putOffset(rows + 1 + i, end);
    }
    if (withNulls) {
      rows += count;
    } else {
      appended(count);
    }
  }

  /** Samples from wherever they are. */
  public void append(Samples source, int from, int count) throws StoreException {
    source.copyTo(this, from, count);
  }

  /** Writes a sample of layout FIXED over another. */
  public void set(int row, Samples source, int sourceRow) throws StoreException {
    checkSameBytes(source.type());
    if (!fixed || row < 0 || row >= rows) {
      throw new IllegalArgumentException("row " + row + " of " + rows + " cannot be written over");
    }
    boolean isNull = source.isNull(sourceRow);
    if (isNull) {
      startNulls(0);
      Memory.setZero(data.address() + (long) row * width, width);
    } else {
      source.copySample(sourceRow, data.address() + (long) row * width);
    }
    if (hasNulls) {
      Bitmaps.put(validity.address(), row, !isNull);
    }
  }

  private void checkSameBytes(TensorType other) {
    if (other != type && !type.sameBytes(other)) {
      throw Ranges.wrongCall(type, "a " + other.dtype() + " " + other.shape());
    }
  }

  private void putOffset(int row, int offset) {
    Memory.putInt(offsets.address() + 4L * row, offset);
  }

  private void startOffsets() throws StoreException {
    offsets.ensure(0, 4);
    putOffset(0, 0);
  }

  /** Counts rows that are not NULL. */
  private void appended(int count) {
    if (hasNulls) {
      Bitmaps.fill(validity.address(), rows, count, true);
    }
    rows += count;
  }

  /** Makes sure that there is a bitmap with room for so many more rows, ones so far. */
  private void startNulls(int count) throws StoreException {
    validity.ensure(hasNulls ? Bitmaps.bytes(rows) : 0, Bitmaps.bytes(rows + count));
    if (!hasNulls) {
      Bitmaps.fill(validity.address(), 0, rows, true);
      hasNulls = true;
    }
  }

  private void grow(int moreRows, int moreBytes) throws StoreException {
    long newRows = (long) rows + moreRows;
    int rowLimit = fixed ? Limits.MAX_BUFFER_BYTES / width : Limits.MAX_ROWS;
    if (newRows > Math.min(rowLimit, Limits.MAX_ROWS)) {
      throw Limits.exceeded(newRows + " samples", Math.min(rowLimit, Limits.MAX_ROWS));
    }
    if (hasNulls) {
      validity.ensure(Bitmaps.bytes(rows), Bitmaps.bytes((int) newRows));
    }
    if (fixed) {
      data.ensure((long) rows * width, newRows * width);
      return;
    }
    data.ensure(end, (long) end + moreBytes);
    if (rows == 0) {
      startOffsets();
    }
    offsets.ensure(4L * (rows + 1), 4 * (newRows + 1));
    if (rank > 0) {
      shapes.ensure(4L * rows * rank, 4 * newRows * rank);
    }
  }
}
