package io.versor.parser;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ScriptCutterTest {
  @Test
  void scriptsAreCutAtSemicolons() {
    List<ScriptStatement> statements =
        VersorParser.parseStatements(
            "-- first\nSELECT ';' -- not; here\n;\n\n/* nor; here */ SELECT \"a;b\", 'it''s;';;  ");
    assertEquals(
        List.of(
            new ScriptStatement("SELECT ';' -- not; here", 9, 2, 1),
            new ScriptStatement("SELECT \"a;b\", 'it''s;'", 52, 5, 17)),
        statements);
  }

  /** Each is one statement, whatever is in it. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT 1 // it's; a comment\n + 2",
        "SELECT E'it\\'s; text'",
        "SELECT name'a;b'",
        "SELECT * FROM t /*+ AS_OF_BRANCH('a;b') */",
        "SELECT /* ' */ 1 /* \" ; */",
        "SELECT 'not closed; and so on",
        "SELECT /* not closed; and so on",
        "SELECT E'not closed; \\",
      })
  void whatIsInTextsNamesAndCommentsDoesNotCut(String sql) {
    assertEquals(List.of(new ScriptStatement(sql, 0, 1, 1)), VersorParser.parseStatements(sql));
  }

  @Test
  void aNameThatEndsInEDoesNotEscape() {
    assertEquals(2, VersorParser.parseStatements("SELECT name'a\\'; SELECT 2").size());
  }

  @Test
  void commentsAloneAreNoStatement() {
    assertEquals(List.of(), VersorParser.parseStatements("-- a;\n// b;\n/* c; */ ; \t\r\n ;"));
  }

  /** Counting lines from the top for each statement took minutes here. */
  @Test
  void longScriptsAreCutInOnePass() {
    int count = 100_000;
    String script = "INSERT INTO t VALUES (1, 'some text');\n".repeat(count);
    List<ScriptStatement> statements =
        assertTimeout(Duration.ofSeconds(20), () -> VersorParser.parseStatements(script));
    assertEquals(count, statements.size());
    assertEquals(count, statements.get(count - 1).line());
    assertEquals(1, statements.get(count - 1).column());
  }
}
