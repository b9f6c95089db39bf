package io.versor.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
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
            "more than 5000 copies"),
        Arguments.of(
            "SELECT " + "NULLIF(".repeat(40) + "a" + ", 1)".repeat(40) + ROWS,
            "more than 5000 copies"),
        Arguments.of(
            "SELECT " + "LEAST(1, ".repeat(40) + "a" + ")".repeat(40) + ROWS,
            "more than 5000 copies"),
        Arguments.of(
            "SELECT " + "DECODE(".repeat(40) + "a" + ", 1, 2, 3, 4)".repeat(40) + ROWS,
            "more than 5000 copies"),
        Arguments.of(
            "SELECT " + "(".repeat(40) + "a" + " BETWEEN FALSE AND TRUE)".repeat(40) + ROWS,
            "more than 5000 copies"),
        Arguments.of(
            "SELECT " + "(".repeat(40) + "b > 0" + " = ANY(ARRAY[TRUE, FALSE]))".repeat(40) + ROWS,
            "more than 5000 copies"),
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
      List<String> columns = IntStream.range(0, 2_000).mapToObj(i -> "c" + i + " INT").toList();
      store.run("CREATE TABLE wide(" + String.join(", ", columns) + ")");
      assertEquals(List.of(), store.run("SELECT c1999 FROM wide"));
    }
  }
}
