package io.versor.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.function.IntFunction;
import java.util.function.IntPredicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Statements of many like parts, which are planned otherwise than short ones. */
class LongStatementsTest {
  @TempDir Path directory;
  private TestStore store;

  @BeforeEach
  void open() throws Exception {
    store = new TestStore(directory);
    store.run("CREATE TABLE t (i INT, s VARCHAR)");
    store.run(
        "INSERT INTO t VALUES (NULL, NULL), "
            + listed(1_000, ", ", i -> "(" + i + ", 'x" + i + "y')"));
  }

  @AfterEach
  void close() throws Exception {
    store.close();
  }

  private static String listed(int count, String between, IntFunction<String> part) {
    return IntStream.range(0, count).mapToObj(part).collect(Collectors.joining(between));
  }

  private void assertFound(String condition, IntPredicate expected) throws Exception {
    List<String> numbers =
        IntStream.range(0, 1_000).filter(expected).mapToObj(String::valueOf).toList();
    assertEquals(numbers, store.run("SELECT i FROM t WHERE " + condition + " ORDER BY i"));
  }

  @Test
  void chainsOfAlternatives() throws Exception {
    assertFound(listed(300, " OR ", i -> "s LIKE '%x" + 2 * i + "y'"), i -> i < 600 && i % 2 == 0);
    assertFound(
        listed(100, " OR ", i -> "i = " + 5 * i + " AND NOT s LIKE '%0y' OR s = 'x7y'"),
        i -> i == 7 || i < 500 && i % 10 == 5);
    assertFound(
        listed(100, " OR ", i -> "i BETWEEN " + 9 * i + " AND " + 9 * i + " + 2"),
        i -> i < 900 && i % 9 < 3);
    assertFound(
        "i < 4 OR " + listed(100, " OR ", i -> "(i = " + i + " AND i IS NOT NULL)") + " AND i = 70",
        i -> i < 99);
    assertFound(
        listed(3_000, " OR ", i -> "(i = " + i + " AND s = 'x" + i % 500 + "y')"), i -> i < 500);
  }

  @Test
  void chainsOfConditions() throws Exception {
    assertFound(listed(300, " AND ", i -> "i <> " + i), i -> i >= 300);
    assertFound(
        listed(60, " AND ", i -> "i NOT BETWEEN " + 10 * i + " AND " + (10 * i + 8)),
        i -> i >= 600 || i % 10 == 9);
    assertFound(
        "i < 20 AND " + listed(80, " AND ", i -> "s NOT LIKE 'x1" + i + "y'") + " OR i = 999",
        i -> i < 10 || i == 999);
  }

  /** AND before OR, but for the AND of a BETWEEN, whose lower bound may be a condition. */
  @Test
  void boundsThatAreConditions() throws Exception {
    String less = listed(60, " OR ", i -> "i = " + i);
    assertFound(
        "TRUE BETWEEN " + less + " AND TRUE OR " + listed(20, " AND ", i -> "i > " + (900 + i)),
        i -> true);
    assertFound(
        "FALSE BETWEEN " + less + " AND TRUE AND " + listed(20, " AND ", i -> "i > " + (900 + i)),
        i -> i > 919);
  }

  @Test
  void wrongPartsOfChainsAreToldWithTheirPlace() {
    StatementException e =
        assertThrows(
            StatementException.class,
            () -> store.run("SELECT i FROM t WHERE " + listed(60, " OR ", i -> "i = 1") + " OR x"));
    assertEquals("42703", e.sqlState(), e.getMessage());
    assertTrue(e.getMessage().contains("'x'"), e.getMessage());
  }

