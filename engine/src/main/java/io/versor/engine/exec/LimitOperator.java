package io.versor.engine.exec;

import io.versor.format.type.StoreException;

/** Leaves out rows at the beginning, and ends after so many: OFFSET and FETCH. */
final class LimitOperator extends Selecting {
  private long skip;
  private long left;

  LimitOperator(BatchOperator input, long offset, long fetch) {
    super(input);
    this.skip = offset;
    this.left = fetch;
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
}
