package io.versor.engine.exec;

import io.versor.format.chunk.Vector;
import io.versor.format.type.StoreException;
import io.versor.format.type.TensorType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Some of the rows of an input. Moves no data: only the selection gets shorter, and columns are
 * read for what is left of it.
 */
abstract class Selecting implements BatchOperator, Batch {
  final BatchOperator input;

  /** Positions in the input's batch of the rows that are left: {@link #selected} of them. */
  int[] selection = {};

  int selected;

  Selecting(BatchOperator input) {
    this.input = input;
  }

  @Override
  public final List<TensorType> types() {
    return input.types();
  }

  @Override
  public final Batch batch() {
    return this;
  }

  @Override
  public final int length() {
    return input.batch().length();
  }

  @Override
  public final int selected() {
    return selected;
  }

  @Override
  public final int @Nullable [] selection() {
    return selected == length() ? null : selection;
  }

  @Override
  public final Vector column(int i) throws StoreException {
    Batch batch = input.batch();
    return selected == batch.selected() ? batch.column(i) : batch.column(i, selection, selected);
  }

  @Override
  public final Vector column(int i, int[] rows, int count) throws StoreException {
    return input.batch().column(i, rows, count);
  }

  @Override
  public final @Nullable KeptRows kept(int column) {
    Batch batch = input.batch();
    return selected == batch.selected() ? batch.kept(column) : null;
  }

  @Override
  public final void ignoreBehind(int column, double bound, boolean descending) {
    input.batch().ignoreBehind(column, bound, descending);
  }

  @Override
  public final void close() {
    input.close();
  }
}
