package io.versor.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
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
