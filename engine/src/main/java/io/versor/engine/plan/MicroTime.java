package io.versor.engine.plan;

import io.versor.engine.function.FunctionException;
import io.versor.engine.type.Micros;
import io.versor.engine.type.TimeText;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import org.apache.calcite.avatica.util.DateTimeUtils;
import org.apache.calcite.avatica.util.TimeUnitRange;
import org.apache.calcite.linq4j.function.Strict;

/**
 * What the fallback executor computes with timestamps, times of the day and intervals of days and
 * smaller, all counted in microseconds. Public because generated code calls it.
 */
@Strict // NULL in, NULL out
public final class MicroTime {
  /** Nanoseconds of a microsecond. */
  private static final long NANOS = 1_000;

  private static final long PER_MILLI = 1_000;
  private static final long PER_SECOND = 1_000_000;
  private static final long PER_DAY = 86_400 * PER_SECOND;

  private MicroTime() {}

  /** A literal. */
  public static long literal(long micros) {
    return micros;
  }

  /** As text that means the same when it is read back. */
  public static String text(long micros) {
    return TimeText.of(PublicValues.localTime(micros));
  }

  /** The same of an instant, which says that it is in UTC. */
  public static String instantText(long micros) {
    return TimeText.of(PublicValues.localTime(micros).atOffset(ZoneOffset.UTC));
  }

  public static long parse(String text) {
    Instant instant =
        Instants.parse(text)
            .orElseThrow(
                () ->
                    new FunctionException(
                        "22007", "'" + text + "' is no timestamp; expected '2026-11-23 12:00:00'"));
    return Micros.of(instant);
  }

  public static long ofDate(int days) {
    return days * PER_DAY;
  }

  public static int toDate(long micros) {
    return Math.toIntExact(Math.floorDiv(micros, PER_DAY));
  }

  /** Microseconds of the day. */
  public static long toTime(long micros) {
    return Math.floorMod(micros, PER_DAY);
  }

  // --- times of the day, in microseconds of the day

  public static String timeText(long micros) {
    return TimeText.of(LocalTime.ofNanoOfDay(micros * NANOS));
  }

  public static long parseTime(String text) {
    try {
      String stripped = text.strip();
      boolean oneDigit = stripped.indexOf(':') == 1;
      return LocalTime.parse(oneDigit ? "0" + stripped : stripped).toNanoOfDay() / NANOS;
    } catch (java.time.DateTimeException e) {
      throw new FunctionException("22007", "'" + text + "' is no time; expected '12:34:56'", e);
    }
  }

  /** Round the clock. */
  public static long timePlusMicros(long micros, long more) {
    return Math.floorMod(micros + more % PER_DAY, PER_DAY);
  }

  public static long timeMinusMicros(long later, long earlier) {
    return later - earlier;
  }

  public static long timeRound(long micros, int digits) {
    return Math.floorMod(round(micros, digits), PER_DAY);
  }

  // --- dates, in days

  public static int parseDate(String text) {
    Instant instant =
        Instants.parse(text)
            .orElseThrow(
                () ->
                    new FunctionException(
                        "22007", "'" + text + "' is no date; expected '2026-11-23'"));
    return toDate(Micros.of(instant));
  }

  public static int datePlusMicros(int days, long micros) {
    if (micros % PER_DAY != 0) {
      throw new FunctionException(
          "22008",
          "a DATE plus "
              + IntervalText.ofMicros(micros)
              + " is no DATE; CAST the date to TIMESTAMP first");
    }
    return Math.toIntExact(Math.addExact(days, micros / PER_DAY));
  }

  public static long dateMinusMicros(int later, int earlier) {
    return ((long) later - earlier) * PER_DAY;
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
      case NANOSECOND -> Math.floorMod(micros, 60 * PER_SECOND) * NANOS;
      case MILLISECOND -> Math.floorMod(micros, 60 * PER_SECOND) / PER_MILLI;
      case EPOCH -> Math.floorDiv(micros, PER_SECOND);
      case SECOND -> Math.floorMod(micros, 60 * PER_SECOND) / PER_SECOND;
      case MINUTE -> Math.floorMod(micros, 3_600 * PER_SECOND) / (60 * PER_SECOND);
      case HOUR -> Math.floorMod(micros, PER_DAY) / (3_600 * PER_SECOND);
      default -> DateTimeUtils.unixDateExtract(range, Math.floorDiv(micros, PER_DAY));
    };
  }

  /** A unit of an interval of days and smaller; all have the interval's sign. */
  public static long extractInterval(String unit, long micros) {
    return switch (TimeUnitRange.valueOf(unit)) {
      case DAY -> micros / PER_DAY;
      case HOUR -> micros % PER_DAY / (3_600 * PER_SECOND);
      case MINUTE -> micros % (3_600 * PER_SECOND) / (60 * PER_SECOND);
      case SECOND -> micros % (60 * PER_SECOND) / PER_SECOND;
      case MILLISECOND -> micros % (60 * PER_SECOND) / PER_MILLI;
      case MICROSECOND -> micros % (60 * PER_SECOND);
      case NANOSECOND -> micros % (60 * PER_SECOND) * NANOS;
      case EPOCH -> micros / PER_SECOND;
      default ->
          throw new FunctionException(
              FunctionException.INVALID_VALUE, "no " + unit + " in an interval of days");
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
  public static long plusMicros(long micros, long more) {
    return Math.addExact(micros, more);
  }

  /** Later by an interval of months. */
  public static long plusMonths(long micros, int months) {
    LocalDateTime later = PublicValues.localTime(micros).plusMonths(months);
    return PublicValues.micros(later);
  }

  /** An interval of days and smaller. */
  public static long minusMicros(long later, long earlier) {
    return Math.subtractExact(later, earlier);
  }

  /** An interval of months. */
  public static int minusMonths(long later, long earlier) {
    return Math.toIntExact(
        ChronoUnit.MONTHS.between(PublicValues.localTime(earlier), PublicValues.localTime(later)));
  }

  public static String intervalText(long micros) {
    return IntervalText.ofMicros(micros);
  }

  public static String monthsText(int months) {
    return IntervalText.ofMonths(months);
  }

  /** For Calcite's own functions, which count intervals in milliseconds. */
  public static long toMillis(long micros) {
    return micros / PER_MILLI;
  }
}
