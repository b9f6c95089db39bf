package io.versor.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A long list of constants is what short ones are together, whatever the types are. */
class ListedConstantsTest {
  /** Makes the row executor run a query. */
  private static final String ROW_EXECUTOR = " AND UPPER(s) <> 'none'";

  private static final int SIZE = 40;
  private static final int SHORT = 20;

  @TempDir static Path directory;

  private static TestStore store;

  static Stream<Arguments> lists() {
    List<String> numbers = List.of("ti", "i", "w", "r", "d");
    Stream<Arguments> ofNumbers =
        numbers.stream()
            .flatMap(
                column ->
                    Stream.of(
                        Arguments.of(column, of(i -> "" + i)),
                        Arguments.of(column, of(i -> "-" + i % 7)),
                        Arguments.of(column, of(i -> i * 3_000_000_000L + "")),
                        Arguments.of(column, of(i -> "99999999999999999999" + i)),
                        Arguments.of(column, of(i -> i + "." + i % 4 * 25)),
                        Arguments.of(column, of(i -> i + ".0")),
                        Arguments.of(column, of(i -> i / 4.0 + "e0")),
                        Arguments.of(column, of(i -> "'" + i + "'")),
                        Arguments.of(column, of(i -> i % 2 == 0 ? "" + i : i + ".5")),
                        Arguments.of(column, of(i -> i % 3 == 0 ? "NULL" : "" + i)),
                        Arguments.of(column, of(i -> i == 60 ? "i" : "" + i))));
    return Stream.concat(
        ofNumbers,
        Stream.of(
            Arguments.of("s", of(i -> "'n" + i + "'")),
            Arguments.of("s", of(i -> "'n" + i + " '")),
            Arguments.of("s", of(i -> "'" + " ".repeat(i % 3) + "n" + i / 3 + "'")),
            Arguments.of("s", of(i -> i % 5 == 0 ? "NULL" : "'n" + i + "'")),
            Arguments.of("s", of(i -> "" + i)),
            Arguments.of("c", of(i -> "'n" + i + "'")),
            Arguments.of("c", of(i -> "'n" + i + "  '")),
            Arguments.of("UPPER(s)", of(i -> "'N" + i + "'")),
            Arguments.of("s || 'x'", of(i -> "'n" + i + "x'")),
            Arguments.of("i + 1", of(i -> "" + i)),
            Arguments.of("CAST(i AS BIGINT)", of(i -> "" + i)),
            Arguments.of("l", of(i -> "'l" + i % 20 + "'")),
            Arguments.of("dt", of(i -> "DATE '2024-01-" + (10 + i % 20) + "'")),
            Arguments.of("dt", of(i -> "'2024-01-" + (10 + i % 20) + "'")),
            Arguments.of("dt", of(i -> "'2024-1-" + (1 + i % 20) + "'")),
            Arguments.of("dt", of(i -> "'2024-02-" + (10 + i % 22) + "'")),
            Arguments.of("ts", of(i -> "TIMESTAMP '2024-01-" + (10 + i % 20) + " 00:00:00'")),
            Arguments.of("ts", of(i -> "DATE '2024-01-" + (10 + i % 20) + "'")),
            Arguments.of("ts", of(i -> "'2024-01-" + (10 + i % 20) + " 00:00:00'")),
            Arguments.of("tm", of(i -> "TIME '00:" + (10 + i % 40) + ":00'")),
            Arguments.of("u", of(i -> "'" + new UUID(i, i) + "'")),
            Arguments.of("u", of(i -> "UUID '" + new UUID(-i, i) + "'")),
            Arguments.of("u", of(i -> "'" + new UUID(i, i).toString().replace("-", "") + "'")),
            Arguments.of("u", of(i -> "'no UUID " + i + "'")),
            Arguments.of("x", of(i -> String.format("X'%02x'", i))),
            Arguments.of("k", of(i -> "" + i * 2)),
            Arguments.of("k", of(i -> i + ".0")),
            Arguments.of("k", of(i -> i + ".5")),
            Arguments.of("_index", of(i -> "" + i * 2)),
            Arguments.of("i = 3", of(i -> i % 2 == 0 ? "TRUE" : "FALSE")),
            Arguments.of("i", of(i -> "'none'")),
            Arguments.of("i", of(i -> "DATE '2024-01-01'"))));
  }

