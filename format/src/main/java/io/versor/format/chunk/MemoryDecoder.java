package io.versor.format.chunk;

import com.github.luben.zstd.Zstd;
import io.versor.format.io.Memory;
import io.versor.format.type.Layout;
import io.versor.format.type.StoreException;
import io.versor.format.type.TensorType;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.memory.BufferAllocator;

/** Decodes a chunk at an address into memory outside of the heap; what is raw stays where it is. */
final class MemoryDecoder {
  private final ChunkSource source;
  private final ChunkHeader header;
  private final BufferAllocator allocator;
  private final List<ArrowBuf> buffers = new ArrayList<>(4);

  private MemoryDecoder(ChunkSource source, ChunkHeader header, BufferAllocator allocator) {
    this.source = source;
    this.header = header;
    this.allocator = allocator;
  }

  static DecodedChunk open(ChunkSource source, ChunkHeader header, BufferAllocator allocator)
      throws StoreException {
    MemoryDecoder decoder = new MemoryDecoder(source, header, allocator);
    try {
      return new DecodedChunk(decoder.vector(), decoder.buffers);
    } catch (StoreException | RuntimeException | Error e) {
      decoder.buffers.forEach(ArrowBuf::close); // nobody else has seen them yet
      throw e;
    }
  }

  private Vector vector() throws StoreException {
    TensorType type = header.type();
    int rows = header.rows();
    long validity = validity();
    if (type.layout() == Layout.FIXED) {
      long data = decoded(ChunkFormat.DATA);
      return Vector.fixed(type, rows, validity, data, source.keepAlive());
    }
    if (header.hasDictionary()) {
      int entries = header.entries();
      long ends = offsets(ChunkFormat.DICTIONARY_OFFSETS, ChunkFormat.DICTIONARY_DATA);
      long texts = decoded(ChunkFormat.DICTIONARY_DATA);
      Vector dictionary = Vector.variable(type, entries, 0, texts, ends, 0, source.keepAlive());
      long codes = decoded(ChunkFormat.DATA);
      checkCodes(codes, rows, entries);
      return Vector.coded(rows, validity, codes, dictionary, source.keepAlive());
    }
    // Offsets first: they tell whether the data are as long as their header says.
    long offsets = offsets(ChunkFormat.OFFSETS, ChunkFormat.DATA);
    long shapes = 0;
    if (type.storedRank() > 0) {
      shapes = decoded(ChunkFormat.SHAPES);
      checkShapes(shapes, offsets);
    }
    long data = decoded(ChunkFormat.DATA);
    return Vector.variable(type, rows, validity, data, offsets, shapes, source.keepAlive());
  }

  private long validity() throws StoreException {
    if (!header.has(ChunkFormat.VALIDITY)) {
      return 0;
    }
    long bitmap = decoded(ChunkFormat.VALIDITY);
    int zeros = Bitmaps.zeros(bitmap, 0, header.rows());
    if (header.nulls() >= 0 && header.nulls() != zeros) {
      throw header.corrupt(zeros + " NULL in the bitmap, expected " + header.nulls());
    }
    return bitmap;
  }

  /** Address of a decoded buffer; not for offsets. */
  private long decoded(int role) throws StoreException {
    Stored stored = header.buffer(role);
    long from = source.address() + stored.offset();
    source.check().check(stored.offset(), stored.bytes());
    int raw = stored.rawBytes();
    if (stored.encoding() == ChunkFormat.RAW && from % ChunkFormat.ALIGNMENT == 0) {
      return from;
    }
    if (stored.encoding() == ChunkFormat.ZSTD) {
      byte[] head = new byte[Math.min(ChunkHeader.ZSTD_HEAD_BYTES, stored.bytes())];
      Memory.copy(from, head, 0, head.length);
      header.checkFrame(stored, head, raw);
    }
    if (stored.encoding() == ChunkFormat.ZSTD_BLOCKS) {
      return joined(stored, from);
    }
    long target = room(raw);
    switch (stored.encoding()) {
      case ChunkFormat.RAW -> {
        if (raw > 0) {
          Memory.copy(from, target, raw);
        }
      }
      case ChunkFormat.CONSTANT -> repeat(from, stored.unit(), target, raw);
      case ChunkFormat.BIT_PACKED ->
          BitPacking.unpack(
              from,
              stored.bytes(),
              stored.bits(),
              stored.base(),
              0,
              stored.values(),
              stored.unit(),
              target);
      default -> {
        ZstdLibrary.require();
        long done = Zstd.decompressUnsafe(target, raw, from, stored.bytes());
        if (done != raw) {
          throw header.zstdFault(
              stored, Zstd.isError(done) ? Zstd.getErrorName(done) : done + " bytes", raw);
        }
      }
    }
    return target;
  }

