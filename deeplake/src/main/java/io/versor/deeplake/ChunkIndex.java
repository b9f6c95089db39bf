package io.versor.deeplake;

import io.versor.format.type.StoreException;
import java.util.Arrays;
import java.util.Optional;

/**
 * Which chunks the samples of a tensor are in, in their order. A tiled sample has several chunks,
 * all others lie whole in one. Immutable.
 */
final class ChunkIndex {
  private final long[] ids;
  private final long[] lasts;

  private ChunkIndex(long[] ids, long[] lasts) {
    this.ids = ids;
    this.lasts = lasts;
  }

  static ChunkIndex read(Optional<FileBytes> file) throws StoreException {
    if (file.isEmpty()) {
      return new ChunkIndex(new long[0], new long[0]);
    }
    FileBytes in = file.get().skipVersion();
    if (in.remaining() == 0) {
      return new ChunkIndex(new long[0], new long[0]);
    }
    // Before version 2.7.6 numbers had four bytes, and no byte said so: pairs of them are even.
    int width = in.remaining() % 2 == 1 ? in.u8("the width of numbers") : 4;
    if ((width != 4 && width != 8) || in.remaining() % (2 * width) != 0) {
      throw in.corrupt(
          in.position(), in.remaining() + " bytes, expected pairs of numbers of " + width);
    }
    int rows = in.remaining() / (2 * width);
    long[] ids = new long[rows];
    long[] lasts = new long[rows];
    long before = -1;
    for (int row = 0; row < rows; row++) {
      ids[row] = width == 8 ? in.i64("a chunk's id") : in.u32("a chunk's id");
      lasts[row] = width == 8 ? in.i64("a last sample") : in.u32("a last sample");
      boolean tile = row > 0 && lasts[row] == before;
      if (!tile && lasts[row] <= before || lasts[row] == Long.MAX_VALUE) {
        throw in.corrupt(
            in.position() - width,
            "chunk "
                + Long.toHexString(ids[row])
                + " ends at sample "
                + lasts[row]
                + ", the one before it at "
                + before);
      }
      before = lasts[row];
    }
    return new ChunkIndex(ids, lasts);
  }

  int rows() {
    return ids.length;
  }

  long samples() {
    return lasts.length == 0 ? 0 : lasts[lasts.length - 1] + 1;
  }

  String name(int row) {
    return Long.toHexString(ids[row]);
  }

  /** The first row with a sample that is there. */
  int row(long sample) {
    int low = 0;
    int high = lasts.length;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (lasts[middle] < sample) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  long first(int row) {
    return row == 0 ? 0 : lasts[row - 1] + 1;
  }

  long last(int row) {
    return lasts[row];
  }

  /** How many rows end at the same sample: more than one for a tiled sample only. */
  int rowsOfSample(int row) {
    int end = row + 1;
    while (end < lasts.length && lasts[end] == lasts[row]) {
      end++;
    }
    return end - row;
  }

  /** The names of all chunks, each once. */
  Iterable<String> names() {
    return () -> Arrays.stream(ids).distinct().mapToObj(Long::toHexString).iterator();
  }
}
