package io.versor.engine.plan;

import io.versor.engine.catalog.FieldScan;
import io.versor.format.chunk.Vector;
import io.versor.format.type.StoreException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Rows of a table as they are stored, without operators. */
final class FoundRows implements RowCursor {
  private final FieldScan rows;

  /** One for each field of the scan. */
  private final RowValues.Reader[] readers;

  private final @Nullable Vector[] vectors;
  private int at = -1;

  FoundRows(FieldScan rows, RowValues.Reader[] readers) {
    this.rows = rows;
    this.readers = readers;
    this.vectors = new Vector[readers.length];
  }

  @Override
  public boolean next() throws StoreException {
    if (++at >= rows.selected()) {
      if (!rows.next()) {
        return false;
      }
      for (int i = 0; i < vectors.length; i++) {
        vectors[i] = rows.field(i);
      }
      at = 0;
    }
    return true;
  }

  @Override
  public @Nullable Object objectAt(int column) throws StoreException {
    return RowValues.read(readers[column], vector(column), row());
  }

  @Override
  public boolean isNull(int column) {
    return vector(column).isNull(row());
  }

  private Vector vector(int column) {
    return Objects.requireNonNull(vectors[column]);
  }

  private int row() {
    int[] selection = rows.selection();
    return selection == null ? at : selection[at];
  }

  @Override
  public void close() {
    rows.close();
  }
}
