package io.versor.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A parameter is read as what it stands beside, on batches and on the row executor. */
class ParametersTest {
  @TempDir Path directory;
  private TestStore store;

  @BeforeEach
  void fill() throws Exception {
    store = new TestStore(directory.resolve("store"));
    store.run(
        "CREATE TABLE e(i INTEGER, d DECIMAL(10, 2), x DOUBLE, t TEXT, dt DATE, ts TIMESTAMP, "
            + "tm TIME, bo BOOLEAN, y VARBINARY)");
    store.run(
        "INSERT INTO e VALUES (1, 3.5, 4.5, '5', DATE '2020-01-01', "
            + "TIMESTAMP '2020-01-01 10:00:00', TIME '10:00:00', TRUE, X'01')");
  }

  @AfterEach
  void close() throws Exception {
    store.close();
  }

  /** The second has no kernel. */
  private static List<String> queries(String column) {
    return List.of(
        "SELECT COUNT(*) FROM e WHERE " + column + " = ?",
        "SELECT COUNT(*) FROM e WHERE " + column + " = ? AND REVERSE(t) = '5'");
  }

  private void finds(String column, Object value) throws Exception {
    for (String query : queries(column)) {
      assertEquals(List.of("1"), store.run(query, value), query + " " + value);
    }
  }

  private void refuses(String state, String column, Object value) {
    for (String query : queries(column)) {
      StatementException refused =
          assertThrows(StatementException.class, () -> store.run(query, value), query);
      assertEquals(state, refused.sqlState(), query + " " + refused.getMessage());
    }
  }

  @Test
  void textIsReadAsTheTypeSays() throws Exception {
    finds("i", "1");
    finds("i", " 1 ");
    finds("d", "3.50");
    finds("x", "4.5");
    finds("dt", "2020-01-01");
    finds("ts", "2020-01-01 10:00:00");
    finds("tm", "10:00");
    finds("bo", "true");
  }

  @Test
  void numbersAndTimesFitByTheirValue() throws Exception {
    finds("i", 1L);
    finds("i", 1.0);
    finds("i", new BigDecimal("1.00"));
    finds("d", 3.5);
    finds("x", new BigDecimal("4.5"));
    finds("t", 5);
    finds("dt", LocalDateTime.of(2020, 1, 1, 0, 0));
    finds("bo", 1);
    assertEquals(List.of("0"), store.run("SELECT COUNT(*) FROM e WHERE i = ?", 1L + (1L << 32)));
  }

  @Test
  void whatIsNoSuchValueIsRefused() {
    refuses("22018", "i", "one");
    refuses("22003", "i", "1.5");
    refuses("22003", "i", 1.5);
    refuses("22018", "d", "3,5");
    refuses("22007", "dt", "yesterday");
    refuses("22007", "ts", "10:00:00");
    refuses("22018", "bo", "maybe");
    refuses("42804", "i", true);
    refuses("42804", "i", LocalDate.of(2020, 1, 1));
    refuses("42804", "dt", 5);
    refuses("42804", "dt", LocalTime.NOON);
    refuses("42804", "y", "01");
    refuses("42804", "t", new byte[] {1});
  }

  @ParameterizedTest
  @ValueSource(strings = {"SELECT i FROM e LIMIT ?", "SELECT REVERSE(t), i FROM e LIMIT ?"})
  void limitsTakeAnyWholeNumber(String query) throws Exception {
    assertEquals(1, store.run(query, 1L).size());
    assertEquals(1, store.run(query, "1").size());
    assertEquals(0, store.run(query, 0).size());
    StatementException refused =
        assertThrows(StatementException.class, () -> store.run(query, "many"));
    assertEquals("22018", refused.sqlState());
  }

  @Test
  void numbersOfRowsAreRoundedAndNullIsNoLimit() throws Exception {
    String rows = "SELECT n FROM (VALUES (1), (2), (3)) v(n) ORDER BY n ";
    assertEquals(List.of("1", "2"), store.run(rows + "LIMIT ?", new BigDecimal("1.5")));
    assertEquals(List.of("1", "2", "3"), store.run(rows + "LIMIT ?", (Object) null));
    assertEquals(List.of("1", "2", "3"), store.run(rows + "OFFSET ?", (Object) null));
    assertEquals(List.of("3"), store.run(rows + "OFFSET ?", 2));
    assertEquals(List.of("1"), store.run(rows + "FETCH FIRST ? PERCENT ROWS ONLY", 33));
    assertEquals(
        List.of("1", "2"),
        store.run(rows + "FETCH FIRST ? PERCENT ROWS ONLY", new BigDecimal("33.4")));
    assertRefused("2201W", rows + "LIMIT ?", -1);
    assertRefused("2201X", rows + "OFFSET ?", -1);
  }

  @Test
  void anOrderByAValueIsNone() throws Exception {
    String rows = "SELECT n FROM (VALUES (2), (1)) v(n) ORDER BY ";
    assertEquals(List.of("2", "1"), store.run(rows + "?", 1));
    assertEquals(List.of("1", "2"), store.run(rows + "? DESC NULLS LAST, n", "x"));
    assertEquals(
        List.of("1", "2"),
        store.run("SELECT DISTINCT ON (n > ?) n FROM (VALUES (1), (2)) v(n)", 1));
  }

  @Test
  void argumentsOfAggregatesAndWindowsHaveTypes() throws Exception {
    String rows = " FROM (VALUES (1, 4), (2, 5)) v(n, m)";
    assertEquals(List.of("2"), store.run("SELECT REGR_COUNT(?, n)" + rows, 2));
    assertEquals(List.of("NULL"), store.run("SELECT CORR(?, n)" + rows, 2));
    assertRefused("22018", "SELECT REGR_SLOPE(?, n)" + rows, "abc");
    assertEquals(
        List.of("7", "4"), store.run("SELECT LAG(m, ?, ?) OVER (ORDER BY n)" + rows, 1, 7));
    assertEquals(
        List.of("NULL", "5"), store.run("SELECT NTH_VALUE(m, ?) OVER (ORDER BY n)" + rows, 2));
  }

  private void assertRefused(String state, String sql, Object value) {
    StatementException refused =
        assertThrows(StatementException.class, () -> store.run(sql, value), sql);
    assertEquals(state, refused.sqlState(), refused.getMessage());
  }
}
