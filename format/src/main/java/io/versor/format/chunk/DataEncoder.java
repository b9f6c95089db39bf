package io.versor.format.chunk;

import io.versor.format.type.Dtype;
import io.versor.format.type.StoreException;
import java.util.Arrays;

/**
 * Chooses encodings by size, weighed with what decoding costs: a raw buffer in a mapped pack costs
 * nothing, unpacking bits about one nanosecond a value, zstd several.
 */
final class DataEncoder {
  /** Packing must save so much to be worth a copy. */
  private static final double PACK_BELOW = 0.85;

  /** Text and bytes are rarely read whole, so a smaller gain suffices than for numbers. */
  private static final double ZSTD_BYTES_BELOW = 0.8;

  /** Floats are mostly noise; when they are not, zstd must save a quarter to be worth its time. */
  private static final double ZSTD_FLOATS_BELOW = 0.75;

  /** Masks and volumes of integers: zstd only where it beats packing twofold. */
  private static final double ZSTD_OVER_PACKED = 0.5;

  /** Below, a zstd frame saves nothing that alignment would not take back. */
  private static final int ZSTD_LEAST_BYTES = 256;

  /** No frame of that many bytes is shorter. */
  private static final int ZSTD_LEAST_FRAME = 16;

  /** Beyond, the frame might not fit into an array. */
  private static final int ZSTD_MOST_BYTES = 1 << 30;

  /** Compressed first, to tell whether the rest is worth trying. */
  private static final int TRIAL_BYTES = 32 << 10;

  private DataEncoder() {}

  /** Elements of tensors and scalars without NULLs. */
  static Encoded elements(byte[] data, int start, int bytes, Dtype dtype, boolean scalars)
      throws StoreException {
    if (bytes == 0) {
      return Encoded.raw(data, start, 0);
    }
    if (dtype.isFloat()) {
      return zstdIf(data, start, bytes, (long) (bytes * ZSTD_FLOATS_BELOW));
    }
    int width = dtype.width();
    long[] bounds = Numbers.bounds(data, start, bytes / width, dtype);
    int bits = BitPacking.bitsFor(bounds[1] - bounds[0]);
    if (bits == 0) {
      return Encoded.constant(data, start, width, bytes);
    }
    long packedBytes = ChunkFormat.packedBytes(bytes / width, bits);
    boolean packs = packedBytes < bytes * PACK_BELOW;
    if (!scalars) {
      long limit = (long) ((packs ? packedBytes : bytes) * ZSTD_OVER_PACKED);
      Encoded squeezed = zstdIf(data, start, bytes, limit);
      if (squeezed.described().encoding() != ChunkFormat.RAW) {
        return squeezed;
      }
    }
    return packs
        ? pack(data, start, bytes, dtype, bounds[0], bits)
        : Encoded.raw(data, start, bytes);
  }

  private static Encoded pack(byte[] data, int start, int bytes, Dtype dtype, long base, int bits) {
    int width = dtype.width();
    int count = bytes / width;
    BitPacking.Packer packer = new BitPacking.Packer(count, bits);
    switch (width) {
      case 1 -> {
        int mask = dtype.isUnsigned() ? 0xFF : -1;
        for (int i = 0; i < count; i++) {
          packer.add((data[start + i] & mask) - base);
        }
      }
      case 2 -> {
        int mask = dtype.isUnsigned() ? 0xFFFF : -1;
        for (int i = 0; i < count; i++) {
          packer.add((Bytes.getShort(data, start + 2 * i) & mask) - base);
        }
      }
      case 4 -> {
        long mask = dtype.isUnsigned() ? 0xFFFF_FFFFL : -1L;
        for (int i = 0; i < count; i++) {
          packer.add((Bytes.getInt(data, start + 4 * i) & mask) - base);
        }
      }
      default -> {
        for (int i = 0; i < count; i++) {
          packer.add(Bytes.getLong(data, start + 8 * i) - base);
        }
      }
    }
    return Encoded.packed(packer.finish(), bits, width, base, bytes);
  }

  /** Whole numbers with NULLs, which must not widen the range: they are stored as the base. */
  static Encoded nullableNumbers(HeapColumn column, int from, int count) {
    Dtype dtype = column.type().dtype();
    int width = dtype.width();
    long[] bounds = Numbers.bounds(column, from, count);
    int bits = BitPacking.bitsFor(bounds[1] - bounds[0]);
    if (ChunkFormat.packedBytes(count, bits) >= count * width * PACK_BELOW) {
      return Encoded.raw(column.data(), from * width, count * width);
    }
    BitPacking.Packer packer = new BitPacking.Packer(count, bits);
    for (int i = from; i < from + count; i++) {
      packer.add(column.isNull(i) ? 0 : Numbers.at(column.data(), i * width, dtype) - bounds[0]);
    }
    return Encoded.packed(packer.finish(), bits, width, bounds[0], count * width);
  }

