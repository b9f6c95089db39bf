package io.versor.jdbc;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.versor.engine.TensorValue;
import io.versor.format.type.Dtype;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.sql.Date;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;

class ConvertTest {
  private static <T> T to(Class<T> type, Object value) throws SQLException {
    return Convert.to(type, value, Types.OTHER);
  }

  private static void refused(String state, Class<?> type, Object value) {
    SQLException e = assertThrows(SQLException.class, () -> to(type, value));
    assertEquals(state, e.getSQLState(), e.getMessage());
  }

  @Test
  void numbersThatDoNotFitAreRefusedNeverWrapped() throws SQLException {
    assertEquals((byte) 127, (byte) to(Byte.class, 127L));
    refused("22003", Byte.class, 128L);
    refused("22003", Integer.class, 1L << 31);
    refused("22003", Long.class, new BigDecimal("9223372036854775808"));
    assertEquals(Long.MIN_VALUE, (long) to(Long.class, new BigDecimal("-9223372036854775808")));
    refused("22003", Float.class, 1e300);
    refused("22003", BigDecimal.class, Double.NaN);
    refused("22003", Long.class, "1e1000000000");
  }

  @Test
  void textIsReadAsNumberAndBoolean() throws SQLException {
    assertEquals(Integer.valueOf(42), to(Integer.class, " 42 "));
    assertEquals(new BigDecimal("1.50"), to(BigDecimal.class, "1.50"));
    assertTrue(to(Boolean.class, "Yes"));
    refused("22018", Integer.class, "forty");
    refused("22018", Boolean.class, "perhaps");
  }

  @Test
  void textOfValuesIsWhatALiteralWouldSay() throws SQLException {
    assertEquals("0.1", to(String.class, 0.1f));
    assertEquals("1000000000000", to(String.class, new BigDecimal("1E12")));
    assertEquals(
        "2026-01-02 03:04:05.006",
        to(String.class, LocalDateTime.of(2026, 1, 2, 3, 4, 5, 6_000_000)));
    assertEquals("00ff", to(String.class, new byte[] {0, -1}));
  }

  @Test
  void everyTemporalClassIsReadFromATimestamp() throws SQLException {
    LocalDateTime at = LocalDateTime.of(2026, 11, 23, 12, 0, 0, 123_456_000);
    assertEquals(at, to(LocalDateTime.class, at));
    assertEquals(Timestamp.valueOf(at), to(Timestamp.class, at));
    assertEquals(LocalDate.of(2026, 11, 23), to(LocalDate.class, at));
    assertEquals(Date.valueOf("2026-11-23"), to(Date.class, at));
    assertEquals(at.toLocalTime(), to(java.time.LocalTime.class, at));
    Instant instant = Instant.parse("2026-11-23T12:00:00Z");
    assertEquals(
        instant.atOffset(ZoneOffset.UTC),
        to(OffsetDateTime.class, instant.atOffset(ZoneOffset.UTC)));
    assertEquals(instant, to(Instant.class, instant.atOffset(ZoneOffset.UTC)));
  }

  @Test
  void bytesAreReadAsStreamAndBlobAndTextAsUtf8() throws Exception {
    byte[] bytes = {1, 2, 3};
    assertArrayEquals(bytes, to(java.io.InputStream.class, bytes).readAllBytes());
    assertArrayEquals(bytes, to(java.sql.Blob.class, bytes).getBytes(1, 3));
    assertArrayEquals("\u00e4".getBytes(StandardCharsets.UTF_8), to(byte[].class, "\u00e4"));
    assertEquals(BigInteger.TEN, to(BigInteger.class, 10));
  }

  @Test
  void tensorsAreReadAsNestedArrays() throws Exception {
    TensorValue matrix =
        new TensorValue(Dtype.UINT8, new int[] {2, 2}, new byte[] {1, 2, (byte) 200, 4});
    short[][] nested = (short[][]) to(java.sql.Array.class, matrix).getArray();
    assertArrayEquals(new short[] {200, 4}, nested[1]);
    assertArrayEquals(new int[] {200, 4}, to(int[][].class, matrix)[1]);
    refused("07006", float[].class, matrix);
    assertArrayEquals(
        new float[] {0.5f, 1f}, to(float[].class, TensorValue.of(new float[] {0.5f, 1f})));
    assertArrayEquals(
        new double[] {0.5, 1}, to(double[].class, TensorValue.of(new float[] {0.5f, 1f})));
  }

  @Test
  void halfFloatsAreNumbersNotBits() throws Exception {
    TensorValue halves =
        new TensorValue(Dtype.FLOAT16, new int[] {2}, new short[] {0x3c00, (short) 0xc000});
    assertArrayEquals(new float[] {1f, -2f}, to(float[].class, halves));
    assertEquals("[1.0, -2.0]", to(String.class, halves));
  }

  @Test
  void arraysHandOutIndexAndValueRows() throws Exception {
    java.sql.Array array = to(java.sql.Array.class, TensorValue.of(new double[] {5, 6, 7}));
    assertEquals(Types.DOUBLE, array.getBaseType());
    try (var rows = array.getResultSet(2, 2)) {
      rows.next();
      assertEquals(List.of(2, 6.0), List.of(rows.getInt("INDEX"), rows.getDouble("VALUE")));
      rows.next();
      assertEquals(7.0, rows.getDouble(2));
      assertEquals(false, rows.next());
    }
    array.free();
    assertThrows(SQLException.class, array::getArray);
  }

  private static TensorValue made(String type, Object... elements) throws SQLException {
    return ((TensorArray) ArrayElements.array(type, elements)).tensor();
  }

  @Test
  void arraysAreMadeOfNestedElements() throws SQLException {
    TensorValue made = made("UINT8", new int[] {1, 2}, new Integer[] {3, 255});
    assertEquals(
        new TensorValue(Dtype.UINT8, new int[] {2, 2}, new byte[] {1, 2, 3, (byte) 255}), made);
    for (Object[] wrong :
        List.of(
            new Object[] {1, 256},
            new Object[] {1, 1.5},
            new Object[] {new int[] {1}, new int[] {1, 2}},
            new Object[] {new int[] {1}, 2},
            new Object[] {1, null})) {
      assertThrows(SQLException.class, () -> ArrayElements.array("UINT8", wrong));
    }
    assertEquals(
        "0A000",
        assertThrows(SQLException.class, () -> ArrayElements.array("NOTHING", new Object[] {"x"}))
            .getSQLState());
  }

  @Test
  void parametersAreBroughtToTheEnginesClasses() throws SQLException {
    assertEquals("7", Parameters.as("7", Types.VARCHAR, Parameters.ANY_SCALE));
    assertEquals(7, Parameters.as("7", Types.INTEGER, Parameters.ANY_SCALE));
    assertEquals(new BigDecimal("1.24"), Parameters.as(new BigDecimal("1.235"), Types.DECIMAL, 2));
    assertEquals(
        "22003",
        assertThrows(
                SQLException.class, () -> Parameters.as(1.5, Types.INTEGER, Parameters.ANY_SCALE))
            .getSQLState());
    assertEquals(new BigDecimal("12"), Parameters.of(BigInteger.valueOf(12), false));
    assertEquals(
        "07006",
        assertThrows(SQLException.class, () -> Parameters.of(new Object(), false)).getSQLState());
  }
}
