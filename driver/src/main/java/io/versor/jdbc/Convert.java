package io.versor.jdbc;

import io.versor.engine.ArrayValue;
import io.versor.engine.SequenceValue;
import io.versor.engine.TensorValue;
import io.versor.engine.type.Uuids;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.Reader;
import java.io.StringReader;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.sql.Array;
import java.sql.Blob;
import java.sql.Clob;
import java.sql.Date;
import java.sql.NClob;
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
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Calendar;
import java.util.GregorianCalendar;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** A SQL value as the Java class a caller asks for: JDBC 4.3 appendix B, and some more. */
final class Convert {
  private interface Conversion {
    Object apply(Object value) throws SQLException;
  }

  private static final Map<Class<?>, Conversion> TO = new LinkedHashMap<>();

  static {
    TO.put(String.class, Texts::of);
    TO.put(Boolean.class, Numbers::toBoolean);
    TO.put(Byte.class, Numbers::toByte);
    TO.put(Short.class, Numbers::toShort);
    TO.put(Integer.class, Numbers::toInt);
    TO.put(Long.class, Numbers::toLong);
    TO.put(Float.class, Numbers::toFloat);
    TO.put(Double.class, Numbers::toDouble);
    TO.put(BigDecimal.class, Numbers::toBigDecimal);
    TO.put(BigInteger.class, Numbers::toBigInteger);
    TO.put(Date.class, value -> Temporals.toDate(value, null));
    TO.put(Time.class, value -> Temporals.toTime(value, null));
    TO.put(Timestamp.class, value -> Temporals.toTimestamp(value, null));
    TO.put(java.util.Date.class, value -> Temporals.toTimestamp(value, null));
    TO.put(
        Calendar.class,
        value ->
            GregorianCalendar.from(
                Temporals.toInstant(value, null).atZone(ZoneId.systemDefault())));
    TO.put(LocalDate.class, Temporals::toLocalDate);
    TO.put(LocalTime.class, Temporals::toLocalTime);
    TO.put(LocalDateTime.class, Temporals::toLocalDateTime);
    TO.put(OffsetDateTime.class, Temporals::toOffsetDateTime);
    TO.put(OffsetTime.class, Temporals::toOffsetTime);
    TO.put(ZonedDateTime.class, value -> Temporals.toOffsetDateTime(value).toZonedDateTime());
    TO.put(Instant.class, value -> Temporals.toOffsetDateTime(value).toInstant());
    TO.put(byte[].class, Convert::toBytes);
    TO.put(InputStream.class, value -> toStream(value));
    TO.put(Reader.class, value -> new StringReader(Texts.of(value)));
    TO.put(Blob.class, Convert::toBlob);
    TO.put(Clob.class, value -> new TextClob(Texts.of(value)));
    TO.put(NClob.class, value -> new TextClob(Texts.of(value)));
    TO.put(Array.class, Convert::toArray);
    TO.put(TensorValue.class, Convert::toTensor);
    TO.put(UUID.class, Convert::toUuid);
  }

  private Convert() {}

  static <T> T to(Class<T> type, Object value, int jdbcType) throws SQLException {
    if (type == Object.class) {
      return type.cast(toDefault(value, jdbcType));
    }
    Conversion conversion = TO.get(type);
    if (conversion != null) {
      return type.cast(conversion.apply(value));
    }
    if (type.isArray() && value instanceof TensorValue tensor) {
      return type.cast(NestedArrays.of(tensor, type));
    }
    if (type.isArray() && value instanceof SequenceValue list) {
      return type.cast(SequenceArray.as(list, type));
    }
    if (type.isInstance(value)) {
      return type.cast(value);
    }
    throw new SQLFeatureNotSupportedException(
        "a value cannot be read as " + type.getName(), SqlStates.UNSUPPORTED);
  }

  /** What {@code getObject} without a class returns. */
  static Object toDefault(Object value, int jdbcType) throws SQLException {
    switch (jdbcType) {
      case Types.TINYINT, Types.SMALLINT, Types.INTEGER -> {
        return Numbers.toInt(value);
      }
      case Types.DATE -> {
        return Temporals.toDate(value, null);
      }
      case Types.TIME -> {
        return Temporals.toTime(value, null);
      }
      case Types.TIMESTAMP -> {
        return Temporals.toTimestamp(value, null);
      }
      case Types.TIMESTAMP_WITH_TIMEZONE -> {
        return Temporals.toOffsetDateTime(value);
      }
      case Types.ARRAY -> {
        return toArray(value);
      }
      default -> {
        return value instanceof ArrayValue ? toArray(value) : value;
      }
    }
  }

  /** Bytes as they are; text as UTF-8. */
  static byte[] toBytes(Object value) throws SQLException {
    if (value instanceof byte[] bytes) {
      return bytes;
    }
    if (value instanceof String text) {
      return text.getBytes(StandardCharsets.UTF_8);
    }
    if (value instanceof TensorValue tensor
        && tensor.shape().length == 1
        && tensor.dtype().width() == 1) {
      return (byte[]) NestedArrays.of(tensor, byte[].class);
    }
    throw Numbers.notConvertible(value, "VARBINARY");
  }

  static InputStream toStream(Object value) throws SQLException {
    return new ByteArrayInputStream(toBytes(value));
  }

  static Blob toBlob(Object value) throws SQLException {
    return new BytesBlob(toBytes(value));
  }

  static Array toArray(Object value) throws SQLException {
    if (value instanceof Array array) {
      return array;
    }
    return value instanceof SequenceValue list
        ? new SequenceArray(list)
        : new TensorArray(toTensor(value));
  }

  private static TensorValue toTensor(Object value) throws SQLException {
    if (value instanceof TensorValue tensor) {
      return tensor;
    }
    throw Numbers.notConvertible(value, "ARRAY");
  }

  private static UUID toUuid(Object value) throws SQLException {
    if (value instanceof UUID id) {
      return id;
    }
    Optional<UUID> id = value instanceof String text ? Uuids.find(text) : Optional.empty();
    if (id.isEmpty()) {
      throw Numbers.notConvertible(value, "a UUID");
    }
    return id.get();
  }
}
