package io.versor.parser;

import java.util.ArrayList;
import java.util.List;

/**
 * Cuts a script at its semicolons, in one pass: scripts that fill tables have statements by the ten
 * thousand. What counts as text, name or comment is what the grammar's tokens say.
 */
final class ScriptCutter {
  private final String script;
  private final List<ScriptStatement> statements = new ArrayList<>();

  /** Where {@link #line} begins; both follow the statements, never back. */
  private int lineStart;

  private int line = 1;

  private ScriptCutter(String script) {
    this.script = script;
  }

  static List<ScriptStatement> cut(String script) {
    return new ScriptCutter(script).statements();
  }

  /** Past the text, name, comment or character that begins at a place. */
  static int skipFrom(String sql, int at) {
    return new ScriptCutter(sql).skip(at);
  }

  private List<ScriptStatement> statements() {
    int start = 0;
    int at = 0;
    while (at < script.length()) {
      if (script.charAt(at) == ';') {
        add(start, at);
        start = ++at;
      } else {
        at = skip(at);
      }
    }
    add(start, script.length());
    return List.copyOf(statements);
  }

  /** Past the text, name, comment or character that begins at {@code at}. */
  private int skip(int at) {
    char c = script.charAt(at);
    if (c == '\'' && beginsEscaped(at)) {
      return pastEscaped(at + 1);
    }
    if (c == '\'' || c == '"') {
      return past(String.valueOf(c), at + 1); // a doubled quote ends one text and begins another
    }
    if (c == '$') {
      int end = DollarQuotes.signEnd(script, at);
      return end == at ? at + 1 : past(script.substring(at, end), end);
    }
    if (script.startsWith("--", at) || script.startsWith("//", at)) {
      return past("\n", at + 2);
    }
    return isBlockComment(at) ? past("*/", at + 2) : at + 1;
  }

  /** Whether the quote at {@code at} is that of {@code E'it\'s'}. */
  private boolean beginsEscaped(int at) {
    boolean prefixed = at > 0 && (script.charAt(at - 1) == 'E' || script.charAt(at - 1) == 'e');
    return prefixed && (at == 1 || !Character.isJavaIdentifierPart(script.charAt(at - 2)));
  }

  private int pastEscaped(int from) {
    int at = from;
    while (at < script.length() && script.charAt(at) != '\'') {
      at += script.charAt(at) == '\\' ? 2 : 1;
    }
    return Math.min(at + 1, script.length());
  }

  private int past(String end, int from) {
    int at = script.indexOf(end, from);
    return at < 0 ? script.length() : at + end.length();
  }

  /** Hints look like comments but belong to their statement. */
  private boolean isBlockComment(int at) {
    return script.startsWith("/*", at) && !script.startsWith("/*+", at);
  }

  private boolean isComment(int at) {
    return script.startsWith("--", at) || script.startsWith("//", at) || isBlockComment(at);
  }

  private void add(int from, int to) {
    int start = from;
    while (start < to && (isComment(start) || Character.isWhitespace(script.charAt(start)))) {
      start = isComment(start) ? skip(start) : start + 1;
    }
    int end = to;
    while (end > start && Character.isWhitespace(script.charAt(end - 1))) {
      end--;
    }
    if (start < end) {
      moveLineTo(start);
      statements.add(
          new ScriptStatement(script.substring(start, end), start, line, start - lineStart + 1));
    }
  }

  private void moveLineTo(int offset) {
    int feed = script.indexOf('\n', lineStart);
    while (feed >= 0 && feed < offset) {
      line++;
      lineStart = feed + 1;
      feed = script.indexOf('\n', lineStart);
    }
  }
}
