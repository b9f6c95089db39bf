package io.versor.engine.function;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Locale;

/**
 * Patterns of TO_CHAR of a number, as PostgreSQL has them: 9 and 0 are digits, . or D the point,
 * comma or G between groups, S or MI the sign, FM at the beginning leaves blanks out.
 */
final class NumberPattern {
  private static final int MAX_CHARS = 1_000;

  private NumberPattern() {}

  static String format(BigDecimal number, String pattern) {
    if (pattern.length() > MAX_CHARS) {
      throw invalid(pattern.substring(0, 20) + "…", "is too long");
    }
    String rest = pattern.toUpperCase(Locale.ROOT).replace('D', '.').replace('G', ',');
    boolean compact = rest.startsWith("FM");
    rest = compact ? rest.substring(2) : rest;
    boolean signFirst = rest.startsWith("S");
    boolean signLast = rest.endsWith("S") || rest.endsWith("MI");
    rest = rest.replace("MI", "").replace("S", "");
    if (!rest.matches("[90,]*(\\.[90]*)?") || rest.isEmpty()) {
      throw invalid(pattern, "is no pattern of a number; expected 9, 0, '.', ',', S, MI and FM");
    }
    int point = rest.indexOf('.');
    String whole = point < 0 ? rest : rest.substring(0, point);
    int scale = point < 0 ? 0 : rest.length() - point - 1;
    BigDecimal rounded = number.abs().setScale(scale, RoundingMode.HALF_UP);
    String digits = rounded.toPlainString();
    String before = point < 0 ? digits : digits.substring(0, digits.length() - scale - 1);
    String sign = number.signum() < 0 ? "-" : signFirst || rest.isEmpty() ? "+" : "";
    String body = whole(whole, before);
    if (point >= 0) {
      String after = digits.substring(digits.length() - scale);
      body += "." + (compact ? withoutZeros(after, rest.substring(point + 1)) : after);
    }
    String unpadded = body.stripLeading();
    String blanks = body.substring(0, body.length() - unpadded.length());
    if (signLast) {
      String last =
          number.signum() < 0 ? "-" : pattern.toUpperCase(Locale.ROOT).endsWith("S") ? "+" : " ";
      return compact ? unpadded + last.strip() : blanks + unpadded + last;
    }
    return compact ? sign + unpadded : blanks + (sign.isEmpty() ? " " : sign) + unpadded;
  }

  /** The digits in their places, from the right; ## where there are too few. */
  private static String whole(String pattern, String digits) {
    long places = pattern.chars().filter(c -> c != ',').count();
    String given = digits.equals("0") ? "" : digits;
    if (given.length() > places) {
      return pattern.replaceAll("[90]", "#");
    }
    StringBuilder text = new StringBuilder();
    int at = given.length() - 1;
    int firstZero = pattern.indexOf('0');
    for (int i = pattern.length() - 1; i >= 0; i--) {
      boolean shown = at >= 0 || firstZero >= 0 && firstZero <= i;
      char c = pattern.charAt(i);
      if (c == ',') {
        boolean more = at >= 0 || firstZero >= 0 && firstZero < i;
        text.append(more ? ',' : ' ');
      } else {
        text.append(at >= 0 ? given.charAt(at) : shown ? '0' : ' ');
        at--;
      }
    }
    String whole = text.reverse().toString();
    boolean nothing = whole.isBlank() && !whole.isEmpty();
    return nothing && !pattern.isEmpty() ? whole.substring(1) + "0" : whole;
  }

  private static String withoutZeros(String digits, String pattern) {
    int end = digits.length();
    while (end > 0 && digits.charAt(end - 1) == '0' && pattern.charAt(end - 1) == '9') {
      end--;
    }
    return digits.substring(0, end);
  }

  private static FunctionException invalid(String pattern, String why) {
    return new FunctionException(FunctionException.INVALID_VALUE, "'" + pattern + "' " + why);
  }
}
