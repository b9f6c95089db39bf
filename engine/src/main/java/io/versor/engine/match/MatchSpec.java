package io.versor.engine.match;

import io.versor.engine.window.OrderKey;
import java.util.List;
import java.util.Optional;

/**
 * What is looked for, and what is told of it. Holds nothing of one execution.
 *
 * @param columns how many the rows have
 * @param conditions of the variables, by their numbers; one without any takes every row
 * @param columnsBefore the rows' columns that are shown before the measures
 * @param measures all of them, as the columns of one expression
 * @param measureCount how many there are; of none nothing is computed
 * @param columnsBehind those behind them
 */
public record MatchSpec(
    int columns,
    List<Integer> partitionBy,
    List<OrderKey> order,
    Program program,
    Variables variables,
    List<Optional<Formula>> conditions,
    List<Integer> columnsBefore,
    Formula measures,
    int measureCount,
    List<Integer> columnsBehind,
    Shown shown,
    Skip skip) {
  public MatchSpec {
    partitionBy = List.copyOf(partitionBy);
    order = List.copyOf(order);
    conditions = List.copyOf(conditions);
    columnsBefore = List.copyOf(columnsBefore);
    columnsBehind = List.copyOf(columnsBehind);
  }

  /** The same of rows of so many columns. */
  public MatchSpec withColumns(int count) {
    return new MatchSpec(
        count,
        partitionBy,
        order,
        program,
        variables,
        conditions,
        columnsBefore,
        measures,
        measureCount,
        columnsBehind,
        shown,
        skip);
  }

  /** What there is a row for. */
  public enum Shown {
    /** Each match. */
    MATCHES,
    /** Each row of a match. */
    ROWS,
    /** Those, and the row at which a match of no row is. */
    ROWS_AND_EMPTY,
    /** Those, and rows that are in no match. */
    ALL_ROWS
  }

  /**
   * Where to go on behind a match.
   *
   * @param set of variables, for {@link To#FIRST} and {@link To#LAST}
   */
  public record Skip(To to, int set) {
    /** Which row. */
    public enum To {
      /** The one behind the match. */
      PAST_LAST_ROW,
      /** The one behind the match's first. */
      NEXT_ROW,
      /** The first of a variable. */
      FIRST,
      /** The last of a variable. */
      LAST
    }
  }

  /**
   * Whether a condition looks at the row at hand and its neighbours alone, and not at what the rows
   * before are to the match.
   */
  boolean isOfRow(int variable) {
    return conditions.get(variable).stream()
        .flatMap(formula -> formula.values().stream())
        .allMatch(
            value ->
                value instanceof Value.InRow in
                    && in.last()
                    && in.skip() == 0
                    && variables.has(in.set(), variable)
                    && !in.argument().isOfMatch());
  }
}
