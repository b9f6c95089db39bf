package io.versor.format.chunk;

import io.versor.format.type.StoreException;

/** Encodes samples: FORMAT.md, "Chunk". Stateless. */
public final class ChunkWriter {
  private ChunkWriter() {}

  /** The bytes of a chunk of {@code count} samples. {@code LIMIT} if they are too many for one. */
  public static byte[] encode(Samples samples, int from, int count, Purpose purpose)
      throws StoreException {
    checkRows(count);
    if (samples instanceof HeapColumn column) {
      column.checkRange(from, count);
      return encode(column, from, count, purpose);
    }
    ColumnBuilder copy = new ColumnBuilder(samples.type(), count);
    samples.copyTo(copy, from, count);
    return encode(copy.column(), 0, count, purpose);
  }

  private static byte[] encode(HeapColumn column, int from, int count, Purpose purpose)
      throws StoreException {
    return switch (purpose) {
      case LOG -> PlainWriter.encode(column, from, count);
      case PACK -> EncodedWriter.encode(column, from, count).toBytes();
    };
  }

  /**
   * The bytes of a chunk for a pack, as {@link #encode} gives them, without a copy of what is
   * stored as it is.
   */
  public static EncodedChunk encodeForPack(HeapColumn column, int from, int count)
      throws StoreException {
    checkRows(count);
    column.checkRange(from, count);
    return EncodedWriter.encode(column, from, count);
  }

  private static void checkRows(int count) throws StoreException {
    if (count > ChunkFormat.MAX_ROWS) {
      throw Limits.exceeded(count + " samples", ChunkFormat.MAX_ROWS);
    }
  }

  /** Statistics of what {@link #encode} would encode. */
  public static ChunkStats stats(Samples samples, int from, int count) throws StoreException {
    return ChunkStats.of(samples, from, count);
  }
}
