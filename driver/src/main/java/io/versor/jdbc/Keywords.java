package io.versor.jdbc;

import java.util.Locale;
import java.util.Set;

/** Tells by its first word what sort of statement a text is. */
final class Keywords {
  private static final Set<String> READING =
      Set.of("SELECT", "WITH", "VALUES", "TABLE", "SHOW", "EXPLAIN", "DESCRIBE", "DESC");

  private static final Set<String> CHANGING_ROWS = Set.of("INSERT", "UPDATE", "DELETE", "MERGE");

  private Keywords() {}

  /** Whether the statement cannot change anything. */
  static boolean readsOnly(String sql) {
    return READING.contains(firstWord(sql));
  }

  /** Whether the statement changes rows: what it returns is what it was asked for. */
  static boolean changesRows(String sql) {
    return CHANGING_ROWS.contains(firstWord(sql));
  }

  /**
   * The first word outside of comments and parentheses, in upper case; empty when there is none.
   */
  static String firstWord(String sql) {
    int i = 0;
    while (i < sql.length()) {
      char c = sql.charAt(i);
      if (sql.startsWith("--", i)) {
        i = SqlText.afterLineComment(sql, i);
      } else if (sql.startsWith("/*", i)) {
        i = SqlText.afterBlockComment(sql, i);
      } else if (Character.isLetter(c)) {
        int end = i;
        while (end < sql.length() && Character.isLetterOrDigit(sql.charAt(end))) {
          end++;
        }
        return sql.substring(i, end).toUpperCase(Locale.ROOT);
      } else if (c == '(' || c == '{' || Character.isWhitespace(c)) {
        i++;
      } else {
        return "";
      }
    }
    return "";
  }
}
