package io.versor.jdbc;

import io.versor.engine.ArrayValue;
import java.io.InputStream;
import java.io.Reader;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.sql.Array;
import java.sql.Blob;
import java.sql.Clob;
import java.sql.Date;
import java.sql.JDBCType;
import java.sql.SQLDataException;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.Time;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Calendar;
import java.util.Collection;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What callers hand to {@code setObject}, as the Java objects the engine knows. */
final class Parameters {
  static final int ANY_SCALE = Integer.MIN_VALUE;

  /** Clocks of Java tell nanoseconds, which no type of SQL here has. */
  static final ChronoUnit FINEST = ChronoUnit.MICROS;

  private Parameters() {}

  /**
   * @param instant whether the parameter is a TIMESTAMP WITH TIME ZONE, which keeps the instant of
   *     a {@link Timestamp} where a TIMESTAMP takes its local time
   */
  static Object of(Object value, boolean instant) throws SQLException {
    if (value instanceof Boolean
        || value instanceof Byte
        || value instanceof Short
        || value instanceof Integer
        || value instanceof Long
        || value instanceof Float
        || value instanceof Double
        || value instanceof String
        || value instanceof LocalDate
        || value instanceof UUID
        || value instanceof ArrayValue) {
      return value;
    }
    if (value instanceof BigDecimal number) {
      return Numbers.bounded(number);
    }
    if (value instanceof LocalTime time) {
      return time.truncatedTo(FINEST);
    }
    if (value instanceof LocalDateTime at) {
      return at.truncatedTo(FINEST);
    }
    if (value instanceof OffsetDateTime at) {
      return at.truncatedTo(FINEST);
    }
    if (value instanceof byte[] bytes) {
      return bytes.clone();
    }
    if (value instanceof Object[] array) {
      return elements(Arrays.asList(array), instant);
    }
    if (value.getClass().isArray()) {
      return value;
    }
    if (value instanceof BigInteger number) {
      return new BigDecimal(number);
    }
    if (value instanceof Character) {
      return value.toString();
    }
    if (value instanceof Date date) {
      return Temporals.fromDate(date, null);
    }
    if (value instanceof Time time) {
      return Temporals.fromTime(time, null);
    }
    if (value instanceof Timestamp at) {
      return Temporals.fromTimestamp(at, null, instant);
    }
    if (value instanceof java.util.Date date) {
      return Temporals.fromTimestamp(new Timestamp(date.getTime()), null, instant);
    }
    if (value instanceof Calendar calendar) {
      return Temporals.fromTimestamp(new Timestamp(calendar.getTimeInMillis()), calendar, instant);
    }
    if (value instanceof Instant at) {
      return at.truncatedTo(FINEST).atOffset(ZoneOffset.UTC);
    }
    if (value instanceof ZonedDateTime at) {
      return at.truncatedTo(FINEST).toOffsetDateTime();
    }
    if (value instanceof OffsetTime time) {
      return time.withOffsetSameInstant(ZoneOffset.UTC).toLocalTime().truncatedTo(FINEST);
    }
    if (value instanceof TensorArray array) {
      return array.tensor();
    }
    if (value instanceof SequenceArray array) {
      return array.list();
    }
    if (value instanceof Array array) {
      return of(array.getArray(), instant);
    }
    if (value instanceof Blob blob) {
      return Streams.bytes(blob.getBinaryStream(), Streams.ALL);
    }
    if (value instanceof Clob clob) {
      return Streams.text(clob.getCharacterStream(), Streams.ALL);
    }
    if (value instanceof InputStream in) {
      return Streams.bytes(in, Streams.ALL);
    }
    if (value instanceof Reader in) {
      return Streams.text(in, Streams.ALL);
    }
    if (value instanceof Collection<?> list) {
      return elements(list, instant);
    }
    throw new SQLFeatureNotSupportedException(
        "a value of class " + value.getClass().getName() + " cannot be a parameter",
        SqlStates.TYPE_MISMATCH);
  }

