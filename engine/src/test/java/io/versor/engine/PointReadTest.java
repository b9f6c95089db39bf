package io.versor.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A query for the row of a key, a row id or a position answers what a scan answers. */
class PointReadTest {
  @TempDir Path directory;
  private TestStore store;

  @BeforeEach
  void fill() throws Exception {
    store = new TestStore(directory.resolve("store"));
    store.run(
        "CREATE TABLE t(id BIGINT PRIMARY KEY, d DECIMAL(9, 2) UNIQUE, s VARCHAR UNIQUE,"
            + " a INTEGER, b SMALLINT, UNIQUE (a, b))");
    store.run(
        "INSERT INTO t VALUES (1, 1.50, 'x', 1, 1), (2, 2, 'x ', 1, 2), (-3, NULL, NULL, NULL, 1),"
            + " (9223372036854775807, 0, '', 2, 1), (7, 7, '7', 7, 7)");
    store.run("DELETE FROM t WHERE id = 7");
  }

  @AfterEach
  void close() throws Exception {
    store.close();
  }

  private String outcome(String sql, @Nullable Object... values) {
    try {
      return String.valueOf(store.run(sql, values));
    } catch (StatementException e) {
      return e.sqlState();
    } catch (Exception e) {
      return e.toString();
    }
  }

  /** The condition that is always true keeps the second query from being such a one. */
  private void same(String condition, @Nullable Object... values) {
    for (String columns : List.of("*", "s, _rowid, _index, id, s", "b")) {
      String query = "SELECT " + columns + " FROM t WHERE " + condition;
      assertEquals(
          outcome(query + " AND b <> 9999", values),
          outcome(query, values),
          query + " " + Arrays.toString(values));
    }
  }

  @Test
  void anyValueFindsWhatAScanFinds() throws Exception {
    long row = Long.parseLong(store.run("SELECT _rowid FROM t WHERE s = 'x'").get(0));
    @Nullable Object[] values = {
      null,
      0,
      1,
      2L,
      -3,
      7,
      4,
      5,
      row,
      row + 1,
      1.5,
      1.0,
      new BigDecimal("1.50"),
      new BigDecimal("9223372036854775807"),
      new BigDecimal("9223372036854775808"),
      new BigDecimal("-1e30"),
      "1",
      "x",
      "x ",
      "",
      "nothing",
      true
    };
    for (Object value : values) {
      for (String column : List.of("id", "d", "s", "_index", "_rowid")) {
        same(column + " = ?", value);
        same("? = " + column, value);
      }
      for (Object other : Arrays.asList(null, 1, 2, 70_000)) {
        same("a = ? AND b = ?", value, other);
        same("b = ? AND ? = a", other, value);
      }
    }
    for (String value : List.of("1", "-3", "1.5", "NULL", "7", "9223372036854775808")) {
      same("id = " + value);
      same("d = " + value);
      same("_index = " + value);
    }
    same("s = 'x'");
    same("s = 'x '");
    same("a = 1 AND b = 2 AND a = 1");
    same("id = 1 AND _index = 0");
    same("id = ? AND id = ?", 1, 2);
  }

  @Test
  void everyTypeOfAKeyIsFoundByAsInATableWithoutKeys() throws Exception {
    Map<String, List<Object>> types = new LinkedHashMap<>();
    types.put("DATE", List.of(LocalDate.of(2020, 1, 1), LocalDate.of(1969, 12, 31)));
    types.put("TIME", List.of(LocalTime.of(10, 0), LocalTime.of(10, 0, 0, 1_000)));
    types.put(
        "TIMESTAMP",
        List.of(LocalDateTime.of(2020, 1, 1, 0, 0), LocalDateTime.of(1960, 1, 1, 0, 0, 0, 7_000)));
    types.put("DOUBLE", List.of(0.1, 1.5, 0.0, -1e300, 3.0));
    types.put("REAL", List.of(0.1f, 1.5f, 3f));
    types.put("VARBINARY", List.of(new byte[] {1}, new byte[] {}, new byte[] {1, 0}));
    types.put("CLASS_LABEL('cat', 'dog')", List.of("cat", "dog"));
    types.put("DECIMAL(20, 2)", List.of(new BigDecimal("1.50"), new BigDecimal("3")));
    types.put("INTEGER", List.of(1, 3));
    types.put("SMALLINT", List.of(1, 3));
    List<@Nullable Object> wanted = new ArrayList<>();
    types.values().forEach(wanted::addAll);
    wanted.addAll(Arrays.asList(null, -0.0, 0, 70_000, 1L << 40, "none", "1.5", "2020-01-01"));
    int number = 0;
    for (Map.Entry<String, List<Object>> type : types.entrySet()) {
      String keyed = "k" + number;
      String plain = "p" + number++;
      store.run("CREATE TABLE " + keyed + "(i INTEGER, c " + type.getKey() + " UNIQUE)");
      store.run("CREATE TABLE " + plain + "(i INTEGER, c " + type.getKey() + ")");
      for (int i = 0; i < type.getValue().size(); i++) {
        store.run("INSERT INTO " + keyed + " VALUES (?, ?)", i, type.getValue().get(i));
        store.run("INSERT INTO " + plain + " VALUES (?, ?)", i, type.getValue().get(i));
      }
      assertTrue(
          store
              .run("EXPLAIN SELECT i FROM " + keyed + " WHERE c = ?", type.getValue().get(0))
              .toString()
              .contains("key=[[c]]"),
          type.getKey());
      for (Object value : wanted) {
        for (String condition :
            List.of("c = ?", "c = CAST(? AS BIGINT)", "CAST(? AS SMALLINT) = c", "c IN (?, ?)")) {
          Object[] values =
              condition.endsWith("?)") ? new Object[] {value, value} : new Object[] {value};
          assertEquals(
              outcome("SELECT i FROM " + plain + " WHERE " + condition, values),
              outcome("SELECT i FROM " + keyed + " WHERE " + condition, values),
              type.getKey() + " " + condition + " " + value);
        }
      }
      for (String literal :
          List.of(
              "DATE '2020-01-01'",
              "TIME '10:00:00'",
              "TIME '10:00:00.000001'",
              "TIMESTAMP '1960-01-01 00:00:00.000007'",
              "0.1",
              "1.5",
              "3",
              "1",
              "-0e0",
              "X'01'",
              "'cat'",
              "'cow'",
              "CAST(1 AS BIGINT)",
              "70000")) {
        for (String condition : List.of("c = " + literal, "c IN (" + literal + ", NULL)")) {
          assertEquals(
              outcome("SELECT i FROM " + plain + " WHERE " + condition),
              outcome("SELECT i FROM " + keyed + " WHERE " + condition),
              type.getKey() + " " + condition);
        }
      }
    }
  }

  @Test
  void aPlanThatIsKeptSeesWhatWasWrittenSince() throws Exception {
    String query = "SELECT s FROM t WHERE id = ?";
    assertEquals(List.of("x"), store.run(query, 1));
    store.run("UPDATE t SET s = 'other' WHERE id = 1");
    assertEquals(List.of("other"), store.run(query, 1));
    assertEquals(List.of("4"), store.run("SELECT COUNT(*) FROM t"));
    store.run("DELETE FROM t WHERE id = 1");
    assertEquals(List.of(), store.run(query, 1));
    assertEquals(List.of("3"), store.run("SELECT COUNT(*) FROM t"));
    assertEquals(List.of("3"), store.run("SELECT COUNT(*) FROM (SELECT a FROM t)"));
    assertEquals(List.of("2"), store.run("SELECT COUNT(s) FROM t"));
  }
}
