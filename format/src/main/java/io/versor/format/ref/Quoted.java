package io.versor.format.ref;

/** Text of a user as it may stand in a message: short, and on one line. */
final class Quoted {
  /** Enough to recognise what was typed; a message must not carry a megabyte of input. */
  private static final int MAX_CHARS = 80;

  private Quoted() {}

  static String shortened(String text) {
    StringBuilder shown = new StringBuilder();
    for (int i = 0; i < text.length() && i < MAX_CHARS; i++) {
      char c = text.charAt(i);
      if (Character.isISOControl(c) || Character.isSurrogate(c) && !isPaired(text, i)) {
        shown.append(String.format("\\u%04x", (int) c));
      } else {
        shown.append(c);
      }
    }
    return text.length() > MAX_CHARS ? shown + "..." : shown.toString();
  }

  /** Whether the surrogate at {@code i} is half of a whole character. */
  static boolean isPaired(String text, int i) {
    return Character.isHighSurrogate(text.charAt(i))
        ? i + 1 < text.length() && Character.isLowSurrogate(text.charAt(i + 1))
        : i > 0 && Character.isHighSurrogate(text.charAt(i - 1));
  }
}
