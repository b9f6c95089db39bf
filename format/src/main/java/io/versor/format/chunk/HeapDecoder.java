package io.versor.format.chunk;

import io.versor.format.type.Layout;
import io.versor.format.type.StoreException;
import io.versor.format.type.TensorType;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Decodes a chunk in a byte array onto the heap. */
final class HeapDecoder {
  private static final int[] NO_INTS = {};

  private final byte[] bytes;
  private final int start;
  private final ChunkHeader header;

  HeapDecoder(byte[] bytes, int start, ChunkHeader header) {
    this.bytes = bytes;
    this.start = start;
    this.header = header;
  }

  HeapColumn column() throws StoreException {
    TensorType type = header.type();
    byte[] validity = header.has(ChunkFormat.VALIDITY) ? validity() : null;
    if (type.layout() == Layout.FIXED) {
      byte[] data = raw(ChunkFormat.DATA);
      return column(data, NO_INTS, NO_INTS, validity);
    }
    if (header.hasDictionary()) {
      return written(validity);
    }
    // Offsets first: they tell whether the data are as long as their header says.
    int[] offsets = offsets(ChunkFormat.OFFSETS);
    checkOffsets(offsets, header.buffer(ChunkFormat.DATA).rawBytes(), header);
    int[] shapes = type.storedRank() == 0 ? NO_INTS : shapes(offsets);
    return column(raw(ChunkFormat.DATA), offsets, shapes, validity);
  }

  byte[] validity() throws StoreException {
    byte[] bitmap = raw(ChunkFormat.VALIDITY);
    int zeros = Bitmaps.zeros(bitmap, 0, header.rows());
    if (header.nulls() >= 0 && header.nulls() != zeros) {
      throw header.corrupt(zeros + " NULL in the bitmap, expected " + header.nulls());
    }
    return bitmap;
  }

  int[] shapes(int[] offsets) throws StoreException {
    byte[] extents = raw(ChunkFormat.SHAPES);
    int[] shapes = new int[extents.length / Integer.BYTES];
    Bytes.getInts(extents, 0, shapes, 0, shapes.length);
    checkShapes(shapes, offsets, header);
    return shapes;
  }

  private HeapColumn column(byte[] data, int[] offsets, int[] shapes, byte @Nullable [] validity) {
    Lineage lineage = new Lineage();
    lineage.release(header.rows());
    return new HeapColumn(header.type(), lineage, header.rows(), data, offsets, shapes, validity);
  }

  /** Writes out what a dictionary abbreviates. */
  private HeapColumn written(byte @Nullable [] validity) throws StoreException {
    int[] ends = offsets(ChunkFormat.DICTIONARY_OFFSETS);
    checkOffsets(ends, header.buffer(ChunkFormat.DICTIONARY_DATA).rawBytes(), header);
    byte[] texts = raw(ChunkFormat.DICTIONARY_DATA);
    byte[] codes = raw(ChunkFormat.DATA);
    ColumnBuilder column = new ColumnBuilder(header.type(), header.rows());
    for (int i = 0; i < header.rows(); i++) {
      int code = Bytes.getInt(codes, Integer.BYTES * i);
      if (code < 0 || code >= header.entries()) {
        throw header.corrupt("code " + code + " for a dictionary of " + header.entries());
      }
      if (validity != null && !Bitmaps.get(validity, i)) {
        column.appendNull();
      } else {
        column.putVariable(texts, ends[code], ends[code + 1] - ends[code], NO_INTS);
      }
    }
    return column.column();
  }

  /** A buffer as it was before it was encoded; not for offsets. */
  private byte[] raw(int role) throws StoreException {
    Stored stored = header.buffer(role);
    int from = start + stored.offset();
    switch (stored.encoding()) {
      case ChunkFormat.RAW -> {
        return Arrays.copyOfRange(bytes, from, from + stored.bytes());
      }
      case ChunkFormat.CONSTANT -> {
        byte[] raw = new byte[stored.rawBytes()];
        for (int at = 0; at < raw.length; at += stored.unit()) {
          System.arraycopy(bytes, from, raw, at, stored.unit());
        }
        return raw;
      }
      case ChunkFormat.BIT_PACKED -> {
        return unpacked(stored, from);
      }
      case ChunkFormat.ZSTD_BLOCKS -> {
        return joined(stored, from);
      }
      default -> {
        return decompressed(stored, from);
      }
    }
  }

