package io.versor.jdbc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Matcher;
import java.util.zip.CRC32;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is made to take all memory, all time, or to leave the store's directory. */
class HostileInputTest {
  private static final int MEGABYTE = 1 << 20;

  @TempDir Path directory;
  private Sql sql;

  @BeforeEach
  void open() throws SQLException {
    sql = Sql.open(directory.resolve("store"));
    sql.run("CREATE TABLE t(a INTEGER, j JSON, i IMAGE)", "INSERT INTO t(a) VALUES (1)");
  }

  @AfterEach
  void nothingChanged() throws SQLException {
    assertEquals("1|null", sql.text("SELECT a, j FROM t"));
    assertEquals("", sql.text("CHECK STORE"));
    sql.close();
  }

  // --- deep texts, on threads whose stacks are small

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "SELECT # 1 #; (1 + ; )",
        "SELECT a FROM t WHERE # a = 1 #; NOT (; )",
        "SELECT # a # FROM t; CASE WHEN a = 1 THEN ; ' ELSE 2 END'",
        "SELECT * FROM # t #; (SELECT * FROM ; )",
        "SELECT # 1 #; ''; ' UNION ALL SELECT 1'",
        "INSERT INTO t(a) VALUES (# 1 #); (1 + ; )",
        "INSERT INTO t(j) VALUES ('# [ #'); [; ''"
      })
  void aDeepTextOnASmallStackIsRefused(String text, String before, String after) throws Exception {
    String deep =
        text.replaceFirst("# ?", Matcher.quoteReplacement(before.repeat(2_000)))
            .replaceFirst(" ?#", Matcher.quoteReplacement(after.repeat(2_000)));
    AtomicReference<Throwable> told = new AtomicReference<>();
    Thread thread =
        new Thread(
            null,
            () -> {
              try {
                sql.run(deep);
              } catch (Throwable e) {
                told.set(e);
              }
            },
            "small stack",
            256 << 10);
    thread.start();
    thread.join();
    assertInstanceOf(SQLException.class, told.get());
  }

  // --- small files that become large

  @ParameterizedTest
  @CsvSource({"csv,x", "json,["})
  void aPackedFileOfOneEndlessRow(String format, char filling) throws Exception {
    Path bomb = directory.resolve("bomb." + format + ".gz");
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(bomb))) {
      byte[] megabyte = new byte[MEGABYTE];
      Arrays.fill(megabyte, (byte) filling);
      for (int i = 0; i < 300; i++) {
        out.write(megabyte);
      }
    }
    assertTrue(Files.size(bomb) < MEGABYTE);
    sql.fails(
        "54000",
        "COPY t FROM '" + bomb + "' (FORMAT " + format + ")",
        "line 1",
        "a row of more than 268435456 bytes");
  }

  @ParameterizedTest
  @CsvSource({
    "2147483647, 2147483647, 54000",
    "100000, 100000, 54000",
    "1, 2147483647, 54000",
    "0, 1, 22023",
    "-1, -1, 22023"
  })
  void aPictureOfAbsurdDimensions(int width, int height, String state) throws IOException {
    byte[] picture = png(width, height);
    for (String statement :
        List.of(
            "SELECT IMAGE_WIDTH(?)",
            "SELECT DECODE_IMAGE(?)",
            "INSERT INTO t(a, i) VALUES (2, ?)")) {
      SQLException refused =
          assertThrows(SQLException.class, () -> run(statement, picture), statement);
      assertEquals(state, refused.getSQLState(), statement + ": " + refused.getMessage());
    }
  }

  private void run(String statement, Object parameter) throws SQLException {
    if (statement.startsWith("SELECT")) {
      sql.rows(statement, parameter);
    } else {
      sql.update(statement, parameter);
    }
  }

  /** Its pixels are zeros, a kilobyte for each megabyte of them. */
  private static byte[] png(int width, int height) throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (DeflaterOutputStream out = new DeflaterOutputStream(packed)) {
      out.write(new byte[MEGABYTE]);
    }
    ByteBuffer picture = ByteBuffer.allocate(1_000 + packed.size());
    picture.put(new byte[] {(byte) 0x89, 'P', 'N', 'G', 13, 10, 26, 10});
    byte[] header = new byte[13];
    ByteBuffer.wrap(header).putInt(width).putInt(height).put((byte) 8).put((byte) 2);
    part(picture, "IHDR", header);
    part(picture, "IDAT", packed.toByteArray());
    part(picture, "IEND", new byte[0]);
    return Arrays.copyOf(picture.array(), picture.position());
  }

  private static void part(ByteBuffer picture, String name, byte[] content) {
    byte[] ascii = name.getBytes(java.nio.charset.StandardCharsets.US_ASCII);
    CRC32 crc = new CRC32();
    crc.update(ascii);
    crc.update(content);
    picture.putInt(content.length).put(ascii).put(content).putInt((int) crc.getValue());
  }

  // --- depth

  @Test
  void jsonNestedDeeply() throws SQLException {
    String deep = "[".repeat(100_000) + "]".repeat(100_000);
    sql.fails("22023", "INSERT INTO t(a, j) VALUES (2, '" + deep + "')", "column j", "1000");
    assertEquals("false", sql.text("SELECT CAST(? AS VARCHAR) IS JSON", deep));
    assertEquals("null", sql.text("SELECT JSON_VALUE(CAST(? AS VARCHAR), '$[0]')", deep));
    assertThrows(
        SQLException.class, () -> sql.rows("SELECT CAST(CAST(? AS VARCHAR) AS FLOAT32[3])", deep));
  }

  // --- numbers that take long to read or to write out

  @ParameterizedTest
  @ValueSource(strings = {"INTEGER", "DECIMAL(38, 2)", "DOUBLE"})
  void textsThatAreHugeNumbers(String type) {
    for (String number : List.of("9".repeat(1_000_000), "1e2147483647")) {
      SQLException refused =
          assertThrows(
              SQLException.class, () -> sql.rows("SELECT CAST(? AS " + type + ")", number));
      assertEquals("22003", refused.getSQLState(), refused.getMessage());
      assertTrue(refused.getMessage().length() < 2_000, "it says all of the number");
    }
  }

  @Test
  void hugeDecimals() {
    BigDecimal huge = new BigDecimal("1e2000000000");
    for (String statement :
        List.of("SELECT ? + 1", "SELECT * FROM t WHERE a < ?", "INSERT INTO t(a) VALUES (?)")) {
      SQLException refused = assertThrows(SQLException.class, () -> run(statement, huge));
      assertEquals("22003", refused.getSQLState(), refused.getMessage());
    }
  }

  // --- texts that are made

  @ParameterizedTest
  @ValueSource(
      strings = {
        "REPEAT('x', 2000000000)",
        "LPAD('x', 2000000000, 'y')",
        "REPLACE(REPEAT('a', 20000), 'a', REPEAT('b', 20000))",
        "REPEAT(REPEAT('x', 100000), 100000)"
      })
  void textsOfGigabytes(String text) {
    sql.fails("54000", "SELECT CHAR_LENGTH(" + text + ")", "at most 268435456");
  }

  // --- names

  @Test
  void namesThatAreNoFiles() throws SQLException, IOException {
    for (String name : List.of("../x", "/tmp/x", "a\\..\\b", "CON", "x\u202Ey", "..", "-rf")) {
      try {
        sql.run("CREATE BRANCH \"" + name + "\"", "DROP BRANCH \"" + name + "\"");
      } catch (SQLException refused) {
        assertEquals("42602", refused.getSQLState(), refused.getMessage());
      }
      sql.run("CREATE TABLE \"" + name + "\"(a INTEGER)", "DROP TABLE \"" + name + "\"");
    }
    sql.fails("42602", "CREATE BRANCH \"a\0b\"", "U+0000");
    sql.fails("42602", "CREATE TABLE \"a\0b\"(a INTEGER)", "U+0000");
    try (java.util.stream.Stream<Path> beside = Files.list(directory)) {
      assertEquals(List.of(directory.resolve("store")), beside.toList());
    }
  }

  // --- secrets

  @Test
  void passwordsAreNotKept() throws SQLException {
    String url = Sql.url(directory.resolve("store")) + "?user=ann&password=hunter2";
    try (Sql other = Sql.open(url)) {
      assertFalse(other.connection.getMetaData().getURL().contains("hunter2"));
      assertFalse(other.connection.toString().contains("hunter2"));
    }
    for (String mistake : List.of("&branch=none", "&foo=1", "&readOnly=perhaps", "&author=%zz")) {
      SQLException refused =
          assertThrows(SQLException.class, () -> DriverManager.getConnection(url + mistake));
      assertFalse(refused.toString().contains("hunter2"), refused.toString());
    }
  }
}
