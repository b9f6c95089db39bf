package io.versor.jdbc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Parameters of INSERT … SELECT take the types of the columns that they go to. */
class InsertedParametersTest {
  @TempDir private Path directory;

  private Sql sql;

  @BeforeEach
  void open() throws SQLException {
    sql = Sql.open(directory.resolve("store"));
    sql.run(
        "CREATE TABLE one (x INTEGER)",
        "INSERT INTO one VALUES (1)",
        "CREATE TABLE t (id INTEGER, d DATE, n DECIMAL(5, 2), f REAL, b VARBINARY(3),"
            + " k CLASS_LABEL('cat', 'dog'), s SMALLINT, at TIMESTAMP(3), v VARCHAR(3), u UUID)");
  }

  @AfterEach
  void close() throws SQLException {
    sql.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT ?, ?",
        "SELECT ?, ? FROM one",
        "SELECT CAST(9 AS INTEGER), NULL WHERE 1 = 0 UNION ALL SELECT ?, ?",
        "SELECT ?, ? UNION ALL SELECT id, d FROM t WHERE id = 99",
        "SELECT * FROM (VALUES (?, ?)) AS v(a, b)",
        "SELECT v.a, b FROM (VALUES (?, ?)) AS v(a, b)",
        "SELECT b, a FROM (SELECT ? AS a, ? AS b) AS v",
        "SELECT * FROM (SELECT ? AS a, ? AS b UNION SELECT NULL, NULL) AS v ORDER BY a LIMIT 1",
        "WITH w AS (SELECT 1) SELECT ?, ? FROM w",
        "SELECT ?, ? WHERE NOT EXISTS (SELECT 1 FROM t WHERE id = 5)",
        "(SELECT ?, ? FROM one) ORDER BY 1",
      })
  void formsOfQueries(String query) throws SQLException {
    boolean turned = query.startsWith("SELECT b, a");
    String insert = "INSERT INTO t (id, d) " + query;
    try (PreparedStatement statement = sql.connection.prepareStatement(insert)) {
      assertEquals(
          "INTEGER", statement.getParameterMetaData().getParameterTypeName(turned ? 2 : 1));
      assertEquals("DATE", statement.getParameterMetaData().getParameterTypeName(turned ? 1 : 2));
    }
    Object id = 5;
    Object date = LocalDate.of(2026, 1, 31);
    sql.update(insert, turned ? date : id, turned ? id : date);
    assertEquals("5|2026-01-31", sql.text("SELECT id, d FROM t"));
    sql.run("DELETE FROM t");
    sql.update(insert, turned ? "2026-01-31" : "5", turned ? "5" : "2026-01-31");
    assertEquals("5|2026-01-31", sql.text("SELECT id, d FROM t"));
    sql.run("DELETE FROM t");
    sql.update(insert, null, null);
    assertEquals("null|null", sql.text("SELECT id, d FROM t"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "id; 7; 7; 22023; 1.5",
        "id; 2147483647; 2147483647; 22003; 2147483648",
        "n; 1.25; 1.25; 22003; 1.255",
        "n; -999.99; -999.99; 22003; 1000",
        "f; 0.1; 0.1; 22003; 16777217",
        "s; -32768; -32768; 22003; 32768",
      })
  void numbersAreStoredExactlyOrNotAtAll(
      String column, BigDecimal fits, String stored, String state, BigDecimal wrong)
      throws SQLException {
    String insert = "INSERT INTO t (" + column + ") SELECT ? FROM one UNION ALL SELECT ?";
    sql.update(insert, fits, fits);
    assertEquals(
        stored + "; " + stored, sql.text("SELECT " + column + " FROM t"), "one for each part");
    SQLException refused = assertThrows(SQLException.class, () -> sql.update(insert, fits, wrong));
    assertEquals(state, refused.getSQLState(), refused.getMessage());
    assertEquals(2, sql.rows("SELECT id FROM t").size());
  }

  @Test
  void allScalarsGoThrough() throws SQLException {
    String insert =
        "INSERT INTO t SELECT * FROM (VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)) AS v"
            + " (a, b, c, d, e, f, g, h, i, j)";
    sql.update(
        insert,
        1,
        "2026-02-03",
        new BigDecimal("2.50"),
        0.5f,
        new byte[] {1, 2, 3},
        "dog",
        (short) 3,
        LocalDateTime.of(2026, 2, 3, 4, 5, 6, 789_000_000),
        "abc",
        "00000000-0000-0000-0000-000000000001");
    assertEquals(
        "1|2026-02-03|2.50|0.5|010203|dog|3|2026-02-03 04:05:06.789|abc|"
            + "00000000-0000-0000-0000-000000000001",
        sql.text("SELECT id, d, n, f, ENCODE(b, 'hex'), k, s, at, v, u FROM t"));
    for (List<?> wrong :
        List.of(
            List.of("k", "cow"),
            List.of("v", "abcd"),
            List.of("d", "yesterday"),
            List.of("u", "no"),
            List.of("id", "x"),
            List.of("b", true))) {
      String into = "INSERT INTO t (" + wrong.get(0) + ") ";
      SQLException refused =
          assertThrows(SQLException.class, () -> sql.update(into + "SELECT ?", wrong.get(1)));
      SQLException expected =
          assertThrows(SQLException.class, () -> sql.update(into + "VALUES (?)", wrong.get(1)));
      assertEquals(expected.getMessage(), refused.getMessage());
      assertEquals(expected.getSQLState(), refused.getSQLState());
    }
  }

  @Test
  void batchesDoSo() throws SQLException {
    try (PreparedStatement statement =
        sql.connection.prepareStatement(
            "INSERT INTO t (id, v) SELECT ?, ? WHERE NOT EXISTS (SELECT 1 FROM t WHERE id = ?)")) {
      for (int i : new int[] {1, 2, 1}) {
        statement.setInt(1, i);
        statement.setString(2, "v" + i);
        statement.setInt(3, i);
        statement.addBatch();
      }
      statement.executeBatch();
    }
    assertEquals("1|v1; 2|v2", sql.text("SELECT DISTINCT id, v FROM t ORDER BY 1"));
  }
}
