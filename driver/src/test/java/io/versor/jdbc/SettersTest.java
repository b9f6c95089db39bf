package io.versor.jdbc;

import java.io.ByteArrayInputStream;
import java.io.StringReader;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Date;
import java.sql.JDBCType;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Time;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TimeZone;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every setter into a column of every type, exactly or not at all: {@code jdbc/setters.txt}. */
class SettersTest {
  private interface Setter {
    void on(PreparedStatement statement, int index) throws SQLException;
  }

  private static final List<String> TYPES =
      List.of(
          "BOOLEAN",
          "TINYINT",
          "SMALLINT",
          "INTEGER",
          "BIGINT",
          "REAL",
          "DOUBLE",
          "DECIMAL(6,2)",
          "VARCHAR(5)",
          "TEXT",
          "JSON",
          "CLASS_LABEL('cat','12')",
          "VARBINARY(4)",
          "DATE",
          "TIME(6)",
          "TIMESTAMP(6)",
          "TIMESTAMP(6) WITH TIME ZONE",
          "TENSOR(FLOAT32, 3)");

  private final TimeZone before = TimeZone.getDefault();

  @TempDir Path directory;
  private Sql sql;

  @BeforeEach
  void open() throws SQLException {
    TimeZone.setDefault(TimeZone.getTimeZone("Europe/Berlin"));
    sql = Sql.open(directory);
    for (int i = 0; i < TYPES.size(); i++) {
      sql.run("CREATE TABLE t" + i + " (v " + TYPES.get(i) + ")");
    }
    sql.connection.setAutoCommit(false);
  }

  @AfterEach
  void close() throws SQLException {
    TimeZone.setDefault(before);
    sql.close();
  }

