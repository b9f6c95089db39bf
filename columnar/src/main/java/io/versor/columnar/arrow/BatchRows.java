package io.versor.columnar.arrow;

import io.versor.columnar.CellRange;
import io.versor.columnar.CellRows;
import io.versor.engine.copy.DecodedRows;
import io.versor.engine.copy.RawRows;
import io.versor.engine.copy.Wanted;
import io.versor.format.type.StoreException;
import io.versor.format.type.StoreException.Code;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Some rows of a batch.
 *
 * @param from the first, in the batch from 0
 * @param number of it in the file, from 1
 */
record BatchRows(
    String file,
    Wanted wanted,
    List<Optional<BatchColumn>> columns,
    int from,
    int count,
    long number)
    implements RawRows {
  @Override
  public DecodedRows decode() throws StoreException {
    List<Optional<CellRange>> ranges = new ArrayList<>(columns.size());
    try {
      // Threads that come at once begin with different columns.
      for (Optional<BatchColumn> column : columns) {
        if (column.isPresent()) {
          column.get().begin();
        }
      }
      for (Optional<BatchColumn> column : columns) {
        ranges.add(
            column.isPresent()
                ? Optional.of(new CellRange(column.get().cells(), from))
                : Optional.empty());
      }
    } catch (StoreException e) {
      throw new StoreException(e.code(), file + ", at row " + number + ": " + e.getMessage(), e);
    } catch (OutOfMemoryError e) {
      // One array for a buffer that is packed: nothing else was touched.
      throw new StoreException(
          Code.MEMORY, file + ": no room in the heap for a record batch; raise -Xmx", e);
    } catch (RuntimeException e) {
      throw ArrowReader.damaged(file, "damaged at row " + number, e);
    }
    return new CellRows(file, wanted, ranges, number, count, Optional.empty());
  }
}
