package io.versor.engine.function;

import io.versor.format.type.DecimalDigits;
import io.versor.format.type.TensorType;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.math.RoundingMode;
import org.apache.calcite.linq4j.function.Strict;

/**
 * Functions of numbers. What cannot be computed is an error, never NaN or Infinity, as long as the
 * arguments are neither. Called by generated code; NULL in, NULL out.
 */
@Strict
public final class NumberFunctions {
  private static final String OUT_OF_RANGE = "22003";
  private static final String DIVISION_BY_ZERO = "22012";
  private static final String NO_LOGARITHM = "2201E";
  private static final String NO_POWER = "2201F";

  /** Greatest factorial that has 38 digits. */
  private static final long MAX_FACTORIAL = 33;

  /** More digits than any number has: rounding to them changes nothing. */
  private static final int MAX_DIGITS = 400;

  private static final MathContext QUOTIENT =
      new MathContext(2 * TensorType.MAX_DECIMAL_DIGITS, RoundingMode.HALF_UP);

  private NumberFunctions() {}

  // --- arithmetic of floats

  public static double floatPlus(double a, double b) {
    return finite(a + b, a, b, "+");
  }

  public static double floatMinus(double a, double b) {
    return finite(a - b, a, b, "-");
  }

  public static double floatTimes(double a, double b) {
    return finite(a * b, a, b, "*");
  }

  public static double floatDivide(double a, double b) {
    checkDivisor(b, a + " / " + b);
    return finite(a / b, a, b, "/");
  }

  public static double floatMod(double a, double b) {
    checkDivisor(b, a + " MOD " + b);
    return a % b;
  }

  private static void checkDivisor(double divisor, String expression) {
    if (divisor == 0) {
      throw divisionByZero(expression);
    }
  }

  private static FunctionException divisionByZero(String expression) {
    return new FunctionException(
        DIVISION_BY_ZERO, expression + ": division by zero; use NULLIF(divisor, 0) for NULL");
  }

  private static double finite(double result, double a, double b, String operator) {
    if (Double.isInfinite(result) && !Double.isInfinite(a) && !Double.isInfinite(b)) {
      throw new FunctionException(
          OUT_OF_RANGE, a + " " + operator + " " + b + " does not fit into DOUBLE");
    }
    return result;
  }

  // --- arithmetic of decimals

  /** With more digits than a number has, so that rounding it again rounds the quotient itself. */
  public static BigDecimal quotient(BigDecimal a, BigDecimal b) {
    checkDivisor(a, b);
    return a.divide(b, QUOTIENT);
  }

  private static void checkDivisor(BigDecimal a, BigDecimal b) {
    if (b.signum() == 0) {
      throw divisionByZero(a.toPlainString() + " / " + b.toPlainString());
    }
  }

  /** A float as a REAL. */
  public static float floatNarrow(double value) {
    float single = (float) value;
    if (Float.isInfinite(single) && !Double.isInfinite(value)) {
      throw new FunctionException(OUT_OF_RANGE, value + " does not fit into REAL");
    }
    return single;
  }

  /** The nearest whole number, halves away from zero. */
  public static BigDecimal floatWhole(double value) {
    if (Double.isNaN(value) || Double.isInfinite(value)) {
      throw new FunctionException(OUT_OF_RANGE, value + " is no exact number");
    }
    return new BigDecimal(value).setScale(0, RoundingMode.HALF_UP);
  }

  // --- texts as numbers

  /** A whole number of any length. */
  public static BigDecimal textWhole(String text) {
    BigDecimal number = textDecimal(text);
    if (number.stripTrailingZeros().scale() > 0) {
      throw noNumber(text, "whole number");
    }
    return number;
  }

  public static BigDecimal textDecimal(String text) {
    String stripped = text.strip();
    if (stripped.length() > 2 * DecimalDigits.MAX) { // reading it takes the square of its length
      throw new FunctionException(OUT_OF_RANGE, shown(text) + " does not fit into DECIMAL");
    }
    try {
      BigDecimal number = new BigDecimal(stripped);
      if (Math.abs((long) number.scale()) > MAX_DIGITS) {
        throw new FunctionException(OUT_OF_RANGE, shown(text) + " does not fit into DECIMAL");
      }
      return number;
    } catch (NumberFormatException e) {
      throw noNumber(text, "number");
    }
  }

  public static double textFloat(String text) {
    String stripped = text.strip();
    double number;
    try {
      number = Double.parseDouble(stripped);
    } catch (NumberFormatException e) {
      throw noNumber(text, "number");
    }
    boolean letters =
        stripped.endsWith("d")
            || stripped.endsWith("D")
            || stripped.endsWith("f")
            || stripped.endsWith("F");
    if (letters) {
      throw noNumber(text, "number");
    }
    if (Double.isInfinite(number) && !stripped.endsWith("y")) {
      throw new FunctionException(OUT_OF_RANGE, shown(text) + " does not fit into DOUBLE");
    }
    return number;
  }