  private long joined(Stored stored, long from) throws StoreException {
    ZstdBlocks blocks =
        new ZstdBlocks(stored, header, (at, into, n) -> Memory.copy(from + at, into, 0, n));
    blocks.check();
    long target = room(stored.rawBytes());
    byte[] block = new byte[blocks.rawBytes(0)];
    for (int i = 0; i < blocks.blocks(); i++) {
      blocks.read(i, block, 0);
      Memory.copy(block, 0, target + (long) i * stored.unit(), blocks.rawBytes(i));
    }
    return target;
  }

  private long room(int bytes) throws StoreException {
    ArrowBuf buffer = Allocations.openBuffer(allocator, Math.max(Long.BYTES, bytes));
    buffers.add(buffer);
    return buffer.memoryAddress();
  }

  /** Fills memory with one unit, doubling what is there. */
  static void repeat(long unit, int unitBytes, long target, int bytes) {
    if (bytes == 0) {
      return;
    }
    Memory.copy(unit, target, unitBytes);
    for (long done = unitBytes; done < bytes; done *= 2) {
      Memory.copy(target, target + done, Math.min(done, bytes - done));
    }
  }

  /** Address of decoded offsets that rise from 0 to the length of their data. */
  private long offsets(int role, int dataRole) throws StoreException {
    Stored stored = header.buffer(role);
    int dataBytes = header.buffer(dataRole).rawBytes();
    int values = stored.values();
    long offsets = offsets(stored, values);
    boolean rising =
        Memory.getInt(offsets) == 0 && Memory.getInt(offsets + 4L * values) == dataBytes;
    int previous = 0;
    for (int i = 1; i <= values; i++) {
      int offset = Memory.getInt(offsets + 4L * i);
      rising &= previous <= offset;
      previous = offset;
    }
    if (!rising) {
      throw header.corrupt(
          ChunkFormat.roleName(role)
              + " that do not rise from 0 to the "
              + dataBytes
              + " bytes of the data");
    }
    return offsets;
  }

  private long offsets(Stored stored, int values) throws StoreException {
    if (stored.encoding() == ChunkFormat.RAW || stored.encoding() == ChunkFormat.ZSTD) {
      return decoded(stored.role());
    }
    long from = source.address() + stored.offset();
    source.check().check(stored.offset(), stored.bytes());
    long target = room(stored.rawBytes());
    Memory.putInt(target, 0);
    if (stored.encoding() == ChunkFormat.ENDS) {
      if (values > 0) {
        Memory.copy(from, target + 4, 4L * values);
      }
      return target;
    }
    boolean packed = stored.encoding() == ChunkFormat.BIT_PACKED;
    if (packed) {
      int bytes = stored.bytes();
      BitPacking.unpack(from, bytes, stored.bits(), stored.base(), 0, values, 4, target + 4);
    }
    int constant = packed ? 0 : Memory.getInt(from);
    int end = 0;
    for (int i = 1; i <= values; i++) {
      end += packed ? Memory.getInt(target + 4L * i) : constant;
      Memory.putInt(target + 4L * i, end);
    }
    return target;
  }

  private void checkCodes(long codes, int rows, int entries) throws StoreException {
    int greatest = 0;
    int all = 0;
    for (int i = 0; i < rows; i++) {
      int code = Memory.getInt(codes + 4L * i);
      all |= code;
      greatest = Math.max(greatest, code);
    }
    if (all < 0 || (rows > 0 && greatest >= entries)) {
      throw header.corrupt("code " + greatest + " for a dictionary of " + entries);
    }
  }

  private void checkShapes(long shapes, long offsets) throws StoreException {
    TensorType type = header.type();
    int rank = type.storedRank();
    int[] shape = new int[rank];
    for (int i = 0; i < header.rows(); i++) {
      for (int d = 0; d < rank; d++) {
        shape[d] = Memory.getInt(shapes + 4L * ((long) i * rank + d));
      }
      int bytes = Memory.getInt(offsets + 4L * (i + 1)) - Memory.getInt(offsets + 4L * i);
      Shapes.checkStored(type, shape, i, bytes, header);
    }
  }
}
