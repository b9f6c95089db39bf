package io.versor.engine.match;

import java.util.List;

/**
 * What is looked at in one row: a column, or something computed of columns.
 *
 * @param columns of the row; {@link #CLASSIFIER} and {@link #MATCH_NUMBER} count as such
 * @param number of the {@link GivenRow} it is computed of, or {@link #PLAIN}
 */
public record Argument(List<Integer> columns, int number) {
  /** The name of the variable that the row is of. */
  public static final int CLASSIFIER = -1;

  public static final int MATCH_NUMBER = -2;

  /** The one column itself. */
  public static final int PLAIN = -1;

  public Argument {
    columns = List.copyOf(columns);
  }

  public static Argument column(int column) {
    return new Argument(List.of(column), PLAIN);
  }

  /** Whether it depends on which match a row is in. */
  boolean isOfMatch() {
    return columns.contains(CLASSIFIER) || columns.contains(MATCH_NUMBER);
  }
}
