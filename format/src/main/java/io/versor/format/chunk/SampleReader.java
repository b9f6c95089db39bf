package io.versor.format.chunk;

import io.versor.format.io.Memory;
import io.versor.format.type.Layout;
import io.versor.format.type.StoreException;
import io.versor.format.type.TensorType;
import java.lang.ref.Reference;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Single samples of a stored chunk: only what is asked for is checked, touched and decoded;
 * validity is read once. Best asked for rows in rising order. Holds no memory outside of the heap.
 * One thread.
 */
public final class SampleReader implements Samples {
  /** About what the objects of a reader take. */
  private static final int OWN_BYTES = 1_024;

  private static final byte[] NO_BYTES = {};
  private static final int[] NO_INTS = {};

  private final ChunkSource source;
  private final ChunkHeader header;
  private final TensorType type;
  private final byte[] validity;

  /** Of samples of varying length, or of the dictionary's entries. */
  private final @Nullable OffsetReader offsets;

  private @Nullable ZstdBlocks blocks;
  private byte[] block = NO_BYTES;
  private int blockIndex = -1;

  private SampleReader(ChunkSource source, ChunkHeader header) throws StoreException {
    this.source = source;
    this.header = header;
    this.type = header.type();
    this.validity = header.has(ChunkFormat.VALIDITY) ? validity() : NO_BYTES;
    int role = header.hasDictionary() ? ChunkFormat.DICTIONARY_OFFSETS : ChunkFormat.OFFSETS;
    this.offsets = type.layout() == Layout.FIXED ? null : new OffsetReader(source, header, role);
  }

  /** Empty if a buffer has to be decoded whole. */
  static Optional<SampleReader> find(ChunkSource source, ChunkHeader header) throws StoreException {
    int inBlocks = 0;
    for (int role = 0; role < ChunkFormat.ROLES; role++) {
      int encoding = header.has(role) ? header.buffer(role).encoding() : ChunkFormat.RAW;
      if (encoding == ChunkFormat.ZSTD) {
        return Optional.empty();
      }
      inBlocks += encoding == ChunkFormat.ZSTD_BLOCKS && role != ChunkFormat.VALIDITY ? 1 : 0;
    }
    // One block is kept at hand: no writer cuts two buffers of a chunk.
    return inBlocks > 1 ? Optional.empty() : Optional.of(new SampleReader(source, header));
  }

  private SampleReader(SampleReader other) {
    this.source = other.source;
    this.header = other.header;
    this.type = other.type;
    this.validity = other.validity;
    this.offsets = other.offsets == null ? null : other.offsets.another();
  }

  /** Of the same chunk, for another thread. */
  public SampleReader another() {
    return new SampleReader(this);
  }

  /** What it keeps on the heap, about, as long as nothing was read. */
  public long bytes() {
    return OWN_BYTES + validity.length + (offsets == null ? 0 : offsets.bytes());
  }

  private byte[] validity() throws StoreException {
    Stored stored = header.buffer(ChunkFormat.VALIDITY);
    byte[] bytes = new byte[stored.bytes()];
    read(stored, 0, bytes, bytes.length);
    return new HeapDecoder(bytes, -stored.offset(), header).validity();
  }

