package io.versor.engine.exec;

import io.versor.format.TableScan;
import io.versor.format.chunk.Vector;
import io.versor.format.type.StoreException;
import org.jspecify.annotations.Nullable;

/** Batches of a table, as a scan reads them; see {@link TableScan} for what the methods promise. */
public interface RowSource extends AutoCloseable {
  boolean next() throws StoreException;

  int length();

  int selected();

  int @Nullable [] selection();

  Vector column(int i) throws StoreException;

  Vector column(int i, int[] rows, int count) throws StoreException;

  @Override
  void close();

  /** Columns of a table of the store. Closing closes the scan. */
  static RowSource of(TableScan scan) {
    return new RowSource() {
      @Override
      public boolean next() throws StoreException {
        return scan.next();
      }

      @Override
      public int length() {
        return scan.length();
      }

      @Override
      public int selected() {
        return scan.selected();
      }

      @Override
      public int @Nullable [] selection() {
        return scan.selection();
      }

      @Override
      public Vector column(int i) throws StoreException {
        return scan.column(i);
      }

      @Override
      public Vector column(int i, int[] rows, int count) throws StoreException {
        return scan.column(i, rows, count);
      }

      @Override
      public void close() {
        scan.close();
      }
    };
  }
}
