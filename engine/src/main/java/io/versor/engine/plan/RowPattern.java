package io.versor.engine.plan;

import io.versor.engine.match.MatchSpec;
import io.versor.engine.match.Pattern;
import io.versor.engine.match.Variables;
import java.util.List;
import java.util.Optional;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.sql.SqlNode;

/**
 * A valid MATCH_RECOGNIZE. Names in its expressions are those of its table, and what is found in
 * rows of a match is marked ({@link MatchOperators}).
 *
 * @param conditions of the variables, by their numbers
 * @param found what marks stand for, by their numbers
 * @param columnsBefore the table's columns that are shown before the measures
 * @param columnsBehind those behind them
 */
record RowPattern(
    List<SqlNode> partitionBy,
    List<Order> order,
    Pattern pattern,
    Variables variables,
    List<Optional<SqlNode>> conditions,
    List<Measure> measures,
    List<Found> found,
    List<Integer> columnsBefore,
    List<Integer> columnsBehind,
    MatchSpec.Shown shown,
    MatchSpec.Skip skip,
    RelDataType rowType) {
  /** What rows are ordered by. */
  record Order(SqlNode key, boolean descending, boolean nullsFirst) {}

  /** What is told of a match. */
  record Measure(String name, SqlNode expression) {}

  /**
   * In which rows something is found.
   *
   * @param set of variables, by its number
   * @param skip so many from the first or the last row of them
   * @param shift and so many rows on
   * @param distinct of an aggregate
   */
  record Found(int set, boolean last, int skip, int shift, boolean isFinal, boolean distinct) {}
}
