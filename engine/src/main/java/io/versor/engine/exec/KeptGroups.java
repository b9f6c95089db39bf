package io.versor.engine.exec;

import io.versor.format.type.StoreException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The groups of rows that a join keeps, where a GROUP BY asks for columns of those alone. A group
 * is looked up when its kept row is first met, and stands in an array from then on.
 */
final class KeptGroups {
  /** An array of groups is made for each part of a query, and should stay in a cache. */
  private static final int MOST_ROWS = 1 << 16;

  private @Nullable JoinTable table;

  /** By kept row, plus one: the row of NULLs is -1. Negative = not looked up yet. */
  private int[] groups = {};

  private int[] unknown = {};
  private int[] places = {};
  private int[] found = {};

  /** Looks groups up by the values of some rows. */
  @FunctionalInterface
  interface LookUp {
    void ids(Rows rows, int[] out) throws StoreException;
  }

  static boolean isWorth(KeptRows kept) {
    return kept.table().size() <= MOST_ROWS;
  }

  /**
   * @param kept where the rows come from, one for each
   */
  void ids(Rows rows, KeptRows kept, LookUp lookUp, int[] out) throws StoreException {
    if (table != kept.table()) {
      table = kept.table();
      groups = new int[kept.table().size() + 1];
      Arrays.fill(groups, -1);
    }
    int n = rows.count();
    if (!known(kept.rows(), n, out)) {
      lookUp(rows, kept.rows(), lookUp);
      known(kept.rows(), n, out);
    }
  }

  private boolean known(int[] from, int n, int[] out) {
    int[] of = groups;
    int any = 0;
    for (int i = 0; i < n; i++) {
      int group = of[from[i] + 1];
      out[i] = group;
      any |= group;
    }
    return any >= 0;
  }

  /** In the order of the rows, so that new groups come in the order in which they appear. */
  private void lookUp(Rows rows, int[] from, LookUp lookUp) throws StoreException {
    unknown = Predicate.room(unknown, rows.count());
    places = Predicate.room(places, rows.count());
    found = Predicate.room(found, rows.count());
    int k = 0;
    for (int i = 0; i < rows.count(); i++) {
      if (groups[from[i] + 1] < 0) {
        unknown[k] = rows.at(i);
        places[k++] = from[i] + 1;
      }
    }
    lookUp.ids(rows.only(unknown, k), found);
    for (int j = 0; j < k; j++) {
      groups[places[j]] = found[j];
    }
  }

  long heapBytes() {
    return 4L * groups.length;
  }
}
