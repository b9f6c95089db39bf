package io.versor.engine.exec;

import io.versor.format.type.StoreException;
import java.util.List;

/**
 * AND or OR. Each condition is asked only for the rows that the ones before left open, so columns
 * of later conditions are read for those alone.
 */
final class Junction extends Predicate {
  private final List<Predicate> operands;
  private final boolean and;
  private int[] open = {};
  private int[] hits = {};
  private int[] found = {};
  private int[] merged = {};

  private Junction(List<Predicate> operands, boolean and) {
    this.operands = List.copyOf(operands);
    this.and = and;
  }

  static Predicate and(List<Predicate> operands) {
    return operands.size() == 1 ? operands.get(0) : new Junction(operands, true);
  }

  static Predicate or(List<Predicate> operands) {
    return operands.size() == 1 ? operands.get(0) : new Junction(operands, false);
  }

  @Override
  int select(Rows rows, boolean wanted, int[] out) throws StoreException {
    // AND is TRUE where all are; it is FALSE where any is, as OR is TRUE where any is.
    return and == wanted ? all(rows, wanted, out) : any(rows, wanted, out);
  }

  private int all(Rows rows, boolean wanted, int[] out) throws StoreException {
    int n = operands.get(0).select(rows, wanted, out);
    for (int i = 1; i < operands.size() && n > 0; i++) {
      n = operands.get(i).select(rows.only(out, n), wanted, out);
    }
    return n;
  }

  private int any(Rows rows, boolean wanted, int[] out) throws StoreException {
    int count = rows.count();
    open = room(open, count);
    hits = room(hits, count);
    found = room(found, count);
    merged = room(merged, count);
    rows.copyTo(open);
    int opened = count;
    int total = 0;
    for (int i = 0; i < operands.size() && opened > 0; i++) {
      int n = operands.get(i).select(rows.only(open, opened), wanted, hits);
      total = merge(n, total);
      opened = subtract(opened, n);
    }
    System.arraycopy(found, 0, out, 0, total);
    return total;
  }

  /** Adds the hits to what was found, in order. */
  private int merge(int n, int total) {
    int a = 0;
    int b = 0;
    int k = 0;
    while (a < n || b < total) {
      boolean first = b == total || (a < n && hits[a] < found[b]);
      merged[k++] = first ? hits[a++] : found[b++];
    }
    int[] swap = found;
    found = merged;
    merged = swap;
    return k;
  }

  /** Leaves the hits out of what is open; they are among it. */
  private int subtract(int opened, int n) {
    int hit = 0;
    int k = 0;
    for (int i = 0; i < opened; i++) {
      if (hit < n && hits[hit] == open[i]) {
        hit++;
      } else {
        open[k++] = open[i];
      }
    }
    return k;
  }
}
