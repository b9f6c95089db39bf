package io.versor.engine.exec;

import io.versor.format.chunk.VectorBuffer;
import io.versor.format.type.StoreException;
import java.util.Arrays;

/** COUNT of what is not NULL: rows but those with NULL, of which there are few as a rule. */
final class CountAccumulator extends Accumulator {
  private final Predicate isNull;
  private final RowCounts rowCounts;
  private long[] nulls = {};
  private int[] kept = {};

  /**
   * @param isNull selects the rows to leave out
   */
  CountAccumulator(Predicate isNull, RowCounts rowCounts) {
    this.isNull = isNull;
    this.rowCounts = rowCounts;
  }

  @Override
  void grow(int groups) {
    if (groups > nulls.length) {
      nulls = Arrays.copyOf(nulls, Math.max(groups, 2 * nulls.length));
    }
  }

  @Override
  void add(Rows rows, int[] groups) throws StoreException {
    kept = Predicate.room(kept, rows.count());
    int n = isNull.select(rows, true, kept);
    for (int i = 0, k = 0; k < n; i++) {
      if (rows.at(i) == kept[k]) {
        nulls[groups[i]]++;
        k++;
      }
    }
  }

  @Override
  void addAll(Rows rows) throws StoreException {
    kept = Predicate.room(kept, rows.count());
    nulls[0] += isNull.select(rows, true, kept);
  }

  @Override
  void merge(Accumulator other, int[] groups, int count) {
    long[] theirs = ((CountAccumulator) other).nulls;
    for (int i = 0; i < count; i++) {
      nulls[groups[i]] += theirs[i];
    }
  }

  void write(int group, VectorBuffer out) throws StoreException {
    out.appendLong(rowCounts.of(group) - nulls[group]);
  }

  @Override
  long heapBytes() {
    return 8L * nulls.length;
  }
}
