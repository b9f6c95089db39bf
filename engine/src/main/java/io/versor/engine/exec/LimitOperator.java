package io.versor.engine.exec;

import io.versor.format.chunk.Vector;
import io.versor.format.type.StoreException;
import io.versor.format.type.TensorType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Leaves out rows at the beginning, and ends after so many: OFFSET and FETCH. */
final class LimitOperator implements BatchOperator, Batch {
  private final BatchOperator input;
  private long skip;
  private long left;
  private int[] selection = {};
  private int selected;

  LimitOperator(BatchOperator input, long offset, long fetch) {
    this.input = input;
    this.skip = offset;
    this.left = fetch;
  }

  @Override
  public List<TensorType> types() {
    return input.types();
  }

  @Override
  public boolean next() throws StoreException {
    while (left > 0 && input.next()) {
      Rows rows = Rows.of(input.batch());
      int from = (int) Math.min(skip, rows.count());
      skip -= from;
      selected = (int) Math.min(left, rows.count() - from);
      left -= selected;
      if (selected > 0) {
        selection = Predicate.room(selection, selected);
        for (int i = 0; i < selected; i++) {
          selection[i] = rows.at(from + i);
        }
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
  public void close() {
    input.close();
  }
}
