package io.versor.engine.exec;

import io.versor.format.chunk.Vector;
import java.util.Arrays;

/**
 * Values of some rows side by side. Belongs to the expression that fills it, until it is asked
 * again. A value that is NULL holds anything, but never an address that cannot be read.
 */
abstract sealed class Lane permits LongLane, WideLane, DoubleLane, TextLane {
  /** Means something only if {@link #hasNulls}. */
  boolean[] nulls = {};

  boolean hasNulls;
  int count;

  /** Makes room for so many values, none of them NULL. */
  final void start(int values) {
    if (values > nulls.length) {
      // One row at a time stays so, as in VALUES with a lane for each constant.
      int capacity = values == 1 ? 1 : Math.max(values, BatchOperator.BATCH_ROWS);
      nulls = new boolean[capacity];
      grow(capacity);
    }
    count = values;
    hasNulls = false;
  }

  /** New arrays; nothing is kept. */
  abstract void grow(int capacity);

  /** Takes a value of a lane of the same kind, or its NULL. */
  abstract void copyValue(Lane source, int from, int to);

  final void copy(Lane source, int from, int to) {
    if (source.isNull(from)) {
      setNull(to);
    } else {
      copyValue(source, from, to);
    }
  }

  final boolean isNull(int i) {
    return hasNulls && nulls[i];
  }

  final void setNull(int i) {
    if (!hasNulls) {
      Arrays.fill(nulls, 0, count, false);
      hasNulls = true;
    }
    nulls[i] = true;
  }

  final void setAllNull() {
    Arrays.fill(nulls, 0, count, true);
    hasNulls = true;
  }

  /** NULL also where the other lane is. */
  final void addNulls(Lane other) {
    if (!other.hasNulls) {
      return;
    }
    if (!hasNulls) {
      System.arraycopy(other.nulls, 0, nulls, 0, count);
      hasNulls = true;
      return;
    }
    for (int i = 0; i < count; i++) {
      nulls[i] |= other.nulls[i];
    }
  }

  final void loadNulls(Vector vector, Rows rows) {
    long validity = vector.validity();
    if (validity == 0) {
      return;
    }
    boolean any = false;
    for (int i = 0; i < count; i++) {
      boolean isNull = !Rows.isValid(validity, rows.at(i));
      nulls[i] = isNull;
      any |= isNull;
    }
    hasNulls = any;
  }
}
