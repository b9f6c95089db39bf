package io.versor.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Rows compared with rows, in SQL's three values: every pair of rows of NULL, 1 and 2, in both
 * executors, held against a model that goes from pair to pair.
 */
class RowComparisonTest {
  private static final Integer[] VALUES = {null, 1, 2};

  @TempDir Path directory;

  @ParameterizedTest
  @CsvSource({
    "INTEGER, 2, ''",
    "INTEGER, 3, ''",
    "INTEGER UNSIGNED, 2, REVERSE",
    "BIGINT UNSIGNED, 2, ''",
    "'DECIMAL(5, 2)', 2, REVERSE",
    "DOUBLE, 2, REVERSE",
    "REAL, 2, ''",
    "SMALLINT, 3, REVERSE",
    "TEXT, 2, ''",
    "TEXT, 2, REVERSE",
    "DATE, 2, ''",
    "TIMESTAMP, 2, REVERSE",
    "UUID, 2, ''",
    "'CLASS_LABEL(''1'', ''2'')', 2, ''",
  })
  void rowsAreComparedFromPairToPair(String type, int parts, String rowExecutor) throws Exception {
    try (TestStore store = new TestStore(directory)) {
      List<@Nullable Integer[]> rows = rows(parts);
      store.run("CREATE TABLE t(id INTEGER, " + columns("c%d " + type, parts) + ")");
      for (int i = 0; i < rows.size(); i++) {
        List<String> literals = new ArrayList<>();
        for (Integer value : rows.get(i)) {
          literals.add(literal(type, value));
        }
        store.run("INSERT INTO t VALUES (" + i + ", " + String.join(", ", literals) + ")");
      }
      String a = "(" + columns("a.c%d", parts) + ")";
      String b = "(" + columns("b.c%d", parts) + ")";
      String alone = "(" + columns("c%d", parts) + ")";
      String list =
          String.format("SELECT %s FROM t WHERE id IN (0, 1, 5)", alone.replaceAll("[()]", ""));
      String sql =
          String.format(
              "SELECT a.id, b.id, %1$s = %2$s, %1$s <> %2$s, %1$s < %2$s, %1$s <= %2$s,"
                  + " %1$s > %2$s, %1$s >= %2$s, %1$s IS DISTINCT FROM %2$s,"
                  + " %1$s IS NOT DISTINCT FROM %2$s, %1$s IN (%2$s, %2$s), %1$s NOT IN (%2$s),"
                  + " %1$s BETWEEN %2$s AND %2$s, %1$s NOT BETWEEN %2$s AND %2$s%3$s"
                  + " FROM t AS a CROSS JOIN t AS b ORDER BY 1, 2",
              a, b, rowExecutor.isEmpty() ? "" : ", REVERSE('x')");
      List<String> found = store.run(sql);
      List<String> expected = new ArrayList<>();
      for (int i = 0; i < rows.size(); i++) {
        for (int j = 0; j < rows.size(); j++) {
          expected.add(i + " | " + j + " | " + compared(rows.get(i), rows.get(j)));
        }
      }
      for (int i = 0; i < expected.size(); i++) {
        String line = found.get(i);
        String shown = rowExecutor.isEmpty() ? line : line.substring(0, line.lastIndexOf(" | "));
        assertEquals(expected.get(i), shown, sql);
      }
      assertEquals(expected.size(), found.size());
      List<@Nullable Integer[]> listed = List.of(rows.get(0), rows.get(1), rows.get(5));
      Map<Integer, String> memberships = new TreeMap<>();
      for (int i = 0; i < rows.size(); i++) {
        Boolean in = in(rows.get(i), listed);
        memberships.put(i, i + " | " + shown(in) + " | " + shown(not(in)));
      }
      assertEquals(
          List.copyOf(memberships.values()),
          store.run(
              String.format(
                  "SELECT id, %1$s IN (%2$s), %1$s NOT IN (%2$s) FROM t ORDER BY id",
                  alone, list)));
      assertEquals(
          rowsWhere(rows, row -> not(in(row, listed))),
          store.run(
              String.format("SELECT id FROM t WHERE %1$s NOT IN (%2$s) ORDER BY id", alone, list)));
      assertEquals(
          rowsWhere(rows, row -> in(row, listed)),
          store.run(
              String.format("SELECT id FROM t WHERE %1$s IN (%2$s) ORDER BY id", alone, list)));
      assertEquals(
          rowsWhere(rows, row -> order(row, rows.get(4), false)),
          store.run(
              String.format(
                  "SELECT a.id FROM t AS a JOIN t AS b ON %s < %s WHERE b.id = 4 ORDER BY 1",
                  a, b)));
    }
  }