  private static List<String> of(IntFunction<String> literal) {
    return IntStream.range(0, SIZE).mapToObj(literal).toList();
  }

  @BeforeAll
  static void fill() throws Exception {
    String labels =
        IntStream.range(0, 30).mapToObj(i -> "'l" + i + "'").collect(Collectors.joining(", "));
    store = new TestStore(directory);
    store.run(
        "CREATE TABLE t(k INTEGER PRIMARY KEY, ti TINYINT, i INTEGER, b BIGINT, p DECIMAL(9, 2),"
            + " w DECIMAL(25, 3), r REAL, d DOUBLE, s VARCHAR, c CHAR(5), l CLASS_LABEL("
            + labels
            + "), dt DATE, ts TIMESTAMP, tm TIME, u UUID, x VARBINARY)");
    store.run(
        "INSERT INTO t VALUES "
            + IntStream.range(0, 67).mapToObj(i -> row(i * 3)).collect(Collectors.joining(", ")));
    store.run("INSERT INTO t(k, d, r, s) VALUES (1000, -0.0e0, -0.0e0, 'nulls')");
  }

  private static String row(int i) {
    return String.format(
        "(%d, %d, %1$d, %1$d, %1$d.25, %1$d.5, %1$d.5, %1$d, 'n%1$d', 'n%1$d', 'l%d',"
            + " DATE '2024-01-%02d', TIMESTAMP '2024-01-%4$02d 00:00:00', TIME '00:%02d:00', '%s',"
            + " X'%02x')",
        i, i % 100, i % 30, 1 + i % 28, i % 60, new UUID(i, i), i);
  }

  @AfterAll
  static void close() throws Exception {
    store.close();
  }

  @ParameterizedTest
  @MethodSource("lists")
  void longListIsShortOnes(String tested, List<String> literals) throws Exception {
    String all = tested + " IN (" + String.join(", ", literals) + ")";
    List<String> parts = new ArrayList<>();
    for (int i = 0; i < literals.size(); i += SHORT) {
      List<String> part = literals.subList(i, i + SHORT);
      parts.add(tested + " IN (" + String.join(", ", part) + ")");
    }
    String few = "(" + String.join(" OR ", parts) + ")";
    for (String query :
        List.of(
            "SELECT k FROM t WHERE %s ORDER BY k",
            "SELECT k FROM t WHERE NOT %s" + ROW_EXECUTOR + " ORDER BY k",
            "SELECT k, %s FROM t ORDER BY k",
            "SELECT k, %s, UPPER(s) FROM t WHERE k <> 6 OR %1$s ORDER BY k")) {
      assertEquals(
          answer(store, String.format(query, few)), answer(store, String.format(query, all)));
    }
  }

  private static List<String> answer(TestStore store, String sql) throws Exception {
    try {
      return store.run(sql);
    } catch (StatementException e) {
      return List.of(e.sqlState());
    }
  }

  @Test
  void listsOfOneStatementAreToldApart() throws Exception {
    String even = String.join(", ", of(i -> "" + i * 2));
    String same = String.join(", ", of(i -> "" + i * 4)); // begins alike
    assertEquals(
        List.of("false | false | 46", "false | true | 7", "true | false | 7", "true | true | 7"),
        store.run(
            String.format(
                "SELECT k IN (%1$s), k IN (%2$s), COUNT(*) FROM t WHERE k < 1000"
                    + " GROUP BY k IN (%1$s), k IN (%2$s) ORDER BY 1, 2",
                even, same)));
  }

  @Test
  void keysAreLookedUp() throws Exception {
    String list = String.join(", ", of(i -> "" + i * 2));
    List<String> plan = store.run("EXPLAIN SELECT s FROM t WHERE k IN (" + list + ")");
    assertTrue(String.join("\n", plan).contains("key"), plan.toString());
  }
}
