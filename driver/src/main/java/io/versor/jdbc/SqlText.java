package io.versor.jdbc;

/** Skips over the parts of SQL text that are not SQL: quoted text and comments. */
final class SqlText {
  private SqlText() {}

  /** The index after the literal or identifier that starts at {@code start}. */
  static int afterQuoted(String sql, int start) {
    char quote = sql.charAt(start);
    int i = start + 1;
    while (i < sql.length()) {
      if (sql.charAt(i) == quote) {
        if (i + 1 < sql.length() && sql.charAt(i + 1) == quote) {
          i += 2; // a doubled quote stands for itself
          continue;
        }
        return i + 1;
      }
      i++;
    }
    return sql.length();
  }

  static int afterLineComment(String sql, int start) {
    int end = sql.indexOf('\n', start);
    return end < 0 ? sql.length() : end;
  }

  static int afterBlockComment(String sql, int start) {
    int end = sql.indexOf("*/", start + 2);
    return end < 0 ? sql.length() : end + 2;
  }
}
