package io.versor.engine.write;

/** Texts that are numbers of a simple form. */
final class PlainNumbers {
  /** Any number of so many digits is a long. */
  private static final int SAFE_DIGITS = 18;

  /** Characters of a number that anybody writes. */
  private static final int MOST_DIGITS = 30;

  private PlainNumbers() {}

  /** An optional minus and at most 18 digits. */
  static boolean isWhole(String text) {
    int from = text.startsWith("-") ? 1 : 0;
    int digits = text.length() - from;
    return digits > 0 && digits <= SAFE_DIGITS && areDigits(text, from, text.length());
  }

  /**
   * An optional minus, digits, a point and digits, or an exponent behind any of these: SQL's
   * approximate numbers, for which the nearest one will do.
   */
  static boolean isFraction(String text) {
    if (text.length() > MOST_DIGITS) {
      return false;
    }
    int from = text.startsWith("-") ? 1 : 0;
    int exponent = Math.max(text.indexOf('e'), text.indexOf('E'));
    int to = exponent < 0 ? text.length() : exponent;
    int point = text.indexOf('.', from);
    boolean digits =
        point < 0
            ? exponent > from && areDigits(text, from, to)
            : point > from
                && to > point + 1
                && areDigits(text, from, point)
                && areDigits(text, point + 1, to);
    return digits && (exponent < 0 || isExponent(text, exponent + 1));
  }

  private static boolean isExponent(String text, int at) {
    int from = at < text.length() && "+-".indexOf(text.charAt(at)) >= 0 ? at + 1 : at;
    return from < text.length() && areDigits(text, from, text.length());
  }

  private static boolean areDigits(String text, int from, int to) {
    for (int i = from; i < to; i++) {
      if (text.charAt(i) < '0' || text.charAt(i) > '9') {
        return false;
      }
    }
    return true;
  }
}
