package io.versor.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Statements too long or too deep are refused at once, by a limit that the message names. */
class StatementLimitsTest {
  private static final String ROWS = " FROM (VALUES (1, 2), (NULL, 3)) AS v(a, b)";

  @TempDir Path directory;

  static Stream<Arguments> tooMuch() {
    return Stream.of(
        Arguments.of("SELECT " + "(".repeat(1_000) + "1" + ")".repeat(1_000), "at most 100"),
        Arguments.of("SELECT " + "NOT ".repeat(1_000) + "TRUE", "at most 100"),
        Arguments.of("SELECT 1, " + "9".repeat(3_000), "a number of 3000 digits; at most 2000"),
        Arguments.of("SELECT 1." + "9".repeat(10_000_000), "at most 2000"),
        Arguments.of(
            "SELECT " + "CASE WHEN 1 = 1 THEN ".repeat(1_000) + "1" + " END".repeat(1_000),
            "at most 100"),
        Arguments.of("SELECT " + "(SELECT ".repeat(1_000) + "1" + ")".repeat(1_000), "at most 100"),
        Arguments.of(
            "SELECT a FROM (VALUES (1), (NULL)) AS v(a) WHERE a NOT IN (".repeat(40)
                + "1"
                + ")".repeat(40),
            "more than 5 deep"),
        Arguments.of(
            "SELECT " + "COALESCE(ABS(".repeat(40) + "a" + "), 1)".repeat(40) + ROWS,
            "more than 2500 copies"),
        Arguments.of(
            "SELECT " + "NULLIF(".repeat(40) + "a" + ", 1)".repeat(40) + ROWS,
            "more than 2500 copies"),
        Arguments.of(
            "SELECT " + "LEAST(1, ".repeat(40) + "a" + ")".repeat(40) + ROWS,
            "more than 2500 copies"),
        Arguments.of(
            "SELECT " + "DECODE(".repeat(40) + "a" + ", 1, 2, 3, 4)".repeat(40) + ROWS,
            "more than 2500 copies"),
        Arguments.of(
            "SELECT " + "(".repeat(40) + "a" + " BETWEEN FALSE AND TRUE)".repeat(40) + ROWS,
            "more than 2500 copies"),
        Arguments.of(
            "SELECT " + "(".repeat(40) + "b > 0" + " = ANY(ARRAY[TRUE, FALSE]))".repeat(40) + ROWS,
            "more than 2500 copies"),
        Arguments.of("SELECT " + switched(40, "a") + ROWS, "more than 2500 copies"),
        Arguments.of("SELECT " + switched(40, "(SELECT 1)"), "more than 2500 copies"),
        Arguments.of("SELECT a" + ROWS + " ORDER BY " + switched(40, "a"), "more than 2500 copies"),
        Arguments.of("VALUES (" + switched(40, "?") + ")", "more than 2500 copies"),
        Arguments.of("CREATE TABLE t(a INT DEFAULT " + switched(40, "1") + ")", "2500 copies"),
        Arguments.of("CREATE TABLE t(a INT CHECK (" + switched(40, "a") + " > 1))", "2500 copies"),
        Arguments.of("CREATE VIEW v AS SELECT " + switched(40, "1") + " AS x", "2500 copies"),
        Arguments.of("EXPLAIN PLAN FOR SELECT " + switched(40, "1"), "more than 2500 copies"),
        Arguments.of("CALL versor.create_tag(" + switched(40, "1") + ", 'x')", "2500 copies"),
        Arguments.of(readTwice("(SELECT a, b FROM %1$s UNION ALL SELECT b, a FROM %1$s)"), "300"),
        Arguments.of(
            readTwice("(SELECT x.a, y.b FROM %1$s AS x JOIN %1$s AS y ON x.a = y.b)"), "300"),
        Arguments.of(readTwice("(SELECT * FROM %1$s WHERE a > (SELECT MIN(b) FROM %1$s))"), "300"),
        Arguments.of("SELECT 1" + ROWS + " GROUP BY CUBE(" + joined("a", ", ", 40) + ")", "4096"),
        Arguments.of("SELECT 1" + ROWS + " GROUP BY " + joined("CUBE(a, b)", ", ", 7), "4096"),
        Arguments.of(
            "SELECT 1 FROM (SELECT *"
                + ROWS
                + ") MATCH_RECOGNIZE (ORDER BY a MEASURES A.a AS x PATTERN (A) DEFINE A AS a IN ("
                + joined("a", ", ", 3_000)
                + "))",
            "a list of 3000 values in a row pattern; at most 1000"),
        Arguments.of(
            "SELECT 1 FROM (SELECT "
                + numbered("1 AS c", 400)
                + ") AS t GROUP BY ROLLUP("
                + numbered("c", 400)
                + ")",
            "401 grouping sets of 400 keys"),
        Arguments.of(
            "SELECT CASE a"
                + joined(" WHEN 1 THEN (SELECT MAX(b)" + ROWS + ")", "", 400)
                + " END"
                + ROWS,
            "more than 200 subqueries"),
        Arguments.of(
            "SELECT CARDINALITY(ARRAY[" + numbered("1", 20_000) + "])",
            "more than the 10000 that the row executor takes"),
        Arguments.of("SELECT " + joined("1", "+", 50_000), "at most 1000"),
        Arguments.of(joined("SELECT 1", " UNION ALL ", 5_000), "at most 1000"),
        Arguments.of(
            "SELECT 1 FROM "
                + String.join(
                    " CROSS JOIN ",
                    IntStream.range(0, 1_000).mapToObj(i -> "(VALUES (1)) AS t" + i).toList()),
            "at most 200"));
  }

