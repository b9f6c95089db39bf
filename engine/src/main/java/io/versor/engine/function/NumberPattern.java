package io.versor.engine.function;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Locale;

/**
 * Patterns of TO_CHAR and TO_NUMBER, as PostgreSQL has them: 9 and 0 are digits, . or D the point,
 * comma or G between groups, S or MI the sign, FM at the beginning leaves blanks out.
 */
final class NumberPattern {
  private static final int MAX_CHARS = 1_000;

  private NumberPattern() {}

  static String format(BigDecimal number, String pattern) {
    String rest = normal(pattern);
    boolean compact = rest.startsWith("FM");
    rest = compact ? rest.substring(2) : rest;
    boolean signFirst = rest.startsWith("S");
    boolean signLast = rest.endsWith("S") || rest.endsWith("MI");
    rest = places(pattern, rest);
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

  /** How many digits stand behind the point. */
  static int scale(String pattern) {
    String places = places(pattern, normal(pattern));
    int point = places.indexOf('.');
    return point < 0 ? 0 : places.length() - point - 1;
  }

  /** The number that a text in a pattern gives; groups and blanks around it may be left out. */
  static BigDecimal parse(String text, String pattern) {
    String places = places(pattern, normal(pattern));
    String number = text.strip();
    number = places.contains(",") ? number.replace(",", "") : number;
    boolean last = number.endsWith("-") || number.endsWith("+");
    if (last) {
      number = number.charAt(number.length() - 1) + number.substring(0, number.length() - 1);
    }
    number = number.replaceFirst("^([+-]?)\\s+", "$1");
    int scale = scale(pattern);
    long whole = places.split("\\.", -1)[0].chars().filter(c -> c != ',').count();
    if (number.length() > MAX_CHARS
        || !number.matches("[+-]?(?=.*\\d)0*\\d{0," + whole + "}(\\.\\d{0," + scale + "})?")) {
      throw new FunctionException(
          "22018", "'" + shortened(text) + "' is no number in the pattern '" + pattern + "'");
    }
    return new BigDecimal(number).setScale(scale);
  }

  private static String normal(String pattern) {
    if (pattern.length() > MAX_CHARS) {
      throw invalid(shortened(pattern), "is too long");
    }
    return pattern.toUpperCase(Locale.ROOT).replace('D', '.').replace('G', ',');
  }

  private static String shortened(String text) {
    return text.length() > 100 ? text.substring(0, 20) + "…" : text;
  }

  /** The places of digits, without signs. */
  private static String places(String pattern, String normal) {
    String rest = normal.startsWith("FM") ? normal.substring(2) : normal;
    rest = rest.replace("MI", "").replace("S", "");
    if (!rest.matches("[90,]*(\\.[90]*)?") || rest.isEmpty()) {
      throw invalid(pattern, "is no pattern of a number; expected 9, 0, '.', ',', S, MI and FM");
    }
    return rest;
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
