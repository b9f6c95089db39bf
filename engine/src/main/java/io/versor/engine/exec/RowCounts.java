package io.versor.engine.exec;

import java.util.Arrays;

/** How many rows each group has: counted once, whatever asks for it. */
final class RowCounts extends Accumulator {
  private long[] counts = {};

  long of(int group) {
    return counts[group];
  }

  @Override
  void grow(int groups) {
    if (groups > counts.length) {
      counts = Arrays.copyOf(counts, Math.max(groups, 2 * counts.length));
    }
  }

  @Override
  void add(Rows rows, int[] groups) {
    long[] to = counts;
    for (int i = 0; i < rows.count(); i++) {
      to[groups[i]]++;
    }
  }

  @Override
  void addAll(Rows rows) {
    counts[0] += rows.count();
  }

  @Override
  void merge(Accumulator other, int[] groups, int count) {
    long[] theirs = ((RowCounts) other).counts;
    for (int i = 0; i < count; i++) {
      counts[groups[i]] += theirs[i];
    }
  }

  @Override
  long heapBytes() {
    return 8L * counts.length;
  }
}
