package io.versor.jdbc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.versor.parser.ReservedWords;
import java.nio.file.Path;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What JDBC says a name is without quotes can be one in a statement. */
class IdentifiersTest {
  @TempDir Path directory;

  @Test
  void whatIsCalledSimpleAndWhatIsEnquotedWorksAsAName() throws SQLException {
    Sql sql = Sql.open(directory);
    try (Statement statement = sql.connection.createStatement()) {
      int simple = 0;
      List<String> names =
          List.of("a", "Ab_9", "order", "USER", "limit", "row", "Select", "value", "uuid", "x y");
      for (String name : names) {
        if (statement.isSimpleIdentifier(name)) {
          simple++;
          sql.run("CREATE TABLE " + name + " (" + name + " INTEGER)", "DROP TABLE " + name);
        }
        String enquoted = statement.enquoteIdentifier(name, false);
        sql.run("CREATE TABLE " + enquoted + " (" + enquoted + " INTEGER)");
        sql.run("DROP TABLE " + statement.enquoteIdentifier(name, true));
      }
      assertEquals(3, simple); // a, Ab_9 and value
    } finally {
      sql.close();
    }
  }

  @Test
  void reservedWordsAreEnquotedOnlyWhereTheyHaveNoQuotes() throws SQLException {
    assertFalse(Identifiers.isSimple("Order"));
    assertEquals("\"Order\"", Identifiers.enquoted("Order", false));
    assertEquals("\"Order\"", Identifiers.enquoted("\"Order\"", false));
    assertEquals("orders", Identifiers.enquoted("orders", false));
    assertEquals("\"orders\"", Identifiers.enquoted("orders", true));
  }

  @Test
  void namesAreAsLongAsTablesMayHaveThem() throws SQLException {
    String longest = "n".repeat(Identifiers.MAX_BYTES);
    assertTrue(Identifiers.isSimple(longest));
    assertFalse(Identifiers.isSimple(longest + "n"));
    Sql sql = Sql.open(directory);
    sql.run("CREATE TABLE " + longest + " (id INTEGER)", "DROP TABLE " + longest);
    sql.close();
    for (String bad : List.of("", "\"\"", "a\"b", "a\0", longest + "n")) {
      String state =
          assertThrows(SQLException.class, () -> Identifiers.enquoted(bad, false)).getSQLState();
      assertEquals("42602", state, bad);
    }
  }

  @Test
  void keywordsBeyondTheStandardAreReserved() {
    for (String word : Identifiers.BEYOND_SQL_2003.split(",")) {
      assertTrue(ReservedWords.contains(word), word);
      assertEquals(word, word.toUpperCase(Locale.ROOT));
    }
  }
}
