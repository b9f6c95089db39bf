package io.versor.jdbc;

import io.versor.parser.VersorParser;
import java.sql.SQLDataException;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.SQLSyntaxErrorException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * JDBC's escapes, outside of quotes and comments.
 *
 * <p>The grammar itself reads {@code {d '...'}}, {@code {t '...'}}, {@code {ts '...'}} and JDBC's
 * own functions in {@code {fn ...}}. The others only wrap plain SQL ({@code {oj ...}}, {@code {call
 * ...}}, {@code {escape ...}}, {@code {limit ...}}), so their braces and words become blanks: every
 * character stays where it was, and positions in messages stay true.
 */
final class Escapes {
  private static final char END = '\0';

  /** Functions that the grammar takes in {@code {fn ...}}; most of them nowhere else. */
  private static final Set<String> GRAMMAR_FUNCTIONS =
      Set.of(
          ("ABS ACOS ASIN ATAN ATAN2 CEILING COS COT DEGREES EXP FLOOR LOG LOG10 MOD PI POWER"
                  + " RADIANS RAND ROUND SIGN SIN SQRT TAN TRUNCATE"
                  + " ASCII CHAR CONCAT DIFFERENCE INSERT LCASE LEFT LENGTH LOCATE LTRIM REPEAT"
                  + " REPLACE RIGHT RTRIM SOUNDEX SPACE SUBSTRING UCASE"
                  + " CURDATE CURTIME DAYNAME DAYOFMONTH DAYOFWEEK DAYOFYEAR HOUR MINUTE MONTH"
                  + " MONTHNAME NOW QUARTER SECOND TIMESTAMPADD TIMESTAMPDIFF WEEK YEAR"
                  + " DATABASE IFNULL CONVERT")
              .split(" "));

  /** Values of the SQL that JDBC writes as functions. */
  private static final Set<String> WITHOUT_PARENTHESES =
      Set.of("CURRENT_DATE", "CURRENT_TIME", "CURRENT_TIMESTAMP", "USER");

  private final String sql;
  private final StringBuilder out;

  /** For every open brace: whether its closing brace becomes a blank. */
  private final Deque<Boolean> open = new ArrayDeque<>();

  private Escapes(String sql) {
    this.sql = sql;
    this.out = new StringBuilder(sql);
  }

  static String rewrite(@Nullable String sql) throws SQLException {
    if (sql == null) {
      throw new SQLDataException("the SQL is null", SqlStates.INVALID_PARAMETER);
    }
    return sql.indexOf('{') < 0 ? sql : new Escapes(sql).rewrite();
  }

  private String rewrite() throws SQLException {
    int i = 0;
    while (i < sql.length()) {
      char c = sql.charAt(i);
      if (c == '{') {
        i = openBrace(i);
      } else if (c == '}') {
        if (!open.isEmpty() && open.pop()) {
          out.setCharAt(i, ' ');
        }
        i++;
      } else {
        i = VersorParser.skip(sql, i);
      }
    }
    return out.toString();
  }

  private char at(int i) {
    return i < sql.length() ? sql.charAt(i) : END;
  }

  private int openBrace(int brace) throws SQLException {
    int start = brace + 1;
    while (Character.isWhitespace(at(start))) {
      start++;
    }
    if (at(start) == '?') {
      throw new SQLFeatureNotSupportedException(
          "{? = call ...} is not supported: procedures return rows; use {call ...}",
          SqlStates.UNSUPPORTED);
    }
    int end = start;
    while (Character.isLetter(at(end))) {
      end++;
    }
    String word = sql.substring(start, end).toLowerCase(Locale.ROOT);
    switch (word) {
      case "oj", "escape", "limit", "call" -> {
        int from = word.equals("oj") ? start : brace; // only "oj" is no word of SQL itself
        blank(brace, brace + 1);
        if (from == start) {
          blank(start, end);
        }
        open.push(true);
      }
      case "d", "t", "ts" -> open.push(false);
      case "fn" -> function(brace, end);
      default -> {
        if (Character.isDigit(at(start)) || at(start) == ',' || at(start) == '-') {
          open.push(false); // a quantifier of MATCH_RECOGNIZE
        } else {
          throw new SQLSyntaxErrorException(
              "unknown JDBC escape {"
                  + word
                  + " at character "
                  + (brace + 1)
                  + "; known are d, t, ts, fn, oj, call, escape and limit",
              SqlStates.SYNTAX);
        }
      }
    }
    return end;
  }

  /**
   * A function that only the escape has stays for the grammar, which knows it by its name in
   * capitals; any other is one of the SQL, and the escape says nothing.
   */
  private void function(int brace, int from) {
    int start = from;
    while (Character.isWhitespace(at(start))) {
      start++;
    }
    int end = start;
    while (Character.isLetterOrDigit(at(end)) || at(end) == '_') {
      end++;
    }
    String name = sql.substring(start, end).toUpperCase(Locale.ROOT);
    if (GRAMMAR_FUNCTIONS.contains(name)) {
      out.replace(start, end, name);
      open.push(false);
      return;
    }
    blank(brace, from);
    open.push(true);
    if (WITHOUT_PARENTHESES.contains(name)) {
      blankEmptyParentheses(end);
    }
  }

  private void blankEmptyParentheses(int from) {
    int left = from;
    while (Character.isWhitespace(at(left))) {
      left++;
    }
    int right = left + 1;
    while (Character.isWhitespace(at(right))) {
      right++;
    }
    if (at(left) == '(' && at(right) == ')') {
      blank(left, right + 1);
    }
  }

  private void blank(int from, int to) {
    for (int i = from; i < to; i++) {
      out.setCharAt(i, ' ');
    }
  }
}
