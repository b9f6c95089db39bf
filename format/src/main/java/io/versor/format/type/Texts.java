package io.versor.format.type;

import io.versor.format.type.StoreException.Code;
import java.nio.charset.StandardCharsets;

/**
 * Checks of the texts in descriptions: they must be encodable, short enough and, as names, plain.
 */
final class Texts {
  private Texts() {}

  /** Not empty, no control characters, no lone surrogates, at most so many bytes of UTF-8. */
  static void checkName(String what, String name, int maxBytes) {
    if (name.isEmpty()) {
      throw new InvalidTypeException(Code.INVALID_NAME, what + " is empty; give it a name");
    }
    for (int i = 0; i < name.length(); i++) {
      if (Character.isISOControl(name.charAt(i))) {
        throw new InvalidTypeException(
            Code.INVALID_NAME,
            String.format(
                "%s has the control character U+%04X at position %d; leave it out",
                what, (int) name.charAt(i), i + 1));
      }
    }
    check(what, name, maxBytes, Code.INVALID_NAME);
  }

  /** Any text that can be encoded in at most so many bytes of UTF-8. */
  static void check(String what, String text, int maxBytes) {
    check(what, text, maxBytes, Code.INVALID_VALUE);
  }

  private static void check(String what, String text, int maxBytes, Code code) {
    if (!StandardCharsets.UTF_8.newEncoder().canEncode(text)) {
      throw new InvalidTypeException(
          code, what + " has half of a surrogate pair, which no encoding of Unicode can write");
    }
    if (utf8Bytes(text) > maxBytes) {
      throw new InvalidTypeException(
          code == Code.INVALID_NAME ? code : Code.LIMIT,
          what
              + " takes "
              + utf8Bytes(text)
              + " bytes of UTF-8, at most "
              + maxBytes
              + " expected");
    }
  }

  static long utf8Bytes(String text) {
    long bytes = 0;
    for (int i = 0; i < text.length(); i++) {
      char next = text.charAt(i);
      // Each half of a surrogate pair counts for two of the four bytes.
      bytes += next < 0x80 ? 1 : next < 0x800 || Character.isSurrogate(next) ? 2 : 3;
    }
    return bytes;
  }
}
