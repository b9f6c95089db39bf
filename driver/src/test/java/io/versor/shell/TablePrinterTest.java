package io.versor.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.versor.engine.TensorValue;
import io.versor.format.type.Dtype;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDateTime;
import org.junit.jupiter.api.Test;

/** The rows come from H2: the printer takes any driver's. */
class TablePrinterTest {
  private static String printed(String sql) throws SQLException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (Connection connection = DriverManager.getConnection("jdbc:h2:mem:");
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql);
        PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8)) {
      new TablePrinter(out).print(rows);
    }
    return bytes.toString(StandardCharsets.UTF_8).replace(System.lineSeparator(), "\n");
  }

  @Test
  void columnsAreAlignedAndNumbersStandRight() throws SQLException {
    assertEquals(
        """
        ID | NAME
        ---+---------
         1 | a
        10 | \u00e4\u00f6\u00fc\u00df\\nb
         2 | NULL
        (3 rows)
        """,
        printed(
            "select * from (values (1, 'a'), (10, '\u00e4\u00f6\u00fc\u00df' || char(10) || 'b'),"
                + " (2, null)) t(id, name)"));
  }

  @Test
  void oneRowIsARow() throws SQLException {
    assertEquals("X\n--\n1\n(1 row)\n", printed("select 1 as x"));
  }

  @Test
  void rowsAfterThoseThatGaveTheWidthsArePrintedToo() throws SQLException {
    String text = printed("select x from system_range(1, 2500)");
    assertEquals(2500 + 3, text.lines().count());
    assertEquals("(2500 rows)", text.lines().reduce((a, b) -> b).orElseThrow());
  }

  @Test
  void longValuesAreToldByWhatTheyAre() {
    assertEquals("X'00FF'", CellText.ofBytes(new byte[] {0, -1}));
    assertEquals("<2.0 KB>", CellText.ofBytes(new byte[2048]));
    TensorValue small = TensorValue.of(new float[] {1, 2});
    assertEquals("[1.0, 2.0]", CellText.ofTensor(small, "[1.0, 2.0]"));
    TensorValue large = new TensorValue(Dtype.UINT8, new int[] {4, 3}, new byte[12]);
    assertEquals("<uint8 4 \u00d7 3>", CellText.ofTensor(large, "unused"));
    assertEquals(161, CellText.ofText("x".repeat(500)).length());
  }

  @Test
  void timestampsHaveTheDigitsOfTheirColumn() {
    LocalDateTime at = LocalDateTime.of(2026, 1, 2, 3, 4, 5, 60_000_000);
    assertEquals("2026-01-02 03:04:05.060000", CellText.ofTimestamp(at, 6));
    assertEquals("2026-01-02 03:04:05.060000", CellText.ofTimestamp(at, 0));
    assertEquals("2026-01-02 03:04:05", CellText.ofTimestamp(at.withNano(0), 0));
  }

  @Test
  void sizesHaveOneDigitAfterThePoint() {
    assertEquals("1023 B", CellText.size(1023));
    assertEquals("1.0 KB", CellText.size(1024));
    assertEquals("1.5 MB", CellText.size(3 << 19));
    assertEquals("2.0 GB", CellText.size(2L << 30));
  }
}
