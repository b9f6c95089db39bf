package io.versor.jdbc;

import io.versor.format.type.DecimalDigits;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.sql.SQLDataException;
import java.sql.SQLException;

/**
 * Numbers out of SQL values.
 *
 * <p>A number that does not fit is an error (22003), never wrapped. Fractional digits are cut off
 * when a caller asks for an integer, as JDBC has it.
 */
final class Numbers {
  private Numbers() {}

  static boolean toBoolean(Object value) throws SQLException {
    if (value instanceof Boolean flag) {
      return flag;
    }
    if (value instanceof String text) {
      switch (text.strip().toLowerCase(java.util.Locale.ROOT)) {
        case "true", "t", "yes", "y", "on", "1" -> {
          return true;
        }
        case "false", "f", "no", "n", "off", "0" -> {
          return false;
        }
        default -> throw notConvertible(value, "BOOLEAN");
      }
    }
    if (value instanceof Float || value instanceof Double) {
      return ((Number) value).doubleValue() != 0;
    }
    if (value instanceof Number) {
      return toBigDecimal(value).signum() != 0;
    }
    throw notConvertible(value, "BOOLEAN");
  }

  static long toLong(Object value, long min, long max, String target) throws SQLException {
    if (value instanceof Long
        || value instanceof Integer
        || value instanceof Short
        || value instanceof Byte) {
      long number = ((Number) value).longValue();
      if (number < min || number > max) {
        throw outOfRange(value, target);
      }
      return number;
    }
    if (value instanceof Boolean flag) {
      return flag ? 1 : 0;
    }
    BigDecimal exact = toBigDecimal(value);
    if (exact.compareTo(BigDecimal.valueOf(min).subtract(BigDecimal.ONE)) <= 0
        || exact.compareTo(BigDecimal.valueOf(max).add(BigDecimal.ONE)) >= 0) {
      throw outOfRange(value, target);
    }
    return exact.setScale(0, RoundingMode.DOWN).longValueExact();
  }

  /** As {@link #toLong}, but refuses digits after the point instead of cutting them off. */
  static long toExactLong(Object value, long min, long max, String target) throws SQLException {
    if (value instanceof Float || value instanceof Double || value instanceof BigDecimal) {
      BigDecimal number = toBigDecimal(value);
      if (number.signum() != 0 && number.stripTrailingZeros().scale() > 0) {
        throw outOfRange(value, target);
      }
    }
    return toLong(value, min, max, target);
  }

  static byte toByte(Object value) throws SQLException {
    return (byte) toLong(value, Byte.MIN_VALUE, Byte.MAX_VALUE, "TINYINT");
  }

  static short toShort(Object value) throws SQLException {
    return (short) toLong(value, Short.MIN_VALUE, Short.MAX_VALUE, "SMALLINT");
  }

  static int toInt(Object value) throws SQLException {
    return (int) toLong(value, Integer.MIN_VALUE, Integer.MAX_VALUE, "INTEGER");
  }

  static long toLong(Object value) throws SQLException {
    return toLong(value, Long.MIN_VALUE, Long.MAX_VALUE, "BIGINT");
  }

  static float toFloat(Object value) throws SQLException {
    if (value instanceof Float number) {
      return number;
    }
    double wide = toDouble(value);
    float narrow = (float) wide;
    if (Float.isInfinite(narrow) && !Double.isInfinite(wide)) {
      throw outOfRange(value, "REAL");
    }
    return narrow;
  }

  static double toDouble(Object value) throws SQLException {
    if (value instanceof Float || value instanceof Double) {
      return ((Number) value).doubleValue();
    }
    if (value instanceof String text) {
      switch (text.strip()) {
        case "NaN" -> {
          return Double.NaN;
        }
        case "Infinity", "+Infinity" -> {
          return Double.POSITIVE_INFINITY;
        }
        case "-Infinity" -> {
          return Double.NEGATIVE_INFINITY;
        }
        default -> {
          // a decimal, below
        }
      }
    }
    double number = toBigDecimal(value).doubleValue();
    if (Double.isInfinite(number)) {
      throw outOfRange(value, "DOUBLE");
    }
    return number;
  }

  static BigDecimal toBigDecimal(Object value) throws SQLException {
    if (value instanceof BigDecimal number) {
      return bounded(number);
    }
    if (value instanceof BigInteger number) {
      return new BigDecimal(number);
    }
    if (value instanceof Boolean flag) {
      return flag ? BigDecimal.ONE : BigDecimal.ZERO;
    }
    if (value instanceof Float number) {
      if (!Float.isFinite(number)) {
        throw outOfRange(value, "DECIMAL");
      }
      return new BigDecimal(number.toString()); // the digits a user sees, not the binary fraction
    }
    if (value instanceof Double number) {
      if (!Double.isFinite(number)) {
        throw outOfRange(value, "DECIMAL");
      }
      return BigDecimal.valueOf(number);
    }
    if (value instanceof Number number) {
      return BigDecimal.valueOf(number.longValue());
    }
    if (value instanceof String text) {
      String stripped = text.strip();
      if (stripped.length() <= DecimalDigits.MAX) {
        try {
          return bounded(new BigDecimal(stripped));
        } catch (NumberFormatException e) {
          // reported below with the value in the words of SQL
        }
      }
    }
    throw notConvertible(value, "a number");
  }

  /** Refuses numbers that take very long to write out. */
  static BigDecimal bounded(BigDecimal number) throws SQLException {
    if (DecimalDigits.areTooMany(number)) {
      throw outOfRange(
          number, DecimalDigits.MAX + " digits before the point and as many behind it");
    }
    return number;
  }

  static BigInteger toBigInteger(Object value) throws SQLException {
    BigDecimal exact = toBigDecimal(value);
    if (exact.signum() != 0 && exact.stripTrailingZeros().scale() > 0) {
      throw outOfRange(value, "an integer"); // who asks for so many digits wants all of them
    }
    return exact.toBigInteger();
  }

  static SQLException outOfRange(Object value, String target) {
    return new SQLDataException(
        "the value " + Texts.brief(value) + " does not fit in " + target, SqlStates.OUT_OF_RANGE);
  }

  static SQLException notConvertible(Object value, String target) {
    return new SQLDataException(
        "the value "
            + Texts.brief(value)
            + " ("
            + Texts.kind(value)
            + ") cannot be read as "
            + target,
        value instanceof String ? SqlStates.INVALID_CAST : SqlStates.TYPE_MISMATCH);
  }
}