  private static String joined(String part, String by, int times) {
    return String.join(by, Collections.nCopies(times, part));
  }

  /** x0, x1, … */
  private static String numbered(String what, int times) {
    return IntStream.range(0, times).mapToObj(i -> what + i).collect(Collectors.joining(", "));
  }

  private static String switched(int levels, String of) {
    return "CASE ".repeat(levels) + of + " WHEN 1 THEN 2 WHEN 2 THEN 3 ELSE 4 END".repeat(levels);
  }

  /** Forty queries, each of which reads the one before in two places. */
  private static String readTwice(String query) {
    StringBuilder with = new StringBuilder("WITH w0 AS (SELECT a, b" + ROWS + ")");
    for (int i = 1; i < 40; i++) {
      with.append(", w").append(i).append(" AS ").append(String.format(query, "w" + (i - 1)));
    }
    return with + " SELECT * FROM w39";
  }

  @ParameterizedTest
  @MethodSource("tooMuch")
  void tooMuchIsRefusedByName(String sql, String limit) throws Exception {
    try (TestStore store = new TestStore(directory)) {
      StatementException e = assertThrows(StatementException.class, () -> store.run(sql));
      assertEquals("54001", e.sqlState(), e.getMessage());
      assertTrue(e.getMessage().contains(limit), e.getMessage());
      assertEquals(List.of("1"), store.run("SELECT 1"));
    }
  }

  @Test
  void viewsOverViewsAreRefusedByName() throws Exception {
    try (TestStore store = new TestStore(directory)) {
      store.run("CREATE VIEW v0 AS SELECT a, b" + ROWS);
      String sql = "CREATE VIEW v%d AS SELECT x.a, y.b FROM v%d AS x JOIN v%<d AS y ON x.a = y.a";
      for (int i = 1; i < 40; i++) {
        store.run(String.format(sql, i, i - 1));
      }
      assertEquals(List.of("1 | 2"), store.run("SELECT * FROM v6"));
      StatementException e =
          assertThrows(StatementException.class, () -> store.run("SELECT * FROM v39"));
      assertEquals("54001", e.sqlState(), e.getMessage());
    }
  }

  @Test
  void whatStaysBelowIsAnswered() throws Exception {
    try (TestStore store = new TestStore(directory)) {
      assertEquals(
          List.of("400 | 1"),
          store.run(
              "SELECT " + joined("1", "+", 400) + ", " + "(".repeat(90) + "1" + ")".repeat(90)));
      assertEquals(
          List.of("1", "3"),
          store.run("SELECT " + "COALESCE(".repeat(90) + "a" + ", b)".repeat(90) + ROWS));
      assertEquals(
          List.of("1", "3"),
          store.run("SELECT COALESCE(a" + ", COALESCE(b".repeat(90) + ")".repeat(91) + ROWS));
      assertEquals(List.of("4", "4"), store.run("SELECT " + switched(8, "a") + ROWS));
      assertEquals(
          List.of("true", "true"),
          store.run("SELECT " + "(".repeat(40) + "a IS NULL" + ") IS NOT NULL".repeat(40) + ROWS));
      assertEquals(
          List.of("41", "NULL"),
          store.run(
              "SELECT * FROM "
                  + "(SELECT a + 1 AS a FROM ".repeat(40)
                  + ROWS.substring(" FROM ".length())
                  + ") AS q".repeat(40)));
      assertEquals(
          List.of(),
          store.run(
              "SELECT * FROM "
                  + "(SELECT a + a AS a FROM ".repeat(40)
                  + "(SELECT 1 AS a WHERE FALSE) AS v"
                  + ") AS q".repeat(40)));
      String table = " JOIN (SELECT 1 AS a) AS t";
      String tables =
          String.join("", IntStream.range(0, 40).mapToObj(i -> table + i + " USING (a)").toList());
      assertEquals(List.of("1 | 2"), store.run("SELECT *" + ROWS + tables));
      String exists = "EXISTS (SELECT 1 FROM (VALUES (2)) AS w(c) WHERE w.c = v.a + 1)";
      assertEquals(
          List.of("1"), store.run("SELECT a" + ROWS + " WHERE " + joined(exists, " AND ", 20)));
      String million = "0f".repeat(1_000_000);
      store.run("CREATE TABLE bytes(b VARBINARY)");
      store.run("INSERT INTO bytes VALUES (X'" + million + "')");
      assertEquals(List.of("1000000"), store.run("SELECT OCTET_LENGTH(b) FROM bytes"));
      assertEquals(
          List.of("1"), store.run("SELECT COUNT(*) FROM bytes WHERE b = X'" + million + "'"));
      assertEquals(List.of("4"), store.run("SELECT OCTET_LENGTH(X'00'\n'0102'\n'03')"));
      assertEquals(
          List.of("1"),
          store.run(
              "SELECT x FROM (SELECT *"
                  + ROWS
                  + ") MATCH_RECOGNIZE (ORDER BY a MEASURES A.a AS x PATTERN (A) DEFINE A AS a IN ("
                  + numbered("1", 3_000)
                  + ", 1))"));
      List<String> columns = IntStream.range(0, 2_000).mapToObj(i -> "c" + i + " INT").toList();
      store.run("CREATE TABLE wide(" + String.join(", ", columns) + ")");
      assertEquals(List.of(), store.run("SELECT c1999 FROM wide"));
    }
  }
}