  private interface Condition {
    @Nullable Boolean of(@Nullable Integer[] row);
  }

  private static List<String> rowsWhere(List<@Nullable Integer[]> rows, Condition condition) {
    List<String> ids = new ArrayList<>();
    for (int i = 0; i < rows.size(); i++) {
      if (Boolean.TRUE.equals(condition.of(rows.get(i)))) {
        ids.add(Integer.toString(i));
      }
    }
    return ids;
  }

  private static List<@Nullable Integer[]> rows(int parts) {
    int count = (int) Math.pow(VALUES.length, parts);
    List<@Nullable Integer[]> rows = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      @Nullable Integer[] row = new Integer[parts];
      int rest = i;
      for (int k = 0; k < parts; k++, rest /= VALUES.length) {
        row[k] = VALUES[rest % VALUES.length];
      }
      rows.add(row);
    }
    return rows;
  }

  private static String columns(String pattern, int parts) {
    return java.util.stream.IntStream.range(0, parts)
        .mapToObj(i -> String.format(pattern, i))
        .collect(Collectors.joining(", "));
  }

  private static String literal(String type, @Nullable Integer value) {
    if (value == null) {
      return "NULL";
    }
    return switch (type) {
      case "TEXT", "CLASS_LABEL('1', '2')" -> "'" + value + "'";
      case "DATE" -> "DATE '2020-01-0" + value + "'";
      case "TIMESTAMP" -> "TIMESTAMP '2020-01-01 00:00:00.00000" + value + "'";
      case "UUID" -> "'00000000-0000-0000-0000-00000000000" + value + "'";
      default -> value.toString();
    };
  }

  // --- the model

  private static String compared(@Nullable Integer[] a, @Nullable Integer[] b) {
    Boolean equal = equal(a, b);
    Boolean less = order(a, b, false);
    Boolean greater = order(b, a, false);
    Boolean lessOrEqual = order(a, b, true);
    Boolean greaterOrEqual = order(b, a, true);
    boolean same = java.util.Arrays.equals(a, b);
    Boolean between = and(greaterOrEqual, lessOrEqual);
    List<@Nullable Boolean> all =
        java.util.Arrays.asList(
            equal,
            not(equal),
            less,
            lessOrEqual,
            greater,
            greaterOrEqual,
            !same,
            same,
            equal,
            not(equal),
            between,
            not(between));
    return all.stream().map(RowComparisonTest::shown).collect(Collectors.joining(" | "));
  }

  private static String shown(@Nullable Boolean truth) {
    return truth == null ? "NULL" : truth.toString();
  }

  private static @Nullable Boolean equal(@Nullable Integer[] a, @Nullable Integer[] b) {
    Boolean equal = true;
    for (int i = 0; i < a.length; i++) {
      Boolean part = a[i] == null || b[i] == null ? null : Objects.equals(a[i], b[i]);
      equal = and(equal, part);
    }
    return equal;
  }

  /** The first pair that is not equal decides, or makes it NULL. */
  private static @Nullable Boolean order(
      @Nullable Integer[] a, @Nullable Integer[] b, boolean orEqual) {
    for (int i = 0; i < a.length; i++) {
      Integer x = a[i];
      Integer y = b[i];
      if (x == null || y == null) {
        return null;
      }
      if (!x.equals(y)) {
        return x < y;
      }
    }
    return orEqual;
  }

  private static @Nullable Boolean in(@Nullable Integer[] row, List<@Nullable Integer[]> listed) {
    Boolean in = false;
    for (@Nullable Integer[] each : listed) {
      in = not(and(not(in), not(equal(row, each))));
    }
    return in;
  }

  private static @Nullable Boolean and(@Nullable Boolean a, @Nullable Boolean b) {
    if (Boolean.FALSE.equals(a) || Boolean.FALSE.equals(b)) {
      return false;
    }
    return a == null || b == null ? null : true;
  }

  private static @Nullable Boolean not(@Nullable Boolean truth) {
    return truth == null ? null : !truth;
  }
}
