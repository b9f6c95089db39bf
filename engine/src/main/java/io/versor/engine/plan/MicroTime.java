package io.versor.engine.plan;

import io.versor.engine.function.FunctionException;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.time.temporal.ChronoUnit;
import org.apache.calcite.avatica.util.DateTimeUtils;
import org.apache.calcite.avatica.util.TimeUnitRange;
import org.apache.calcite.linq4j.function.Strict;

/**
 * What the fallback executor computes with timestamps, counted in microseconds. Public because
 * generated code calls it.
 */
@Strict // NULL in, NULL out
public final class MicroTime {
  private static final long PER_MILLI = 1_000;
  private static final long PER_SECOND = 1_000_000;
  private static final long PER_DAY = 86_400 * PER_SECOND;

  private static final DateTimeFormatter TEXT =
      new DateTimeFormatterBuilder()
          .appendPattern("uuuu-MM-dd HH:mm:ss")
          .appendFraction(ChronoField.MICRO_OF_SECOND, 0, 6, true)
          .toFormatter(java.util.Locale.ROOT);

  private MicroTime() {}

  /** A literal. */
  public static long literal(long micros) {
    return micros;
  }

  /** As text that means the same when it is read back. */
  public static String text(long micros) {
    return PublicValues.localTime(micros).format(TEXT);
  }

  public static long parse(String text) {
    Instant instant =
        Instants.parse(text)
            .orElseThrow(
                () ->
                    new FunctionException(
                        "22007", "'" + text + "' is no timestamp; expected '2026-11-23 12:00:00'"));
    return ChronoUnit.MICROS.between(Instant.EPOCH, instant);
  }

  public static long ofDate(int days) {
    return days * PER_DAY;
  }

  public static int toDate(long micros) {
    return Math.toIntExact(Math.floorDiv(micros, PER_DAY));
  }

  /** Milliseconds of the day. */
  public static int toTime(long micros) {
    return (int) (Math.floorMod(micros, PER_DAY) / PER_MILLI);
  }

  /** To so many digits of a second, halves up. */
  public static long round(long micros, int digits) {
    long unit = 1;
    for (int i = digits; i < 6; i++) {
      unit *= 10;
    }
    return unit == 1
        ? micros
        : java.math.BigDecimal.valueOf(micros)
            .divide(java.math.BigDecimal.valueOf(unit), 0, RoundingMode.HALF_UP)
            .multiply(java.math.BigDecimal.valueOf(unit))
            .longValueExact();
  }

  public static long extract(String unit, long micros) {
    TimeUnitRange range = TimeUnitRange.valueOf(unit);
    return switch (range) {
      case MICROSECOND -> Math.floorMod(micros, 60 * PER_SECOND);
      case NANOSECOND -> Math.floorMod(micros, 60 * PER_SECOND) * 1_000;
      case EPOCH -> Math.floorDiv(micros, PER_SECOND);
      case YEAR,
          QUARTER,
          MONTH,
          WEEK,
          DAY,
          DOW,
          DOY,
          ISODOW,
          ISOYEAR,
          DECADE,
          CENTURY,
          MILLENNIUM ->
          DateTimeUtils.unixDateExtract(range, Math.floorDiv(micros, PER_DAY));
      default -> DateTimeUtils.unixTimestampExtract(range, Math.floorDiv(micros, PER_MILLI));
    };
  }

  public static long floor(long micros, String unit) {
    long step = step(unit);
    return step > 0
        ? Math.floorDiv(micros, step) * step
        : DateTimeUtils.unixTimestampFloor(
                TimeUnitRange.valueOf(unit), Math.floorDiv(micros, PER_MILLI))
            * PER_MILLI;
  }

  public static long ceil(long micros, String unit) {
    long step = step(unit);
    if (step > 0) {
      return -Math.floorDiv(-micros, step) * step;
    }
    long millis = -Math.floorDiv(-micros, PER_MILLI);
    return DateTimeUtils.unixTimestampCeil(TimeUnitRange.valueOf(unit), millis) * PER_MILLI;
  }

  /** Microseconds of a unit that always has as many; 0 for months and the like. */
  private static long step(String unit) {
    return switch (TimeUnitRange.valueOf(unit)) {
      case DAY -> PER_DAY;
      case HOUR -> 3_600 * PER_SECOND;
      case MINUTE -> 60 * PER_SECOND;
      case SECOND -> PER_SECOND;
      case MILLISECOND -> PER_MILLI;
      case MICROSECOND -> 1;
      default -> 0;
    };
  }

  /** Later by an interval of days and smaller. */
  public static long plusMillis(long micros, long millis) {
    return Math.addExact(micros, Math.multiplyExact(millis, PER_MILLI));
  }

  /** Later by an interval of months. */
  public static long plusMonths(long micros, int months) {
    LocalDateTime later = PublicValues.localTime(micros).plusMonths(months);
    return PublicValues.micros(later);
  }

  /** An interval of days and smaller. */
  public static long minusMillis(long later, long earlier) {
    return Math.floorDiv(Math.subtractExact(later, earlier), PER_MILLI);
  }

  /** An interval of months. */
  public static int minusMonths(long later, long earlier) {
    return DateTimeUtils.subtractMonths(
        Math.floorDiv(later, PER_MILLI), Math.floorDiv(earlier, PER_MILLI));
  }
}
