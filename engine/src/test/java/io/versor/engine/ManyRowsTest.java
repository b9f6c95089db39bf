package io.versor.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rows of a long VALUES list are what each of them is on its own, and so are their errors. */
class ManyRowsTest {
  private static final int EACH = 12;

  @TempDir Path directory;

  /** Expressions for a number that make one or a few shapes each. */
  private static List<String> expressions(int i) {
    return List.of(
        i + " + 1",
        "-" + i + " * 2.5",
        i * 1_000_000_000L + " - 1",
        "7 / " + (i + 1) + ".0",
        "'a' || '" + "é".repeat(i) + "'",
        "UPPER('x" + i + "')",
        "CAST('" + i + "' AS INTEGER)",
        "CAST(" + i + ".75 AS INTEGER)",
        "CAST('ab" + i + "' AS CHAR(3)) || '|'",
        "CAST(0." + i + " AS DECIMAL(6, 3))",
        "CAST('2024-02-" + (10 + i) + "' AS DATE)",
        "SQRT(" + i + ")",
        "CASE WHEN " + i + " > 5 THEN 'many' ELSE 'few' END",
        "CHAR_LENGTH('') + CHAR_LENGTH('" + " ".repeat(i) + "')",
        "COALESCE(NULL, " + i + " + 1)",
        "(SELECT MAX(v) + " + i + " FROM (VALUES (1), (2)) AS x(v))");
  }

  @Test
  void longListsAreWhatTheirRowsAre() throws Exception {
    try (TestStore store = new TestStore(directory)) {
      store.run("CREATE TABLE one(id INTEGER, s TEXT)");
      store.run("CREATE TABLE many(id INTEGER, s TEXT)");
      List<String> rows = new ArrayList<>();
      for (int i = 0; i < EACH; i++) {
        for (String expression : expressions(i)) {
          rows.add("(" + rows.size() + " + 0, CAST(" + expression + " AS VARCHAR))");
        }
      }
      for (String row : rows) {
        store.run("INSERT INTO one VALUES " + row);
      }
      store.run("INSERT INTO many VALUES " + String.join(", ", rows));
      assertEquals(
          store.run("SELECT id, s FROM one ORDER BY id"),
          store.run("SELECT id, s FROM many ORDER BY id"));
    }
  }

  @Test
  void parametersKeepTheirPlaces() throws Exception {
    try (TestStore store = new TestStore(directory)) {
      store.run("CREATE TABLE t(id INTEGER, s TEXT)");
      List<String> rows = new ArrayList<>();
      @Nullable Object[] values = new Object[2 * EACH];
      for (int i = 0; i < EACH; i++) {
        rows.add(i % 2 == 0 ? "(? + 1, 'a' || ?)" : "(?, ? || 'b')");
        values[2 * i] = i;
        values[2 * i + 1] = "v" + i;
      }
      String sql = "INSERT INTO t VALUES " + String.join(", ", rows);
      store.run(sql, values);
      assertEquals(
          String.valueOf(EACH),
          store
              .run("SELECT COUNT(*) FROM t WHERE s IN ('av' || (id - 1), 'v' || id || 'b')")
              .get(0));
    }
  }

  @Test
  void anErrorIsThatOfItsRow() throws Exception {
    try (TestStore store = new TestStore(directory)) {
      store.run("CREATE TABLE t(id INTEGER, s TEXT)");
      for (String wrong :
          List.of("(1 / 0, 'a')", "(CAST('x1' AS INTEGER), 'a')", "(1 + nothing, 'a')")) {
        String good = "(8 / 4, 'a'), (CAST('11' AS INTEGER), 'a'), (1 + 1, 'a'), ".repeat(5);
        Exception alone =
            assertThrows(
                StatementException.class, () -> store.run("INSERT INTO t VALUES " + wrong));
        StatementException inMany =
            assertThrows(
                StatementException.class,
                () -> store.run("INSERT INTO t VALUES " + good + "\n" + wrong));
        assertEquals(((StatementException) alone).sqlState(), inMany.sqlState());
        assertEquals(List.of("0"), store.run("SELECT COUNT(*) FROM t"));
      }
    }
  }
}
