package io.versor.engine.exec;

import io.versor.format.chunk.VectorBuffer;
import io.versor.format.type.StoreException;
import io.versor.format.type.TensorType;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** COUNT(*), and COUNT of what is not NULL. */
final class CountAccumulator extends Accumulator {
  /** Selects the rows to leave out; null to count all. */
  private final @Nullable Predicate isNull;

  private long[] counts = {};
  private int[] kept = {};

  CountAccumulator(TensorType type, @Nullable Predicate isNull) {
    super(type);
    this.isNull = isNull;
  }

  @Override
  void grow(int groups) {
    if (groups > counts.length) {
      counts = Arrays.copyOf(counts, Math.max(groups, 2 * counts.length));
    }
  }

  @Override
  void add(Rows rows, int[] groups) throws StoreException {
    if (isNull == null) {
      for (int i = 0; i < rows.count(); i++) {
        counts[groups[i]]++;
      }
      return;
    }
    kept = Predicate.room(kept, rows.count());
    int n = isNull.select(rows, false, kept);
    for (int i = 0, k = 0; k < n; i++) {
      if (rows.at(i) == kept[k]) {
        counts[groups[i]]++;
        k++;
      }
    }
  }

  @Override
  void addAll(Rows rows) throws StoreException {
    if (isNull == null) {
      counts[0] += rows.count();
      return;
    }
    kept = Predicate.room(kept, rows.count());
    counts[0] += isNull.select(rows, false, kept);
  }

  @Override
  void merge(Accumulator other, int[] groups, int count) {
    long[] theirs = ((CountAccumulator) other).counts;
    for (int i = 0; i < count; i++) {
      counts[groups[i]] += theirs[i];
    }
  }

  @Override
  void write(int group, VectorBuffer out) throws StoreException {
    out.appendLong(counts[group]);
  }

  @Override
  long heapBytes() {
    return 8L * counts.length;
  }
}
