package io.versor.engine.match;

import java.util.List;

/** What a run of rows looks like. */
public sealed interface Pattern {
  /** No row. */
  Pattern NOTHING = new Sequence(List.of());

  /**
   * As it is written, more or less.
   *
   * @param names of the variables
   */
  default String text(List<String> names) {
    return PatternText.of(this, names);
  }

  /** A row of a variable, which is told by its number. */
  record Variable(int number) implements Pattern {}

  /** One after the other. */
  record Sequence(List<Pattern> parts) implements Pattern {
    public Sequence {
      parts = List.copyOf(parts);
    }
  }

  /** One of them, the first ones rather than the others. */
  record Choice(List<Pattern> parts) implements Pattern {
    public Choice {
      parts = List.copyOf(parts);
    }
  }

  /** All of them in any order, rather in orders that come first in the alphabet of their places. */
  record Permuted(List<Pattern> parts) implements Pattern {
    public Permuted {
      parts = List.copyOf(parts);
    }
  }

  /**
   * Several times one.
   *
   * @param most {@link #NO_BOUND} for as often as there are rows
   * @param reluctant rather seldom than often
   */
  record Repeated(Pattern part, int least, int most, boolean reluctant) implements Pattern {
    public static final int NO_BOUND = -1;
  }

  /** The rows are part of a match, but are not shown. */
  record Excluded(Pattern part) implements Pattern {}

  /** A place between rows. */
  enum Anchor implements Pattern {
    FIRST_ROW,
    LAST_ROW
  }
}
