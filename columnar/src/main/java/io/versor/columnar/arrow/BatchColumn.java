package io.versor.columnar.arrow;

import io.versor.columnar.Cells;
import io.versor.format.type.StoreException;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** A column of a batch, which is unpacked once, by one of the threads that have rows of it. */
final class BatchColumn {
  private final ArrowField field;
  private final Batch place;
  private final Dictionaries dictionaries;
  private final int rows;
  private final ReentrantLock lock = new ReentrantLock();
  private volatile @Nullable Cells cells;

  /**
   * @param place the batch, at this column
   * @param dictionaries as they are for this batch
   */
  BatchColumn(ArrowField field, Batch place, Dictionaries dictionaries, int rows) {
    this.field = field;
    this.place = place;
    this.dictionaries = dictionaries;
    this.rows = rows;
  }

  /** Unpacks it, unless another thread is about to. */
  void begin() throws StoreException {
    if (cells == null && lock.tryLock()) {
      try {
        cells();
      } finally {
        lock.unlock();
      }
    }
  }

  /** The column; waits for who is about to unpack it. */
  Cells cells() throws StoreException {
    Cells found = cells;
    if (found != null) {
      return found;
    }
    lock.lock();
    try {
      found = cells;
      if (found == null) {
        found = ColumnReader.read(field, place.here(), dictionaries, rows);
        cells = found;
      }
      return found;
    } finally {
      lock.unlock();
    }
  }
}
