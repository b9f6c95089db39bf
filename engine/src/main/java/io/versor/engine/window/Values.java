package io.versor.engine.window;

import io.versor.engine.function.FunctionException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.rel.type.RelDataType;
import org.jspecify.annotations.Nullable;

/** Values of the row executor: their order, when they are one value, and their types. */
final class Values {
  private Values() {}

  /** The order of two values of one type that are no NULLs. */
  @SuppressWarnings("unchecked") // every SQL value that is ordered is Comparable with its like
  static int compare(Object left, Object right) {
    if (left instanceof Double a && right instanceof Double b) {
      return a.doubleValue() == b.doubleValue() ? 0 : Double.compare(a, b);
    }
    if (left instanceof Float a && right instanceof Float b) {
      return a.floatValue() == b.floatValue() ? 0 : Float.compare(a, b);
    }
    if (left instanceof List<?> a && right instanceof List<?> b) {
      return compareLists(a, b);
    }
    return ((Comparable<Object>) left).compareTo(right);
  }

  private static int compareLists(List<?> left, List<?> right) {
    for (int i = 0; i < Math.min(left.size(), right.size()); i++) {
      Object a = left.get(i);
      Object b = right.get(i);
      boolean isNull = a == null || b == null;
      int order = isNull ? Boolean.compare(a == null, b == null) : compare(a, b);
      if (order != 0) {
        return order;
      }
    }
    return Integer.compare(left.size(), right.size());
  }

  /** The same for all that SQL takes for one value. */
  static @Nullable Object distinct(@Nullable Object value) {
    if (value instanceof BigDecimal number) {
      return number.stripTrailingZeros();
    }
    if (value instanceof Double number) {
      return number + 0.0; // which makes -0.0 of zero 0.0
    }
    if (value instanceof Float number) {
      return number + 0.0f;
    }
    if (value instanceof List<?> list) {
      List<@Nullable Object> elements = new ArrayList<>(list.size());
      list.forEach(element -> elements.add(distinct(element)));
      return elements;
    }
    return value;
  }

  static BigDecimal decimal(Object value) {
    if (value instanceof BigDecimal number) {
      return number;
    }
    return value instanceof Double || value instanceof Float
        ? new BigDecimal(value.toString())
        : BigDecimal.valueOf(((Number) value).longValue());
  }

  /** A number as an object of the class that values of a type have. */
  static Object number(Object value, RelDataType type) {
    Number number = (Number) value;
    return switch (type.getSqlTypeName()) {
      case TINYINT -> (byte) whole(number, Byte.MIN_VALUE, Byte.MAX_VALUE, type);
      case SMALLINT -> (short) whole(number, Short.MIN_VALUE, Short.MAX_VALUE, type);
      case INTEGER, INTERVAL_YEAR, INTERVAL_YEAR_MONTH, INTERVAL_MONTH ->
          (int) whole(number, Integer.MIN_VALUE, Integer.MAX_VALUE, type);
      case REAL -> number.floatValue();
      case FLOAT, DOUBLE -> number.doubleValue();
      case DECIMAL -> decimal(value);
      default -> whole(number, Long.MIN_VALUE, Long.MAX_VALUE, type);
    };
  }

  private static long whole(Number number, long least, long most, RelDataType type) {
    if (number instanceof BigDecimal decimal) {
      BigDecimal rounded = decimal.setScale(0, RoundingMode.HALF_UP);
      boolean fits = rounded.precision() <= 19 && rounded.toBigInteger().bitLength() < Long.SIZE;
      if (!fits) {
        throw outOfRange(number, type);
      }
      return whole(rounded.longValue(), least, most, type);
    }
    long value = number.longValue();
    if (value < least || value > most) {
      throw outOfRange(number, type);
    }
    return value;
  }

  private static FunctionException outOfRange(Number number, RelDataType type) {
    return new FunctionException("22003", number + " does not fit into " + type.getSqlTypeName());
  }
}
