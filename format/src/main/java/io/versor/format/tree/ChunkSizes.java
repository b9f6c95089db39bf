package io.versor.format.tree;

import io.versor.format.chunk.HeapColumn;
import io.versor.format.type.Layout;
import io.versor.format.type.TensorType;

/** How large chunks are made: FORMAT.md, "Chunk sizes". Readers accept any size. */
public final class ChunkSizes {
  /** Keeps what a point read decodes, and a deletion bitmap, small. */
  public static final int MAX_ROWS = 1 << 16;

  private static final long SCALAR_BYTES = 1 << 20;
  private static final long OTHER_BYTES = 8 << 20;

  private ChunkSizes() {}

  /** Bytes of samples at which a chunk is full. */
  public static long targetBytes(TensorType type) {
    return type.layout() == Layout.FIXED && type.shape().rank() == 0 ? SCALAR_BYTES : OTHER_BYTES;
  }

  /** Whether a column has enough for a chunk of its own. */
  public static boolean isFull(HeapColumn column) {
    return column.rows() >= MAX_ROWS || column.bytes() >= targetBytes(column.type());
  }

  /** How many rows from {@code from} on, at least one, make the next chunk. */
  public static int rowsOfChunk(HeapColumn column, int from) {
    int most = Math.min(MAX_ROWS, column.rows() - from);
    long target = targetBytes(column.type());
    if (column.type().layout() == Layout.FIXED) {
      return (int) Math.max(1, Math.min(most, target / Math.max(1, column.type().width())));
    }
    long bytes = 0;
    for (int rows = 0; rows < most; rows++) {
      bytes += column.lengthAt(from + rows);
      if (bytes > target) {
        return Math.max(1, rows);
      }
    }
    return most;
  }
}
