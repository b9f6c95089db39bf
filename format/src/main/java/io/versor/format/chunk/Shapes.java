package io.versor.format.chunk;

import io.versor.format.type.StoreException;
import io.versor.format.type.StoreException.Code;
import io.versor.format.type.TensorType;
import java.util.Arrays;

/** Whether the stored extents of a sample belong to its type and bytes. */
final class Shapes {
  private Shapes() {}

  static void check(TensorType type, int[] shape, int bytes) throws StoreException {
    boolean described = type.htype().describedRank() > 0;
    boolean fits =
        described
            ? shape.length == type.storedRank() && noneNegative(shape)
            : type.shape().admits(shape);
    if (!fits) {
      throw new StoreException(
          Code.INVALID_VALUE,
          "a sample of shape "
              + Arrays.toString(shape)
              + ", expected "
              + (described ? type.storedRank() + " extents" : type.shape().toString()));
    }
    if (!described && bytes(type, shape) != bytes) {
      throw new StoreException(
          Code.INVALID_VALUE,
          bytes
              + " bytes for a sample of "
              + type.dtype()
              + " "
              + Arrays.toString(shape)
              + ", expected "
              + bytes(type, shape));
    }
  }

  /** The same for extents read from a chunk, where a NULL has none but zeros. */
  static void checkStored(TensorType type, int[] shape, int row, int bytes, ChunkHeader header)
      throws StoreException {
    boolean described = type.htype().describedRank() > 0;
    if (described ? !noneNegative(shape) : bytes(type, shape) != bytes) {
      throw header.corrupt(
          "sample " + row + " of shape " + Arrays.toString(shape) + " in " + bytes + " bytes");
    }
  }

  private static boolean noneNegative(int[] shape) {
    for (int extent : shape) {
      if (extent < 0) {
        return false;
      }
    }
    return true;
  }

  /** Bytes of a tensor of these extents; -1 if more than a buffer holds or if one is negative. */
  static long bytes(TensorType type, int[] shape) {
    long bytes = type.dtype().width();
    boolean overflow = false;
    boolean empty = false;
    for (int extent : shape) {
      if (extent < 0) {
        return -1;
      }
      empty |= extent == 0;
      bytes *= extent;
      if (bytes > Limits.MAX_BUFFER_BYTES) {
        overflow = true;
        bytes = 1;
      }
    }
    return empty ? 0 : overflow ? -1 : bytes;
  }
}
