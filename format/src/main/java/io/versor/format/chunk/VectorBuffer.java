package io.versor.format.chunk;

import io.versor.format.io.Memory;
import io.versor.format.type.StoreException;
import io.versor.format.type.TensorType;
import org.apache.arrow.memory.BufferAllocator;

/**
 * Grows samples outside of the heap, for batches. A failed append leaves it as it was. Not
 * thread-safe.
 */
public final class VectorBuffer extends SampleAppender implements AutoCloseable {
  private final Block validity;
  private final Block data;
  private final Block offsets;
  private final Block shapes;

  private boolean hasNulls;

  /** Where the next sample of layout VARIABLE begins. */
  private int end;

  public VectorBuffer(TensorType type, BufferAllocator allocator) {
    super(type);
    this.validity = new Block(allocator);
    this.data = new Block(allocator);
    this.offsets = new Block(allocator);
    this.shapes = new Block(allocator);
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

  /** Bytes that the samples take. */
  public long bytes() {
    return (hasNulls ? Bitmaps.bytes(rows) : 0)
        + (fixed ? (long) rows * width : end + 4L * (rows + 1))
        + 4L * rows * rank;
  }

  /** Bytes of memory that it takes, or will while it grows, where that is to be expected soon. */
  public long memoryBytes() {
    return validity.memoryBytes(hasNulls ? Bitmaps.bytes(rows) : 0)
        + data.memoryBytes(fixed ? (long) rows * width : end)
        + offsets.memoryBytes(fixed ? 0 : 4L * (rows + 1))
        + shapes.memoryBytes(4L * rows * rank);
  }

  @Override
  public void close() {
    clear();
    validity.close();
    data.close();
    offsets.close();
    shapes.close();
  }

  @Override
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

  @Override
  void appendBits(long bits) throws StoreException {
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

  @Override
  void putFixed(byte[] source, int offset) throws StoreException {
    grow(1, 0);
    Memory.copy(source, offset, data.address() + (long) rows * width, width);
    appended(1);
  }

  @Override
  void putVariable(byte[] source, int offset, int length, int[] shape) throws StoreException {
    grow(1, length);
    if (length > 0) {
      Memory.copy(source, offset, data.address() + end, length);
    }
    for (int i = 0; i < rank; i++) {
      Memory.putInt(shapes.address() + 4L * ((long) rows * rank + i), shape[i]);
    }
    end += length;
    putOffset(rows + 1, end);
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

  /**
   * The same, NULL where a bitmap has a 0: for kernels whose result is NULL where their operand is.
   *
   * @param valid address of the bitmap, bit 0 for the first new row; 0 if nothing is NULL
   */
  public long appendUnfilled(int count, long valid) throws StoreException {
    if (valid == 0) {
      return appendUnfilled(count);
    }
    if (!fixed) {
      throw Ranges.wrongCall(type, "room of fixed width");
    }
    grow(count, 0);
    startNulls(count);
    Bitmaps.copy(valid, 0, validity.address(), rows, count);
    rows += count;
    return data.address() + (long) (rows - count) * width;
  }

  /** Makes a sample of layout FIXED NULL. */
  public void setNull(int row) throws StoreException {
    if (!fixed || row < 0 || row >= rows) {
      throw new IllegalArgumentException("row " + row + " of " + rows + " cannot be made NULL");
    }
    startNulls(0);
    Memory.setZero(data.address() + (long) row * width, width);
    Bitmaps.put(validity.address(), row, false);
  }

  /** A text or bytes at an address; the length is not checked against the type. */
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

  @Override
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

  @Override
  public void append(Samples source, int from, int count) throws StoreException {
    source.copyTo(this, from, count);
  }

  /** Writes a sample of layout FIXED over another. */
  public void set(int row, Samples source, int sourceRow) throws StoreException {
    checkSameBytes(source.type());
    if (!fixed || row < 0 || row >= rows) {
      throw new IllegalArgumentException("row " + row + " of " + rows + " cannot be written over");
    }
    if (source.isNull(sourceRow)) {
      setNull(row);
      return;
    }
    source.copySample(sourceRow, data.address() + (long) row * width);
    if (hasNulls) {
      Bitmaps.put(validity.address(), row, true);
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
    checkRows(newRows);
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
