package io.versor.clients;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.JDBCType;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.SQLType;
import java.sql.Statement;
import java.sql.Types;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The calls of tools that write SQL by themselves: Metabase, Tableau, Spark. */
class BiToolsIT {
  @TempDir private Path store;

  private Connection connection;

  @BeforeEach
  void open() throws SQLException {
    connection = VersorJar.open(store);
    Sql.run(
        connection,
        "CREATE TABLE sales (id INTEGER, item VARCHAR(20), price DECIMAL(8, 2), day DATE,"
            + " at_time TIME(3), at_instant TIMESTAMP(6))",
        "INSERT INTO sales SELECT x, 'item ' || CAST(MOD(x, 3) AS VARCHAR), x * 0.25,"
            + " DATE '2026-01-01' + INTERVAL '1' DAY * x, TIME '12:34:56.789',"
            + " TIMESTAMP '2026-01-01 00:00:00' FROM"
            + " UNNEST(ARRAY[1, 2, 3, 4, 5, 6, 7, 8, 9, 10]) AS t(x)");
  }

  @AfterEach
  void close() throws SQLException {
    connection.close();
  }

  /** The first of the isolation levels in Metabase's order that there is. */
  @Test
  void metabaseSetsItsConnectionUp() throws SQLException {
    int chosen =
        List.of(
                Connection.TRANSACTION_READ_UNCOMMITTED,
                Connection.TRANSACTION_REPEATABLE_READ,
                Connection.TRANSACTION_READ_COMMITTED)
            .stream()
            .filter(this::isSupported)
            .findFirst()
            .orElseThrow();
    connection.setTransactionIsolation(chosen);
    connection.setReadOnly(true);
    connection.setAutoCommit(true);
    connection.setHoldability(ResultSet.CLOSE_CURSORS_AT_COMMIT);
    assertEquals("10", Sql.text(connection, "SELECT COUNT(*) FROM sales"));
    assertEquals(
        "25006",
        assertThrows(SQLException.class, () -> Sql.run(connection, "DELETE FROM sales"))
            .getSQLState());
  }

