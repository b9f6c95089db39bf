package io.versor.engine.window;

import java.util.List;
import java.util.Objects;

/**
 * Finds the rows whose key is at most so far from that of a row. Rows without a key are peers of
 * each other, and far from all others.
 */
final class RangeSearch {
  private final List<OrderKey> order;
  private final Part part;

  /** Rows with a key; looked for when they are needed first. */
  private int first;

  private int end = -1;

  RangeSearch(List<OrderKey> order, Part part) {
    this.order = order;
    this.part = part;
  }

  private OrderKey key() {
    return order.get(0); // there is one where an offset is a distance
  }

  private boolean isNull(int row) {
    return part.value(row, key().column()) == null;
  }

  int from(int row, Object offset, Distance distance, boolean later) {
    return isNull(row) ? part.peersFrom(row) : bound(row, offset, distance, later, false);
  }

  int to(int row, Object offset, Distance distance, boolean later) {
    return isNull(row) ? part.peersTo(row) : bound(row, offset, distance, later, true);
  }

  /** The first row whose key is not before the limit, or is behind it. */
  private int bound(int row, Object offset, Distance distance, boolean later, boolean behind) {
    if (end < 0) {
      leaveNullsOut();
    }
    boolean descending = key().descending();
    Object limit = distance.moved(value(row), offset, later != descending);
    int low = first;
    int high = end;
    while (low < high) {
      int middle = (low + high) >>> 1;
      int found = distance.compare(value(middle), limit);
      int order = descending ? -found : found;
      if (order < 0 || behind && order == 0) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  private Object value(int row) {
    return Objects.requireNonNull(part.value(row, key().column()));
  }

  private void leaveNullsOut() {
    boolean nullsFirst = key().nullsFirst();
    int nulls = 0;
    while (nulls < part.size() && isNull(nullsFirst ? nulls : part.size() - 1 - nulls)) {
      nulls++;
    }
    first = nullsFirst ? nulls : 0;
    end = nullsFirst ? part.size() : part.size() - nulls;
  }
}
