package io.versor.engine.exec;

import io.versor.format.chunk.Vector;
import io.versor.format.type.StoreException;
import org.jspecify.annotations.Nullable;

/**
 * Columns side by side, and which of their rows count. Borrowed: it ends with the next call of
 * {@link BatchOperator#next} or its close.
 */
public interface Batch {
  /** Rows of every column, those that do not count too. */
  int length();

  /** Rows that count. */
  int selected();

  /** Positions of the rows that count, ascending; null = all. Only the first {@link #selected}. */
  int @Nullable [] selection();

  /** A column; rows that do not count may hold anything. Made when asked for. */
  Vector column(int i) throws StoreException;

  /**
   * The same, but only these rows are sure to be there. Asking for rows that were not asked for
   * before may end vectors of the same column that were handed out.
   *
   * @param rows ascending, and among those that count
   */
  Vector column(int i, int[] rows, int count) throws StoreException;

  /** Where the rows that count come from, if a column is one of what a join keeps; else null. */
  default @Nullable KeptRows kept(int column) {
    return null;
  }

  /**
   * Whoever asks has no use for rows in which a FLOAT64 column comes behind {@code bound}: such
   * values need not be exact, as long as they come behind it. Said before the column is asked for,
   * and from then on.
   *
   * @param descending whether it is the lesser ones that come behind
   */
  default void ignoreBehind(int column, double bound, boolean descending) {}
}