  /**
   * Whether samples lie in the chunk as they are, so that decoding it whole would spare nothing.
   */
  public boolean isInPlace() {
    return !header.hasDictionary() && header.buffer(ChunkFormat.DATA).encoding() == ChunkFormat.RAW;
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

  @Override
  public void copyTo(VectorBuffer out, int from, int count) throws StoreException {
    checkRange(from, count);
    for (int row = from; row < from + count; row++) {
      if (isNull(row)) {
        out.appendNull();
      } else if (offsets != null && type.storedRank() == 0 && isInPlace()) {
        appendInPlace(out, offsets, row);
      } else {
        append(out, row);
      }
    }
  }

  private void append(VectorBuffer out, int row) throws StoreException {
    out.checkSameBytes(type);
    byte[] data = data(row);
    if (type.layout() == Layout.FIXED) {
      out.putFixed(data, 0);
    } else {
      out.putVariable(data, 0, data.length, shape(row, data.length));
    }
  }

  /** Bytes of any length, straight from the chunk. */
  private void appendInPlace(VectorBuffer out, OffsetReader ends, int row) throws StoreException {
    Stored data = header.buffer(ChunkFormat.DATA);
    int start = start(ends, row);
    int length = ends.at(row + 1) - start;
    checkInside(data, start, length);
    if (length > 0) {
      source.check().check((long) data.offset() + start, length);
    }
    out.appendBytes(source.address() + data.offset() + start, length);
    Reference.reachabilityFence(source.keepAlive());
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
    if (type.layout() != Layout.FIXED) {
      throw Ranges.wrongCall(type, "a copy of fixed width");
    }
    byte[] data = data(row);
    Memory.copy(data, 0, address, data.length);
  }

  /** What lies in the chunk as it is, without NULLs; empty for all else. */
  @Override
  public Optional<Vector> window(int from, int count) throws StoreException {
    checkRange(from, count);
    if (type.layout() != Layout.FIXED || validity.length > 0 || !isInPlace()) {
      return Optional.empty();
    }
    Stored data = header.buffer(ChunkFormat.DATA);
    long start = (long) from * type.width();
    long bytes = (long) count * type.width();
    if (start + bytes > data.rawBytes()) {
      throw header.corrupt(
          ChunkFormat.roleName(data.role())
              + ": "
              + data.rawBytes()
              + " bytes, expected "
              + (start + bytes));
    }
    source.check().check(data.offset() + start, bytes);
    long at = source.address() + data.offset() + start;
    return Optional.of(Vector.fixed(type, count, 0, at, source.keepAlive()));
  }

  /** One sample, not NULL. */
  public HeapColumn read(int row) throws StoreException {
    checkRange(row, 1);
    Lineage lineage = new Lineage();
    lineage.release(1);
    byte[] data = data(row);
    int[] ends = type.layout() == Layout.FIXED ? NO_INTS : new int[] {0, data.length};
    return new HeapColumn(type, lineage, 1, data, ends, shape(row, data.length), null);
  }

  private int[] shape(int row, int bytes) throws StoreException {
    int rank = type.storedRank();
    if (rank == 0) {
      return NO_INTS;
    }
    Stored stored = header.buffer(ChunkFormat.SHAPES);
    int width = Integer.BYTES * rank;
    byte[] extents = range(stored, (long) width * row, width);
    int[] shape = new int[rank];
    Bytes.getInts(extents, 0, shape, 0, rank);
    Shapes.checkStored(type, shape, row, bytes, header);
    return shape;
  }

  private byte[] data(int row) throws StoreException {
    Stored data = header.buffer(ChunkFormat.DATA);
    OffsetReader ends = offsets;
    if (ends == null) {
      return range(data, (long) row * type.width(), type.width());
    }
    if (!header.hasDictionary()) {
      return between(ends, row, data);
    }
    int code = Bytes.getInt(range(data, (long) Integer.BYTES * row, Integer.BYTES), 0);
    if (code < 0 || code >= header.entries()) {
      throw header.corrupt("code " + code + " for a dictionary of " + header.entries());
    }
    return between(ends, code, header.buffer(ChunkFormat.DICTIONARY_DATA));
  }

  private byte[] between(OffsetReader ends, int index, Stored data) throws StoreException {
    int start = start(ends, index);
    return range(data, start, ends.at(index + 1) - start);
  }

  /** Where a sample begins, which does not end before that. */
  private int start(OffsetReader ends, int index) throws StoreException {
    int start = ends.at(index);
    int end = ends.at(index + 1);
    if (end < start) {
      throw header.corrupt("sample " + index + " from byte " + start + " to " + end);
    }
    return start;
  }

  /** Raw bytes of a buffer. */
  private byte[] range(Stored stored, long start, int length) throws StoreException {
    checkInside(stored, start, length);
    byte[] bytes = new byte[length];
    switch (stored.encoding()) {
      case ChunkFormat.RAW -> read(stored, start, bytes, length);
      case ChunkFormat.CONSTANT -> repeat(stored, start, bytes);
      case ChunkFormat.ZSTD_BLOCKS -> cut(stored, start, bytes);
      default -> unpack(stored, start, bytes);
    }
    return bytes;
  }

  private void checkInside(Stored stored, long start, int length) throws StoreException {
    if (start + length > stored.rawBytes()) {
      throw header.corrupt(
          ChunkFormat.roleName(stored.role())
              + ": bytes "
              + start
              + " to "
              + (start + length)
              + " of "
              + stored.rawBytes());
    }
  }

  /** Copies stored bytes. */
  private void read(Stored stored, long from, byte[] into, int bytes) throws StoreException {
    if (bytes > 0) {
      source.check().check(stored.offset() + from, bytes);
      Memory.copy(source.address() + stored.offset() + from, into, 0, bytes);
      Reference.reachabilityFence(source.keepAlive());
    }
  }

  private void repeat(Stored stored, long start, byte[] bytes) throws StoreException {
    byte[] unit = new byte[stored.unit()];
    read(stored, 0, unit, unit.length);
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = unit[(int) ((start + i) % unit.length)];
    }
  }

  private void cut(Stored stored, long start, byte[] bytes) throws StoreException {
    int done = 0;
    while (done < bytes.length) {
      int index = (int) ((start + done) / stored.unit());
      int at = (int) ((start + done) % stored.unit());
      openBlock(stored, index);
      int part = Math.min(bytes.length - done, block.length - at);
      System.arraycopy(block, at, bytes, done, part);
      done += part;
    }
  }

  private void openBlock(Stored stored, int index) throws StoreException {
    if (blockIndex == index) {
      return;
    }
    ZstdBlocks known = blocks;
    if (known == null) {
      known = new ZstdBlocks(stored, header, (from, into, n) -> read(stored, from, into, n));
      blocks = known;
    }
    blockIndex = -1;
    if (block.length != known.rawBytes(index)) {
      block = new byte[known.rawBytes(index)];
    }
    known.read(index, block, 0);
    blockIndex = index;
  }

  private void unpack(Stored stored, long start, byte[] bytes) throws StoreException {
    int unit = stored.unit();
    int bits = stored.bits();
    if (start % unit != 0 || bytes.length % unit != 0) {
      throw header.corrupt("a sample of " + bytes.length + " bytes in units of " + unit);
    }
    long first = start / unit;
    int count = bytes.length / unit;
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
        Bytes.putLong(bytes, unit * i, value);
        Bytes.putLong(bytes, unit * i + 8, value >> 63);
      } else {
        Bytes.putNumber(bytes, unit * i, unit, value);
      }
    }
    Reference.reachabilityFence(source.keepAlive());
  }

  private void checkRange(int from, int count) {
    if (from < 0 || count < 0 || from > rows() - count) {
      throw new IndexOutOfBoundsException(
          "rows " + from + " to " + (from + count) + " of " + rows());
    }
  }
}
