package io.versor.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Random queries give what H2 gives, on a branch and on a commit. A failure names its seed; the
 * same seed makes the same tables and queries.
 */
class RandomQueriesTest {
  private static final int MOST_SHOWN = 10;

  @TempDir Path directory;

  @Test
  void someQueriesGiveWhatH2Gives() throws Exception {
    for (int seed = 0; seed < 4; seed++) {
      compare(seed, 100);
    }
  }

  @Test
  @Tag("long")
  void manyQueriesGiveWhatH2Gives() throws Exception {
    for (int seed = 100; seed < 140; seed++) {
      compare(seed, 250);
    }
  }

  private void compare(long seed, int queries) throws Exception {
    Random random = new Random(seed);
    try (TestStore store = new TestStore(directory.resolve("s" + seed));
        Connection h2 = DriverManager.getConnection("jdbc:h2:mem:random" + seed);
        Statement oracle = h2.createStatement()) {
      for (String table : List.of("a", "c")) {
        String create =
            "CREATE TABLE %s(id INTEGER, i INTEGER, j INTEGER, d DECIMAL(9, 2), s VARCHAR(8),"
                + " b BOOLEAN, t DATE)";
        store.run(String.format(create, table));
        oracle.execute(String.format(create, table));
        String insert = "INSERT INTO " + table + " VALUES " + rows(random, 20 + random.nextInt(60));
        store.run(insert);
        oracle.execute(insert);
      }
      store.run("COMMIT VERSION");
      RandomQuery generator = new RandomQuery(random);
      int refused = 0;
      List<String> failures = new ArrayList<>();
      for (int i = 0; i < queries; i++) {
        String sql = generator.next();
        List<String> expected;
        try {
          expected = rows(oracle, sql);
        } catch (SQLException e) {
          refused++; // a query that is wrong for H2 proves nothing
          continue;
        }
        String where = "seed " + seed + ", query " + i + ": " + sql;
        try {
          List<String> actual = normalized(store, sql);
          if (!expected.equals(actual)) {
            failures.add(where + "\n  expected " + expected + "\n  but was " + actual);
          }
        } catch (StatementException e) {
          failures.add(where + "\n  " + e.sqlState() + " " + e.getMessage());
        }
      }
      assertEquals(List.of(), failures.stream().limit(MOST_SHOWN).toList());
      assertTrue(refused < queries / 10, refused + " queries are none for H2");
    }
  }

  private static String rows(Random random, int count) {
    List<String> rows = new ArrayList<>();
    for (int id = 0; id < count; id++) {
      rows.add(
          "("
              + String.join(
                  ", ",
                  String.valueOf(id),
                  orNull(random, String.valueOf(random.nextInt(21) - 10)),
                  orNull(random, String.valueOf(random.nextInt(9))),
                  orNull(random, (random.nextInt(41) - 20) + "." + (10 + random.nextInt(90))),
                  orNull(
                      random,
                      "'"
                          + List.of("a", "ab", "b", "", "bc", "ä", "A", "cab")
                              .get(random.nextInt(8))
                          + "'"),
                  orNull(random, random.nextBoolean() ? "TRUE" : "FALSE"),
                  orNull(
                      random,
                      "DATE '2024-0" + (1 + random.nextInt(9)) + "-1" + random.nextInt(10) + "'"))
              + ")");
    }
    return String.join(", ", rows);
  }

  private static String orNull(Random random, String value) {
    return random.nextInt(6) == 0 ? "NULL" : value;
  }

  private static List<String> rows(Statement statement, String sql) throws SQLException {
    List<String> lines = new ArrayList<>();
    try (ResultSet rows = statement.executeQuery(sql)) {
      while (rows.next()) {
        List<String> cells = new ArrayList<>();
        for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
          cells.add(shown(rows.getObject(i)));
        }
        lines.add(String.join(" | ", cells));
      }
    }
    Collections.sort(lines);
    return lines;
  }

  private static List<String> normalized(TestStore store, String sql) throws Exception {
    List<String> lines = new ArrayList<>();
    try (Prepared prepared = store.session().prepare(sql);
        Result result = prepared.execute(List.of(), ExecuteOptions.NONE)) {
      while (result.next()) {
        List<String> cells = new ArrayList<>();
        for (int i = 0; i < result.columns().size(); i++) {
          cells.add(shown(result.objectAt(i)));
        }
        lines.add(String.join(" | ", cells));
      }
    }
    Collections.sort(lines);
    return lines;
  }

  private static String shown(Object value) {
    if (value instanceof BigDecimal decimal) {
      return decimal.signum() == 0 ? "0" : decimal.stripTrailingZeros().toPlainString();
    }
    if (value instanceof Number number) {
      return String.valueOf(number.longValue());
    }
    return String.valueOf(value);
  }
}
