package io.versor.jdbc;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.versor.engine.work.Reservation;
import java.io.ByteArrayInputStream;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.BatchUpdateException;
import java.sql.CallableStatement;
import java.sql.Connection;
import java.sql.Date;
import java.sql.ParameterMetaData;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLTransientException;
import java.sql.Statement;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Connections, statements and values against a real store. */
class ConnectionTest {
  @TempDir Path store;

  private Sql sql;

  @BeforeEach
  void open() throws SQLException {
    sql = Sql.open(store);
  }

  @AfterEach
  void close() throws SQLException {
    sql.close();
  }

  @Test
  void scalarsComeBackAsTheyWent() throws SQLException {
    sql.run(
        "CREATE TABLE t (b BOOLEAN, ti TINYINT, s SMALLINT, i INTEGER, l BIGINT, r REAL, d DOUBLE,"
            + " n DECIMAL(20, 4), c VARCHAR(20), x TEXT, v VARBINARY, da DATE, ti2 TIME(3),"
            + " ts TIMESTAMP(6))");
    LocalDateTime at = LocalDateTime.of(2026, 11, 23, 12, 34, 56, 123_456_000);
    String insert = "INSERT INTO t VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";
    assertEquals(
        1,
        sql.update(
            insert,
            true,
            (byte) -128,
            (short) 32767,
            Integer.MIN_VALUE,
            Long.MAX_VALUE,
            0.1f,
            0.1,
            new BigDecimal("1234567890123456.7891"),
            "\u00e4\ud83d\ude00",
            "",
            new byte[] {0, -1, 7},
            LocalDate.of(1969, 12, 31),
            LocalTime.of(23, 59, 59, 999_000_000),
            at));
    assertEquals(1, sql.update(insert, new Object[14]));
    try (Statement statement = sql.connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT * FROM t")) {
      assertTrue(rows.next());
      assertTrue(rows.getBoolean("b"));
      assertEquals((byte) -128, rows.getByte("ti"));
      assertEquals((short) 32767, rows.getShort("s"));
      assertEquals(Integer.MIN_VALUE, rows.getInt("i"));
      assertEquals(Long.MAX_VALUE, rows.getLong("l"));
      assertEquals(0.1f, rows.getFloat("r"));
      assertEquals(0.1, rows.getDouble("d"));
      assertEquals(new BigDecimal("1234567890123456.7891"), rows.getBigDecimal("n"));
      assertEquals("\u00e4\ud83d\ude00", rows.getString("c"));
      assertEquals("", rows.getString("x"));
      assertArrayEquals(new byte[] {0, -1, 7}, rows.getBytes("v"));
      assertEquals(Date.valueOf("1969-12-31"), rows.getDate("da"));
      assertEquals(LocalTime.of(23, 59, 59, 999_000_000), rows.getObject("ti2", LocalTime.class));
      assertEquals(Timestamp.valueOf(at), rows.getTimestamp("ts"));
      assertEquals(at, rows.getObject("ts", LocalDateTime.class));
      assertEquals(Integer.class, rows.getObject("ti").getClass());
      assertTrue(rows.next());
      for (int i = 1; i <= 14; i++) {
        assertNull(rows.getObject(i));
        assertTrue(rows.wasNull());
      }
      assertEquals(0, rows.getLong("l"));
      assertTrue(rows.wasNull());
      assertFalse(rows.next());
    }
  }

