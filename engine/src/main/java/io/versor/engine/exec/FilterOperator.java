package io.versor.engine.exec;

import io.versor.format.chunk.Vector;
import io.versor.format.type.StoreException;
import io.versor.format.type.TensorType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Rows for which a condition is TRUE. Moves no data: only the selection gets shorter. */
final class FilterOperator implements BatchOperator, Batch {
  private final BatchOperator input;
  private final Predicate condition;
  private int[] selection = {};
  private int selected;

  FilterOperator(BatchOperator input, Predicate condition) {
    this.input = input;
    this.condition = condition;
  }

  @Override
  public List<TensorType> types() {
    return input.types();
  }

  @Override
  public boolean next() throws StoreException {
    while (input.next()) {
      Rows rows = Rows.of(input.batch());
      selection = Predicate.room(selection, rows.count());
      selected = condition.select(rows, true, selection);
      if (selected > 0) {
        return true;
      }
    }
    return false;
  }

  @Override
  public Batch batch() {
    return this;
  }

  @Override
  public int length() {
    return input.batch().length();
  }

  @Override
  public int selected() {
    return selected;
  }

  @Override
  public int @Nullable [] selection() {
    return selected == length() ? null : selection;
  }

  @Override
  public Vector column(int i) throws StoreException {
    Batch batch = input.batch();
    return selected == batch.selected() ? batch.column(i) : batch.column(i, selection, selected);
  }

  @Override
  public Vector column(int i, int[] rows, int count) throws StoreException {
    return input.batch().column(i, rows, count);
  }

  @Override
  public @Nullable KeptRows kept(int column) {
    Batch batch = input.batch();
    return selected == batch.selected() ? batch.kept(column) : null;
  }

  @Override
  public void close() {
    input.close();
  }
}
