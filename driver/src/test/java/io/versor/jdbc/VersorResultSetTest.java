package io.versor.jdbc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.versor.engine.work.StatementMemory;
import io.versor.format.io.MemoryBudget;
import io.versor.format.io.MemoryStore;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class VersorResultSetTest {
  private static final List<ResultColumn> COLUMNS =
      List.of(
          ResultColumn.computed("id", Types.BIGINT),
          ResultColumn.computed("Name", Types.VARCHAR),
          ResultColumn.computed("name", Types.VARCHAR));

  private static List<@Nullable Object[]> rows() {
    return List.of(
        new @Nullable Object[] {1L, "a", "x"},
        new @Nullable Object[] {null, "b", "y"},
        new @Nullable Object[] {1L << 40, null, "z"});
  }

  private static VersorResultSet open(int type) {
    return new VersorResultSet(new ListCursor(COLUMNS, rows()), null, Guard.NONE, type);
  }

  @Test
  void forwardOnlyReadsEachRowOnce() throws SQLException {
    try (ResultSet rows = open(ResultSet.TYPE_FORWARD_ONLY)) {
      assertTrue(rows.isBeforeFirst());
      assertTrue(rows.next());
      assertEquals(1, rows.getLong("ID"));
      assertFalse(rows.wasNull());
      assertTrue(rows.next());
      assertEquals(0, rows.getInt(1));
      assertTrue(rows.wasNull());
      assertTrue(rows.next());
      assertEquals(3, rows.getRow());
      assertEquals("22003", state(() -> rows.getInt(1)));
      assertNull(rows.getString(2));
      assertFalse(rows.next());
      assertFalse(rows.next());
      assertTrue(rows.isAfterLast());
      assertEquals("24000", state(() -> rows.getInt(1)));
      assertEquals("0A000", state(rows::previous));
    }
  }

  @Test
  void labelsIgnoreCaseButAnExactOneWins() throws SQLException {
    try (ResultSet rows = open(ResultSet.TYPE_FORWARD_ONLY)) {
      rows.next();
      assertEquals("a", rows.getString("Name"));
      assertEquals("x", rows.getString("name"));
      assertEquals("a", rows.getString("NAME"));
      assertEquals("42703", state(() -> rows.getString("nome")));
      assertEquals("07009", state(() -> rows.getString(4)));
      assertEquals("07009", state(() -> rows.getString(0)));
    }
  }

  @Test
  void scrollableGoesAnywhere() throws SQLException {
    try (ResultSet rows = open(ResultSet.TYPE_SCROLL_INSENSITIVE)) {
      assertTrue(rows.last());
      assertEquals("z", rows.getString(3));
      assertTrue(rows.absolute(1));
      assertEquals("x", rows.getString(3));
      assertTrue(rows.absolute(-2));
      assertEquals("y", rows.getString(3));
      assertTrue(rows.relative(1));
      assertFalse(rows.next());
      assertTrue(rows.isAfterLast());
      assertTrue(rows.previous());
      rows.beforeFirst();
      assertTrue(rows.isBeforeFirst());
      assertEquals("24000", state(() -> rows.getString(1)));
      assertTrue(rows.first());
      assertTrue(rows.isFirst());
    }
  }

  @Test
  void closedResultSaysSo() throws SQLException {
    ResultSet rows = open(ResultSet.TYPE_FORWARD_ONLY);
    rows.close();
    rows.close();
    assertTrue(rows.isClosed());
    assertEquals("24000", state(rows::next));
  }

  @Test
  void updatesAreRefused() throws SQLException {
    try (ResultSet rows = open(ResultSet.TYPE_SCROLL_INSENSITIVE)) {
      rows.next();
      assertEquals("0A000", state(() -> rows.updateInt(1, 2)));
      assertEquals("0A000", state(rows::deleteRow));
    }
  }

  @Test
  void scrollableResultStopsAtItsMemoryLimit() throws SQLException {
    StatementMemory memory =
        new StatementMemory(MemoryBudget.of(150), new MemoryStore()::openScratch);
    ScrollCursor cursor =
        new ScrollCursor(new ListCursor(COLUMNS, rows()), memory.openReservation());
    assertTrue(cursor.moveTo(1));
    assertEquals("53200", state(() -> cursor.moveTo(3)));
  }

  private interface Call {
    void run() throws SQLException;
  }

  private static String state(Call call) {
    return assertThrows(SQLException.class, call::run).getSQLState();
  }
}
