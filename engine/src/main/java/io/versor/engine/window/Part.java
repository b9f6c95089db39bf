package io.versor.engine.window;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The rows of one part, in order, and which of them are peers. */
final class Part {
  private final @Nullable Object[][] rows;

  /** The group of peers that a row is in. */
  private final int[] groups;

  /** The first row of each group, and the end of the last. */
  private final int[] starts;

  Part(@Nullable Object[][] rows, List<OrderKey> order) {
    this.rows = rows;
    this.groups = new int[rows.length];
    int[] found = new int[rows.length + 1];
    int group = 0;
    for (int row = 1; row < rows.length; row++) {
      if (!peers(rows[row - 1], rows[row], order)) {
        found[++group] = row;
      }
      groups[row] = group;
    }
    found[group + 1] = rows.length;
    this.starts = Arrays.copyOf(found, group + 2);
  }

  private static boolean peers(
      @Nullable Object[] left, @Nullable Object[] right, List<OrderKey> order) {
    for (OrderKey key : order) {
      if (key.compare(left, right) != 0) {
        return false;
      }
    }
    return true;
  }

  int size() {
    return rows.length;
  }

  @Nullable Object value(int row, int column) {
    return rows[row][column];
  }

  int group(int row) {
    return groups[row];
  }

  int groupCount() {
    return starts.length - 1;
  }

  /** The first row of a group; for the number behind the last group the end of the rows. */
  int start(int group) {
    return starts[group];
  }

  int peersFrom(int row) {
    return starts[groups[row]];
  }

  int peersTo(int row) {
    return starts[groups[row] + 1];
  }
}