  private static Map<String, Setter> setters() {
    Map<String, Setter> all = new LinkedHashMap<>();
    all.put("setBoolean(true)", (p, i) -> p.setBoolean(i, true));
    all.put("setByte(7)", (p, i) -> p.setByte(i, (byte) 7));
    all.put("setShort(300)", (p, i) -> p.setShort(i, (short) 300));
    all.put("setInt(70000)", (p, i) -> p.setInt(i, 70000));
    all.put("setLong(5000000000)", (p, i) -> p.setLong(i, 5000000000L));
    all.put("setFloat(1.5)", (p, i) -> p.setFloat(i, 1.5f));
    all.put("setDouble(2.0)", (p, i) -> p.setDouble(i, 2.0));
    all.put("setDouble(1e300)", (p, i) -> p.setDouble(i, 1e300));
    all.put("setDouble(NaN)", (p, i) -> p.setDouble(i, Double.NaN));
    all.put("setBigDecimal(12.34)", (p, i) -> p.setBigDecimal(i, new BigDecimal("12.34")));
    all.put("setBigDecimal(1.234)", (p, i) -> p.setBigDecimal(i, new BigDecimal("1.234")));
    all.put("setString(12)", (p, i) -> p.setString(i, "12"));
    all.put("setString(cat)", (p, i) -> p.setString(i, "cat"));
    all.put("setString(toolong)", (p, i) -> p.setString(i, "toolong"));
    all.put("setString(2026-01-02)", (p, i) -> p.setString(i, "2026-01-02"));
    all.put("setString(true)", (p, i) -> p.setString(i, "true"));
    all.put("setNString(12)", (p, i) -> p.setNString(i, "12"));
    all.put("setBytes(010203)", (p, i) -> p.setBytes(i, new byte[] {1, 2, 3}));
    all.put("setBytes(3132)", (p, i) -> p.setBytes(i, new byte[] {0x31, 0x32}));
    all.put("setDate", (p, i) -> p.setDate(i, Date.valueOf("2026-01-02")));
    all.put("setTime", (p, i) -> p.setTime(i, Time.valueOf("03:04:05")));
    all.put(
        "setTimestamp",
        (p, i) -> p.setTimestamp(i, Timestamp.valueOf("2026-01-02 03:04:05.123456")));
    all.put("LocalDate", (p, i) -> p.setObject(i, LocalDate.of(2026, 1, 2)));
    all.put("LocalTime", (p, i) -> p.setObject(i, LocalTime.of(3, 4, 5, 123456789)));
    all.put(
        "LocalDateTime",
        (p, i) -> p.setObject(i, LocalDateTime.of(2026, 1, 2, 3, 4, 5, 123456000)));
    all.put(
        "OffsetDateTime",
        (p, i) -> p.setObject(i, OffsetDateTime.parse("2026-01-02T03:04:05+01:00")));
    all.put(
        "ZonedDateTime",
        (p, i) -> p.setObject(i, ZonedDateTime.parse("2026-01-02T03:04:05+01:00[Europe/Berlin]")));
    all.put("Instant", (p, i) -> p.setObject(i, Instant.parse("2026-01-02T03:04:05Z")));
    all.put("OffsetTime", (p, i) -> p.setObject(i, OffsetTime.parse("03:04:05+01:00")));
    all.put("java.util.Date", (p, i) -> p.setObject(i, new java.util.Date(0)));
    all.put("BigInteger(5)", (p, i) -> p.setObject(i, BigInteger.valueOf(5)));
    all.put(
        "UUID", (p, i) -> p.setObject(i, UUID.fromString("00000000-0000-0000-0000-000000000001")));
    all.put("float[]", (p, i) -> p.setObject(i, new float[] {1, 2, 3}));
    all.put(
        "setArray",
        (p, i) ->
            p.setArray(i, p.getConnection().createArrayOf("REAL", new Object[] {1f, 2f, 3f})));
    all.put("setBlob(stream)", (p, i) -> p.setBlob(i, bytes(1, 2, 3)));
    all.put("setBinaryStream(3)", (p, i) -> p.setBinaryStream(i, bytes(1, 2, 3, 4), 3));
    all.put(
        "setAsciiStream",
        (p, i) ->
            p.setAsciiStream(
                i, new ByteArrayInputStream("12".getBytes(StandardCharsets.US_ASCII))));
    all.put("setCharacterStream", (p, i) -> p.setCharacterStream(i, new StringReader("12")));
    all.put("setClob(reader)", (p, i) -> p.setClob(i, new StringReader("12")));
    all.put("setNull(INTEGER)", (p, i) -> p.setNull(i, Types.INTEGER));
    all.put("12 as INTEGER", (p, i) -> p.setObject(i, "12", Types.INTEGER));
    all.put("1.25 as DECIMAL(1)", (p, i) -> p.setObject(i, 1.25, Types.DECIMAL, 1));
    all.put("1 as VARCHAR", (p, i) -> p.setObject(i, 1, JDBCType.VARCHAR));
    all.put("2026-01-02 as DATE", (p, i) -> p.setObject(i, "2026-01-02", JDBCType.DATE));
    all.put("1.5 as INTEGER", (p, i) -> p.setObject(i, 1.5, JDBCType.INTEGER));
    all.put("300 as TINYINT", (p, i) -> p.setObject(i, 300, JDBCType.TINYINT));
    all.put("x as SQLXML", (p, i) -> p.setObject(i, "x", JDBCType.SQLXML));
    return all;
  }

  private static ByteArrayInputStream bytes(int... values) {
    byte[] all = new byte[values.length];
    for (int i = 0; i < values.length; i++) {
      all[i] = (byte) values[i];
    }
    return new ByteArrayInputStream(all);
  }

  @Test
  void everySetterStoresTheValueOrSaysWhyNot() throws Exception {
    Grid grid = Grid.open("/jdbc/setters.txt", TYPES);
    List<PreparedStatement> inserts = new ArrayList<>();
    for (int i = 0; i < TYPES.size(); i++) {
      inserts.add(sql.connection.prepareStatement("INSERT INTO t" + i + " VALUES (?)"));
    }
    for (Map.Entry<String, Setter> setter : setters().entrySet()) {
      List<String> outcomes = new ArrayList<>();
      for (int i = 0; i < TYPES.size(); i++) {
        int table = i;
        outcomes.add(Grid.outcome(() -> stored(setter.getValue(), inserts.get(table), table)));
        sql.connection.rollback();
      }
      grid.check(setter.getKey(), outcomes);
    }
    grid.end();
  }

  private String stored(Setter setter, PreparedStatement insert, int table) throws SQLException {
    setter.on(insert, 1);
    insert.executeUpdate();
    try (Statement statement = sql.connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT v FROM t" + table)) {
      rows.next();
      return String.valueOf(rows.getString(1));
    }
  }
}
