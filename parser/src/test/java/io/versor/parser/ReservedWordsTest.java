package io.versor.parser;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Set;
import java.util.TreeSet;
import org.apache.calcite.sql.parser.SqlAbstractParserImpl;
import org.apache.calcite.sql.parser.SqlParser;
import org.junit.jupiter.api.Test;

/** The list is what the grammar says. */
class ReservedWordsTest {
  @Test
  void theyAreThoseOfTheGrammar() {
    SqlAbstractParserImpl.Metadata grammar =
        SqlParser.create("", VersorParser.config()).getMetadata();
    Set<String> expected = new TreeSet<>();
    for (String token : grammar.getTokens()) {
      if (token.matches("[A-Z][A-Z0-9_]*") && !grammar.isNonReservedKeyword(token)) {
        expected.add(token);
      }
    }
    assertEquals(expected, new TreeSet<>(ReservedWords.all()));
  }

  @Test
  void inWhateverCase() {
    assertTrue(ReservedWords.contains("Select"));
    assertTrue(ReservedWords.contains("user"));
    assertFalse(ReservedWords.contains("label"));
  }
}
