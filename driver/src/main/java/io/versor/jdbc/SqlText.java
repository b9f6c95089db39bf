package io.versor.jdbc;

/** Skips over the parts of SQL text that are not SQL: comments. */
final class SqlText {
  private SqlText() {}

  static int afterLineComment(String sql, int start) {
    int end = sql.indexOf('\n', start);
    return end < 0 ? sql.length() : end;
  }

  static int afterBlockComment(String sql, int start) {
    int end = sql.indexOf("*/", start + 2);
    return end < 0 ? sql.length() : end + 2;
  }
}