  @Test
  void tensorsComeBackAsArrays() throws Exception {
    sql.run("CREATE TABLE t (e EMBEDDING(3), m TENSOR(UINT8, *, *))");
    sql.update(
        "INSERT INTO t VALUES (?, ?)", new float[] {1, 2.5f, -3}, new int[][] {{1, 2}, {3, 255}});
    try (PreparedStatement insert =
        sql.connection.prepareStatement("INSERT INTO t (e) VALUES (?)")) {
      insert.setArray(1, sql.connection.createArrayOf("REAL", new Object[] {4f, 5f, 6f}));
      assertEquals(1, insert.executeUpdate());
    }
    try (Statement statement = sql.connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT e, m FROM t")) {
      assertTrue(rows.next());
      assertArrayEquals(new float[] {1, 2.5f, -3}, rows.getObject(1, float[].class));
      assertArrayEquals(new float[] {1, 2.5f, -3}, (float[]) rows.getArray(1).getArray());
      short[][] matrix = (short[][]) rows.getArray(2).getArray();
      assertArrayEquals(new short[] {3, 255}, matrix[1]);
      assertTrue(rows.next());
      assertArrayEquals(new double[] {4, 5, 6}, rows.getObject(1, double[].class));
      assertNull(rows.getArray(2));
    }
    assertEquals(
        "[4.0, 5.0, 6.0]",
        sql.text(
            "SELECT e FROM t ORDER BY L2_DISTANCE(e, ?) LIMIT 1", (Object) new float[] {4, 5, 6}));
  }

  @Test
  void bytesGoInAndOutAsStreams() throws Exception {
    sql.run("CREATE TABLE t (v VARBINARY)");
    byte[] bytes = new byte[300_000];
    new java.util.Random(7).nextBytes(bytes);
    try (PreparedStatement insert = sql.connection.prepareStatement("INSERT INTO t VALUES (?)")) {
      insert.setBinaryStream(1, new ByteArrayInputStream(bytes));
      insert.executeUpdate();
    }
    try (Statement statement = sql.connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT v FROM t")) {
      assertTrue(rows.next());
      assertArrayEquals(bytes, rows.getBinaryStream(1).readAllBytes());
      assertArrayEquals(bytes, rows.getBytes(1));
      assertEquals(bytes.length, rows.getBlob(1).length());
    }
  }

  @Test
  void preparedStatementRunsManyTimes() throws SQLException {
    sql.run("CREATE TABLE t (id BIGINT, name TEXT)");
    try (PreparedStatement insert =
        sql.connection.prepareStatement("INSERT INTO t VALUES (?, ?)")) {
      assertEquals(2, insert.getParameterMetaData().getParameterCount());
      assertEquals(
          ParameterMetaData.parameterModeIn, insert.getParameterMetaData().getParameterMode(1));
      assertEquals("07001", assertThrows(SQLException.class, insert::execute).getSQLState());
      for (int i = 0; i < 20; i++) {
        insert.setLong(1, i);
        insert.setString(2, "n" + i);
        assertEquals(1, insert.executeUpdate());
      }
    }
    try (PreparedStatement query =
        sql.connection.prepareStatement("SELECT name FROM t WHERE id = ?")) {
      assertEquals(1, query.getMetaData().getColumnCount());
      for (int i = 0; i < 20; i++) {
        query.setInt(1, i);
        try (ResultSet rows = query.executeQuery()) {
          assertTrue(rows.next());
          assertEquals("n" + i, rows.getString(1));
          assertFalse(rows.next());
        }
      }
    }
    assertEquals("n3", sql.text("SELECT name FROM t ORDER BY id LIMIT ? OFFSET ?", 1, 3));
  }

  @Test
  void batchIsOneTransaction() throws SQLException {
    sql.run("CREATE TABLE t (id INTEGER NOT NULL)");
    try (PreparedStatement insert = sql.connection.prepareStatement("INSERT INTO t VALUES (?)")) {
      for (int i = 0; i < 1000; i++) {
        insert.setInt(1, i);
        insert.addBatch();
      }
      int[] counts = insert.executeBatch();
      assertEquals(1000, counts.length);
      assertEquals(1, counts[999]);
      insert.setInt(1, 5000);
      insert.addBatch();
      insert.setNull(1, Types.INTEGER);
      insert.addBatch();
      assertEquals(
          "23502", assertThrows(BatchUpdateException.class, insert::executeBatch).getSQLState());
    }
    assertEquals("1000|499500", sql.text("SELECT COUNT(*), SUM(id) FROM t"));
  }

