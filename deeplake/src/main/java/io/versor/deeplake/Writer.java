package io.versor.deeplake;

import io.versor.format.ForeignSlice;
import io.versor.format.Transaction;
import io.versor.format.type.StoreException;
import io.versor.format.type.TensorType;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** How samples get into a store: by reference or by value. Used by one thread. */
interface Writer {
  /**
   * Samples of a tensor that a column takes.
   *
   * @param type of the column
   * @param samples their positions in the tensor
   */
  record Source(long columnId, TensorType type, Places places, Positions samples) {}

  /**
   * Appends rows.
   *
   * @param columns those of the table that have samples for all of the rows; others are NULL
   * @return ids of the rows
   */
  RowList append(Transaction transaction, long tableId, long rows, List<Source> columns)
      throws StoreException;

  /**
   * Replaces cells.
   *
   * @param rowIds as many as the source has samples
   */
  void update(Transaction transaction, long tableId, long[] rowIds, Source source)
      throws StoreException;

  /** Names chunks of the dataset. */
  record ByReference(Pieces pieces) implements Writer {
    @Override
    public RowList append(Transaction transaction, long tableId, long rows, List<Source> columns)
        throws StoreException {
      Map<Long, List<ForeignSlice>> slices = new HashMap<>();
      for (Source each : columns) {
        slices.put(each.columnId(), pieces.slices(each.places(), each.samples()));
      }
      long first = transaction.appendForeign(tableId, Math.toIntExact(rows), slices);
      return RowList.EMPTY.with(first, rows);
    }

    @Override
    public void update(Transaction transaction, long tableId, long[] rowIds, Source source)
        throws StoreException {
      transaction.updateForeign(
          tableId, source.columnId(), rowIds, pieces.slices(source.places(), source.samples()));
    }
  }
}
