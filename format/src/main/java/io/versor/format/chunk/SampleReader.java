package io.versor.format.chunk;

import io.versor.format.io.Memory;
import io.versor.format.type.Layout;
import io.versor.format.type.StoreException;
import io.versor.format.type.TensorType;
import java.lang.ref.Reference;
import java.util.Arrays;
import java.util.Optional;

/**
 * Single samples of a stored chunk. Of the data, only what is asked for is checked and touched;
 * validity, lengths and shapes are read once. Holds no memory outside of the heap. Thread-safe.
 */
public final class SampleReader implements Samples {
  private static final byte[] NO_BYTES = {};
  private static final int[] NO_INTS = {};

  private final ChunkSource source;
  private final ChunkHeader header;
  private final TensorType type;
  private final boolean fixed;

  /** Validity, offsets and shapes of all rows; without data. */
  private final byte[] validity;

  private final int[] offsets;
  private final int[] shapes;

  SampleReader(ChunkSource source, ChunkHeader header) throws StoreException {
    this.source = source;
    this.header = header;
    this.type = header.type();
    this.fixed = type.layout() == Layout.FIXED;
    HeapDecoder small = new HeapDecoder(small(), 0, header);
    this.validity = header.has(ChunkFormat.VALIDITY) ? small.validity() : NO_BYTES;
    this.offsets = fixed ? NO_INTS : small.offsets(ChunkFormat.OFFSETS);
    if (!fixed) {
      HeapDecoder.checkOffsets(offsets, header.buffer(ChunkFormat.DATA).rawBytes(), header);
    }
    this.shapes = type.storedRank() == 0 ? NO_INTS : small.shapes(offsets);
  }

  /** What lies before the data: buffers are in the order of their roles. */
  private byte[] small() throws StoreException {
    int end = 0;
    for (int role : new int[] {ChunkFormat.VALIDITY, ChunkFormat.OFFSETS, ChunkFormat.SHAPES}) {
      if (header.has(role)) {
        end = Math.max(end, header.buffer(role).offset() + header.buffer(role).bytes());
      }
    }
    source.check().check(0, end);
    byte[] bytes = new byte[end];
    if (end > 0) {
      Memory.copy(source.address(), bytes, 0, end);
    }
    Reference.reachabilityFence(source.keepAlive());
    return bytes;
  }

  @Override
  public TensorType type() {
    return type;
  }

  @Override
  public int rows() {
    return header.rows();
  }

  @Override
  public boolean isNull(int row) {
    checkRange(row, 1);
    return validity.length > 0 && !Bitmaps.get(validity, row);
  }

  /** Bytes of a sample. */
  public int lengthAt(int row) {
    checkRange(row, 1);
    return fixed ? type.width() : offsets[row + 1] - offsets[row];
  }

  @Override
  public void copyTo(VectorBuffer out, int from, int count) throws StoreException {
    checkRange(from, count);
    for (int row = from; row < from + count; row++) {
      if (isNull(row)) {
        out.appendNull();
      } else {
        out.append(read(row), 0, 1);
      }
    }
  }

  @Override
  public void copyTo(ColumnBuilder out, int from, int count) throws StoreException {
    checkRange(from, count);
    for (int row = from; row < from + count; row++) {
      if (isNull(row)) {
        out.appendNull();
      } else {
        out.append(read(row), 0, 1);
      }
    }
  }

  @Override
  public void copySample(int row, long address) throws StoreException {
    checkRange(row, 1);
    if (!fixed) {
      throw Ranges.wrongCall(type, "a copy of fixed width");
    }
    byte[] data = data(row);
    Memory.copy(data, 0, address, data.length);
  }

  /** Always empty: nothing is decoded. */
  @Override
  public Optional<Vector> window(int from, int count) {
    checkRange(from, count);
    return Optional.empty();
  }

  /** One sample, not NULL. */
  public HeapColumn read(int row) throws StoreException {
    checkRange(row, 1);
    Lineage lineage = new Lineage();
    lineage.release(1);
    int rank = type.storedRank();
    byte[] data = data(row);
    int[] ends = fixed ? NO_INTS : new int[] {0, data.length};
    int[] shape = Arrays.copyOfRange(shapes, row * rank, (row + 1) * rank);
    return new HeapColumn(type, lineage, 1, data, ends, shape, null);
  }

  private byte[] data(int row) throws StoreException {
    byte[] data = new byte[lengthAt(row)];
    Stored stored = header.buffer(ChunkFormat.DATA);
    long start = fixed ? (long) row * type.width() : offsets[row];
    switch (stored.encoding()) {
      case ChunkFormat.RAW -> {
        source.check().check(stored.offset() + start, data.length);
        if (data.length > 0) {
          Memory.copy(source.address() + stored.offset() + start, data, 0, data.length);
        }
      }
      case ChunkFormat.CONSTANT -> repeat(stored, start, data);
      default -> unpack(stored, start, data);
    }
    Reference.reachabilityFence(source.keepAlive());
    return data;
  }

  private void repeat(Stored stored, long start, byte[] data) throws StoreException {
    source.check().check(stored.offset(), stored.bytes());
    byte[] unit = new byte[stored.unit()];
    Memory.copy(source.address() + stored.offset(), unit, 0, unit.length);
    for (int i = 0; i < data.length; i++) {
      data[i] = unit[(int) ((start + i) % unit.length)];
    }
  }

  private void unpack(Stored stored, long start, byte[] data) throws StoreException {
    int unit = stored.unit();
    int bits = stored.bits();
    if (start % unit != 0 || data.length % unit != 0) {
      throw header.corrupt("a sample of " + data.length + " bytes in units of " + unit);
    }
    long first = start / unit;
    int count = data.length / unit;
    if (count == 0) {
      return;
    }
    long from = first * bits >>> 6 << 3;
    long to = ((first + count) * bits + 63) >>> 6 << 3;
    source.check().check(stored.offset() + from, to - from);
    long words = source.address() + stored.offset();
    for (int i = 0; i < count; i++) {
      long value = stored.base() + BitPacking.at(words, bits, first + i);
      if (unit == Decimals.BYTES) {
        Bytes.putLong(data, unit * i, value);
        Bytes.putLong(data, unit * i + 8, value >> 63);
      } else {
        Bytes.putNumber(data, unit * i, unit, value);
      }
    }
  }

  private void checkRange(int from, int count) {
    if (from < 0 || count < 0 || from > rows() - count) {
      throw new IndexOutOfBoundsException(
          "rows " + from + " to " + (from + count) + " of " + rows());
    }
  }
}
