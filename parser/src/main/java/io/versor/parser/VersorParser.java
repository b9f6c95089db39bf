package io.versor.parser;

import java.util.List;
import java.util.Optional;
import org.apache.calcite.avatica.util.Casing;
import org.apache.calcite.avatica.util.Quoting;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.parser.SqlParseException;
import org.apache.calcite.sql.parser.SqlParser;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.validate.SqlConformanceEnum;
import org.jspecify.annotations.Nullable;

/**
 * SQL text to syntax trees. Names keep the case they are written in; whoever resolves them decides
 * what is the same. Stateless.
 */
public final class VersorParser {
  /** Longer than any name a store takes, so that the store's own message is seen. */
  private static final int MAX_NAME_CHARS = 1_024;

  /** How Calcite's message begins when it took a misspelt keyword for an expression. */
  private static final String NOT_A_QUERY = "Non-query expression";

  private VersorParser() {}

  /** How everything is parsed: names in double quotes, texts in single ones. */
  public static SqlParser.Config config() {
    return SqlParser.config()
        .withParserFactory(VersorSqlParserImpl.FACTORY)
        .withQuoting(Quoting.DOUBLE_QUOTE)
        .withUnquotedCasing(Casing.UNCHANGED)
        .withQuotedCasing(Casing.UNCHANGED)
        .withCaseSensitive(true)
        .withIdentifierMaxLength(MAX_NAME_CHARS)
        .withConformance(SqlConformanceEnum.LENIENT);
  }

  /**
   * One statement, with or without a semicolon behind it.
   *
   * @throws SqlParseException with the position in {@code sql}, also if it holds no statement or
   *     more than one
   */
  public static SqlNode parse(String sql) throws SqlParseException {
    return parse(sql, () -> {});
  }

  /**
   * The same, but it can be stopped.
   *
   * @param ask called every few thousand characters; what it throws comes out
   */
  public static SqlNode parse(String sql, Runnable ask) throws SqlParseException {
    List<ScriptStatement> statements = parseStatements(sql);
    if (statements.isEmpty()) {
      throw error("the text holds no statement", new SqlParserPos(1, 1), null);
    }
    if (statements.size() > 1) {
      throw error(
          "one statement is expected, found " + statements.size() + "; run them one by one",
          position(statements.get(1)),
          null);
    }
    ScriptStatement only = statements.get(0);
    StatementLimits.check(only);
    AskingText text = new AskingText(untilEndOf(only, sql), ask);
    try {
      SqlNode parsed = SqlParser.create(text, config()).parseStmt();
      OperandCopies.check(parsed);
      return parsed;
    } catch (StatementLimitException e) {
      throw e;
    } catch (SqlParseException e) {
      text.rethrow();
      if (isAbsent(e)) {
        throw new AbsentStatementException(String.valueOf(e.getMessage()), e.getPos(), e);
      }
      Optional<String> instead = AbsentStatements.hint(only.text());
      if (instead.isPresent()) {
        throw new AbsentStatementException(instead.get(), position(only), e);
      }
      if (isAtStart(e, only) && String.valueOf(e.getMessage()).startsWith(NOT_A_QUERY)) {
        String words = firstWords(only.text());
        throw error(
            "no statement begins with " + words + AbsentStatements.meant(words), position(only), e);
      }
      SqlParseException described = SyntaxErrors.of(e, sql);
      Optional<String> clause =
          described.getPos() == null
              ? Optional.empty()
              : AbsentClauses.hint(only.text(), SyntaxErrors.word(sql, described.getPos()));
      if (clause.isPresent()) {
        throw new AbsentStatementException(clause.get(), described.getPos(), e);
      }
      throw described;
    }
  }

  /** Whether the grammar knows what does not exist here. */
  private static boolean isAbsent(SqlParseException e) {
    for (Throwable t = e; t != null; t = t.getCause()) {
      if (t instanceof UnsupportedOperationException) {
        return true;
      }
    }
    return false;
  }

  /** The text before the statement becomes blanks, so that positions are what they are there. */
  private static String untilEndOf(ScriptStatement statement, String sql) {
    StringBuilder text = new StringBuilder(sql.length());
    for (int i = 0; i < statement.offset(); i++) {
      char c = sql.charAt(i);
      text.append(c == '\n' || c == '\r' ? c : ' ');
    }
    return text.append(statement.text()).toString();
  }

  /** One word, or two if the second is no number or sign. */
  private static String firstWords(String statement) {
    String[] words = statement.split("[\\s(]+", 3);
    boolean two = words.length > 1 && words[1].matches("[A-Za-z_]+");
    return two ? words[0] + " " + words[1] : words[0];
  }

  private static boolean isAtStart(SqlParseException e, ScriptStatement statement) {
    SqlParserPos at = e.getPos();
    return at != null
        && at.getLineNum() == statement.line()
        && at.getColumnNum() == statement.column();
  }

  private static SqlParserPos position(ScriptStatement statement) {
    return new SqlParserPos(statement.line(), statement.column());
  }

  private static SqlParseException error(
      String message, SqlParserPos position, @Nullable Throwable cause) {
    return new SqlParseException(message, position, null, null, cause);
  }

  /**
   * Cuts a script at its semicolons. Texts, quoted names and comments are left whole; what is empty
   * but for comments is left out.
   */
  public static List<ScriptStatement> parseStatements(String script) {
    return ScriptCutter.cut(script);
  }

  /** Past the text, quoted name, comment or single character that begins at a place. */
  public static int skip(String sql, int at) {
    return ScriptCutter.skipFrom(sql, at);
  }
}
