package io.versor.clients.logictest;

/** One step of a script. */
sealed interface LogicRecord {
  /** Where it stands in the script, from 1. */
  int line();

  String sql();

  /** What is run for its effect. */
  record Statement(int line, String sql, boolean fails) implements LogicRecord {}

  /**
   * What is run for its answer.
   *
   * @param types a letter a column: I whole number, R number with three decimals, T text
   * @param values how many values the answer has, all columns of all rows
   * @param hash of the values in {@code order}
   */
  record Query(int line, String sql, String types, Order order, int values, String hash)
      implements LogicRecord {}
}
