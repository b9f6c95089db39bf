package io.versor.jdbc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/** A connection as tests want it: one call for one statement. */
final class Sql implements AutoCloseable {
  final Connection connection;

  private Sql(Connection connection) {
    this.connection = connection;
  }

  static String url(Path store) {
    return "jdbc:versor:" + store;
  }

  static Sql open(Path store) throws SQLException {
    return open(url(store));
  }

  static Sql open(String url) throws SQLException {
    return new Sql(DriverManager.getConnection(url));
  }

  /** Runs whatever it is; rows are read to the end. */
  Sql run(String... statements) throws SQLException {
    for (String sql : statements) {
      try (Statement statement = connection.createStatement()) {
        if (statement.execute(sql)) {
          try (ResultSet rows = statement.getResultSet()) {
            while (rows.next()) {
              rows.getObject(1);
            }
          }
        }
      }
    }
    return this;
  }

  long update(String sql, @Nullable Object... parameters) throws SQLException {
    try (PreparedStatement statement = prepared(sql, parameters)) {
      return statement.executeLargeUpdate();
    }
  }

  private PreparedStatement prepared(String sql, @Nullable Object... parameters)
      throws SQLException {
    PreparedStatement statement = connection.prepareStatement(sql);
    for (int i = 0; i < parameters.length; i++) {
      statement.setObject(i + 1, parameters[i]);
    }
    return statement;
  }

  /** All rows, values as {@code getObject} gives them. */
  List<List<@Nullable Object>> rows(String sql, @Nullable Object... parameters)
      throws SQLException {
    List<List<@Nullable Object>> all = new ArrayList<>();
    try (PreparedStatement statement = prepared(sql, parameters);
        ResultSet rows = statement.executeQuery()) {
      while (rows.next()) {
        List<@Nullable Object> row = new ArrayList<>();
        for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
          row.add(rows.getObject(i));
        }
        all.add(row);
      }
    }
    return all;
  }

  /** All rows as text: values separated by a bar, rows by a semicolon. */
  String text(String sql, @Nullable Object... parameters) throws SQLException {
    StringJoiner lines = new StringJoiner("; ");
    try (PreparedStatement statement = prepared(sql, parameters);
        ResultSet rows = statement.executeQuery()) {
      while (rows.next()) {
        StringJoiner line = new StringJoiner("|");
        for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
          line.add(String.valueOf(rows.getString(i)));
        }
        lines.add(line.toString());
      }
    }
    return lines.toString();
  }

  byte[] bytes(String sql, @Nullable Object... parameters) throws SQLException {
    try (PreparedStatement statement = prepared(sql, parameters);
        ResultSet rows = statement.executeQuery()) {
      assertTrue(rows.next(), sql);
      return rows.getBytes(1);
    }
  }

  /** The first column of the first row of a statement that need not be a query. */
  String first(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      assertTrue(statement.execute(sql), sql);
      try (ResultSet rows = statement.getResultSet()) {
        assertTrue(rows.next(), sql);
        return rows.getString(1);
      }
    }
  }

  /** Expects the statement to fail with the state, and its message to hold the parts. */
  SQLException fails(String state, String sql, String... parts) {
    SQLException e = assertThrows(SQLException.class, () -> run(sql), sql);
    assertEquals(state, e.getSQLState(), sql + ": " + e.getMessage());
    for (String part : parts) {
      assertTrue(
          String.valueOf(e.getMessage()).contains(part),
          "\""
              + e.getMessage()
              + "\" should name "
              + part
              + ", as one of "
              + Arrays.toString(parts));
    }
    return e;
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
