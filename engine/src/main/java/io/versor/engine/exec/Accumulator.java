package io.versor.engine.exec;

import io.versor.format.type.StoreException;

/** What one aggregate function, or several of the same argument, gather for all groups. */
abstract class Accumulator implements AutoCloseable {
  /** Makes room for so many groups; new ones are empty. */
  abstract void grow(int groups);

  /**
   * Takes the rows of a batch.
   *
   * @param groups the group of each row
   */
  abstract void add(Rows rows, int[] groups) throws StoreException;

  /** The same where there is one group. */
  abstract void addAll(Rows rows) throws StoreException;

  /**
   * Takes what another of its kind has gathered of rows behind its own.
   *
   * @param groups which group each of the other's groups is here
   * @param count of the other's groups
   */
  abstract void merge(Accumulator other, int[] groups, int count) throws StoreException;

  abstract long heapBytes();

  /** What is kept outside of the heap. */
  long bytes() {
    return 0;
  }

  @Override
  public void close() {
    // Most keep nothing outside of the heap.
  }
}
