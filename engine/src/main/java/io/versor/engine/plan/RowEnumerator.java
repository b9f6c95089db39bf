package io.versor.engine.plan;

import io.versor.engine.type.Carried;
import io.versor.format.chunk.Vector;
import io.versor.format.type.StoreException;
import io.versor.format.type.TensorType;
import java.util.List;
import org.apache.calcite.linq4j.Enumerator;
import org.jspecify.annotations.Nullable;

/**
 * Gives rows of columns to the fallback executor, one by one: of one column the bare values, else
 * arrays. Whoever makes one tells the run that it is open.
 */
abstract class RowEnumerator implements Enumerator<@Nullable Object>, Run.Open {
  private final Run run;
  private final RowValues.Reader[] readers;
  private final Vector[] vectors;
  private int at;
  private int count;
  private int @Nullable [] selection;
  private @Nullable Object current;

  RowEnumerator(Run run, List<TensorType> types) {
    this.run = run;
    this.readers = types.stream().map(RowValues::reader).toArray(RowValues.Reader[]::new);
    this.vectors = new Vector[readers.length];
  }

  /** Goes to the next batch; false at the end. */
  abstract boolean nextBatch() throws StoreException;

  /** How many rows of the batch count. */
  abstract int selected();

  /** Which of them do; null for all. */
  abstract int @Nullable [] selection();

  /** A column of the batch, at least those rows of it. */
  abstract Vector column(int i, int @Nullable [] rows, int selected) throws StoreException;

  @Override
  public final @Nullable Object current() {
    return current;
  }

  @Override
  public final boolean moveNext() {
    return Carried.through(this::advance);
  }

  private boolean advance() throws StoreException {
    while (at == count) {
      run.check();
      if (!nextBatch()) {
        current = null;
        return false;
      }
      at = 0;
      count = selected();
      selection = selection();
      for (int i = 0; i < vectors.length && count > 0; i++) {
        vectors[i] = column(i, selection, count);
      }
    }
    int row = selection == null ? at : selection[at];
    at++;
    if (vectors.length == 1) {
      current = RowValues.read(readers[0], vectors[0], row);
      return true;
    }
    @Nullable Object[] values = new Object[vectors.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = RowValues.read(readers[i], vectors[i], row);
    }
    current = values;
    return true;
  }

  @Override
  public final void reset() {
    throw new UnsupportedOperationException("rows are read once");
  }

  @Override
  public final void close() {
    run.close(this);
  }
}
