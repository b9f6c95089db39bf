package io.versor.columnar;

import io.versor.engine.SequenceValue;
import io.versor.engine.TensorValue;
import io.versor.format.chunk.Float16;
import io.versor.format.type.StoreException;
import io.versor.format.type.StoreException.Code;
import io.versor.format.type.TensorType;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Objects of a {@link io.versor.engine.Result} as numbers and bytes of a file. */
public final class Stored {
  private Stored() {}

  /** A value as text: those of plain types, and what is text already. */
  public static String text(Object value) {
    return value instanceof BigDecimal decimal ? decimal.toPlainString() : value.toString();
  }

  public static byte[] utf8(Object value) {
    return text(value).getBytes(StandardCharsets.UTF_8);
  }

  /** Bits of half precision. */
  public static short half(Object value) {
    return Float16.fromFloat(((Number) value).floatValue());
  }

  /** Days since 1970-01-01. */
  public static long days(Object value) {
    return ((LocalDate) value).toEpochDay();
  }

  /** Microseconds of the day, or since 1970-01-01 00:00:00. */
  public static long micros(Object value) {
    if (value instanceof LocalTime time) {
      return time.toNanoOfDay() / 1_000;
    }
    Instant instant =
        value instanceof OffsetDateTime time
            ? time.toInstant()
            : ((LocalDateTime) value).toInstant(ZoneOffset.UTC);
    return Math.addExact(
        Math.multiplyExact(instant.getEpochSecond(), 1_000_000L), instant.getNano() / 1_000);
  }

  /** A number with so many digits behind its point, which are all that it has. */
  public static BigDecimal decimal(Object value, int scale) {
    BigDecimal number =
        value instanceof BigDecimal given ? given : new BigDecimal(value.toString());
    return number.setScale(scale);
  }

  /** The digits of a number without its point: two's complement, big-endian, so many bytes. */
  public static byte[] digits(Object value, int scale, int width) {
    BigInteger unscaled = decimal(value, scale).unscaledValue();
    byte[] least = unscaled.toByteArray();
    byte[] digits = new byte[width];
    Arrays.fill(digits, (byte) (unscaled.signum() < 0 ? -1 : 0));
    System.arraycopy(least, 0, digits, width - least.length, least.length);
    return digits;
  }

  /**
   * The elements of a list.
   *
   * @throws StoreException {@code INVALID_VALUE} for a value that is none
   */
  public static List<@Nullable Object> list(Object value) throws StoreException {
    if (value instanceof SequenceValue list) {
      return list.elements();
    }
    if (value instanceof TensorValue tensor && tensor.rank() == 1) {
      // Decimals of so few digits that the nearest doubles are as good.
      List<@Nullable Object> elements = new ArrayList<>(tensor.elements());
      for (int i = 0; i < tensor.elements(); i++) {
        elements.add(tensor.elementAt(i));
      }
      return elements;
    }
    throw new StoreException(Code.INVALID_VALUE, value + " cannot be written, expected a list");
  }

  /**
   * A tensor of the dtype and rank of a column.
   *
   * @throws StoreException {@code INVALID_VALUE} for one of another rank
   */
  public static TensorValue tensor(Object value, TensorType type) throws StoreException {
    if (value instanceof TensorValue tensor
        && tensor.dtype() == type.dtype()
        && type.shape().admits(tensor.shape())) {
      return tensor;
    }
    throw new StoreException(
        Code.INVALID_VALUE,
        value + " cannot be written, expected " + type.dtype() + " of shape " + type.shape());
  }
}
