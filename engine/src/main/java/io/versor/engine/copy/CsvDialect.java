package io.versor.engine.copy;

import io.versor.engine.StatementException;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.util.Optional;

/**
 * How a CSV file is written: RFC 4180 unless options say otherwise.
 *
 * @param escape stands before a quote inside of quotes; the quote itself as a rule
 * @param nullText what NULL is, without quotes
 */
record CsvDialect(byte delimiter, byte quote, byte escape, String nullText, Charset encoding) {
  static CsvDialect of(CopyOptions options) throws StatementException {
    byte delimiter =
        (byte) (char) options.character("delimiter").or(() -> Optional.of(',')).orElseThrow();
    byte quote = (byte) (char) options.character("quote").orElse('"');
    byte escape = (byte) (char) options.character("escape").orElse((char) quote);
    if (delimiter == quote || delimiter == escape) {
      throw options.refused("delimiter", "is another character than quote and escape");
    }
    String nullText = options.text("null").orElse("");
    if (nullText.indexOf(delimiter) >= 0 || nullText.matches("(?s).*[\r\n].*")) {
      throw options.refused("null", "is without delimiter and line end");
    }
    return new CsvDialect(delimiter, quote, escape, nullText, charset(options));
  }

  private static Charset charset(CopyOptions options) throws StatementException {
    Optional<String> name = options.text("encoding");
    if (name.isEmpty() || name.get().equalsIgnoreCase("UTF8")) {
      return StandardCharsets.UTF_8;
    }
    try {
      return Charset.forName(name.get());
    } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
      throw options.refused(
          "encoding", "is one such as UTF-8 or ISO-8859-1, found '" + name.get() + "'");
    }
  }

  /** The same with tabs between fields. */
  CsvDialect tabs() {
    return new CsvDialect((byte) '\t', quote, escape, nullText, encoding);
  }
}
