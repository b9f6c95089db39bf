package io.versor.engine.exec;

import io.versor.format.type.StoreException;

/**
 * A condition with three outcomes. A row for which it is NULL is in neither selection, which is all
 * that three-valued logic asks for: NOT swaps the two, AND and OR are sets.
 */
abstract class Predicate {
  /**
   * Selects rows for which the condition is TRUE, or FALSE.
   *
   * @param wanted which of the two
   * @param out gets their positions in the batch, ascending; may be {@code rows.at()}
   * @return how many
   */
  abstract int select(Rows rows, boolean wanted, int[] out) throws StoreException;

  /** Room for the positions of a batch, kept from one to the next. */
  static int[] room(int[] old, int rows) {
    if (old.length >= rows) {
      return old;
    }
    // The first batch of a query for one row is the only one.
    return new int[old.length == 0 ? rows : Math.max(rows, BatchOperator.BATCH_ROWS)];
  }
}