  private static FunctionException noNumber(String text, String what) {
    return new FunctionException("22018", shown(text) + " is no " + what);
  }

  private static String shown(String text) {
    return "'" + (text.length() <= 40 ? text : text.substring(0, 40) + "…") + "'";
  }

  /** As PostgreSQL reads a BOOLEAN. */
  public static boolean textTruth(String text) {
    return switch (text.strip().toLowerCase(java.util.Locale.ROOT)) {
      case "true", "t", "yes", "y", "on", "1" -> true;
      case "false", "f", "no", "n", "off", "0" -> false;
      default ->
          throw new FunctionException(
              "22018", shown(text) + " is no BOOLEAN; expected true or false");
    };
  }

  // --- rounding

  public static double round(double value) {
    return round(value, 0);
  }

  public static double round(double value, int digits) {
    return toDigits(value, digits, RoundingMode.HALF_UP);
  }

  public static BigDecimal round(BigDecimal value) {
    return round(value, 0);
  }

  public static BigDecimal round(BigDecimal value, int digits) {
    return toDigits(value, digits, RoundingMode.HALF_UP);
  }

  public static double trunc(double value) {
    return trunc(value, 0);
  }

  public static double trunc(double value, int digits) {
    return toDigits(value, digits, RoundingMode.DOWN);
  }

  public static BigDecimal trunc(BigDecimal value) {
    return trunc(value, 0);
  }

  public static BigDecimal trunc(BigDecimal value, int digits) {
    return toDigits(value, digits, RoundingMode.DOWN);
  }

  private static double toDigits(double value, int digits, RoundingMode mode) {
    if (Double.isNaN(value) || Double.isInfinite(value) || digits > MAX_DIGITS) {
      return value;
    }
    if (digits < -MAX_DIGITS) {
      return 0;
    }
    // the decimal that is shown: 1.235 to two digits is 1.24, though the double lies below it
    return BigDecimal.valueOf(value).setScale(digits, mode).doubleValue();
  }

  private static BigDecimal toDigits(BigDecimal value, int digits, RoundingMode mode) {
    if (digits >= value.scale()) {
      return value;
    }
    return digits < -MAX_DIGITS
        ? BigDecimal.ZERO
        : value.setScale(digits, mode).setScale(Math.max(0, digits));
  }

  // --- whole numbers

  public static int abs(int value) {
    if (value == Integer.MIN_VALUE) {
      throw new FunctionException(
          OUT_OF_RANGE, "ABS(" + value + ") does not fit into INTEGER; cast it to BIGINT");
    }
    return Math.abs(value);
  }

  public static long abs(long value) {
    if (value == Long.MIN_VALUE) {
      throw new FunctionException(
          OUT_OF_RANGE, "ABS(" + value + ") does not fit into BIGINT; cast it to DECIMAL");
    }
    return Math.abs(value);
  }

  public static long div(long a, long b) {
    checkDivisor(b, a + " DIV " + b);
    if (a == Long.MIN_VALUE && b == -1) {
      throw new FunctionException(OUT_OF_RANGE, a + " DIV -1 does not fit into BIGINT");
    }
    return a / b;
  }

  /** In which of equal parts of a range a number lies; 0 before it, one more than parts behind. */
  public static int widthBucket(double number, double from, double to, int parts) {
    if (Double.isNaN(number) || !Double.isFinite(from) || !Double.isFinite(to)) {
      throw new FunctionException(
          "2201G",
          "WIDTH_BUCKET of "
              + number
              + " between "
              + from
              + " and "
              + to
              + "; expected a number between two finite ones");
    }
    if (Double.isInfinite(number)) {
      boolean behind = number > 0 == from < to;
      return widthBucket(BigDecimal.valueOf(behind ? to : from), from, to, parts)
          - (behind ? 0 : 1);
    }
    return widthBucket(BigDecimal.valueOf(number), from, to, parts);
  }

  private static int widthBucket(BigDecimal number, double from, double to, int parts) {
    return widthBucket(number, BigDecimal.valueOf(from), BigDecimal.valueOf(to), parts);
  }

  public static int widthBucket(BigDecimal number, BigDecimal from, BigDecimal to, int parts) {
    if (parts <= 0 || parts == Integer.MAX_VALUE) {
      throw new FunctionException(
          "2201G", "WIDTH_BUCKET in " + parts + " parts; expected 1 to " + (Integer.MAX_VALUE - 1));
    }
    int direction = to.compareTo(from);
    if (direction == 0) {
      throw new FunctionException(
          "2201G", "WIDTH_BUCKET between " + from + " and the same; expected two numbers");
    }
    if (number.compareTo(from) * direction < 0) {
      return 0;
    }
    if (number.compareTo(to) * direction >= 0) {
      return parts + 1;
    }
    return number
            .subtract(from)
            .multiply(BigDecimal.valueOf(parts))
            .divideToIntegralValue(to.subtract(from))
            .intValueExact()
        + 1;
  }