  private boolean isSupported(int level) {
    try {
      return connection.getMetaData().supportsTransactionIsolationLevel(level);
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }

  private PreparedStatement metabaseQuery(String sql) throws SQLException {
    PreparedStatement statement =
        connection.prepareStatement(
            sql,
            ResultSet.TYPE_FORWARD_ONLY,
            ResultSet.CONCUR_READ_ONLY,
            ResultSet.CLOSE_CURSORS_AT_COMMIT);
    statement.setFetchDirection(ResultSet.FETCH_FORWARD);
    statement.setFetchSize(500);
    return statement;
  }

  private void assertFinds(int rows, String sql, Object value, SQLType type) throws SQLException {
    try (PreparedStatement statement = metabaseQuery(sql)) {
      assertEquals(1, statement.getParameterMetaData().getParameterCount());
      statement.setObject(1, value, type);
      try (ResultSet found = statement.executeQuery()) {
        int count = 0;
        while (found.next()) {
          count++;
        }
        assertEquals(rows, count, sql);
      }
    }
  }

  @Test
  void metabaseFiltersByJavaTime() throws SQLException {
    assertFinds(7, "SELECT * FROM sales WHERE day > ?", LocalDate.of(2026, 1, 4), JDBCType.DATE);
    assertFinds(
        10,
        "SELECT * FROM sales WHERE at_time = ?",
        LocalTime.of(12, 34, 56, 789_000_000),
        JDBCType.TIME);
    assertFinds(
        10,
        "SELECT * FROM sales WHERE at_instant < ?",
        LocalDateTime.of(2026, 1, 1, 0, 0, 1),
        JDBCType.TIMESTAMP);
    assertFinds(
        10,
        "SELECT * FROM sales WHERE CAST(at_instant AS TIMESTAMP WITH LOCAL TIME ZONE) < ?",
        OffsetDateTime.of(2026, 1, 1, 1, 0, 1, 0, ZoneOffset.UTC),
        JDBCType.TIMESTAMP_WITH_TIMEZONE);
  }

  @Test
  void metabaseGroupsByMonthAndReadsJavaTime() throws SQLException {
    try (PreparedStatement statement =
            metabaseQuery(
                "SELECT \"source\".\"month\" AS \"month\", SUM(\"source\".\"price\") AS \"sum\""
                    + " FROM (SELECT FLOOR(\"day\" TO MONTH) AS \"month\", \"price\""
                    + " FROM \"main\".\"sales\") AS \"source\""
                    + " GROUP BY \"source\".\"month\" ORDER BY \"source\".\"month\" ASC LIMIT 2000");
        ResultSet rows = statement.executeQuery()) {
      assertTrue(rows.next());
      assertEquals(LocalDate.of(2026, 1, 1), rows.getObject(1, LocalDate.class));
      assertEquals("13.75", rows.getBigDecimal("sum").toPlainString());
      assertFalse(rows.next());
    }
  }

  @Test
  void tableauDiscoversColumnsWithoutRunning() throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement("SELECT * FROM sales")) {
      ResultSetMetaData columns = statement.getMetaData();
      assertNotNull(columns);
      assertEquals(6, columns.getColumnCount());
      assertEquals(Types.DECIMAL, columns.getColumnType(3));
      assertEquals(2, columns.getScale(3));
    }
    for (String sql :
        List.of(
            "SELECT * FROM \"sales\" WHERE 1=0",
            "SELECT * FROM \"main\".\"sales\" LIMIT 0",
            "SELECT * FROM (SELECT id, price FROM sales) \"Custom SQL Query\" WHERE 1 = 0")) {
      assertEquals("", Sql.text(connection, sql), sql);
    }
    assertEquals(
        "item 1|5.50",
        Sql.text(
            connection,
            "SELECT \"Custom SQL Query\".\"item\" AS \"item\","
                + " SUM(\"Custom SQL Query\".\"price\") AS \"sum:price:ok\""
                + " FROM (SELECT * FROM sales) \"Custom SQL Query\""
                + " GROUP BY \"Custom SQL Query\".\"item\""
                + " HAVING COUNT(1) > 3 ORDER BY 1 FETCH FIRST 10 ROWS ONLY"));
  }

  /** What a tool tries out must fail cleanly, and leave the connection as it was. */
  @Test
  void tableauProbesWhatTheDatabaseCan() throws SQLException {
    for (String probe :
        List.of(
            "CREATE LOCAL TEMPORARY TABLE \"#Tableau_1\" (x INTEGER) ON COMMIT PRESERVE ROWS",
            "SELECT 1 INTO \"#Tableau_2\"",
            "SELECT TOP 1 * FROM sales",
            "SELECT nothing(1)",
            "DROP TABLE \"#Tableau_1\"")) {
      SQLException e = assertThrows(SQLException.class, () -> Sql.run(connection, probe), probe);
      assertNotNull(e.getSQLState(), probe);
      assertEquals(5, e.getSQLState().length(), probe);
      assertEquals("10", Sql.text(connection, "SELECT COUNT(*) FROM sales"), probe);
    }
  }

  @Test
  void bridgesSendEscapes() throws SQLException {
    assertEquals(
        "ITEM 1",
        Sql.text(
            connection,
            "SELECT {fn UCASE(item)} FROM {oj sales LEFT OUTER JOIN (SELECT 1 AS n) o"
                + " ON sales.id = o.n} WHERE day = {d '2026-01-02'}"
                + " AND at_instant = {ts '2026-01-01 00:00:00'}"));
  }

  /** Spark asks for the schema with a condition that is never true, then reads by partitions. */
  @Test
  void sparkReadsPartitions() throws SQLException {
    String relation = "(SELECT id, item, price FROM sales) SPARK_GEN_SUBQ_0";
    try (PreparedStatement statement =
            connection.prepareStatement("SELECT * FROM " + relation + " WHERE 1=0");
        ResultSet none = statement.executeQuery()) {
      assertEquals(3, none.getMetaData().getColumnCount());
      assertEquals("DECIMAL", none.getMetaData().getColumnTypeName(3));
      assertTrue(none.getMetaData().isSigned(1));
      assertFalse(none.next());
    }
    connection.setAutoCommit(false); // as Spark does when a fetch size is given
    int total = 0;
    for (String partition : List.of("id < 4 or id is null", "id >= 4 AND id < 7", "id >= 7")) {
      try (PreparedStatement statement =
          connection.prepareStatement(
              "SELECT \"id\",\"price\" FROM " + relation + " WHERE " + partition,
              ResultSet.TYPE_FORWARD_ONLY,
              ResultSet.CONCUR_READ_ONLY)) {
        statement.setFetchSize(2);
        statement.setQueryTimeout(0);
        try (ResultSet rows = statement.executeQuery()) {
          while (rows.next()) {
            total += rows.getInt(1);
            assertNotNull(rows.getBigDecimal(2));
          }
        }
      }
    }
    connection.commit();
    assertEquals(55, total);
  }

  /** Spark writes a table with type names of its own, and rows in batches. */
  @Test
  void sparkWritesTables() throws SQLException {
    connection.setAutoCommit(false);
    try (Statement statement = connection.createStatement()) {
      statement.executeUpdate(
          "CREATE TABLE copied (\"a\" INTEGER NOT NULL, \"b\" BIGINT, \"c\" DOUBLE PRECISION,"
              + " \"d\" REAL, \"e\" SMALLINT, \"f\" BOOLEAN, \"g\" TEXT, \"h\" BLOB,"
              + " \"i\" DECIMAL(38,18), \"j\" TIMESTAMP, \"k\" DATE)");
    }
    try (PreparedStatement insert =
        connection.prepareStatement("INSERT INTO copied (\"a\",\"g\",\"h\") VALUES (?,?,?)")) {
      for (int i = 0; i < 1000; i++) {
        insert.setInt(1, i);
        insert.setString(2, "row " + i);
        insert.setNull(3, Types.BLOB);
        insert.addBatch();
      }
      assertEquals(1000, insert.executeBatch().length);
    }
    connection.commit();
    try (Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery("SELECT COUNT(*), MAX(\"a\"), MAX(\"h\") FROM copied")) {
      assertTrue(rows.next());
      assertEquals(1000, rows.getInt(1));
      assertEquals(999, rows.getInt(2));
      assertNull(rows.getBytes(3));
    }
    connection.rollback();
    Sql.run(connection, "TRUNCATE TABLE copied");
    connection.commit();
  }
}
