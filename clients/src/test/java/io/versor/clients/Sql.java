package io.versor.clients;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.StringJoiner;

/** Plain JDBC in one call, for what a test sets up and looks at beside its client. */
public final class Sql {
  private Sql() {}

  /** Runs each statement, whatever it is. */
  public static void run(Connection connection, String... statements) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }

  /** All rows as text: values separated by a bar, rows by a semicolon. */
  public static String text(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      return text(rows);
    }
  }

  /** The rest of a result, in the same form. */
  public static String text(ResultSet rows) throws SQLException {
    int columns = rows.getMetaData().getColumnCount();
    StringJoiner lines = new StringJoiner("; ");
    while (rows.next()) {
      StringJoiner line = new StringJoiner("|");
      for (int i = 1; i <= columns; i++) {
        line.add(String.valueOf(rows.getString(i)));
      }
      lines.add(line.toString());
    }
    return lines.toString();
  }
}
