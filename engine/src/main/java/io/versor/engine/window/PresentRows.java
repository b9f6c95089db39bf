package io.versor.engine.window;

import java.util.Arrays;
import java.util.List;

/** The rows of a part in which no argument is NULL. */
final class PresentRows {
  /** How many there are before each row. */
  private final int[] before;

  private final int[] rows;

  PresentRows(Part part, List<Integer> arguments) {
    this.before = new int[part.size() + 1];
    int[] found = new int[part.size()];
    int count = 0;
    for (int row = 0; row < part.size(); row++) {
      before[row] = count;
      if (isPresent(part, row, arguments)) {
        found[count++] = row;
      }
    }
    before[part.size()] = count;
    this.rows = Arrays.copyOf(found, count);
  }

  static boolean isPresent(Part part, int row, List<Integer> arguments) {
    for (int argument : arguments) {
      if (part.value(row, argument) == null) {
        return false;
      }
    }
    return true;
  }

  int size() {
    return rows.length;
  }

  /** How many of them lie before a row. */
  int before(int row) {
    return before[row];
  }

  int row(int number) {
    return rows[number];
  }
}
