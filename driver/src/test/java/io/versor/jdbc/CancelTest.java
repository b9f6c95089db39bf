package io.versor.jdbc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.versor.format.io.DirectoryStore;
import io.versor.format.io.Guard;
import io.versor.format.io.OpenMode;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import java.sql.Statement;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Whatever a statement does, who cancels it or set a timeout has the connection back at once, and
 * nothing is left behind. The bound is far from what is measured: machines that build are busy.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CancelTest {
  private static final long MOST_MILLIS = 1_000;
  private static final long BEFORE_CANCEL_MILLIS = 200;

  private Path directory = Path.of("");
  private Sql sql;

  @BeforeAll
  void fill(@TempDir Path place) throws SQLException {
    directory = place.resolve("store");
    sql = Sql.open(directory);
    sql.run(
        "CREATE TABLE d (n INTEGER)",
        "INSERT INTO d VALUES (0), (1), (2), (3), (4), (5), (6), (7), (8), (9)",
        "CREATE TABLE t (id INTEGER, k INTEGER, name TEXT)",
        "INSERT INTO t SELECT a.n + 10 * b.n + 100 * c.n + 1000 * e.n + 10000 * f.n,"
            + " MOD(a.n * 7 + b.n * 3 + c.n, 10),"
            + " 'name ' || CAST(MOD(a.n * 77 + b.n * 31 + c.n * 13 + e.n, 997) AS VARCHAR)"
            + " FROM d a, d b, d c, d e, d f",
        "CREATE TABLE u AS SELECT * FROM t",
        "COMMIT VERSION MESSAGE 'one'",
        "UPDATE u SET k = k + 1 WHERE MOD(id, 3) = 0",
        "COMMIT VERSION MESSAGE 'two'",
        "COPY t TO '" + directory.resolveSibling("t.csv") + "'");
  }

  @AfterAll
  void close() throws SQLException {
    sql.close(); // fails when memory was not given back
  }

  static Stream<Arguments> work() {
    String terms =
        IntStream.range(0, 6_000)
            .mapToObj(i -> "(id = " + i + " AND k <> " + (i % 7) + " OR k = " + i + ")")
            .collect(Collectors.joining(" OR "));
    return Stream.of(
        Arguments.of("planning", "SELECT COUNT(*) FROM t WHERE " + terms),
        Arguments.of(
            "sort of batches", "SELECT * FROM (" + copies(40) + ") ORDER BY name DESC, id DESC"),
        Arguments.of("scan", "SELECT SUM(id) FROM (" + copies(900) + ")"),
        Arguments.of(
            "nested loop", "SELECT COUNT(*) FROM t a, t b WHERE a.id + b.id < 0 AND a.k < b.id"),
        Arguments.of("cross join", "SELECT COUNT(*) FROM t a, t b, t c"),
        Arguments.of(
            "full outer join",
            "SELECT COUNT(*) FROM t a FULL JOIN t b ON a.id + b.id < 0 OR a.k > b.id"),
        Arguments.of(
            "hash join of equal keys",
            "SELECT COUNT(*) FROM t a JOIN t b ON a.k = b.k AND a.id + b.id < 0"),
        Arguments.of(
            "sort of rows", "SELECT a.id FROM t a, t b ORDER BY a.id - b.id, SIN(b.id) LIMIT 5"),
        Arguments.of(
            "groups", "SELECT a.id, COUNT(DISTINCT b.id) FROM t a, t b GROUP BY a.id ORDER BY 2"),
        Arguments.of(
            "window",
            "SELECT MAX(m) FROM (SELECT SUM(id) OVER (ORDER BY id ROWS BETWEEN 50000 PRECEDING"
                + " AND 50000 FOLLOWING) AS m FROM ("
                + copies(8)
                + "))"),
        Arguments.of(
            "row pattern",
            "SELECT COUNT(*) FROM t MATCH_RECOGNIZE (ORDER BY id MEASURES COUNT(*) AS n PATTERN (A+"
                + " B) DEFINE A AS COUNT(A.*) > 0, B AS id < 0)"),
        Arguments.of(
            "recursive query",
            "WITH RECURSIVE r (n) AS (VALUES (0) UNION ALL SELECT n + 1 FROM r) SELECT MAX(n)"
                + " FROM r"),
        Arguments.of(
            "correlated subquery",
            "SELECT COUNT(*) FROM t a WHERE a.id < (SELECT MAX(b.id) FROM t b WHERE b.id * a.k <"
                + " a.id)"),
        Arguments.of(
            "one call of a function",
            "SELECT REGEXP_LIKE('" + "a".repeat(38) + "b', '^(a|aa)+\\1c$')"),
        Arguments.of("COPY TO CSV", "COPY (SELECT a.id FROM t a, t b) TO 'never.csv'"),
        Arguments.of("COPY TO JSON", "COPY (SELECT a.id FROM t a, t b) TO 'never.json'"),
        Arguments.of(
            "COPY TO files",
            "COPY (SELECT CAST('x' AS VARBINARY) AS x FROM t a, t b) TO 'never' (FORMAT files)"),
        Arguments.of("CREATE TABLE AS", "CREATE TABLE never AS SELECT a.id FROM t a, t b, t c"),
        Arguments.of("INSERT of a query", "INSERT INTO t (id) SELECT a.id FROM t a, t b, t c"),
        Arguments.of(
            "UPDATE", "UPDATE t SET k = 5 WHERE id < (SELECT COUNT(*) FROM t a, t b, t c)"),
        Arguments.of("DELETE", "DELETE FROM t WHERE id < (SELECT COUNT(*) FROM t a, t b, t c)"));
  }

  private static String copies(int times) {
    return IntStream.range(0, times)
        .mapToObj(i -> "SELECT id + " + i + " AS id, name FROM t")
        .collect(Collectors.joining(" UNION ALL "));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("work")
  void cancelComesBackAtOnce(String what, String text) throws Exception {
    try (Statement statement = sql.connection.createStatement()) {
      CompletableFuture<Long> cancelled = cancelLater(statement);
      SQLException e = assertThrows(SQLException.class, () -> readAll(statement, text));
      long millis = (System.nanoTime() - cancelled.get(10, TimeUnit.SECONDS)) / 1_000_000;
      assertEquals("57014", e.getSQLState(), e.getMessage());
      assertTrue(millis < MOST_MILLIS, what + " went on for " + millis + " ms");
    }
    assertUsable();
  }

  @Tag("long")
  @ParameterizedTest(name = "{0}")
  @MethodSource("work")
  void timeoutComesBackInTime(String what, String text) throws Exception {
    try (Statement statement = sql.connection.createStatement()) {
      statement.setQueryTimeout(1);
      long begin = System.nanoTime();
      SQLException e = assertThrows(SQLException.class, () -> readAll(statement, text));
      long millis = (System.nanoTime() - begin) / 1_000_000;
      assertEquals("57014", e.getSQLState(), e.getMessage());
      assertInstanceOf(SQLTimeoutException.class, e);
      assertTrue(millis < 1_000 + MOST_MILLIS, what + " went on for " + millis + " ms");
    }
    assertUsable();
  }

  private static CompletableFuture<Long> cancelLater(Statement statement) {
    return cancelAfter(statement, BEFORE_CANCEL_MILLIS);
  }

  private static CompletableFuture<Long> cancelAfter(Statement statement, long millisBefore) {
    return CompletableFuture.supplyAsync(
        () -> {
          long now = System.nanoTime();
          try {
            statement.cancel();
          } catch (SQLException e) {
            throw new IllegalStateException(e);
          }
          return now;
        },
        CompletableFuture.delayedExecutor(millisBefore, TimeUnit.MILLISECONDS));
  }

  private static void readAll(Statement statement, String text) throws SQLException {
    if (statement.execute(text)) {
      readAll(statement);
    }
  }

  private static void readAll(Statement statement) throws SQLException {
    try (ResultSet rows = statement.getResultSet()) {
      while (rows.next()) {
        rows.getObject(1);
      }
    }
  }

  private void assertUsable() throws SQLException {
    assertEquals("100000", sql.text("SELECT COUNT(*) FROM t"));
    assertEquals("10000|5", sql.text("SELECT COUNT(*), MAX(k) FROM t WHERE k = 5"));
    assertEquals("2", sql.text("SELECT COUNT(*) FROM d a JOIN d b ON a.n = b.n WHERE a.n < 2"));
  }

  /** What takes a while, what tells whether it has happened, and what undoes it. */
  static Stream<Arguments> changes() {
    String rows = "SELECT COUNT(*), SUM(k) FROM u";
    String constraints =
        "SELECT COUNT(*) FROM information_schema.table_constraints WHERE table_name = 'u'";
    return Stream.of(
        Arguments.of("COPY u FROM 't.csv'", rows, "DELETE FROM u WHERE _index >= 100000"),
        Arguments.of("UPDATE u SET k = k + 1", rows, "UPDATE u SET k = k - 1"),
        Arguments.of("DELETE FROM u WHERE id >= 0", rows, "RESTORE TABLE u TO COMMIT 'main'"),
        Arguments.of(
            "MERGE INTO u USING (SELECT * FROM t ORDER BY name) AS s ON u.id = s.id"
                + " WHEN MATCHED THEN UPDATE SET k = u.k + 3",
            rows,
            "UPDATE u SET k = k - 3"),
        Arguments.of("ALTER TABLE u ADD PRIMARY KEY (id)", constraints, "RESET BRANCH"),
        Arguments.of(
            "ALTER TABLE u ADD CONSTRAINT c CHECK (k < 100 AND name LIKE 'name%')",
            constraints, "ALTER TABLE u DROP CONSTRAINT c"),
        Arguments.of(
            "ALTER TABLE u ADD COLUMN n BIGINT GENERATED ALWAYS AS IDENTITY",
            "SELECT COUNT(*) FROM information_schema.columns WHERE table_name = 'u'",
            "ALTER TABLE u DROP COLUMN n"),
        Arguments.of("OPTIMIZE TABLE u", rows, ""),
        Arguments.of("SELECT * FROM versor.diff('u', 'main~1', 'main')", rows, ""),
        Arguments.of("SELECT * FROM versor.diff_summary('main~1', 'main')", rows, ""),
        Arguments.of("SELECT * FROM versor.history('u')", rows, ""),
        Arguments.of("SELECT * FROM versor.blame('u')", rows, ""),
        Arguments.of("SELECT TABLE_HASH('u', 'main~1')", rows, ""));
  }

  /** Wherever the cancel meets it, a statement has happened as a whole or not at all. */
  @ParameterizedTest(name = "{0}")
  @MethodSource("changes")
  void whatIsCancelledHasHappenedOrNot(String text, String state, String undo) throws Exception {
    String file = directory.resolveSibling("t.csv").toString();
    String before = sql.text(state);
    for (long delay : new long[] {1, 8, 25, 70, 180}) {
      boolean happened = false;
      boolean stopped = false;
      try (Statement statement = sql.connection.createStatement()) {
        CompletableFuture<Long> cancel = cancelAfter(statement, delay);
        try {
          boolean result = statement.execute(text.replace("'t.csv'", "'" + file + "'"));
          happened = true; // what is left to stop is the reading of what it tells
          if (result) {
            readAll(statement);
          }
        } catch (SQLException e) {
          assertEquals("57014", e.getSQLState(), e.getMessage());
          stopped = true;
        }
        long millis = (System.nanoTime() - cancel.get(10, TimeUnit.SECONDS)) / 1_000_000;
        assertTrue(!stopped || millis < MOST_MILLIS, text + " went on for " + millis + " ms");
      }
      if (happened && !undo.isEmpty()) {
        assertNotEquals(before, sql.text(state));
        sql.run(undo);
      }
      assertEquals(before, sql.text(state), "cancelled after " + delay + " ms");
    }
    assertUsable();
  }

  /** As another process would, somebody holds the lock on the root. */
  @ParameterizedTest(name = "{0}")
  @ValueSource(strings = {"CREATE BRANCH never", "CREATE TAG never", "DROP BRANCH other FORCE"})
  void whoWaitsForTheRootIsStopped(String text) throws Exception {
    sql.run("CREATE BRANCH IF NOT EXISTS other");
    DirectoryStore objects = DirectoryStore.open(directory, OpenMode.CREATE);
    Guard held = objects.lock("swap/root", 1_000);
    try (Statement statement = sql.connection.createStatement()) {
      CompletableFuture<Long> cancelled = cancelLater(statement);
      SQLException e = assertThrows(SQLException.class, () -> statement.execute(text));
      long millis = (System.nanoTime() - cancelled.get(10, TimeUnit.SECONDS)) / 1_000_000;
      assertEquals("57014", e.getSQLState(), e.getMessage());
      assertTrue(millis < MOST_MILLIS, text + " went on for " + millis + " ms");
    } finally {
      held.close();
      objects.close();
    }
    assertEquals(
        "2|main|other", sql.text("SELECT COUNT(*), MIN(name), MAX(name) FROM versor.branches"));
    assertEquals("0", sql.text("SELECT COUNT(*) FROM versor.tags"));
    sql.run("DROP BRANCH other FORCE");
    assertUsable();
  }

  @Test
  void cancelEndsTheFetchingOfAResult() throws Exception {
    try (Statement statement = sql.connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT a.id FROM t a, t b")) {
      assertTrue(rows.next());
      statement.cancel();
      assertEquals("57014", assertThrows(SQLException.class, rows::next).getSQLState());
    }
    assertUsable();
  }

  /** Wherever the cancel meets it, a merge is there whole or has not begun. */
  @Test
  void aMergeThatIsCancelledHasHappenedOrNot() throws Exception {
    sql.run(
        "CREATE TABLE m (id INTEGER, a INTEGER, b INTEGER)",
        "INSERT INTO m SELECT id, 0, 0 FROM t",
        "COMMIT VERSION MESSAGE 'base'",
        "CREATE BRANCH side",
        "UPDATE m SET a = 1 WHERE MOD(id, 3) = 0",
        "COMMIT VERSION MESSAGE 'ours'",
        "USE BRANCH side",
        "UPDATE m SET b = 1 WHERE MOD(id, 5) = 0",
        "COMMIT VERSION MESSAGE 'theirs'",
        "USE BRANCH main");
    int cancelled = 0;
    for (int round = 0; round < 12 || cancelled == 0 && round < 200; round++) {
      boolean merged = true;
      try (Statement statement = sql.connection.createStatement()) {
        CompletableFuture<Long> cancel = cancelAfter(statement, 3 * (round % 12));
        try {
          statement.execute("MERGE BRANCH side MESSAGE 'both'");
        } catch (SQLException e) {
          assertEquals("57014", e.getSQLState(), e.getMessage());
          merged = false;
          cancelled++;
        }
        cancel.get(10, TimeUnit.SECONDS);
      }
      String last = "SELECT message FROM versor.log LIMIT 1";
      assertEquals(merged ? "both" : "ours", sql.text(last));
      String sums = "SELECT SUM(a), SUM(b), COUNT(*) FROM m";
      assertEquals(merged ? "33334|20000|100000" : "33334|0|100000", sql.text(sums));
      if (merged) {
        sql.run("RESET BRANCH main TO COMMIT 'HEAD~1' HARD");
      }
    }
    assertTrue(cancelled > 0);
    sql.run(
        "MERGE BRANCH side MESSAGE 'both'", "DROP TABLE m", "COMMIT VERSION", "DROP BRANCH side");
    assertUsable();
  }

  @Test
  void aStatementThatWasCancelledRunsAgain() throws Exception {
    try (Statement statement = sql.connection.createStatement()) {
      cancelLater(statement);
      assertThrows(
          SQLException.class, () -> readAll(statement, "SELECT COUNT(*) FROM t a, t b, t c"));
      try (ResultSet rows = statement.executeQuery("SELECT COUNT(*) FROM d a, d b")) {
        assertTrue(rows.next());
        assertEquals(100, rows.getInt(1));
      }
    }
  }

  @Test
  void cancelWithNothingRunningDoesNothing() throws Exception {
    try (Statement statement = sql.connection.createStatement()) {
      statement.cancel();
      try (ResultSet rows = statement.executeQuery("SELECT COUNT(*) FROM d")) {
        assertTrue(rows.next());
        assertEquals(10, rows.getInt(1));
      }
      statement.cancel();
    }
    assertUsable();
  }

  @Test
  void aTimeoutIsAnExceptionOfItsOwn() throws Exception {
    timeoutComesBackInTime("cross join", "SELECT COUNT(*) FROM t a, t b, t c");
  }

  /** Nobody has the statement before it is prepared, so nobody could cancel that. */
  @Test
  void theTimeoutOfTheUrlIsOneOfAllStatementsAndOfPreparingThem() throws Exception {
    String url = Sql.url(directory) + "?queryTimeout=1";
    String unions =
        IntStream.range(0, 900)
            .mapToObj(i -> "SELECT UPPER(name || " + i + ") FROM t WHERE id = " + i)
            .collect(Collectors.joining(" UNION ALL "));
    try (Sql limited = Sql.open(url);
        Statement statement = limited.connection.createStatement()) {
      assertEquals(1, statement.getQueryTimeout());
      assertThrows(SQLTimeoutException.class, () -> limited.connection.prepareStatement(unions));
      assertThrows(
          SQLTimeoutException.class,
          () -> readAll(statement, "SELECT COUNT(*) FROM t a, t b, t c"));
      statement.setQueryTimeout(0);
      readAll(statement, "SELECT COUNT(*) FROM t");
    }
    SQLException wrong =
        assertThrows(
            SQLException.class, () -> Sql.open(Sql.url(directory) + "?queryTimeout=-1").close());
    assertTrue(wrong.getMessage().contains("a number of seconds"), wrong.getMessage());
  }

  @Test
  void theTimeoutIsOneOfCallsNotOfTheTimeAResultLiesOpen() throws Exception {
    try (Statement statement = sql.connection.createStatement()) {
      statement.setQueryTimeout(1);
      try (ResultSet rows = statement.executeQuery("SELECT a.n FROM d a, d b")) {
        assertTrue(rows.next());
        Thread.sleep(1_200); // the result lies open for longer than the timeout, a second
        int more = 1;
        while (rows.next()) {
          more++;
        }
        assertEquals(100, more);
      }
    }
  }

  @Test
  void closingAStatementOrItsConnectionEndsWhatItRuns() throws Exception {
    for (boolean whole : new boolean[] {false, true}) {
      Sql other = Sql.open(directory);
      Statement statement = other.connection.createStatement();
      CompletableFuture<Long> closed =
          CompletableFuture.supplyAsync(
              () -> {
                try {
                  long begin = System.nanoTime();
                  if (whole) {
                    other.connection.close();
                  } else {
                    statement.close();
                  }
                  return (System.nanoTime() - begin) / 1_000_000;
                } catch (SQLException e) {
                  throw new IllegalStateException(e);
                }
              },
              CompletableFuture.delayedExecutor(BEFORE_CANCEL_MILLIS, TimeUnit.MILLISECONDS));
      assertThrows(
          SQLException.class, () -> readAll(statement, "SELECT COUNT(*) FROM t a, t b, t c"));
      assertTrue(closed.get(10, TimeUnit.SECONDS) < MOST_MILLIS);
      other.close();
    }
    assertUsable();
  }

  @Test
  void threadsEndWithTheirWork() throws Exception {
    try (Statement statement = sql.connection.createStatement()) {
      cancelLater(statement);
      assertThrows(
          SQLException.class, () -> readAll(statement, "SELECT COUNT(*) FROM t a, t b, t c"));
    }
    long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    while (System.nanoTime() < until && runningWorkers() > 0) {
      Thread.sleep(50); // threads tell nobody that they rest, so they are looked at again
    }
    assertEquals(0, runningWorkers());
  }

  private static long runningWorkers() {
    return Thread.getAllStackTraces().entrySet().stream()
        .filter(entry -> entry.getKey().getName().startsWith("versor-worker"))
        .filter(entry -> entry.getKey().getState() == Thread.State.RUNNABLE)
        .count();
  }
}
