package io.versor.jdbc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Statements that need more memory than there is: they give what they give with enough of it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MemoryLimitTest {
  private static final int ROWS = 40_000;

  private Path store = Path.of("");

  @BeforeAll
  void fill(@TempDir Path directory) throws SQLException {
    store = directory;
    Random random = new Random(11);
    try (Sql sql = Sql.open(store)) {
      sql.run(
          "CREATE TABLE t (id BIGINT, k INTEGER, v DOUBLE, name TEXT, e TENSOR(FLOAT32, 4), b VARBINARY)");
      try (PreparedStatement row =
          sql.connection.prepareStatement("INSERT INTO t VALUES (?, ?, ?, ?, ?, ?)")) {
        for (int i = 0; i < ROWS; i++) {
          row.setLong(1, i);
          row.setObject(2, i % 11 == 0 ? null : random.nextInt(ROWS / 2));
          row.setDouble(3, random.nextInt(1_000) / 4.0);
          row.setString(4, i % 13 == 0 ? null : "name " + random.nextInt(ROWS));
          row.setObject(5, new float[] {i, random.nextFloat(), 0, 1});
          byte[] bytes = new byte[random.nextInt(60)];
          random.nextBytes(bytes);
          row.setBytes(6, bytes);
          row.addBatch();
        }
        row.executeBatch();
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT id, k, v, name, e, b FROM t ORDER BY name DESC, v",
        "SELECT id, name FROM t ORDER BY k NULLS FIRST OFFSET 30000 ROWS",
        "SELECT id, b FROM t ORDER BY v DESC LIMIT 9000 OFFSET 20000",
      })
  void ordersAreTheSameToTheLastRow(String query) throws SQLException {
    List<String> expected;
    try (Sql sql = Sql.open(store)) {
      expected = lines(sql, query);
    }
    try (Sql sql = Sql.open(Sql.url(store) + "?memoryLimit=1MB")) {
      assertEquals(expected, lines(sql, query));
      assertTrue(spilled(sql, query) > 0);
    }
    assertNothingLeft();
  }

  @Tag("long")
  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT DISTINCT name, v FROM t",
        "SELECT k, v, COUNT(name), AVG(v) FROM t GROUP BY k, v",
        "SELECT a.id, b.id FROM t a FULL JOIN t b ON a.k = b.id AND a.name = b.name",
        "SELECT id FROM t WHERE k IN (SELECT b.id FROM t b WHERE b.v < 200)",
        "SELECT a.id, b.b FROM t a RIGHT JOIN t b ON a.name = b.name WHERE b.v < 100",
      })
  void moreRowsAreTheSame(String query) throws SQLException {
    rowsAreTheSame(query);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT name, COUNT(*), SUM(v), MIN(k), MAX(name) FROM t GROUP BY name",
        "SELECT COUNT(DISTINCT name), COUNT(DISTINCT id) FROM t",
        "SELECT a.id, b.name, b.e FROM t a JOIN t b ON a.k = b.id",
        "SELECT a.id, b.id, b.b FROM t a LEFT JOIN t b ON a.name = b.name AND a.k < b.k",
        "SELECT id, name FROM t a WHERE NOT EXISTS (SELECT 1 FROM t b WHERE b.k = a.id)",
        "SELECT COUNT(*), SUM(a.v), MAX(c.name), MAX(c.b) FROM t a JOIN (SELECT v, 1 AS one, name,"
            + " b FROM t) c ON c.one = CASE WHEN a.id < 30 THEN 1 ELSE 0 END AND c.v > a.v",
      })
  void rowsAreTheSame(String query) throws SQLException {
    List<String> expected;
    try (Sql sql = Sql.open(store)) {
      expected = lines(sql, query);
    }
    try (Sql sql = Sql.open(Sql.url(store) + "?memoryLimit=1MB")) {
      List<String> found = lines(sql, query);
      Collections.sort(expected);
      Collections.sort(found);
      assertEquals(expected, found);
      assertTrue(spilled(sql, query) > 0);
    }
    assertNothingLeft();
  }

  private static List<String> lines(Sql sql, String query) throws SQLException {
    return new ArrayList<>(List.of(sql.text(query).split("; ")));
  }

  private static long spilled(Sql sql, String query) throws SQLException {
    String told = sql.text("EXPLAIN ANALYZE " + query);
    int at = told.lastIndexOf("spilled: ");
    return Long.parseLong(told.substring(at + 9, told.indexOf(" bytes", at)));
  }

  private void assertNothingLeft() {
    try (Stream<Path> files = Files.list(store.resolve("tmp"))) {
      assertEquals(List.of(), files.toList());
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void whoStopsReadingInTheMiddleLeavesNoFiles() throws SQLException {
    try (Sql sql = Sql.open(Sql.url(store) + "?memoryLimit=1MB")) {
      try (Statement statement = sql.connection.createStatement();
          ResultSet rows = statement.executeQuery("SELECT name, b FROM t ORDER BY name")) {
        assertTrue(rows.next());
      }
      assertNothingLeft();
      try (Statement statement = sql.connection.createStatement();
          ResultSet rows = statement.executeQuery("SELECT a.b FROM t a, t b")) {
        assertTrue(rows.next());
        statement.cancel();
        SQLException stopped =
            assertThrows(
                SQLException.class,
                () -> {
                  while (rows.next()) {
                    rows.getBytes(1);
                  }
                });
        assertEquals("57014", stopped.getSQLState());
      }
      assertNothingLeft();
      assertEquals(String.valueOf(ROWS), sql.text("SELECT COUNT(*) FROM t"));
    }
  }

  /** Rows of these are on the heap, and have no way to the disk. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT SUM(v) OVER (ORDER BY id) FROM t",
        "SELECT * FROM t MATCH_RECOGNIZE (ORDER BY id MEASURES LAST(A.id) AS i PATTERN (A+)"
            + " DEFINE A AS A.v < 100)",
      })
  void windowsAndPatternsEndAtTheLimit(String query) throws SQLException {
    try (Sql sql = Sql.open(Sql.url(store) + "?memoryLimit=1MB")) {
      for (int i = 0; i < 3; i++) {
        SQLException full = assertThrows(SQLException.class, () -> sql.text(query));
        assertEquals("53200", full.getSQLState(), full.getMessage());
        assertTrue(full.getMessage().contains("memoryLimit is 1048576"), full.getMessage());
        String few = "SELECT COUNT(*) FROM (SELECT SUM(v) OVER (ORDER BY id) FROM t WHERE id < 50)";
        assertEquals("50", sql.text(few)); // nothing is held any more
      }
    }
    assertNothingLeft();
  }

  /** What statements that write keep of rows is on the heap, too. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "UPDATE t SET v = 0 WHERE id >= %d RETURNING id, name, b",
        "DELETE FROM t WHERE id >= %d RETURNING name",
        "DELETE FROM t USING t AS o WHERE o.id = t.id AND t.id >= %d",
        "INSERT INTO u SELECT id + 2 * n FROM t, (VALUES (0), (100000), (200000)) AS x(n)"
            + " WHERE id >= %d",
        "MERGE INTO t USING t AS o ON o.id = t.id AND o.id >= %d WHEN MATCHED THEN DELETE",
        "MERGE INTO u USING t ON t.id = u.id WHEN MATCHED THEN UPDATE SET id = 0"
            + " WHEN NOT MATCHED AND t.id >= %d THEN INSERT (id) VALUES (t.id)",
      })
  void changesEndAtTheLimitAndChangeNothing(String change) throws SQLException {
    try (Sql sql = Sql.open(store)) {
      sql.run("CREATE TABLE IF NOT EXISTS u (id BIGINT PRIMARY KEY)");
    }
    try (Sql sql = Sql.open(Sql.url(store) + "?memoryLimit=1MB")) {
      String before = sql.text("SELECT COUNT(*), SUM(v) FROM t");
      for (int i = 0; i < 2; i++) {
        SQLException full = assertThrows(SQLException.class, () -> sql.run(change.formatted(0)));
        assertEquals("53200", full.getSQLState(), full.getMessage());
        assertEquals(before, sql.text("SELECT COUNT(*), SUM(v) FROM t"));
        assertEquals("0", sql.text("SELECT COUNT(*) FROM u"));
      }
      sql.connection.setAutoCommit(false);
      sql.run(change.formatted(ROWS - 50)); // nothing is held any more
      sql.connection.rollback();
    }
  }

  @Test
  void rowsKeptForScrollingEndAtTheLimit() throws SQLException {
    try (Sql sql = Sql.open(Sql.url(store) + "?memoryLimit=1MB");
        Statement statement =
            sql.connection.createStatement(
                ResultSet.TYPE_SCROLL_INSENSITIVE, ResultSet.CONCUR_READ_ONLY)) {
      for (int i = 0; i < 3; i++) {
        try (ResultSet rows = statement.executeQuery("SELECT id, name FROM t")) {
          SQLException full = assertThrows(SQLException.class, rows::last);
          assertEquals("53200", full.getSQLState(), full.getMessage());
        }
        try (ResultSet rows = statement.executeQuery("SELECT id FROM t LIMIT 9000")) {
          assertTrue(rows.last());
        }
      }
    }
  }

  /** Many times the limit, in a process with little heap. */
  @Tag("long")
  @Test
  void muchMoreThanTheLimitIsDoneInASmallProcess(@TempDir Path large) throws Exception {
    String keys = "SELECT a.id * 1000 + b.id AS k, b.name AS name FROM d a, d b";
    List<String> told =
        SecondJvm.run(
            List.of("-Xmx128m"),
            Sql.url(large) + "?memoryLimit=16MB",
            "!CREATE TABLE d (id BIGINT, name TEXT)",
            "!INSERT INTO d SELECT g, 'a name of some length ' || CAST(g AS VARCHAR) FROM"
                + " generate_series(0, 999) AS x(g)",
            "!INSERT INTO d SELECT id + 1000, name FROM d",
            "SELECT COUNT(*), SUM(k), SUM(c) FROM (SELECT k, COUNT(*) AS c FROM ("
                + keys
                + " WHERE b.id < 1000) GROUP BY k)",
            "SELECT k, name FROM (SELECT MOD(k * 7919, 2000000) AS k, name FROM ("
                + keys
                + " WHERE b.id < 1000)) ORDER BY k OFFSET 1999999 ROWS",
            "SELECT COUNT(*) FROM ("
                + keys
                + " WHERE b.id < 1000) x JOIN ("
                + keys
                + " WHERE b.id < 1000) y ON x.k = y.k AND x.name = y.name");
    assertEquals(
        List.of("2000000|1999999000000|2000000", "1999999|a name of some length 321", "2000000"),
        told);
  }

  /** A table several times the heap goes through it, in and out, and is changed as a whole. */
  @Tag("long")
  @Test
  void aTableLargerThanTheHeapIsReadAndWrittenInASmallProcess(@TempDir Path large)
      throws Exception {
    String url = Sql.url(large.resolve("store")) + "?memoryLimit=16MB";
    List<String> small = List.of("-Xmx64m");
    assertEquals(
        List.of("2000000|4000000", "2000000|1999999000000"),
        SecondJvm.run(
            small,
            url,
            "!CREATE TABLE t (id BIGINT, k BIGINT, name TEXT)",
            "!INSERT INTO t SELECT g, 1, 'a name that is as long as names in tables are, number '"
                + " || CAST(g AS VARCHAR) FROM generate_series(0, 1999999) AS x(g)",
            "!SELECT id, k, name FROM t",
            "!COPY t TO '" + large.resolve("t.csv") + "'",
            "!CREATE TABLE u AS SELECT * FROM t",
            "!UPDATE u SET name = 'x' || name, k = k + 1",
            "!UPDATE t SET k = id",
            "SELECT COUNT(*), SUM(k) FROM u WHERE name LIKE 'xa%'",
            "SELECT COUNT(*), SUM(k) FROM t"));
    assertEquals(
        List.of("2000000", "1000000", "0"),
        SecondJvm.run(
            List.of("-Xmx128m"), // files are cut and decoded by several threads
            url,
            "!DELETE FROM t",
            "!COPY t FROM '" + large.resolve("t.csv") + "'",
            "SELECT COUNT(*) FROM t WHERE k = 1",
            "!DELETE FROM u WHERE MOD(id, 2) = 0",
            "SELECT COUNT(*) FROM u",
            "!DELETE FROM u",
            "SELECT COUNT(*) FROM u"));
  }

  @Test
  void storesThatAreOnlyReadUseTheFolderOfTheSystem() throws SQLException {
    try (Sql sql = Sql.open(Sql.url(store) + "?memoryLimit=1MB&readOnly=true")) {
      String query = "SELECT name, b FROM t ORDER BY name";
      assertEquals(ROWS, lines(sql, query).size());
      assertTrue(spilled(sql, query) > 0);
    }
  }
}
