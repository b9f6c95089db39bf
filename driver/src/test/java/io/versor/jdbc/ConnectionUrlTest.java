package io.versor.jdbc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.sql.SQLException;
import java.util.Optional;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConnectionUrlTest {
  private static ConnectionUrl parse(String url, String... properties) throws SQLException {
    Properties given = new Properties();
    for (int i = 0; i < properties.length; i += 2) {
      given.setProperty(properties[i], properties[i + 1]);
    }
    return ConnectionUrl.parse(url, given);
  }

  @Test
  void pathAndKeysAreTakenApart() throws SQLException {
    ConnectionUrl url = parse("jdbc:versor:./data?branch=dog_flipped&readOnly=true");
    assertEquals("./data", url.path());
    assertEquals(Optional.of("dog_flipped"), url.value(ConnectionKey.BRANCH));
    assertTrue(url.flag(ConnectionKey.READ_ONLY, false));
    assertTrue(url.flag(ConnectionKey.CREATE, true));
  }

  @Test
  void percentSignsAreDecodedAndPlusSignsKept() throws SQLException {
    ConnectionUrl url = parse("jdbc:versor:/a%20b/c%3Fd+e?branch=feature%2Fx+y&author=Zo%C3%AB");
    assertEquals("/a b/c?d+e", url.path());
    assertEquals(Optional.of("feature/x+y"), url.value(ConnectionKey.BRANCH));
    assertEquals("Zo\u00eb", url.author());
  }

  @Test
  void urlWinsOverProperties() throws SQLException {
    ConnectionUrl url = parse("jdbc:versor:d?branch=a", "branch", "b", "author", "Ann");
    assertEquals(Optional.of("a"), url.value(ConnectionKey.BRANCH));
    assertEquals("Ann", url.author());
  }

  @Test
  void authorIsTheSettingThenTheUserThenTheAccount() throws SQLException {
    assertEquals("Ann", parse("jdbc:versor:d?author=Ann&user=Bob").author());
    assertEquals("Bob", parse("jdbc:versor:d", "user", "Bob").author());
    assertEquals(System.getProperty("user.name"), parse("jdbc:versor:d", "user", "").author());
  }

  @Test
  void passwordAndApplicationNameOfToolsAreTolerated() throws SQLException {
    ConnectionUrl url = parse("jdbc:versor:d", "password", "x", "ApplicationName", "tool");
    assertTrue(url.settings().isEmpty());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "jdbc:versor:|names no store",
        "jdbc:versor:d?brunch=x|did you mean \"branch\"",
        "jdbc:versor:d?branch=a&branch=b|given twice",
        "jdbc:versor:d?branch|has no value",
        "jdbc:versor:d?readOnly=yes|expected true or false",
        "jdbc:versor:d?branch=%20|is empty",
        "jdbc:versor:d?branch=a&commit=b|exclude each other",
        "jdbc:versor:d?commit=a&tag=b|exclude each other",
        "jdbc:versor:d?asOf=2026-01-01 00:00:00&tag=b|excludes commit and tag",
        "jdbc:versor:a%2|without two hexadecimal digits",
        "jdbc:versor:a%FF|is not percent-encoded UTF-8",
      })
  void whatCannotBeMeantIsRefused(String url, String message) {
    SQLException e = assertThrows(SQLException.class, () -> parse(url));
    assertTrue(e.getMessage().contains(message), e.getMessage());
    assertEquals("08001", e.getSQLState());
  }

  @ParameterizedTest
  @ValueSource(strings = {"jdbc:versor:x", "JDBC:VERSOR:x"})
  void schemeIgnoresCase(String url) throws SQLException {
    assertTrue(new Driver().acceptsURL(url));
    assertEquals("x", parse(url).path());
  }

  @Test
  void urlsOfOtherDriversAreLeftToThem() throws SQLException {
    assertFalse(new Driver().acceptsURL("jdbc:h2:mem:"));
    SQLException e =
        assertThrows(SQLException.class, () -> new Driver().connect(null, new Properties()));
    assertEquals("08001", e.getSQLState());
    assertEquals(null, new Driver().connect("jdbc:h2:mem:", new Properties()));
  }

  @Test
  void propertyInfoNamesEveryKey() throws SQLException {
    var infos = new Driver().getPropertyInfo("jdbc:versor:d?branch=b", new Properties());
    assertEquals(ConnectionKey.values().length, infos.length);
    assertEquals("branch", infos[0].name);
    assertEquals("b", infos[0].value);
  }
}
