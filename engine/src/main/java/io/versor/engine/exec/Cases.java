package io.versor.engine.exec;

import io.versor.format.type.StoreException;
import java.util.List;

/**
 * CASE WHEN: each branch is computed for the rows that take it and no others, so that {@code CASE
 * WHEN b <> 0 THEN a / b END} never divides by zero.
 */
final class Cases {
  private final List<Predicate> conditions;

  /** One for each condition, and one for the rows that none of them takes. */
  private final List<? extends Expression> branches;

  /** Read for all rows first: a branch keeps addresses that a later, wider read would end. */
  private final int[] columns;

  private int[] open = {};
  private int[] openIndexes = {};
  private int[] hits = {};
  private int[] hitIndexes = {};

  Cases(List<Predicate> conditions, List<? extends Expression> branches, int[] columns) {
    this.conditions = List.copyOf(conditions);
    this.branches = List.copyOf(branches);
    this.columns = columns.clone();
  }

  /** Fills a lane with one value for each row. */
  void eval(Rows rows, Lane out) throws StoreException {
    int count = rows.count();
    out.start(count);
    open = Predicate.room(open, count);
    openIndexes = Predicate.room(openIndexes, count);
    hits = Predicate.room(hits, count);
    hitIndexes = Predicate.room(hitIndexes, count);
    for (int column : columns) {
      rows.column(column);
    }
    rows.copyTo(open);
    for (int i = 0; i < count; i++) {
      openIndexes[i] = i;
    }
    int opened = count;
    for (int i = 0; i < conditions.size() && opened > 0; i++) {
      int n = conditions.get(i).select(rows.only(open, opened), true, hits);
      opened = split(opened, n);
      fill(branches.get(i), rows.only(hits, n), hitIndexes, out);
    }
    fill(branches.get(conditions.size()), rows.only(open, opened), openIndexes, out);
  }

  /** Takes the hits out of what is open, and notes which rows they are. */
  private int split(int opened, int n) {
    int hit = 0;
    int k = 0;
    for (int i = 0; i < opened; i++) {
      if (hit < n && hits[hit] == open[i]) {
        hitIndexes[hit++] = openIndexes[i];
      } else {
        open[k] = open[i];
        openIndexes[k++] = openIndexes[i];
      }
    }
    return k;
  }

  private static void fill(Expression branch, Rows rows, int[] indexes, Lane out)
      throws StoreException {
    if (rows.count() == 0) {
      return;
    }
    Lane values = branch.eval(rows);
    for (int i = 0; i < rows.count(); i++) {
      out.copy(values, i, indexes[i]);
    }
  }
}
