package io.versor.engine.exec;

import io.versor.format.type.StoreException;

/** IS NULL of a column of any type; its samples are not looked at. */
final class ColumnIsNull extends Predicate {
  private final int column;

  ColumnIsNull(int column) {
    this.column = column;
  }

  @Override
  int select(Rows rows, boolean wanted, int[] out) throws StoreException {
    long validity = rows.column(column).validity();
    if (validity == 0 && wanted) {
      return 0;
    }
    rows.copyTo(out);
    return validity == 0 ? rows.count() : Rows.keep(validity, !wanted, out, rows.count());
  }
}
