package io.versor.format.chunk;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * Who may append to arrays that several columns share. All columns of a lineage hold the same
 * sample at the same row, as far as they reach. Only the newest may be grown in place, by one
 * builder at a time; whoever comes second copies.
 */
final class Lineage {
  private static final int GROWING = -1;

  /** Rows of the newest column, or {@link #GROWING} while a builder appends. */
  private final AtomicInteger newest = new AtomicInteger(GROWING);

  /** Takes the right to append behind so many rows; false if they are not the newest. */
  boolean claim(int rows) {
    return newest.compareAndSet(rows, GROWING);
  }

  /** Gives the right back; only for the builder that has it. */
  void release(int rows) {
    newest.set(rows);
  }
}
