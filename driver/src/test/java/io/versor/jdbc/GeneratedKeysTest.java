package io.versor.jdbc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What INSERT hands back of the rows it made. */
class GeneratedKeysTest {
  @TempDir Path store;

  private Sql sql;

  @BeforeEach
  void open() throws SQLException {
    sql = Sql.open(store);
  }

  @AfterEach
  void close() throws SQLException {
    sql.close();
  }

  private static List<List<Object>> keys(Statement statement) throws SQLException {
    List<List<Object>> rows = new ArrayList<>();
    try (ResultSet keys = statement.getGeneratedKeys()) {
      int columns = keys.getMetaData().getColumnCount();
      while (keys.next()) {
        List<Object> row = new ArrayList<>();
        for (int i = 1; i <= columns; i++) {
          row.add(keys.getObject(i));
        }
        rows.add(row);
      }
    }
    return rows;
  }

  @Test
  void rowsOfATableWithoutKeyAreFoundByRowId() throws SQLException {
    sql.run("CREATE TABLE t (x INTEGER)");
    try (Statement statement = sql.connection.createStatement()) {
      int count =
          statement.executeUpdate("INSERT INTO t VALUES (7), (8)", Statement.RETURN_GENERATED_KEYS);
      assertEquals(2, count);
      List<List<Object>> keys = keys(statement);
      assertEquals(2, keys.size());
      assertEquals("8", sql.text("SELECT x FROM t WHERE _rowid = " + keys.get(1).get(0)));
    }
  }

  @Test
  void primaryKeysComeAsTheyWereStored() throws SQLException {
    sql.run("CREATE TABLE t (x TEXT, day DATE, id BIGINT, PRIMARY KEY (id, day))");
    try (PreparedStatement insert =
        sql.connection.prepareStatement(
            "INSERT INTO t VALUES ('a', ?, ?)", Statement.RETURN_GENERATED_KEYS)) {
      insert.setObject(1, LocalDate.of(2026, 11, 23));
      insert.setInt(2, 5);
      assertEquals(1, insert.executeUpdate());
      try (ResultSet keys = insert.getGeneratedKeys()) {
        assertEquals("id", keys.getMetaData().getColumnName(1));
        assertEquals("t", keys.getMetaData().getTableName(1));
        assertTrue(keys.next());
        assertEquals(5L, keys.getObject(1));
        assertEquals(LocalDate.of(2026, 11, 23), keys.getObject("DAY", LocalDate.class));
        assertFalse(keys.next());
      }
    }
  }

  @Test
  void columnsAreChosenByNameAndPosition() throws SQLException {
    sql.run("CREATE TABLE t (a INTEGER, b TEXT DEFAULT 'made', c INTEGER DEFAULT 40 + 2)");
    try (Statement statement = sql.connection.createStatement()) {
      statement.execute("INSERT INTO t (a) VALUES (1), (2)", new String[] {"C", "b"});
      assertEquals(List.of(List.of(42, "made"), List.of(42, "made")), keys(statement));
      statement.executeUpdate("INSERT INTO t (a) SELECT 3", new int[] {1, 3});
      assertEquals(List.of(List.of(3, 42)), keys(statement));
      assertTrue(keys(statement).size() == 1, "they can be asked for again");
      statement.executeUpdate("INSERT INTO t (a) VALUES (4)");
      assertEquals(List.of(), keys(statement));
      statement.executeUpdate("INSERT INTO t (a) VALUES (5)", Statement.NO_GENERATED_KEYS);
      assertEquals(List.of(), keys(statement));
      statement.executeUpdate("UPDATE t SET a = 6 WHERE a = 5", Statement.RETURN_GENERATED_KEYS);
      assertEquals(List.of(), keys(statement));
    }
  }

  @Test
  void batchesHandBackTheKeysOfAllTheirRows() throws SQLException {
    sql.run("CREATE TABLE t (id INTEGER PRIMARY KEY, x TEXT)");
    try (PreparedStatement insert =
        sql.connection.prepareStatement("INSERT INTO t VALUES (?, 'x')", new String[] {"id"})) {
      for (int i = 0; i < 3; i++) {
        insert.setInt(1, 10 - i);
        insert.addBatch();
      }
      insert.executeBatch();
      assertEquals(List.of(List.of(10), List.of(9), List.of(8)), keys(insert));
    }
  }

  @Test
  void aBadRequestLeavesNothing() throws SQLException {
    sql.run("CREATE TABLE t (a INTEGER)");
    try (Statement statement = sql.connection.createStatement()) {
      String insert = "INSERT INTO t VALUES (1)";
      assertState("42703", () -> statement.executeUpdate(insert, new String[] {"nope"}));
      assertState("42703", () -> statement.executeUpdate(insert, new int[] {2}));
      assertState("42703", () -> statement.executeUpdate(insert, new int[] {0}));
      assertThrows(SQLException.class, () -> statement.executeUpdate(insert, 77));
      assertEquals("0", sql.text("SELECT COUNT(*) FROM t"));
    }
  }

  private static void assertState(String state, org.junit.jupiter.api.function.Executable call) {
    assertEquals(state, assertThrows(SQLException.class, call).getSQLState());
  }

  /** Another writer takes the row ids that an open transaction counted on. */
  @Test
  void rowIdsAreThoseOfTheCommit() throws Exception {
    sql.run("CREATE TABLE t (x INTEGER)");
    int rounds = 200;
    try (Connection other = DriverManager.getConnection(Sql.url(store))) {
      Thread writer = new Thread(() -> insertMany(other, rounds));
      writer.start();
      try (PreparedStatement insert =
          sql.connection.prepareStatement(
              "INSERT INTO t VALUES (?)", Statement.RETURN_GENERATED_KEYS)) {
        for (int i = 1; i <= rounds; i++) {
          insert.setInt(1, i);
          insert.executeUpdate();
          Object id = keys(insert).get(0).get(0);
          assertEquals(String.valueOf(i), sql.text("SELECT x FROM t WHERE _rowid = " + id));
        }
      }
      writer.join();
    }
    assertEquals(String.valueOf(2 * rounds), sql.text("SELECT COUNT(*) FROM t"));
  }

  private static void insertMany(Connection connection, int rounds) {
    try (PreparedStatement insert = connection.prepareStatement("INSERT INTO t VALUES (?)")) {
      for (int i = 1; i <= rounds; i++) {
        insert.setInt(1, -i);
        insert.executeUpdate();
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}