  @Test
  void ordersByManyColumns() throws Exception {
    store.run("CREATE TABLE w (" + listed(300, ", ", i -> "c" + i + " INT") + ")");
    store.run(
        "INSERT INTO w VALUES "
            + listed(
                3, ", ", row -> "(" + listed(300, ", ", c -> c < 299 ? "1" : "" + -row) + ")"));
    String keys = listed(300, ", ", i -> "c" + i);
    String found = listed(299, " | ", i -> "1");
    List<String> expected = List.of(found + " | -2", found + " | -1", found + " | 0");
    assertEquals(expected, store.run("SELECT * FROM w ORDER BY " + keys));
    assertEquals(
        expected, store.run("SELECT * FROM w ORDER BY " + listed(300, ", ", i -> "" + (i + 1))));
    assertEquals(
        List.of("-2", "-1", "0"),
        store.run("SELECT c299 AS k FROM w ORDER BY " + keys.replace("c299", "k")));
    assertEquals(
        List.of("1 | 3"),
        store.run(
            "SELECT MAX(n), SUM(n) FROM (SELECT COUNT(*) AS n FROM w GROUP BY " + keys + ") AS g"));
  }

  @Test
  void unionsOfMany() throws Exception {
    String one = listed(150, " UNION ALL ", i -> "SELECT i, UPPER(s) AS s FROM t WHERE i = " + i);
    assertEquals(
        List.of("150 | 11175 | X0Y"),
        store.run("SELECT COUNT(*), SUM(i), MIN(s) FROM (" + one + ") AS u"));
    assertEquals(List.of("99 | X99Y"), store.run("SELECT * FROM (" + one + ") AS u WHERE i = 99"));
    String none = listed(150, " UNION ALL ", i -> "SELECT i FROM t WHERE FALSE");
    assertEquals(List.of("7"), store.run(none + " UNION ALL SELECT i FROM t WHERE i = 7"));
    String alike = listed(150, " UNION ", i -> "SELECT i FROM t WHERE i / 2 = " + i / 50);
    assertEquals(List.of("6"), store.run("SELECT COUNT(*) FROM (" + alike + ") AS u"));
    assertEquals(
        List.of("150"),
        store.run(
            "SELECT COUNT(*) FROM ("
                + listed(
                    150,
                    " UNION ALL ",
                    i ->
                        "SELECT i FROM t AS o WHERE i = (SELECT MAX(i) FROM t WHERE i < "
                            + (i + 1)
                            + " AND o.i <= i)")
                + ") AS u"));
  }

  @Test
  void manyDifferentValues() throws Exception {
    assertEquals(
        List.of(listed(100, " | ", i -> "" + (i + 1) + " | " + 999)),
        store.run(
            "SELECT "
                + listed(100, ", ", i -> "COUNT(DISTINCT MOD(i, " + (i + 1) + ")), MAX(i)")
                + " FROM t"));
  }

  @Test
  void listsOfTimes() throws Exception {
    store.run("CREATE TABLE d (i INT, ts TIMESTAMP)");
    store.run(
        "INSERT INTO d VALUES "
            + listed(
                100, ", ", i -> "(" + i + ", TIMESTAMP '2024-01-01 00:00:00." + (100 + i) + "')"));
    String all = listed(90, ", ", i -> "TIMESTAMP '2024-01-01 00:00:00." + (120 + i) + "'");
    assertEquals(
        List.of("80 | 20 | 99"),
        store.run("SELECT COUNT(*), MIN(i), MAX(i) FROM d WHERE ts IN (" + all + ")"));
    assertEquals(
        List.of("20 | 0 | 19"),
        store.run("SELECT COUNT(*), MIN(i), MAX(i) FROM d WHERE ts NOT IN (" + all + ")"));
    assertEquals(
        List.of("81"),
        store.run(
            "SELECT COUNT(*) FROM d WHERE ts IN (" + all + ", TIMESTAMP '2024-01-01 00:00:00.1')"));
    assertEquals(
        List.of("80"),
        store.run("SELECT SUM(CASE WHEN ts IN (" + all + ") THEN 1 ELSE 0 END) FROM d"));
  }

  @Test
  void arraysOfMany() throws Exception {
    assertEquals(
        List.of("500"),
        store.run(
            "SELECT COUNT(*) FROM t WHERE i = ANY(ARRAY[" + listed(500, ", ", i -> "" + i) + "])"));
  }
}
