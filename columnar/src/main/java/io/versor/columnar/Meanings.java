package io.versor.columnar;

import io.versor.format.type.StoreException;
import io.versor.format.type.StoreException.Code;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.UUID;

/** What whole numbers and bytes in a file stand for. */
public final class Meanings {
  private static final long NANOS = 1_000_000_000;
  private static final long MILLIS_A_DAY = 86_400_000;

  private Meanings() {}

  /** Days since 1970-01-01. */
  public static Object date(long days) throws StoreException {
    try {
      return LocalDate.ofEpochDay(days);
    } catch (DateTimeException e) {
      throw outOfRange("day " + days);
    }
  }

  /** Milliseconds since 1970-01-01, whole days. */
  public static Object dateOfMillis(long millis) throws StoreException {
    return Math.floorMod(millis, MILLIS_A_DAY) == 0
        ? date(Math.floorDiv(millis, MILLIS_A_DAY))
        : moment(1_000, false).of(millis);
  }

  /**
   * Times of the day.
   *
   * @param second units of one
   */
  public static CountedCells.Meaning time(long second) {
    return count -> {
      if (count < 0 || count >= 86_400 * second) {
        throw outOfRange("time " + count);
      }
      return LocalTime.ofNanoOfDay(count * (NANOS / second));
    };
  }

  /**
   * Counts since 1970-01-01 00:00:00.
   *
   * @param second units of one
   * @param instants whether these are instants, and no readings of a clock without a zone
   */
  public static CountedCells.Meaning moment(long second, boolean instants) {
    return count -> {
      long seconds = Math.floorDiv(count, second);
      long nanos = Math.floorMod(count, second) * (NANOS / second);
      try {
        return moment(Instant.ofEpochSecond(seconds, nanos), instants);
      } catch (DateTimeException e) {
        throw outOfRange("timestamp " + count);
      }
    };
  }

  private static Object moment(Instant instant, boolean instants) {
    LocalDateTime time = LocalDateTime.ofInstant(instant, ZoneOffset.UTC);
    return instants ? time.atOffset(ZoneOffset.UTC) : time;
  }

  /** 12 bytes, little-endian: nanoseconds of the day, and the Julian day. */
  public static Object int96(byte[] bytes) throws StoreException {
    ByteBuffer parts = ByteBuffer.wrap(bytes).order(java.nio.ByteOrder.LITTLE_ENDIAN);
    long nanos = parts.getLong();
    long day = parts.getInt() - 2_440_588L; // 1970-01-01
    try {
      return moment(Instant.ofEpochSecond(day * 86_400, nanos), false);
    } catch (DateTimeException | ArithmeticException e) {
      throw outOfRange("timestamp " + nanos + " of day " + day);
    }
  }

  /** Unscaled digits. */
  public static CountedCells.Meaning decimal(int scale) {
    return digits -> BigDecimal.valueOf(digits, scale);
  }

  /** Unscaled digits, big-endian. */
  public static BytesCells.Meaning decimalBytes(int scale) {
    return bytes -> {
      if (bytes.length == 0) {
        throw Cells.damaged("a decimal without digits");
      }
      return new BigDecimal(new BigInteger(bytes), scale);
    };
  }

  /** Unscaled digits, little-endian. */
  public static BytesCells.Meaning littleDecimal(int scale) {
    BytesCells.Meaning big = decimalBytes(scale);
    return bytes -> {
      for (int i = 0, j = bytes.length - 1; i < j; i++, j--) {
        byte last = bytes[j];
        bytes[j] = bytes[i];
        bytes[i] = last;
      }
      return big.of(bytes);
    };
  }

  public static Object uuid(byte[] bytes) {
    ByteBuffer parts = ByteBuffer.wrap(bytes);
    return new UUID(parts.getLong(), parts.getLong()).toString();
  }

  /** UTF-8. */
  public static Object text(byte[] bytes) throws StoreException {
    String text = new String(bytes, StandardCharsets.UTF_8);
    if (text.indexOf('\ufffd') >= 0) {
      try {
        return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      } catch (CharacterCodingException e) {
        throw new StoreException(Code.INVALID_VALUE, "'" + cut(text) + "' is not in UTF-8", e);
      }
    }
    return text;
  }

  /** A text short enough for a message. */
  static String cut(String text) {
    int most = 60;
    return text.length() <= most ? text : text.substring(0, most) + "…";
  }

  private static StoreException outOfRange(String what) {
    return new StoreException(Code.OUT_OF_RANGE, what + " is too far away");
  }
}
