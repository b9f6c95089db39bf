package io.versor.engine.exec;

import io.versor.format.chunk.Vector;
import io.versor.format.io.Memory;
import io.versor.format.type.StoreException;
import org.jspecify.annotations.Nullable;

/**
 * Rows of a batch that something is computed for.
 *
 * @param at their positions, ascending; null = the first {@code count}
 */
record Rows(Batch batch, int @Nullable [] at, int count) {
  /** All that count. */
  static Rows of(Batch batch) {
    return new Rows(batch, batch.selection(), batch.selected());
  }

  Rows only(int[] positions, int n) {
    return new Rows(batch, positions, n);
  }

  int at(int i) {
    return at == null ? i : at[i];
  }

  /** A column of which at least these rows are there. */
  Vector column(int i) throws StoreException {
    return at == null || (at == batch.selection() && count == batch.selected())
        ? batch.column(i)
        : batch.column(i, at, count);
  }

  void copyTo(int[] target) {
    if (at != null) {
      System.arraycopy(at, 0, target, 0, count);
      return;
    }
    for (int i = 0; i < count; i++) {
      target[i] = i;
    }
  }

  /** Leaves out rows that are NULL (or not NULL) by a bitmap, in place. */
  static int keep(long validity, boolean valid, int[] positions, int n) {
    int kept = 0;
    for (int i = 0; i < n; i++) {
      int row = positions[i];
      positions[kept] = row;
      kept += isValid(validity, row) == valid ? 1 : 0;
    }
    return kept;
  }

  static boolean isValid(long validity, int row) {
    return (Memory.getByte(validity + (row >> 3)) >> (row & 7) & 1) != 0;
  }
}
