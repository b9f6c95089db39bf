package io.versor.engine.exec;

import io.versor.format.type.StoreException;

/** Rows for which a condition is TRUE. */
final class FilterOperator extends Selecting {
  private final Predicate condition;

  FilterOperator(BatchOperator input, Predicate condition) {
    super(input);
    this.condition = condition;
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
}
