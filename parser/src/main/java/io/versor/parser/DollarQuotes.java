package io.versor.parser;

import java.io.IOException;

/**
 * Texts between dollars, {@code $$it's$$} or {@code $tag$a $$ b$tag$}: what stands between two
 * equal signs, as it is.
 */
final class DollarQuotes {
  private DollarQuotes() {}

  /**
   * Where the sign ends that begins at a place.
   *
   * @return the place itself if none begins there
   */
  static int signEnd(CharSequence sql, int at) {
    if (sql.charAt(at) != '$' || at > 0 && Character.isJavaIdentifierPart(sql.charAt(at - 1))) {
      return at;
    }
    int end = at + 1;
    while (end < sql.length()
        && sql.charAt(end) != '$'
        && Character.isJavaIdentifierPart(sql.charAt(end))) {
      end++;
    }
    boolean sign =
        end < sql.length() && sql.charAt(end) == '$' && !Character.isDigit(sql.charAt(at + 1));
    return sign ? end + 1 : at;
  }

  /**
   * Reads on to the end of a text, and makes one token of it that looks like a text in quotes. One
   * without an end stays what it is, which the grammar does not take.
   *
   * @param begin the sign, and letters that follow it
   * @param quoted the kind of texts in quotes
   */
  static void read(Token begin, SimpleCharStream in, int quoted) {
    int signEnd = begin.image.indexOf('$', 1) + 1;
    String sign = begin.image.substring(0, signEnd);
    in.backup(begin.image.length() - signEnd);
    StringBuilder text = new StringBuilder("'");
    int from = text.length();
    try {
      while (true) {
        char c = in.readChar();
        text.append(c);
        if (c == '\'') {
          text.append(c);
        }
        int start = text.length() - sign.length();
        if (c == '$' && start >= from && text.indexOf(sign, start) == start) {
          text.setLength(start);
          break;
        }
      }
    } catch (IOException e) {
      return;
    }
    begin.kind = quoted;
    begin.image = text.append('\'').toString();
    begin.endLine = in.getEndLine();
    begin.endColumn = in.getEndColumn();
  }
}