  private byte[] decompressed(Stored stored, int from) throws StoreException {
    int head = Math.min(ChunkHeader.ZSTD_HEAD_BYTES, stored.bytes());
    header.checkFrame(stored, Arrays.copyOfRange(bytes, from, from + head), stored.rawBytes());
    byte[] raw = new byte[stored.rawBytes()];
    Optional<String> fault = ZstdFrames.decompress(bytes, from, stored.bytes(), raw, 0, raw.length);
    if (fault.isPresent()) {
      throw header.zstdFault(stored, fault.get(), raw.length);
    }
    return raw;
  }

  private byte[] joined(Stored stored, int from) throws StoreException {
    ZstdBlocks blocks =
        new ZstdBlocks(
            stored, header, (at, into, n) -> System.arraycopy(bytes, from + at, into, 0, n));
    blocks.check();
    byte[] raw = new byte[stored.rawBytes()];
    for (int i = 0; i < blocks.blocks(); i++) {
      blocks.read(i, raw, i * stored.unit());
    }
    return raw;
  }

  private byte[] unpacked(Stored stored, int from) {
    byte[] raw = new byte[stored.rawBytes()];
    int unit = stored.unit();
    int values = stored.values();
    for (int i = 0; i < values; i++) {
      long value = stored.base() + BitPacking.at(bytes, from, stored.bits(), i);
      if (unit == Decimals.BYTES) {
        Bytes.putLong(raw, unit * i, value);
        Bytes.putLong(raw, unit * i + 8, value >> 63);
      } else {
        Bytes.putNumber(raw, unit * i, unit, value);
      }
    }
    return raw;
  }

  int[] offsets(int role) throws StoreException {
    Stored stored = header.buffer(role);
    int[] offsets = new int[stored.rawBytes() / Integer.BYTES];
    int from = start + stored.offset();
    switch (stored.encoding()) {
      case ChunkFormat.ENDS -> Bytes.getInts(bytes, from, offsets, 1, offsets.length - 1);
      case ChunkFormat.CONSTANT -> {
        int length = Bytes.getInt(bytes, from);
        for (int i = 1; i < offsets.length; i++) {
          offsets[i] = offsets[i - 1] + length;
        }
      }
      case ChunkFormat.BIT_PACKED -> {
        for (int i = 1; i < offsets.length; i++) {
          long length = stored.base() + BitPacking.at(bytes, from, stored.bits(), i - 1);
          offsets[i] = offsets[i - 1] + (int) length;
        }
      }
      default -> Bytes.getInts(raw(role), 0, offsets, 0, offsets.length);
    }
    return offsets;
  }

  /** Refuses offsets that do not rise from 0 to the length of the data. */
  static void checkOffsets(int[] offsets, int dataBytes, ChunkHeader header) throws StoreException {
    int last = offsets.length - 1;
    boolean rising = offsets[0] == 0 && offsets[last] == dataBytes;
    for (int i = 0; i < last; i++) {
      rising &= offsets[i] <= offsets[i + 1];
    }
    if (!rising) {
      throw header.corrupt(
          "offsets that do not rise from 0 to the " + dataBytes + " bytes of the data");
    }
  }

  /** Refuses extents that do not belong to the bytes of their sample. */
  private static void checkShapes(int[] shapes, int[] offsets, ChunkHeader header)
      throws StoreException {
    TensorType type = header.type();
    int rank = type.storedRank();
    int[] shape = new int[rank];
    for (int i = 0; i < offsets.length - 1; i++) {
      System.arraycopy(shapes, i * rank, shape, 0, rank);
      Shapes.checkStored(type, shape, i, offsets[i + 1] - offsets[i], header);
    }
  }
}
