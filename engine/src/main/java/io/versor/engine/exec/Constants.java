package io.versor.engine.exec;

import io.versor.engine.type.Micros;
import io.versor.format.type.DecimalDigits;
import io.versor.format.type.Dtype;
import io.versor.format.type.TensorType;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.util.Optional;
import org.apache.calcite.avatica.util.ByteString;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.util.DateString;
import org.apache.calcite.util.NlsString;
import org.apache.calcite.util.TimeString;
import org.apache.calcite.util.TimestampString;
import org.jspecify.annotations.Nullable;

/** Literals and parameters as expressions. A value that the type cannot hold is not compiled. */
public final class Constants {
  private static final LocalDateTime EPOCH = LocalDate.EPOCH.atStartOfDay();

  private final ExecContext context;

  Constants(ExecContext context) {
    this.context = context;
  }

  Expression literal(RexLiteral literal, TensorType type) throws NotCompiled {
    return constant(literal.getValueAs(Comparable.class), type);
  }

  /**
   * @param value a literal's or a parameter's; null for NULL
   */
  Expression constant(@Nullable Object value, TensorType type) throws NotCompiled {
    if (type.shape().rank() > 0) {
      throw new NotCompiled("a constant tensor");
    }
    if (type.dtype() == Dtype.UTF8 || type.dtype() == Dtype.BYTES) {
      return value == null
          ? new TextConstant(type)
          : new TextConstant(bytes(value, type), type, context);
    }
    if (type.dtype().isFloat()) {
      return new DoubleConstant(value == null ? 0 : toDouble(value, type), value == null, type);
    }
    if (type.dtype() == Dtype.DECIMAL && type.precision() > LongLimits.MAX_DIGITS) {
      throw new NotCompiled("a DECIMAL of " + type.precision() + " digits");
    }
    return new LongConstant(value == null ? 0 : toLong(value, type), value == null, type);
  }

  /**
   * A literal's or a parameter's value as a column of dates, times, floats or bytes has it: a Long,
   * a Double or a ByteBuffer. Empty if it cannot have it.
   */
  public static Optional<Object> sample(Object value, TensorType type) {
    try {
      return switch (type.dtype()) {
        case DATE, TIME, TIMESTAMP, TIMESTAMP_TZ -> Optional.of(toLong(value, type));
        case FLOAT32, FLOAT64 -> {
          double sample = toDouble(value, type);
          boolean exact = sample == toDouble(value, TensorType.scalar(Dtype.FLOAT64));
          yield exact ? Optional.of(sample) : Optional.empty();
        }
        case BYTES -> Optional.of(ByteBuffer.wrap(bytes(value, type)));
        default -> Optional.empty();
      };
    } catch (NotCompiled e) {
      return Optional.empty();
    }
  }

  /** Whether {@link #sample} knows columns of this type. */
  public static boolean isSample(TensorType type) {
    return switch (type.dtype()) {
      case DATE, TIME, TIMESTAMP, TIMESTAMP_TZ, FLOAT32, FLOAT64, BYTES -> true;
      default -> false;
    };
  }

  static byte[] bytes(Object value, TensorType type) throws NotCompiled {
    if (type.dtype() == Dtype.UTF8) {
      if (value instanceof NlsString text) {
        return text.getValue().getBytes(StandardCharsets.UTF_8);
      }
      if (value instanceof String text) {
        return text.getBytes(StandardCharsets.UTF_8);
      }
    } else if (value instanceof ByteString bytes) {
      return bytes.getBytes();
    } else if (value instanceof byte[] bytes) {
      return bytes;
    }
    throw unfit(value, type);
  }

  static double toDouble(Object value, TensorType type) throws NotCompiled {
    if (!(value instanceof Number number)) {
      throw unfit(value, type);
    }
    return type.dtype() == Dtype.FLOAT64 ? number.doubleValue() : number.floatValue();
  }

  static long toLong(Object value, TensorType type) throws NotCompiled {
    try {
      return switch (type.dtype()) {
        case BOOL -> {
          if (value instanceof Boolean truth) {
            yield truth ? 1 : 0;
          }
          throw unfit(value, type);
        }
        case DATE -> days(value, type);
        case TIME -> timeOfDay(value, type);
        case TIMESTAMP -> timestamp(value, type);
        case TIMESTAMP_TZ -> instant(value, type);
        default -> number(value, type).setScale(type.scale()).unscaledValue().longValueExact();
      };
    } catch (ArithmeticException e) {
      throw unfit(value, type);
    }
  }

  private static BigDecimal number(Object value, TensorType type) throws NotCompiled {
    if (value instanceof BigDecimal decimal) {
      if (DecimalDigits.areTooMany(decimal)) {
        throw unfit(value, type);
      }
      return decimal;
    }
    if (value instanceof BigInteger integer) {
      return new BigDecimal(integer);
    }
    if (value instanceof Byte
        || value instanceof Short
        || value instanceof Integer
        || value instanceof Long) {
      return BigDecimal.valueOf(((Number) value).longValue());
    }
    throw unfit(value, type);
  }

  private static long days(Object value, TensorType type) throws NotCompiled {
    if (value instanceof DateString date) {
      return date.getDaysSinceEpoch();
    }
    if (value instanceof LocalDate date) {
      return date.toEpochDay();
    }
    throw unfit(value, type);
  }

  private static long timeOfDay(Object value, TensorType type) throws NotCompiled {
    LocalTime time =
        value instanceof TimeString text
            ? LocalTime.parse(text.toString())
            : value instanceof LocalTime local ? local : null;
    if (time == null || time.getNano() % 1_000 != 0) {
      throw unfit(value, type);
    }
    return time.toNanoOfDay() / 1_000;
  }

  private static long timestamp(Object value, TensorType type) throws NotCompiled {
    LocalDateTime moment =
        value instanceof TimestampString text
            ? LocalDateTime.parse(text.toString().replace(' ', 'T'))
            : value instanceof LocalDateTime local ? local : null;
    if (moment == null || moment.getNano() % 1_000 != 0) {
      throw unfit(value, type);
    }
    return Micros.of(moment);
  }

  private static long instant(Object value, TensorType type) throws NotCompiled {
    Instant moment =
        value instanceof OffsetDateTime offset
            ? offset.toInstant()
            : value instanceof Instant instant ? instant : null;
    if (moment == null || moment.getNano() % 1_000 != 0) {
      throw unfit(value, type);
    }
    return Micros.of(moment);
  }

  private static NotCompiled unfit(Object value, TensorType type) {
    return new NotCompiled(value.getClass().getSimpleName() + " as " + type.dtype());
  }
}
