package io.versor.parser;

import java.io.IOException;
import org.apache.calcite.util.SourceStringReader;
import org.jspecify.annotations.Nullable;

/** A text that asks, each time some thousand characters of it are read, whether to go on. */
final class AskingText extends SourceStringReader {
  private final Runnable ask;
  private @Nullable RuntimeException stopped;

  /**
   * @param ask throws what ends the parsing
   */
  AskingText(String text, Runnable ask) {
    super(text);
    this.ask = ask;
  }

  @Override
  public int read(char[] target, int offset, int length) throws IOException {
    try {
      ask.run();
    } catch (RuntimeException e) {
      stopped = e;
      throw e;
    }
    return super.read(target, offset, length);
  }

  /** Throws what ended the parsing, if that did: the parser makes a syntax error of everything. */
  void rethrow() {
    if (stopped != null) {
      throw stopped;
    }
  }
}