  /** Numbers of 16 bytes, packed if all fit into 8. */
  static Encoded decimals(HeapColumn column, int from, int count, int nulls) throws StoreException {
    byte[] data = column.data();
    int start = from * Decimals.BYTES;
    int bytes = count * Decimals.BYTES;
    long min = Long.MAX_VALUE;
    long max = Long.MIN_VALUE;
    for (int i = from; i < from + count; i++) {
      if (nulls > 0 && column.isNull(i)) {
        continue;
      }
      long low = Bytes.getLong(data, i * Decimals.BYTES);
      if (Bytes.getLong(data, i * Decimals.BYTES + 8) != low >> 63) {
        return zstdIf(data, start, bytes, (long) (bytes * ZSTD_FLOATS_BELOW));
      }
      min = Math.min(min, low);
      max = Math.max(max, low);
    }
    // All the same has become a constant before, so there is at least one bit.
    int bits = BitPacking.bitsFor(max - min);
    BitPacking.Packer packer = new BitPacking.Packer(count, bits);
    for (int i = from; i < from + count; i++) {
      boolean isNull = nulls > 0 && column.isNull(i);
      packer.add(isNull ? 0 : Bytes.getLong(data, i * Decimals.BYTES) - min);
    }
    return Encoded.packed(packer.finish(), bits, Decimals.BYTES, min, bytes);
  }

  /** Offsets, as the lengths between them where that is smaller. */
  static Encoded lengths(int[] offsets, int from, int count) {
    int rawBytes = Integer.BYTES * (count + 1);
    int min = Integer.MAX_VALUE;
    int max = 0;
    for (int i = from; i < from + count; i++) {
      int length = offsets[i + 1] - offsets[i];
      min = Math.min(min, length);
      max = Math.max(max, length);
    }
    if (count > 0 && min == max) {
      byte[] length = new byte[Integer.BYTES];
      Bytes.putInt(length, 0, min);
      return Encoded.constant(length, 0, Integer.BYTES, rawBytes);
    }
    int bits = count == 0 ? Integer.SIZE : BitPacking.bitsFor(max - min);
    if (ChunkFormat.packedBytes(count, bits) < rawBytes * PACK_BELOW) {
      BitPacking.Packer packer = new BitPacking.Packer(count, bits);
      for (int i = from; i < from + count; i++) {
        packer.add(offsets[i + 1] - offsets[i] - min);
      }
      return Encoded.packed(packer.finish(), bits, Integer.BYTES, min, rawBytes);
    }
    byte[] raw = new byte[rawBytes];
    for (int i = 0; i <= count; i++) {
      Bytes.putInt(raw, Integer.BYTES * i, offsets[from + i] - offsets[from]);
    }
    return Encoded.raw(raw, 0, rawBytes);
  }

  /** Extents: one set if all samples have the same, else packed like any int32. */
  static Encoded shapes(int[] shapes, int from, int count, int rank) throws StoreException {
    int bytes = Integer.BYTES * count * rank;
    byte[] raw = new byte[bytes];
    Bytes.putInts(shapes, from * rank, count * rank, raw, 0);
    int first = from * rank;
    boolean same = count > 0;
    for (int i = 1; i < count && same; i++) {
      int at = (from + i) * rank;
      same = Arrays.equals(shapes, first, first + rank, shapes, at, at + rank);
    }
    return same
        ? Encoded.constant(raw, 0, Integer.BYTES * rank, bytes)
        : elements(raw, 0, bytes, Dtype.INT32, true);
  }

  /** Text, and bytes of no known kind. */
  static Encoded bytes(byte[] data, int start, int bytes) throws StoreException {
    return zstdIf(data, start, bytes, (long) (bytes * ZSTD_BYTES_BELOW));
  }

  /** A zstd frame, or blocks of them, of at most {@code limit} bytes, else raw. */
  private static Encoded zstdIf(byte[] data, int start, int bytes, long limit)
      throws StoreException {
    if (bytes < ZSTD_LEAST_BYTES
        || limit < ZSTD_LEAST_FRAME
        || !trialSaves(data, start, bytes, limit)) {
      return Encoded.raw(data, start, bytes);
    }
    if (bytes > ZstdBlocks.BLOCK_BYTES) {
      return ZstdBlocks.encode(data, start, bytes, limit);
    }
    byte[] frame = ZstdFrames.compress(data, start, bytes);
    return frame.length <= limit
        ? Encoded.zstd(frame, frame.length, bytes)
        : Encoded.raw(data, start, bytes);
  }

  private static boolean trialSaves(byte[] data, int start, int bytes, long limit)
      throws StoreException {
    if (bytes <= TRIAL_BYTES) {
      return true;
    }
    int middle = start + (bytes - TRIAL_BYTES) / 2;
    long written = ZstdFrames.compress(data, middle, TRIAL_BYTES).length;
    // A whole chunk compresses a little better than a part of it.
    return written * 0.9 <= (double) limit / bytes * TRIAL_BYTES;
  }
}