  private static @Nullable Object[] elements(Collection<?> values, boolean instant)
      throws SQLException {
    @Nullable Object[] elements = new Object[values.size()];
    int i = 0;
    for (Object value : values) {
      elements[i++] = value == null ? null : of(value, instant);
    }
    return elements;
  }

  /** Refuses what is no type, or one that no value here has. */
  static void checkType(int type) throws SQLException {
    try {
      switch (JDBCType.valueOf(type)) {
        case REF, ROWID, SQLXML, DATALINK, DISTINCT, STRUCT, REF_CURSOR ->
            throw new SQLFeatureNotSupportedException(
                "there are no values of type " + JDBCType.valueOf(type), SqlStates.UNSUPPORTED);
        default -> {
          // converted, or refused with the value
        }
      }
    } catch (IllegalArgumentException e) {
      throw new SQLDataException(
          type + " is none of java.sql.Types", SqlStates.INVALID_PARAMETER, e);
    }
  }

  /** Converts to a target type of {@link Types} first; digits after the point are never dropped. */
  static Object as(Object value, int type, int scale) throws SQLException {
    return switch (type) {
      case Types.BOOLEAN, Types.BIT -> Numbers.toBoolean(value);
      case Types.TINYINT, Types.SMALLINT, Types.INTEGER, Types.BIGINT -> exactLong(value, type);
      case Types.REAL -> Numbers.toFloat(value);
      case Types.FLOAT, Types.DOUBLE -> Numbers.toDouble(value);
      case Types.DECIMAL, Types.NUMERIC -> decimal(value, scale);
      case Types.CHAR,
          Types.VARCHAR,
          Types.LONGVARCHAR,
          Types.NCHAR,
          Types.NVARCHAR,
          Types.LONGNVARCHAR,
          Types.CLOB,
          Types.NCLOB ->
          value instanceof byte[]
              ? new String((byte[]) value, java.nio.charset.StandardCharsets.UTF_8)
              : Texts.of(value);
      case Types.BINARY, Types.VARBINARY, Types.LONGVARBINARY, Types.BLOB -> Convert.toBytes(value);
      case Types.DATE -> Temporals.toLocalDate(value);
      case Types.TIME, Types.TIME_WITH_TIMEZONE -> Temporals.toLocalTime(value);
      case Types.TIMESTAMP -> Temporals.toLocalDateTime(value);
      case Types.TIMESTAMP_WITH_TIMEZONE -> Temporals.toOffsetDateTime(value);
      case Types.ARRAY, Types.OTHER, Types.JAVA_OBJECT, Types.NULL -> value;
      default ->
          throw new SQLFeatureNotSupportedException(
              "parameters cannot have the JDBC type " + type, SqlStates.UNSUPPORTED);
    };
  }

  private static Object exactLong(Object value, int type) throws SQLException {
    BigDecimal number = Numbers.toBigDecimal(value);
    if (number.signum() != 0 && number.stripTrailingZeros().scale() > 0) {
      throw new SQLDataException(
          "the value "
              + Texts.brief(value)
              + " has digits after the point and "
              + TypeNames.standard(type)
              + " has not",
          SqlStates.OUT_OF_RANGE);
    }
    return switch (type) {
      case Types.TINYINT, Types.SMALLINT ->
          Numbers.toShort(value); // a TINYINT parameter may feed an UINT8, so 0 to 255 pass here
      case Types.INTEGER -> Numbers.toInt(value);
      default -> Numbers.toLong(value);
    };
  }

  private static BigDecimal decimal(Object value, int scale) throws SQLException {
    BigDecimal number = Numbers.toBigDecimal(value);
    // JDBC: the scale a caller gives is the number of digits to send, so it rounds.
    return scale == ANY_SCALE ? number : number.setScale(scale, RoundingMode.HALF_UP);
  }
}
