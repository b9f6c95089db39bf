package io.versor.engine.exec;

import java.util.Arrays;

/**
 * What a row must reach to be among the first of all parts: the greatest of the least {@code
 * wanted} prefixes of {@link SortKey} that were found. Thread-safe.
 */
final class TopBound {
  private final int wanted;
  private long[] least = {};
  private volatile long bound = Long.MAX_VALUE;

  TopBound(int wanted) {
    this.wanted = wanted;
  }

  /** Rows whose prefix is greater are not among the first. It only falls. */
  long get() {
    return bound;
  }

  /**
   * Takes the prefixes of different rows.
   *
   * @param prefixes ascending; of rows that were not told before
   */
  synchronized void add(long[] prefixes) {
    long[] all = Arrays.copyOf(least, least.length + prefixes.length);
    System.arraycopy(prefixes, 0, all, least.length, prefixes.length);
    Arrays.sort(all);
    least = Arrays.copyOf(all, Math.min(wanted, all.length));
    if (least.length == wanted) {
      bound = least[wanted - 1];
    }
  }
}
