package io.versor.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class ScriptTest {
  private static List<String> texts(String sql) {
    return Script.split(sql).stream().map(Script.Statement::text).toList();
  }

  @Test
  void semicolonsInQuotesAndCommentsDoNotEndAStatement() {
    assertEquals(
        List.of("select 'a;''b', \"c;d\"", "select /*+ x */ 2", "select 3 -- no; end\n+ 4"),
        texts("select 'a;''b', \"c;d\"; select /*+ x */ 2; ;\nselect 3 -- no; end\n+ 4\n;"));
  }

  @Test
  void lastStatementNeedsNoSemicolon() {
    assertEquals(List.of("a", "b"), texts("a;b\n"));
    assertEquals(List.of(), texts("-- nothing\n /* at all; */ "));
  }

  @Test
  void openQuoteReachesToTheEnd() {
    assertEquals(List.of("select 'a; b"), texts("select 'a; b"));
  }

  @Test
  void commentsBeforeAStatementIntroduceIt() {
    Script.Statement second = Script.split("a;\n-- one\n-- two\n  b c").get(1);
    assertEquals("-- one\n-- two", second.intro());
    assertEquals("b c", second.text());
  }

  @Test
  void placesAreThoseOfTheScript() {
    Script.Statement second = Script.split("a;\n  b\nc").get(1);
    assertEquals(2, second.line());
    assertEquals(3, second.column());
    assertEquals(5, second.scriptColumn(1, 3));
    assertEquals(3, second.scriptLine(2));
    assertEquals(1, second.scriptColumn(2, 1));
  }
}
