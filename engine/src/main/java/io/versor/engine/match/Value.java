package io.versor.engine.match;

import io.versor.engine.window.RunningAggregate;
import java.util.List;

/** Something that is found in the rows of a match. */
public sealed interface Value {
  /** Whether it is of all rows of the match, and not of those up to the row at hand. */
  boolean isFinal();

  /**
   * What is in one row: the {@code skip}th from the first or the last of a variable's, and from
   * there so many rows on; NULL if there is none.
   *
   * @param set of variables
   * @param shift in the partition; the match's end is none for it
   */
  record InRow(int set, boolean last, int skip, int shift, boolean isFinal, Argument argument)
      implements Value {}

  /**
   * An aggregate of a variable's rows.
   *
   * @param set of variables
   */
  record OfRows(int set, boolean isFinal, RunningAggregate aggregate, List<Argument> arguments)
      implements Value {
    public OfRows {
      arguments = List.copyOf(arguments);
    }
  }

  /** How many matches there were in the partition, with this one. */
  record MatchNumber() implements Value {
    @Override
    public boolean isFinal() {
      return true;
    }
  }
}
