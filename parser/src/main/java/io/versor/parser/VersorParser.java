package io.versor.parser;

import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.avatica.util.Casing;
import org.apache.calcite.avatica.util.Quoting;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.parser.SqlParseException;
import org.apache.calcite.sql.parser.SqlParser;
import org.apache.calcite.sql.validate.SqlConformanceEnum;

/**
 * SQL text to syntax trees. Names keep the case they are written in; whoever resolves them decides
 * what is the same. Stateless.
 */
public final class VersorParser {
  /** Longer than any name a store takes, so that the store's own message is seen. */
  private static final int MAX_NAME_CHARS = 1_024;

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

  /** One statement, with or without a semicolon behind it. */
  public static SqlNode parse(String sql) throws SqlParseException {
    List<ScriptStatement> statements = parseStatements(sql);
    String only = statements.size() == 1 ? blanked(sql, statements.get(0)) : sql;
    return SqlParser.create(only, config()).parseStmt();
  }

  /** The text without what follows its only statement, so that positions stay what they are. */
  private static String blanked(String sql, ScriptStatement statement) {
    return sql.substring(0, statement.offset() + statement.text().length());
  }

  /**
   * Cuts a script at its semicolons. Texts, quoted names and comments are left whole; what is empty
   * but for comments is left out.
   */
  public static List<ScriptStatement> parseStatements(String script) {
    List<ScriptStatement> statements = new ArrayList<>();
    int start = 0;
    int at = 0;
    while (at < script.length()) {
      char c = script.charAt(at);
      if (c == ';') {
        add(statements, script, start, at);
        start = ++at;
      } else {
        at = skip(script, at);
      }
    }
    add(statements, script, start, script.length());
    return List.copyOf(statements);
  }

  /** Past the text, name, comment or character that begins here. */
  private static int skip(String script, int at) {
    char c = script.charAt(at);
    if (c == '\'' || c == '"') {
      int end = script.indexOf(c, at + 1); // a doubled quote ends one text and begins another
      return end < 0 ? script.length() : end + 1;
    }
    if (script.startsWith("--", at)) {
      int end = script.indexOf('\n', at);
      return end < 0 ? script.length() : end + 1;
    }
    if (script.startsWith("/*", at) && !script.startsWith("/*+", at)) {
      int end = script.indexOf("*/", at + 2);
      return end < 0 ? script.length() : end + 2;
    }
    return at + 1;
  }

  private static void add(List<ScriptStatement> statements, String script, int from, int to) {
    int start = from;
    while (start < to) {
      char c = script.charAt(start);
      boolean comment = script.startsWith("--", start) || isComment(script, start);
      if (comment) {
        start = Math.min(to, skip(script, start));
      } else if (Character.isWhitespace(c)) {
        start++;
      } else {
        break;
      }
    }
    int end = to;
    while (end > start && Character.isWhitespace(script.charAt(end - 1))) {
      end--;
    }
    if (start < end) {
      statements.add(
          new ScriptStatement(
              script.substring(start, end), start, line(script, start), column(script, start)));
    }
  }

  private static boolean isComment(String script, int at) {
    return script.startsWith("/*", at) && !script.startsWith("/*+", at);
  }

  private static int line(String script, int offset) {
    return 1 + (int) script.substring(0, offset).chars().filter(c -> c == '\n').count();
  }

  private static int column(String script, int offset) {
    return offset - script.lastIndexOf('\n', offset - 1);
  }
}
