package io.versor.jdbc;

import java.sql.Connection;
import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Collections;
import java.util.List;

/**
 * What a stranger's program does with the jar: knows {@code java.sql} and a URL, and nothing of us.
 * Prints {@code sound} at the end.
 */
final class JarSmoke {
  private JarSmoke() {}

  public static void main(String[] arguments) throws SQLException {
    List<Driver> drivers = Collections.list(DriverManager.getDrivers());
    check(drivers.size() == 1, "drivers: " + drivers);
    check(
        drivers.get(0).getClass().getName().equals("io.versor.jdbc.Driver"),
        "driver: " + drivers.get(0));
    try (Connection connection = DriverManager.getConnection("jdbc:versor:" + arguments[0]);
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE TABLE t (a INTEGER, b TEXT, e EMBEDDING(3))");
      try (PreparedStatement insert =
          connection.prepareStatement("INSERT INTO t VALUES (?, ?, ?)")) {
        for (int i = 0; i < 100; i++) {
          insert.setInt(1, i);
          insert.setString(2, "row " + i);
          insert.setObject(3, new float[] {i, 0, 1});
          insert.addBatch();
        }
        check(insert.executeBatch().length == 100, "batch");
      }
      statement.execute("COMMIT VERSION MESSAGE 'first'");
      statement.execute("CREATE BRANCH side");
      statement.execute("UPDATE t SET b = 'changed' WHERE a = 7");
      // A join, a window and JSON: generated code, and libraries that live under other names here.
      check(
          number(
                  statement,
                  "SELECT COUNT(*) FROM main.t m JOIN side.t s ON m._rowid = s._rowid"
                      + " WHERE m.b <> s.b")
              == 1,
          "join");
      check(
          number(
                  statement,
                  "SELECT MAX(r) FROM (SELECT ROW_NUMBER() OVER (ORDER BY a DESC) AS r FROM t)")
              == 100,
          "window");
      check(
          number(statement, "SELECT CHAR_LENGTH(JSON_VALUE('{\"x\": \"abc\"}', '$.x'))") == 3,
          "json");
      check(
          number(
                  statement,
                  "SELECT a FROM t ORDER BY L2_DISTANCE(e, ARRAY[41.2, 0.0, 1.0]) LIMIT 1")
              == 41,
          "distance");
      check(
          number(statement, "SELECT COUNT(*) FROM t AS OF COMMIT 'HEAD' WHERE b = 'row 7'") == 1,
          "as of");
    }
    System.out.println("sound");
  }

  private static long number(Statement statement, String sql) throws SQLException {
    try (ResultSet rows = statement.executeQuery(sql)) {
      check(rows.next(), "no row: " + sql);
      return rows.getLong(1);
    }
  }

  private static void check(boolean holds, String what) {
    if (!holds) {
      throw new IllegalStateException(what);
    }
  }
}