  @Test
  void transactionIsSeenByOthersWhenItCommits() throws SQLException {
    sql.run("CREATE TABLE t (id INTEGER)");
    try (Sql other = Sql.open(store)) {
      sql.connection.setAutoCommit(false);
      sql.run("INSERT INTO t VALUES (1)", "INSERT INTO t VALUES (2)");
      assertEquals("2", sql.text("SELECT COUNT(*) FROM t"));
      assertEquals("0", other.text("SELECT COUNT(*) FROM t"));
      sql.connection.commit();
      assertEquals("2", other.text("SELECT COUNT(*) FROM t"));
      sql.run("DELETE FROM t");
      sql.connection.rollback();
      assertEquals("2", sql.text("SELECT COUNT(*) FROM t"));
      sql.run("INSERT INTO t VALUES (3)");
      sql.connection.setAutoCommit(true);
      assertEquals("3", other.text("SELECT COUNT(*) FROM t"));
    }
    assertEquals("25000", assertThrows(SQLException.class, sql.connection::commit).getSQLState());
  }

  @Test
  void closingRollsBack() throws SQLException {
    sql.run("CREATE TABLE t (id INTEGER)");
    try (Sql other = Sql.open(store)) {
      other.connection.setAutoCommit(false);
      other.run("INSERT INTO t VALUES (1)");
    }
    assertEquals("0", sql.text("SELECT COUNT(*) FROM t"));
  }

  @Test
  void versionStatementsHaveProceduresThatAreBound() throws SQLException {
    sql.run("CREATE TABLE t (id INTEGER)", "INSERT INTO t VALUES (1)");
    try (CallableStatement call =
        sql.connection.prepareCall("{call versor.commit_version(?, ?)}")) {
      call.setString(1, "bound");
      call.setString(2, "main");
      assertTrue(call.execute());
      try (ResultSet rows = call.getResultSet()) {
        assertTrue(rows.next());
        assertTrue(rows.getString(1).matches("[0-9a-f]{40}"));
      }
    }
    assertEquals("bound", sql.text("SELECT message FROM versor.log"));
  }

  @Test
  void urlKeysChooseWhatIsReadAndWritten() throws SQLException {
    sql.run(
        "CREATE TABLE t (id INTEGER)",
        "INSERT INTO t VALUES (1)",
        "COMMIT VERSION MESSAGE 'one'",
        "CREATE TAG v1",
        "CREATE BRANCH b",
        "INSERT INTO b.t VALUES (2)");
    String url = Sql.url(store);
    String id = sql.text("SELECT commit_id FROM versor.log");
    try (Sql branch = Sql.open(url + "?branch=b&fixedBranch=true")) {
      assertEquals("b", branch.connection.getSchema());
      assertEquals("2", branch.text("SELECT COUNT(*) FROM t"));
      assertThrows(SQLException.class, () -> branch.run("USE BRANCH main"));
    }
    for (String key : List.of("tag=v1", "commit=" + id, "commit=main~0")) {
      try (Sql reader = Sql.open(url + "?" + key)) {
        assertEquals("1", reader.text("SELECT COUNT(*) FROM t"), key);
        reader.fails("25006", "INSERT INTO t VALUES (9)");
      }
    }
    try (Sql reader = Sql.open(url + "?readOnly=true")) {
      assertTrue(reader.connection.isReadOnly());
      reader.fails("25006", "INSERT INTO t VALUES (9)");
      assertEquals("1", reader.text("SELECT COUNT(*) FROM t"));
    }
    assertEquals(
        "08001",
        assertThrows(
                SQLException.class, () -> Sql.open(Sql.url(store.resolve("no")) + "?create=false"))
            .getSQLState());
    assertEquals(
        "3F000",
        assertThrows(SQLException.class, () -> Sql.open(url + "?branch=nope")).getSQLState());
    assertEquals("1", sql.text("SELECT COUNT(*) FROM t"));
  }

