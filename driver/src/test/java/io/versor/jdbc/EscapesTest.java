package io.versor.jdbc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.sql.SQLException;
import org.junit.jupiter.api.Test;
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
}
