package io.versor.parser.ast;

/** Places in a statement's text. */
final class SourceText {
  private SourceText() {}

  /**
   * Where a line and column, both from 1, are in a text: lines end as the parser counts them, with
   * a line feed, a carriage return, or both.
   */
  static int offset(String text, int line, int column) {
    int at = 0;
    for (int i = 1; i < line; i++) {
      while (text.charAt(at) != '\n' && text.charAt(at) != '\r') {
        at++;
      }
      boolean both = text.startsWith("\r\n", at);
      at += both ? 2 : 1;
    }
    return at + column - 1;
  }
}