  public static long gcd(long a, long b) {
    return longOf(BigInteger.valueOf(a).gcd(BigInteger.valueOf(b)), "GCD", a, b);
  }

  public static long lcm(long a, long b) {
    if (a == 0 || b == 0) {
      return 0;
    }
    BigInteger divisor = BigInteger.valueOf(a).gcd(BigInteger.valueOf(b));
    BigInteger multiple = BigInteger.valueOf(a).divide(divisor).multiply(BigInteger.valueOf(b));
    return longOf(multiple.abs(), "LCM", a, b);
  }

  private static long longOf(BigInteger value, String function, long a, long b) {
    if (value.bitLength() > 63) {
      throw new FunctionException(
          OUT_OF_RANGE, function + "(" + a + ", " + b + ") does not fit into BIGINT");
    }
    return value.longValue();
  }

  public static BigDecimal factorial(long n) {
    if (n < 0 || n > MAX_FACTORIAL) {
      throw new FunctionException(
          OUT_OF_RANGE, "FACTORIAL(" + n + "); expected 0 to " + MAX_FACTORIAL);
    }
    BigInteger product = BigInteger.ONE;
    for (long i = 2; i <= n; i++) {
      product = product.multiply(BigInteger.valueOf(i));
    }
    return new BigDecimal(product);
  }

  // --- roots, powers, logarithms

  public static double sqrt(double value) {
    if (value < 0) {
      throw new FunctionException(
          NO_POWER, "SQRT(" + value + "): a negative number has no square root");
    }
    return Math.sqrt(value);
  }

  public static double power(double base, double exponent) {
    if (exponent == 0.5) {
      return sqrt(base); // which the planner has made a power
    }
    if (base == 0 && exponent < 0) {
      throw new FunctionException(
          NO_POWER, "POWER(0, " + exponent + "): zero has no negative powers");
    }
    double power = Math.pow(base, exponent);
    if (Double.isNaN(power) && !Double.isNaN(base) && !Double.isNaN(exponent)) {
      throw new FunctionException(
          NO_POWER,
          "POWER(" + base + ", " + exponent + "): a negative number has whole powers only");
    }
    return finite(power, base, exponent, "to the power of");
  }

  public static double exp(double value) {
    return finite(Math.exp(value), value, 0, "as an exponent of e, plus");
  }

  public static double sinh(double value) {
    return finite(Math.sinh(value), value, 0, "in SINH, plus");
  }

  public static double cosh(double value) {
    return finite(Math.cosh(value), value, 0, "in COSH, plus");
  }

  public static double ln(double value) {
    checkLogarithm(value);
    return Math.log(value);
  }

  public static double log10(double value) {
    checkLogarithm(value);
    return Math.log10(value);
  }

  public static double log2(double value) {
    checkLogarithm(value);
    int exponent = Math.getExponent(value);
    return value == Math.scalb(1.0, exponent) ? exponent : Math.log(value) / Math.log(2);
  }

  /** To the base of 10. */
  public static double log(double value) {
    return log10(value);
  }

  public static double log(double base, double value) {
    checkLogarithm(base);
    checkLogarithm(value);
    if (base == 1) {
      throw new FunctionException(DIVISION_BY_ZERO, "LOG: there is no logarithm to the base of 1");
    }
    if (base == 10) {
      return Math.log10(value);
    }
    return base == 2 ? log2(value) : Math.log(value) / Math.log(base);
  }

  private static void checkLogarithm(double value) {
    if (value <= 0) {
      throw new FunctionException(
          NO_LOGARITHM, "the logarithm of " + value + "; only positive numbers have one");
    }
  }

  // --- angles

  public static double asin(double value) {
    checkSine(value, "ASIN");
    return Math.asin(value);
  }

  public static double acos(double value) {
    checkSine(value, "ACOS");
    return Math.acos(value);
  }

  private static void checkSine(double value, String function) {
    if (value < -1 || value > 1) {
      throw new FunctionException(
          OUT_OF_RANGE, function + "(" + value + "); expected a number from -1 to 1");
    }
  }

  public static double cot(double value) {
    double tangent = Math.tan(value);
    checkDivisor(tangent, "COT(" + value + ")");
    return 1 / tangent;
  }

  /**
   * From 0 to less than 1, another number at each call.
   *
   * @param place of the call, which tells it from others of the row
   */
  public static double randomNumber(int place) {
    return java.util.concurrent.ThreadLocalRandom.current().nextDouble();
  }

  /** {@code TO_NUMBER(text, pattern)}. */
  public static BigDecimal toNumber(String text, String pattern) {
    return NumberPattern.parse(text, pattern);
  }
}