  @Test
  void asOfInTheUrlReadsTheBranchAtAnInstant() throws SQLException {
    sql.run(
        "CREATE TABLE t (id INTEGER)",
        "INSERT INTO t VALUES (1)",
        "COMMIT VERSION MESSAGE 'one'",
        "CREATE BRANCH b",
        "INSERT INTO b.t VALUES (2)",
        "USE BRANCH b",
        "COMMIT VERSION MESSAGE 'two'");
    String one = sql.text("SELECT committed_at FROM versor.commits WHERE message = 'one'");
    String two = sql.text("SELECT committed_at FROM versor.commits WHERE message = 'two'");
    String url = Sql.url(store);
    for (String[] expected :
        new String[][] {
          {"asOf=" + one, "1"}, {"branch=b&asOf=" + two, "2"}, {"asOf=" + two, "1"}
        }) {
      try (Sql then = Sql.open(url + "?" + expected[0].replace(" ", "%20"))) {
        assertEquals(expected[1], then.text("SELECT COUNT(*) FROM t"), expected[0]);
        then.fails("25006", "INSERT INTO t VALUES (9)");
      }
    }
    for (String[] wrong :
        new String[][] {{"1999-01-01 00:00:00", "3F000"}, {"yesterday", "22023"}}) {
      SQLException e =
          assertThrows(
              SQLException.class, () -> Sql.open(url + "?asOf=" + wrong[0].replace(" ", "%20")));
      assertEquals(wrong[1], e.getSQLState(), e.getMessage());
    }
  }

  @Test
  void memoryLimitIsOneForAllConnectionsToAStore(@TempDir Path other) throws Exception {
    try (Sql first = Sql.open(Sql.url(other) + "?memoryLimit=64MB")) {
      assertEquals("1", first.text("SELECT 1"));
      try (Sql same = Sql.open(Sql.url(other) + "?memoryLimit=65536 KiB");
          Sql any = Sql.open(Sql.url(other))) {
        assertEquals("1", same.text("SELECT 1"));
        assertEquals("1", any.text("SELECT 1"));
      }
      SQLException refused =
          assertThrows(
              SQLException.class, () -> Sql.open(Sql.url(other) + "?memoryLimit=1GB").close());
      assertEquals("08001", refused.getSQLState());
      assertTrue(refused.getMessage().contains("67108864"), refused.getMessage());
      refused =
          assertThrows(
              SQLException.class,
              () -> Sql.open(Sql.url(other) + "?readOnly=true&memoryLimit=1GB").close());
      assertEquals("08001", refused.getSQLState());
      try (Sql reader = Sql.open(Sql.url(other) + "?readOnly=true");
          Reservation all = ((VersorConnection) first.connection).openReservation();
          Reservation more = ((VersorConnection) reader.connection).openReservation()) {
        assertTrue(all.tryHold(64 << 20, 0));
        assertFalse(more.tryHold(1 << 20, 0));
      }
    }
    for (String wrong : List.of("much", "-1MB", "1000KB", "5 PB", "1e9", "")) {
      SQLException refused =
          assertThrows(
              SQLException.class, () -> Sql.open(Sql.url(other) + "?memoryLimit=" + wrong).close());
      assertEquals("08001", refused.getSQLState());
      assertTrue(refused.getMessage().contains("memoryLimit"), refused.getMessage());
    }
  }

  @Test
  void fileAccessConfinesWhatIsRead() throws Exception {
    Path inside = Files.createDirectory(store.resolve("inside"));
    Files.writeString(inside.resolve("a.txt"), "a");
    Path outside = Files.writeString(store.resolve("b.txt"), "b");
    sql.close();
    Path other = store.resolve("store");
    String read = "SELECT READ_FILE('%s')";
    try (Sql confined = Sql.open(Sql.url(other) + "?fileAccess=" + inside)) {
      assertArrayEquals(
          new byte[] {'a'}, confined.bytes(String.format(read, inside.resolve("a.txt"))));
      confined.fails("42501", String.format(read, outside));
      confined.fails("42501", String.format(read, inside + "/../b.txt"));
    }
    try (Sql none = Sql.open(Sql.url(other) + "?fileAccess=none")) {
      none.fails("42501", String.format(read, outside));
    }
    try (Sql all = Sql.open(Sql.url(other) + "?fileAccess=all")) {
      assertArrayEquals(new byte[] {'b'}, all.bytes(String.format(read, outside)));
    }
    SQLException refused =
        assertThrows(
            SQLException.class, () -> Sql.open(Sql.url(other) + "?fileAccess=" + store + "/typo"));
    assertTrue(refused.getMessage().contains("/typo' is no directory"), refused.getMessage());
  }

