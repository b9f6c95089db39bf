package io.versor.format;

import io.versor.format.pack.Address;
import io.versor.format.record.Cells;
import io.versor.format.tree.ForeignChunks;
import java.util.List;
import java.util.Optional;

/**
 * Rows of a chunk of {@link ForeignChunks}.
 *
 * @param ordinal of the chunk
 * @param rows samples in the whole chunk
 * @param firstRow the first of them that is meant
 * @param count how many, at least one
 */
public record ForeignSlice(int ordinal, int rows, int firstRow, int count) {
  public ForeignSlice {
    if (ordinal < 0 || firstRow < 0 || count < 1 || firstRow > rows - count) {
      throw new IllegalArgumentException(
          count + " rows from " + firstRow + " of " + rows + " of foreign chunk " + ordinal);
    }
  }

  /** Samples of a record. */
  static Cells cells(List<ForeignSlice> slices) {
    return new Cells.Packed(slices.stream().map(ForeignSlice::slice).toList());
  }

  /** Bytes, hash and statistics would have to be read first. */
  private Cells.Slice slice() {
    return new Cells.Slice(
        new Address(ForeignChunks.PACK, ordinal),
        rows,
        0,
        firstRow,
        count,
        new byte[0],
        Optional.empty());
  }
}
