package io.versor.jdbc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Path;
import java.sql.DatabaseMetaData;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EscapesTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      ignoreLeadingAndTrailingWhitespace = false,
      value = {
        "{call p(?)}| call p(?) ",
        "select * from {oj a left join b on x = y}|select * from     a left join b on x = y ",
        "x like 'a' {escape '!'}|x like 'a'  escape '!' ",
        "select {d '2026-01-01'}|select {d '2026-01-01'}",
        "select {fn ucase('x')}|select {fn UCASE('x')}",
        "select {fn upper('x')}|select     upper('x') ",
        "select {fn Current_Date()}|select     Current_Date   ",
        "select {fn trim({fn lcase('X')})}|select     trim({fn LCASE('X')}) ",
        "select '{call}', \"{x}\"|select '{call}', \"{x}\"",
        "select 1 -- {x}|select 1 -- {x}",
        "select /* {x} */ 1|select /* {x} */ 1",
      })
  void bracesBecomeBlanksWherePlainSqlIsLeft(String sql, String plain) throws SQLException {
    assertEquals(plain, Escapes.rewrite(sql));
  }

  @Test
  void positionsStayTrue() throws SQLException {
    String sql = "{oj a left join b on {fn abs(x)} = 1} where nothing";
    assertEquals(sql.length(), Escapes.rewrite(sql).length());
    assertEquals(sql.indexOf("nothing"), Escapes.rewrite(sql).indexOf("nothing"));
  }

  @Test
  void unknownEscapesAndReturnValuesAreRefused() {
    assertEquals(
        "42601", assertThrows(SQLException.class, () -> Escapes.rewrite("{what 1}")).getSQLState());
    assertEquals(
        "0A000",
        assertThrows(SQLException.class, () -> Escapes.rewrite("{? = call f()}")).getSQLState());
  }

  /** Every function that the metadata lists works in the escape. */
  @Test
  void listedFunctionsWork(@TempDir Path directory) throws SQLException {
    String day = "{d '2026-01-02'}";
    String at = "{ts '2026-01-02 03:04:05'}";
    Map<String, String> arguments = new HashMap<>();
    for (String two : List.of("ATAN2", "MOD", "POWER", "ROUND", "TRUNCATE", "NULLIF", "COALESCE")) {
      arguments.put(two, "(1, 2)");
    }
    for (String none : List.of("PI", "RAND", "CURDATE", "CURTIME", "NOW", "DATABASE", "USER")) {
      arguments.put(none, "()");
    }
    for (String none :
        List.of("CURRENT_DATE", "CURRENT_TIME", "CURRENT_TIMESTAMP", "CURRENT_BRANCH")) {
      arguments.put(none, "()");
    }
    for (String dated :
        List.of(
            "DAYNAME",
            "DAYOFMONTH",
            "DAYOFWEEK",
            "DAYOFYEAR",
            "MONTH",
            "MONTHNAME",
            "QUARTER",
            "WEEK",
            "YEAR")) {
      arguments.put(dated, "(" + day + ")");
    }
    for (String timed : List.of("HOUR", "MINUTE", "SECOND")) {
      arguments.put(timed, "(" + at + ")");
    }
    arguments.put("CHAR", "(65)");
    arguments.put("SPACE", "(3)");
    arguments.put("CONCAT", "('a', 'b')");
    arguments.put("DIFFERENCE", "('a', 'b')");
    arguments.put("INSERT", "('abc', 1, 2, 'x')");
    arguments.put("LEFT", "('abc', 2)");
    arguments.put("RIGHT", "('abc', 2)");
    arguments.put("REPEAT", "('abc', 2)");
    arguments.put("LOCATE", "('b', 'abc')");
    arguments.put("REPLACE", "('abc', 'b', 'x')");
    arguments.put("SUBSTRING", "('abc', 2, 1)");
    arguments.put("POSITION", "('b' IN 'abc')");
    arguments.put("EXTRACT", "(YEAR FROM " + day + ")");
    arguments.put("TIMESTAMPADD", "(SQL_TSI_DAY, 1, " + at + ")");
    arguments.put("TIMESTAMPDIFF", "(SQL_TSI_DAY, " + day + ", " + day + ")");
    arguments.put("IFNULL", "(1, 2)");
    arguments.put("CONVERT", "('1', SQL_INTEGER)");
    Set<String> ofTheStore =
        Set.of(
            "L2_DISTANCE",
            "L2_NORM",
            "COSINE_SIMILARITY",
            "INNER_PRODUCT",
            "SHAPE",
            "DECODE_IMAGE",
            "ENCODE_IMAGE",
            "IMAGE_HEIGHT",
            "IMAGE_WIDTH",
            "TRANSPOSE",
            "READ_FILE",
            "CURRENT_COMMIT");
    try (Sql sql = Sql.open(directory)) {
      DatabaseMetaData meta = sql.connection.getMetaData();
      for (String list :
          List.of(
              meta.getNumericFunctions(), meta.getSystemFunctions(), meta.getTimeDateFunctions())) {
        for (String name : list.split(",")) {
          if (!ofTheStore.contains(name)) {
            sql.run("SELECT {fn " + name + arguments.getOrDefault(name, "(1)") + "}");
          }
        }
      }
      for (String name : meta.getStringFunctions().split(",")) {
        sql.run("SELECT {fn " + name + arguments.getOrDefault(name, "('abc')") + "}");
      }
      assertEquals(
          "Friday|January",
          sql.text("SELECT {fn dayname(" + day + ")}, {fn monthname(" + day + ")}"));
    }
  }
}
