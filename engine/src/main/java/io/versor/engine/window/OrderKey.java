package io.versor.engine.window;

import org.jspecify.annotations.Nullable;

/** A column that rows are ordered by. */
public record OrderKey(int column, boolean descending, boolean nullsFirst) {
  int compare(@Nullable Object[] left, @Nullable Object[] right) {
    Object a = left[column];
    Object b = right[column];
    if (a == null || b == null) {
      return a == b ? 0 : (a == null) == nullsFirst ? -1 : 1;
    }
    int order = Values.compare(a, b);
    return descending ? -order : order;
  }

  @Override
  public String toString() {
    return column + (descending ? " DESC" : "") + (nullsFirst ? " NULLS FIRST" : "");
  }
}
