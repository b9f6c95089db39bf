package io.versor.engine.plan;

import io.versor.engine.function.FunctionException;
import io.versor.engine.function.NumberFunctions;
import io.versor.engine.function.TextFunctions;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.apache.calcite.avatica.util.ByteString;
import org.apache.calcite.linq4j.function.Strict;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.sql.type.SqlTypeName;
import org.jspecify.annotations.Nullable;

/**
 * CAST of a list to another one, element by element as scalars are cast, NULLs kept. Calcite's
 * fails for NULLs, and counts times otherwise. Public because generated code calls it.
 */
public final class ListElements {
  private static final Set<SqlTypeName> MOMENTS =
      EnumSet.of(
          SqlTypeName.DATE, SqlTypeName.TIMESTAMP, SqlTypeName.TIMESTAMP_WITH_LOCAL_TIME_ZONE);

  private ListElements() {}

  /** Whether elements of a type can be cast to another. */
  static boolean isPossible(RelDataType from, RelDataType to) {
    SqlTypeName given = from.getSqlTypeName();
    SqlTypeName wanted = to.getSqlTypeName();
    boolean numbers = isNumber(given) && isNumber(wanted);
    boolean truths =
        given == SqlTypeName.BOOLEAN && SqlTypeName.INT_TYPES.contains(wanted)
            || wanted == SqlTypeName.BOOLEAN && SqlTypeName.INT_TYPES.contains(given);
    return given == SqlTypeName.NULL
        || isKnown(given) && isText(wanted)
        || isText(given) && isKnown(wanted)
        || given == wanted && isKnown(given)
        || numbers
        || truths
        || MOMENTS.contains(given) && MOMENTS.contains(wanted)
        || isBytes(given) && isBytes(wanted);
  }

  private static boolean isKnown(SqlTypeName type) {
    return isText(type)
        || isNumber(type)
        || MOMENTS.contains(type)
        || type == SqlTypeName.TIME
        || type == SqlTypeName.BOOLEAN
        || type == SqlTypeName.UUID;
  }

  private static boolean isText(SqlTypeName type) {
    return SqlTypeName.CHAR_TYPES.contains(type);
  }

  private static boolean isNumber(SqlTypeName type) {
    return SqlTypeName.NUMERIC_TYPES.contains(type);
  }

  private static boolean isBytes(SqlTypeName type) {
    return SqlTypeName.BINARY_TYPES.contains(type);
  }

  /**
   * The list with elements of another type.
   *
   * @param from what its elements are, by the name of the type
   * @param precision of what they become, negative for none
   */
  @Strict
  public static List<?> cast(Object list, String from, String to, int precision, int scale) {
    SqlTypeName given = SqlTypeName.valueOf(from);
    SqlTypeName wanted = SqlTypeName.valueOf(to);
    List<@Nullable Object> cast = new ArrayList<>();
    for (Object element : (List<?>) list) {
      if (element instanceof List<?> inner) {
        cast.add(cast(inner, from, to, precision, scale));
      } else {
        cast.add(element == null ? null : element(element, given, wanted, precision, scale));
      }
    }
    return cast;
  }

  private static Object element(
      Object value, SqlTypeName from, SqlTypeName to, int precision, int scale) {
    if (isBytes(to)) {
      ByteString bytes = (ByteString) value;
      return precision >= 0 && bytes.length() > precision ? bytes.substring(0, precision) : bytes;
    }
    return switch (to) {
      case CHAR, VARCHAR -> text(value, from, to, precision);
      case BOOLEAN -> truth(value);
      case TINYINT, SMALLINT, INTEGER, BIGINT -> whole(value, to);
      case DECIMAL -> decimal(value, precision, scale);
      case REAL -> value instanceof Float ? value : NumberFunctions.floatNarrow(real(value));
      case FLOAT, DOUBLE -> real(value);
      case DATE ->
          from == to
              ? value
              : isText(from)
                  ? MicroTime.parseDate((String) value)
                  : MicroTime.toDate(micros(value));
      case TIME ->
          MicroTime.timeRound(
              from == to ? micros(value) : MicroTime.parseTime((String) value), precision);
      case TIMESTAMP, TIMESTAMP_WITH_LOCAL_TIME_ZONE ->
          MicroTime.round(moment(value, from), precision);
      case UUID -> from == to ? value : TextFunctions.textUuid((String) value);
      default -> throw new IllegalStateException("no list of " + to);
    };
  }

  private static long micros(Object value) {
    return ((Number) value).longValue();
  }

  private static long moment(Object value, SqlTypeName from) {
    return isText(from)
        ? MicroTime.parse((String) value)
        : from == SqlTypeName.DATE ? MicroTime.ofDate(((Number) value).intValue()) : micros(value);
  }

  /** As a scalar's: cut to its length without a word, and CHAR filled up. */
  private static String text(Object value, SqlTypeName from, SqlTypeName to, int length) {
    String text =
        switch (from) {
          case DATE -> java.time.LocalDate.ofEpochDay(micros(value)).toString();
          case TIME -> MicroTime.timeText(micros(value));
          case TIMESTAMP -> MicroTime.text(micros(value));
          case TIMESTAMP_WITH_LOCAL_TIME_ZONE -> MicroTime.instantText(micros(value));
          case UUID -> TextFunctions.uuidText((ByteString) value);
          case BOOLEAN -> value.toString().toUpperCase(Locale.ROOT);
          case DECIMAL -> ((BigDecimal) value).toPlainString();
          default -> value.toString();
        };
    int count = text.codePointCount(0, text.length());
    if (length >= 0 && count > length) {
      return text.substring(0, text.offsetByCodePoints(0, length));
    }
    return to == SqlTypeName.CHAR && count < length ? text + " ".repeat(length - count) : text;
  }

  private static Object truth(Object value) {
    return value instanceof Number number
        ? number.longValue() != 0
        : value instanceof Boolean truth ? truth : NumberFunctions.textTruth((String) value);
  }

  private static Object whole(Object value, SqlTypeName to) {
    BigDecimal number =
        value instanceof String text
            ? NumberFunctions.textWhole(text)
            : value instanceof Boolean truth
                ? BigDecimal.valueOf(truth ? 1 : 0)
                : value instanceof Double || value instanceof Float
                    ? NumberFunctions.floatWhole(((Number) value).doubleValue())
                    : exact(value);
    BigDecimal rounded = number.setScale(0, RoundingMode.HALF_UP);
    try {
      return switch (to) {
        case TINYINT -> rounded.byteValueExact();
        case SMALLINT -> rounded.shortValueExact();
        case INTEGER -> rounded.intValueExact();
        default -> rounded.longValueExact();
      };
    } catch (ArithmeticException e) {
      throw new FunctionException("22003", rounded.toPlainString() + " does not fit into " + to, e);
    }
  }

  private static BigDecimal exact(Object value) {
    return value instanceof BigDecimal decimal
        ? decimal
        : value instanceof Double || value instanceof Float
            ? new BigDecimal(value.toString())
            : BigDecimal.valueOf(((Number) value).longValue());
  }

  private static double real(Object value) {
    return value instanceof String text
        ? NumberFunctions.textFloat(text)
        : ((Number) value).doubleValue();
  }

  private static BigDecimal decimal(Object value, int precision, int scale) {
    BigDecimal number =
        (value instanceof String text ? NumberFunctions.textDecimal(text) : exact(value))
            .setScale(scale, RoundingMode.HALF_UP);
    if (number.precision() > precision) {
      throw new FunctionException(
          "22003",
          number.toPlainString() + " does not fit into DECIMAL(" + precision + ", " + scale + ")");
    }
    return number;
  }
}
