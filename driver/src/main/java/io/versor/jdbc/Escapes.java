package io.versor.jdbc;

import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.SQLSyntaxErrorException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;

/**
 * JDBC's escapes, outside of quotes and comments.
 *
 * <p>The grammar itself reads {@code {d '...'}}, {@code {t '...'}}, {@code {ts '...'}} and {@code
 * {fn ...}}. The others only wrap plain SQL ({@code {oj ...}}, {@code {call ...}}, {@code {escape
 * ...}}, {@code {limit ...}}), so their braces and words become blanks: every character stays where
 * it was, and positions in messages stay true.
 */
final class Escapes {
  private static final char END = '\0';

  private final String sql;
  private final StringBuilder out;

  /** For every open brace: whether its closing brace becomes a blank. */
  private final Deque<Boolean> open = new ArrayDeque<>();

  private Escapes(String sql) {
    this.sql = sql;
    this.out = new StringBuilder(sql);
  }

  static String rewrite(String sql) throws SQLException {
    return sql.indexOf('{') < 0 ? sql : new Escapes(sql).rewrite();
  }

  private String rewrite() throws SQLException {
    int i = 0;
    while (i < sql.length()) {
      char c = sql.charAt(i);
      if (c == '\'' || c == '"') {
        i = SqlText.afterQuoted(sql, i);
      } else if (c == '-' && at(i + 1) == '-') {
        i = SqlText.afterLineComment(sql, i);
      } else if (c == '/' && at(i + 1) == '*') {
        i = SqlText.afterBlockComment(sql, i);
      } else if (c == '{') {
        i = openBrace(i);
      } else if (c == '}') {
        if (!open.isEmpty() && open.pop()) {
          out.setCharAt(i, ' ');
        }
        i++;
      } else {
        i++;
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
      case "fn" -> {
        capitalize(end); // the grammar knows JDBC's functions by their names in capitals
        open.push(false);
      }
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

  private void capitalize(int from) {
    int i = from;
    while (Character.isWhitespace(at(i))) {
      i++;
    }
    while (Character.isLetterOrDigit(at(i)) || at(i) == '_') {
      out.setCharAt(i, Character.toUpperCase(at(i)));
      i++;
    }
  }

  private void blank(int from, int to) {
    for (int i = from; i < to; i++) {
      out.setCharAt(i, ' ');
    }
  }
}
