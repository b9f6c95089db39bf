package io.versor.deeplake;

import io.versor.format.type.StoreException;
import java.util.Arrays;

/**
 * Rows of numbers, each good for all samples up to the last one it names: how Deep Lake packs
 * everything that it knows per sample. Immutable.
 */
final class RunIndex {
  private final long[] values;
  private final int columns;
  private final long[] lasts;

  private RunIndex(long[] values, int columns, long[] lasts) {
    this.values = values;
    this.columns = columns;
    this.lasts = lasts;
  }

  static RunIndex empty(int columns) {
    return new RunIndex(new long[0], columns, new long[0]);
  }

  /**
   * Reads rows of 32-bit numbers, the last of each being the last sample it is good for.
   *
   * @param columns numbers of a row before the last sample
   * @param what names a row in errors
   */
  static RunIndex read(FileBytes in, long rows, int columns, String what) throws StoreException {
    in.need(Math.multiplyHigh(rows, 4L * (columns + 1)) == 0 ? rows * 4 * (columns + 1) : -1, what);
    int count = (int) rows;
    long[] values = new long[Math.multiplyExact(count, columns)];
    long[] lasts = new long[count];
    long before = -1;
    for (int row = 0; row < count; row++) {
      for (int column = 0; column < columns; column++) {
        values[row * columns + column] = in.u32(what);
      }
      lasts[row] = in.u32(what);
      if (lasts[row] <= before) {
        throw in.corrupt(
            in.position() - 4,
            what + " " + row + " ends at sample " + lasts[row] + ", not after " + before);
      }
      before = lasts[row];
    }
    return new RunIndex(values, columns, lasts);
  }

  /** Rows up to the end of a file; empty where the file is. */
  static RunIndex readAll(FileBytes in, int columns, String what) throws StoreException {
    int width = 4 * (columns + 1);
    if (in.remaining() % width != 0) {
      throw in.corrupt(
          in.position(), in.remaining() + " bytes, expected rows of " + width + " of " + what);
    }
    return read(in, in.remaining() / width, columns, what);
  }

  int rows() {
    return lasts.length;
  }

  /** Samples there are rows for. */
  long samples() {
    return lasts.length == 0 ? 0 : lasts[lasts.length - 1] + 1;
  }

  /** The row that is good for a sample that is there. */
  int row(long sample) {
    int found = Arrays.binarySearch(lasts, sample);
    return found >= 0 ? found : -found - 1;
  }

  long value(int row, int column) {
    return values[row * columns + column];
  }

  long first(int row) {
    return row == 0 ? 0 : lasts[row - 1] + 1;
  }

  long last(int row) {
    return lasts[row];
  }
}
