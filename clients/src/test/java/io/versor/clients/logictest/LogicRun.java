package io.versor.clients.logictest;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** Runs scripts over a connection and keeps what came out other than it should. */
final class LogicRun {
  private static final int SHOWN_VALUES = 40;

  private final List<String> mismatches = new ArrayList<>();
  private int statements;
  private int queries;
  private int left;

  int statements() {
    return statements;
  }

  int queries() {
    return queries;
  }

  List<String> mismatches() {
    return mismatches;
  }

  /** How much was run. */
  String summary() {
    return statements + " statements, " + queries + " queries, " + left + " left out";
  }

  void run(Connection connection, LogicScript script) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      for (LogicRecord step : script.records()) {
        if (Differences.on(script.name(), step)) {
          left++;
        } else if (step instanceof LogicRecord.Query query) {
          queries++;
          query(statement, script.name(), query);
        } else {
          statements++;
          statement(statement, script.name(), (LogicRecord.Statement) step);
        }
      }
    }
  }

  private void statement(Statement statement, String script, LogicRecord.Statement step) {
    try {
      statement.execute(step.sql());
      if (step.fails()) {
        mismatch(script, step, "succeeded, expected an error");
      }
    } catch (SQLException e) {
      if (!step.fails()) {
        mismatch(script, step, e.getSQLState() + " " + e.getMessage());
      }
    }
  }

  private void query(Statement statement, String script, LogicRecord.Query step) {
    List<List<String>> rows = new ArrayList<>();
    try (ResultSet result = statement.executeQuery(step.sql())) {
      int columns = result.getMetaData().getColumnCount();
      if (columns != step.types().length()) {
        mismatch(script, step, columns + " columns, expected " + step.types());
        return;
      }
      while (result.next()) {
        List<String> row = new ArrayList<>(columns);
        for (int i = 0; i < columns; i++) {
          row.add(text(result, i + 1, step.types().charAt(i)));
        }
        rows.add(row);
      }
    } catch (SQLException e) {
      mismatch(script, step, e.getSQLState() + " " + e.getMessage());
      return;
    }
    List<String> values = step.order().of(rows);
    if (values.size() != step.values() || !Order.hash(values).equals(step.hash())) {
      mismatch(
          script,
          step,
          values.size()
              + " values, expected "
              + step.values()
              + ": "
              + values.subList(0, Math.min(SHOWN_VALUES, values.size())));
    }
  }

  /** A value as the corpus writes it. */
  private static String text(ResultSet result, int column, char type) throws SQLException {
    Object value = result.getObject(column);
    if (value == null) {
      return "NULL";
    }
    return switch (type) {
      case 'I' -> integer(value);
      case 'R' -> decimal(value).setScale(3, RoundingMode.HALF_EVEN).toPlainString();
      default -> value.toString().isEmpty() ? "(empty)" : printable(value.toString());
    };
  }

  /** The corpus knows no BOOLEAN: true is 1. */
  private static String integer(Object value) {
    if (value instanceof Boolean truth) {
      return truth ? "1" : "0";
    }
    return value instanceof Number
        ? decimal(value).setScale(0, RoundingMode.DOWN).toPlainString()
        : value.toString();
  }

  private static BigDecimal decimal(Object value) {
    return value instanceof Double || value instanceof Float
        ? new BigDecimal(((Number) value).doubleValue())
        : new BigDecimal(value.toString());
  }

  private static String printable(String text) {
    StringBuilder shown = new StringBuilder(text.length());
    text.chars().forEach(c -> shown.append(c < ' ' || c > '~' ? '@' : (char) c));
    return shown.toString();
  }

  private void mismatch(String script, LogicRecord step, String what) {
    mismatches.add(script + ":" + step.line() + ": " + step.sql() + "\n  " + what);
  }
}
