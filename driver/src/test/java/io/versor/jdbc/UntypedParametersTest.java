package io.versor.jdbc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Parameters of which only what stands beside them tells the type, or nothing at all. */
class UntypedParametersTest {
  @TempDir private Path directory;

  private Connection connection;

  @BeforeEach
  void open() throws SQLException {
    connection = DriverManager.getConnection("jdbc:versor:" + directory.resolve("store"));
    try (Statement statement = connection.createStatement()) {
      statement.execute("CREATE TABLE t (id INTEGER PRIMARY KEY, v VARCHAR, d DATE)");
      statement.execute("INSERT INTO t VALUES (1, 'x', DATE '2026-01-01'), (2, 'y', NULL)");
    }
  }

  @AfterEach
  void close() throws SQLException {
    connection.close();
  }

  /** Every parameter is 1. */
  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "SELECT ?; 1; VARCHAR",
        "SELECT ? AS x; 1; VARCHAR",
        "SELECT ? || 'x'; 1x; VARCHAR",
        "SELECT COALESCE(?, 7); 1; INTEGER",
        "SELECT COALESCE(?, 'z'); 1; VARCHAR",
        "SELECT COALESCE(?, ?); 1; VARCHAR",
        "SELECT COALESCE(id, ?) + 1 FROM t; 2; INTEGER",
        "SELECT CASE WHEN TRUE THEN ? ELSE 2 END + 1; 2; INTEGER",
        "SELECT CASE WHEN FALSE THEN 'abc' ELSE ? END; 1; VARCHAR",
        "SELECT GREATEST(?, 0) + 1; 2; INTEGER",
        "SELECT ? IN (1, 2); true; BOOLEAN",
        "SELECT 5 IN (?, ?); false; BOOLEAN",
        "SELECT x + 1 FROM (VALUES (?), (2)) AS v(x) ORDER BY 1; 2; INTEGER",
        "SELECT x FROM (SELECT ? AS x) AS q; 1; VARCHAR",
        "SELECT id FROM t WHERE id IN (SELECT ?); 1; INTEGER",
        "SELECT t.id FROM t JOIN (VALUES (?)) AS s(id) ON s.id = t.id; 1; INTEGER",
        "SELECT id FROM t WHERE COALESCE(?, id) = id; 1; INTEGER",
        "SELECT id FROM t WHERE ? IS NULL OR id = ?; 1; INTEGER",
        "SELECT COUNT(?) FROM t; 2; BIGINT",
        "SELECT (SELECT ?); 1; VARCHAR",
      })
  void oneIs(String sql, String value, String type) throws SQLException {
    try (PreparedStatement query = connection.prepareStatement(sql)) {
      assertEquals(type, query.getMetaData().getColumnTypeName(1));
      for (int i = 1; i <= query.getParameterMetaData().getParameterCount(); i++) {
        query.setInt(i, 1);
      }
      try (ResultSet rows = query.executeQuery()) {
        assertTrue(rows.next());
        assertEquals(value, rows.getString(1));
      }
    }
  }

  @Test
  void nullIsNothing() throws SQLException {
    String sql = "SELECT COALESCE(?, v, ?) FROM t WHERE d = COALESCE(?, d)";
    try (PreparedStatement query = connection.prepareStatement(sql)) {
      query.setString(1, null);
      query.setString(2, "none");
      query.setDate(3, null);
      try (ResultSet rows = query.executeQuery()) {
        assertTrue(rows.next());
        assertEquals("x", rows.getString(1));
      }
    }
  }

  /** As applications write an upsert that has to run in several databases. */
  @Test
  void rowsOfParametersAreMerged() throws SQLException {
    String sql =
        "MERGE INTO t USING (VALUES (?, ?, ?)) AS s(id, v, d) ON t.id = s.id"
            + " WHEN MATCHED THEN UPDATE SET v = s.v, d = s.d"
            + " WHEN NOT MATCHED THEN INSERT (id, v, d) VALUES (s.id, s.v, s.d)";
    try (PreparedStatement merge = connection.prepareStatement(sql)) {
      for (int id = 2; id <= 3; id++) {
        merge.setInt(1, id);
        merge.setString(2, "new");
        merge.setDate(3, java.sql.Date.valueOf("2026-02-0" + id));
        assertEquals(1, merge.executeUpdate());
      }
    }
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT v || id || d FROM t ORDER BY id")) {
      rows.next();
      rows.next();
      assertEquals("new22026-02-02", rows.getString(1));
      rows.next();
      assertEquals("new32026-02-03", rows.getString(1));
    }
  }

  @Test
  void rowsAreAddedOnce() throws SQLException {
    String sql = "INSERT INTO t(id, v) SELECT ?, ? WHERE NOT EXISTS (SELECT 1 FROM t WHERE id = ?)";
    try (PreparedStatement insert = connection.prepareStatement(sql)) {
      insert.setInt(1, 9);
      insert.setString(2, "nine");
      insert.setInt(3, 9);
      assertEquals(1, insert.executeUpdate());
      assertEquals(0, insert.executeUpdate());
    }
  }

  /** They were cut to the bits of the type. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT COALESCE(?, id) FROM t",
        "SELECT CASE WHEN id = 2 THEN id ELSE ? END FROM t",
        "SELECT GREATEST(id, ?) FROM t",
        "SELECT x FROM (VALUES (?), (2)) v(x)",
        "UPDATE t SET id = COALESCE(?, id)",
      })
  void whatTheTypeDoesNotHoldIsRefused(String query) throws SQLException {
    for (Object wrong : List.of(2147483648L, new BigDecimal("-2147483649"))) {
      try (PreparedStatement statement = connection.prepareStatement(query)) {
        statement.setObject(1, wrong);
        SQLException refused = assertThrows(SQLException.class, () -> drain(statement));
        assertEquals("22003", refused.getSQLState(), refused.getMessage());
      }
    }
  }

  private static void drain(PreparedStatement statement) throws SQLException {
    if (statement.execute()) {
      while (statement.getResultSet().next()) {
        // its rows are computed
      }
    }
  }

  @Test
  void comparisonsTakeAnyNumber() throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement("SELECT COUNT(*) FROM t WHERE id < ?")) {
      statement.setObject(1, 2147483648L);
      try (ResultSet rows = statement.executeQuery()) {
        assertTrue(rows.next());
        assertEquals(2, rows.getInt(1));
      }
    }
  }

  /** Beside an array stands an array, as PostgreSQL has it. */
  @Test
  void besideAnArrayAParameterIsAnArray() throws SQLException {
    for (String text :
        List.of(
            "SELECT ARRAY_TO_STRING(ARRAY['a', 'b'] || ?, ',')",
            "SELECT ARRAY_TO_STRING(? || ARRAY['a', 'b'], ',')",
            "SELECT ARRAY['a', 'b'] @> ?",
            "SELECT ? && ARRAY['a', 'b']")) {
      try (PreparedStatement statement = connection.prepareStatement(text)) {
        statement.setArray(1, connection.createArrayOf("VARCHAR", new Object[] {"c"}));
        try (ResultSet rows = statement.executeQuery()) {
          assertTrue(rows.next());
          String expected =
              text.contains("TO_STRING") ? text.contains("(?") ? "c,a,b" : "a,b,c" : "false";
          assertEquals(expected, rows.getString(1), text);
        }
      }
    }
  }
}
