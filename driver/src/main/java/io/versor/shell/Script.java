package io.versor.shell;

import io.versor.parser.ScriptStatement;
import io.versor.parser.VersorParser;
import java.util.ArrayList;
import java.util.List;

/** A script as its statements, each with the comments that introduce it. */
final class Script {
  /**
   * One statement.
   *
   * @param intro the comment lines before it, which tell a reader what comes
   * @param text without its semicolon, and without blanks around it
   * @param line in the script where the text starts, from 1
   * @param column in that line, from 1
   */
  record Statement(String intro, String text, int line, int column) {
    /** The line of the script that a line of this statement is. */
    int scriptLine(int statementLine) {
      return line + statementLine - 1;
    }

    /** The column in the script that a column of this statement is. */
    int scriptColumn(int statementLine, int statementColumn) {
      return statementLine == 1 ? column + statementColumn - 1 : statementColumn;
    }
  }

  private Script() {}

  static List<Statement> split(String sql) {
    List<Statement> statements = new ArrayList<>();
    int end = 0;
    for (ScriptStatement found : VersorParser.parseStatements(sql)) {
      String between = sql.substring(end, found.offset()).strip();
      String intro = between.startsWith(";") ? between.substring(1).strip() : between;
      statements.add(new Statement(intro, found.text().strip(), found.line(), found.column()));
      end = found.offset() + found.text().length();
    }
    return statements;
  }
}
