package io.versor.jdbc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.InputStream;
import java.io.Reader;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.file.Path;
import java.sql.Array;
import java.sql.Blob;
import java.sql.Clob;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.SQLXML;
import java.sql.Statement;
import java.sql.Time;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Calendar;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TimeZone;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every getter on every SQL type: {@code jdbc/getters.txt}. */
class GettersTest {
  private interface Getter {
    @Nullable Object of(ResultSet rows, int column) throws SQLException;
  }

  private static final String COLUMNS =
      "boolean_ BOOLEAN, tinyint_ TINYINT, smallint_ SMALLINT, integer_ INTEGER, bigint_ BIGINT,"
          + " real_ REAL, double_ DOUBLE, decimal_ DECIMAL(10,2), huge_ DECIMAL(38,0),"
          + " number_ VARCHAR(10), varchar_ VARCHAR(20), text_ TEXT, json_ JSON,"
          + " label_ CLASS_LABEL('cat','dog'), varbinary_ VARBINARY(10), date_ DATE,"
          + " time_ TIME(6), timestamp_ TIMESTAMP(6), instant_ TIMESTAMP(6) WITH TIME ZONE,"
          + " tensor_ TENSOR(FLOAT32, 3), bytes_ TENSOR(UINT8, 2, 2)";

  private static final Object[] VALUES = {
    true,
    (byte) -7,
    (short) 300,
    70000,
    9007199254740993L,
    1.5f,
    2.25,
    new BigDecimal("12.34"),
    new BigDecimal("12345678901234567890123456789012345678"),
    "12",
    "caf\u00e9",
    "long",
    "{\"a\":1}",
    "dog",
    new byte[] {1, 2, (byte) 255},
    LocalDate.of(2026, 1, 2),
    LocalTime.of(3, 4, 5, 123456000),
    LocalDateTime.of(2026, 7, 2, 3, 4, 5, 123456000),
    OffsetDateTime.parse("2026-07-02T03:04:05.123456Z"),
    new float[] {1f, 2f, 3.5f},
    new int[][] {{1, 2}, {3, 255}}
  };

  private final TimeZone before = TimeZone.getDefault();

  @TempDir Path directory;
  private Sql sql;

  @BeforeEach
  void open() throws SQLException {
    TimeZone.setDefault(TimeZone.getTimeZone("Europe/Berlin"));
    sql = Sql.open(directory);
    sql.run("CREATE TABLE m (" + COLUMNS + ")", "INSERT INTO m VALUES (" + nulls() + ")");
    try (PreparedStatement insert =
        sql.connection.prepareStatement(
            "INSERT INTO m VALUES (" + nulls().replace("NULL", "?") + ")")) {
      for (int i = 0; i < VALUES.length; i++) {
        insert.setObject(i + 1, VALUES[i]);
      }
      insert.executeUpdate();
    }
  }

  private static String nulls() {
    return "NULL, ".repeat(VALUES.length - 1) + "NULL";
  }

  @AfterEach
  void close() throws SQLException {
    TimeZone.setDefault(before);
    sql.close();
  }

  private static Map<String, Getter> getters() {
    Map<String, Getter> all = new LinkedHashMap<>();
    all.put("getString", ResultSet::getString);
    all.put("getBoolean", ResultSet::getBoolean);
    all.put("getByte", ResultSet::getByte);
    all.put("getShort", ResultSet::getShort);
    all.put("getInt", ResultSet::getInt);
    all.put("getLong", ResultSet::getLong);
    all.put("getFloat", ResultSet::getFloat);
    all.put("getDouble", ResultSet::getDouble);
    all.put("getBigDecimal", ResultSet::getBigDecimal);
    all.put("getBytes", ResultSet::getBytes);
    all.put("getDate", ResultSet::getDate);
    all.put("getTime", ResultSet::getTime);
    all.put("getTimestamp", ResultSet::getTimestamp);
    all.put("getObject", ResultSet::getObject);
    all.put("getArray", ResultSet::getArray);
    all.put("getBlob", ResultSet::getBlob);
    all.put("getClob", ResultSet::getClob);
    all.put("getNClob", ResultSet::getNClob);
    all.put("getNString", ResultSet::getNString);
    all.put("getBinaryStream", ResultSet::getBinaryStream);
    all.put("getCharacterStream", ResultSet::getCharacterStream);
    all.put("getNCharacterStream", ResultSet::getNCharacterStream);
    all.put("getAsciiStream", ResultSet::getAsciiStream);
    all.put("getRef", ResultSet::getRef);
    all.put("getRowId", ResultSet::getRowId);
    all.put("getSQLXML", ResultSet::getSQLXML);
    all.put("getURL", ResultSet::getURL);
    for (Class<?> type :
        List.of(
            String.class,
            Boolean.class,
            Byte.class,
            Short.class,
            Integer.class,
            Long.class,
            Float.class,
            Double.class,
            BigDecimal.class,
            BigInteger.class,
            byte[].class,
            java.sql.Date.class,
            Time.class,
            Timestamp.class,
            Calendar.class,
            LocalDate.class,
            LocalTime.class,
            LocalDateTime.class,
            OffsetTime.class,
            OffsetDateTime.class,
            ZonedDateTime.class,
            Instant.class,
            UUID.class,
            Array.class,
            Blob.class,
            Clob.class,
            InputStream.class,
            Reader.class,
            float[].class,
            double[].class,
            int[].class,
            int[][].class,
            Object.class,
            SQLXML.class)) {
      all.put(type.getSimpleName() + ".class", (rows, i) -> rows.getObject(i, type));
    }
    return all;
  }

  @Test
  void everyGetterGivesTheValueOrSaysWhyNot() throws Exception {
    try (Statement statement = sql.connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT * FROM m WHERE boolean_ IS NOT NULL")) {
      assertTrue(rows.next());
      ResultSetMetaData columns = rows.getMetaData();
      List<String> names = new ArrayList<>();
      for (int i = 1; i <= VALUES.length; i++) {
        names.add(columns.getColumnName(i));
        assertTrue(
            Class.forName(columns.getColumnClassName(i)).isInstance(rows.getObject(i)),
            "the class the metadata promises for " + columns.getColumnName(i));
      }
      Grid grid = Grid.open("/jdbc/getters.txt", names);
      for (Map.Entry<String, Getter> getter : getters().entrySet()) {
        List<String> outcomes = new ArrayList<>();
        for (int i = 1; i <= VALUES.length; i++) {
          int column = i;
          outcomes.add(Grid.outcome(() -> getter.getValue().of(rows, column)));
        }
        grid.check(getter.getKey(), outcomes);
      }
      grid.end();
    }
  }

  @Test
  void everyGetterGivesNothingForNullAndSaysSo() throws Exception {
    try (Statement statement = sql.connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT * FROM m WHERE boolean_ IS NULL")) {
      assertTrue(rows.next());
      for (Map.Entry<String, Getter> getter : getters().entrySet()) {
        for (int i = 1; i <= VALUES.length; i++) {
          int column = i;
          String found = Grid.outcome(() -> getter.getValue().of(rows, column));
          if (!found.equals("!0A000")) {
            assertTrue(List.of("null", "0", "0.0", "false").contains(found), getter + " " + found);
            assertTrue(rows.wasNull(), getter.getKey());
          }
        }
      }
      rows.getString(1);
      assertEquals(true, rows.wasNull());
    }
  }
}
