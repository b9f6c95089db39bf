package io.versor.jdbc;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.sql.ParameterMetaData;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** MATCH_RECOGNIZE through JDBC: its braces and question marks, parameters, types of columns. */
class RowPatternsTest {
  private Sql sql;

  @BeforeEach
  void fill(@TempDir Path store) throws SQLException {
    sql = Sql.open(store);
    sql.run(
        "CREATE TABLE t (id INTEGER NOT NULL, v BIGINT NOT NULL, d DECIMAL(10, 2), s TEXT NOT NULL)",
        "INSERT INTO t VALUES (1, 10, 1.5, 'a'), (2, 20, 2.5, 'b'), (3, 30, NULL, 'c'), (4, 5, 1, 'd')");
  }

  @AfterEach
  void close() throws SQLException {
    sql.close();
  }

  @Test
  void bracesOfPatternsAreNoEscapes() throws SQLException {
    assertEquals(
        "1-3",
        sql.text(
            "SELECT f || '-' || l FROM t MATCH_RECOGNIZE (ORDER BY id MEASURES FIRST(id) AS f,"
                + " LAST(id) AS l PATTERN (A{1} B{,1}? C{1,}?) DEFINE A AS {fn UPPER(s)} = 'A', C AS v"
                + " >= 30)"));
    assertEquals(
        "3",
        sql.text(
            "SELECT MAX(id) FROM t MATCH_RECOGNIZE (ORDER BY id MEASURES CLASSIFIER() AS c ALL ROWS"
                + " PER MATCH PATTERN (A{3} {- B -}) DEFINE A AS d IS NULL OR d > 0)"));
  }

  @Test
  void parametersStandInConditionsAndMeasures() throws SQLException {
    String text =
        "SELECT * FROM t MATCH_RECOGNIZE (ORDER BY id MEASURES FIRST(id) AS f, COUNT(*) + ? AS n,"
            + " ? AS tag PATTERN (A? B+?) DEFINE A AS v < ?, B AS v - PREV(v) >= ? AND s IN (?, 'c'))";
    try (PreparedStatement statement = sql.connection.prepareStatement(text)) {
      ParameterMetaData parameters = statement.getParameterMetaData();
      assertEquals(5, parameters.getParameterCount());
      for (int run = 0; run < 2; run++) {
        statement.setInt(1, 100);
        statement.setString(2, "x");
        statement.setLong(3, 15);
        statement.setInt(4, 10);
        statement.setString(5, run == 0 ? "b" : "none");
        assertEquals(
            run == 0 ? List.of("1 102 x", "3 101 x") : List.of("3 101 x"), rows(statement));
      }
    }
  }

  private static List<String> rows(PreparedStatement statement) throws SQLException {
    List<String> rows = new ArrayList<>();
    try (ResultSet result = statement.executeQuery()) {
      while (result.next()) {
        rows.add(result.getInt(1) + " " + result.getLong(2) + " " + result.getString(3));
      }
    }
    return rows;
  }

  @Test
  void whatMayHaveNoRowMayBeNull() throws SQLException {
    String text =
        "SELECT * FROM t MATCH_RECOGNIZE (PARTITION BY s ORDER BY id MEASURES A.v AS v1, B.d AS d1,"
            + " COUNT(*) AS n, CLASSIFIER() AS c, MATCH_NUMBER() AS m, SUM(A.v) AS w, AVG(A.v) AS a,"
            + " A.v > 1 AS o ALL ROWS PER MATCH PATTERN (A* B?) DEFINE A AS FALSE, B AS v > 10)";
    try (PreparedStatement statement = sql.connection.prepareStatement(text)) {
      ResultSetMetaData columns = statement.getMetaData();
      List<String> told = new ArrayList<>();
      for (int i = 1; i <= columns.getColumnCount(); i++) {
        told.add(
            columns.getColumnLabel(i)
                + " "
                + columns.getColumnTypeName(i)
                + (columns.isNullable(i) == ResultSetMetaData.columnNoNulls ? " NOT NULL" : ""));
      }
      assertEquals(
          List.of(
              "s VARCHAR NOT NULL",
              "id INTEGER NOT NULL",
              "v1 BIGINT",
              "d1 DECIMAL",
              "n BIGINT NOT NULL",
              "c VARCHAR",
              "m BIGINT",
              "w DECIMAL",
              "a DOUBLE",
              "o BOOLEAN",
              "v BIGINT NOT NULL",
              "d DECIMAL"),
          told);
      try (ResultSet rows = statement.executeQuery()) {
        rows.next();
        assertEquals("a", rows.getString("s"));
        assertEquals(0, rows.getLong("v1"));
        assertEquals(true, rows.wasNull());
        assertEquals(0, rows.getLong("n"));
        assertEquals(false, rows.wasNull());
      }
    }
  }
}