  @Test
  void statementIsCancelledFromAnotherThread() throws Exception {
    sql.run("CREATE TABLE t (id INTEGER)");
    try (PreparedStatement insert = sql.connection.prepareStatement("INSERT INTO t VALUES (?)")) {
      for (int i = 0; i < 5000; i++) {
        insert.setInt(1, i);
        insert.addBatch();
      }
      insert.executeBatch();
    }
    try (Statement statement = sql.connection.createStatement()) {
      CompletableFuture<Void> canceller =
          CompletableFuture.runAsync(
              () -> {
                try {
                  statement.cancel();
                } catch (SQLException e) {
                  throw new IllegalStateException(e);
                }
              },
              CompletableFuture.delayedExecutor(300, TimeUnit.MILLISECONDS));
      SQLException e =
          assertThrows(
              SQLTransientException.class,
              () -> {
                try (ResultSet rows =
                    statement.executeQuery(
                        "SELECT COUNT(*) FROM t a, t b, t c WHERE a.id + b.id + c.id < 0")) {
                  rows.next();
                }
              });
      assertEquals("57014", e.getSQLState());
      canceller.get(10, TimeUnit.SECONDS);
    }
    assertEquals("5000", sql.text("SELECT COUNT(*) FROM t"));
  }

  @Test
  void escapesOfJdbcMeanWhatTheySay() throws SQLException {
    sql.run("CREATE TABLE t (id INTEGER, name TEXT)", "INSERT INTO t VALUES (1, 'a'), (2, 'b%')");
    assertEquals("1", sql.text("SELECT id FROM t WHERE name = {fn lcase('A')}"));
    assertEquals("2", sql.text("SELECT id FROM t WHERE name LIKE '%!%' {escape '!'}"));
    assertEquals(
        "2026-01-02|2026-01-02 03:04:05",
        sql.text("SELECT {d '2026-01-02'}, {ts '2026-01-02 03:04:05'}"));
    assertEquals(
        "1|null; 2|1",
        sql.text("SELECT a.id, b.id FROM {oj t a LEFT OUTER JOIN t b ON a.id = b.id + 1}"));
  }

  @Test
  void maxRowsAndScrollingWork() throws SQLException {
    sql.run("CREATE TABLE t (id INTEGER)", "INSERT INTO t VALUES (1), (2), (3), (4)");
    try (Statement statement =
        sql.connection.createStatement(
            ResultSet.TYPE_SCROLL_INSENSITIVE, ResultSet.CONCUR_READ_ONLY)) {
      statement.setMaxRows(3);
      try (ResultSet rows = statement.executeQuery("SELECT id FROM t")) {
        assertTrue(rows.last());
        assertEquals(3, rows.getInt(1));
        assertTrue(rows.absolute(2));
        assertEquals(2, rows.getInt(1));
      }
    }
  }

  @Test
  void closedThingsSaySo() throws SQLException {
    Statement statement = sql.connection.createStatement();
    statement.close();
    assertEquals(
        "08003",
        assertThrows(SQLException.class, () -> statement.execute("SELECT 1")).getSQLState());
    Connection other = Sql.open(store).connection;
    other.close();
    other.close();
    assertTrue(other.isClosed());
    assertFalse(other.isValid(1));
    assertEquals("08003", assertThrows(SQLException.class, other::createStatement).getSQLState());
  }

  @Test
  void executeQueryAndExecuteUpdateWantTheirKind() throws SQLException {
    sql.run("CREATE TABLE t (id INTEGER)");
    try (Statement statement = sql.connection.createStatement()) {
      assertThrows(SQLException.class, () -> statement.executeQuery("INSERT INTO t VALUES (1)"));
      assertThrows(SQLException.class, () -> statement.executeUpdate("SELECT * FROM t"));
      assertEquals(0, sql.rows("SELECT * FROM t").size());
      assertEquals(1, statement.executeUpdate("INSERT INTO t VALUES (1)"));
      assertFalse(statement.execute("DELETE FROM t"));
      assertEquals(1, statement.getUpdateCount());
      assertFalse(statement.getMoreResults());
      assertEquals(-1, statement.getUpdateCount());
    }
  }
}
