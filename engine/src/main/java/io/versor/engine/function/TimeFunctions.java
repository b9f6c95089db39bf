package io.versor.engine.function;

import io.versor.engine.type.Micros;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.Period;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.time.temporal.IsoFields;
import java.util.List;
import java.util.Locale;
import org.apache.calcite.linq4j.function.Strict;

/**
 * Functions of dates and times, as PostgreSQL has them. A timestamp is counted in microseconds from
 * 1970 in UTC, a time of the day from midnight, a date in days. Called by generated code; NULL in,
 * NULL out.
 */
@Strict
public final class TimeFunctions {
  private static final long PER_SECOND = 1_000_000;
  private static final List<String> UNITS =
      List.of(
          "microseconds",
          "milliseconds",
          "second",
          "minute",
          "hour",
          "day",
          "week",
          "month",
          "quarter",
          "year",
          "decade",
          "century",
          "millennium",
          "dow",
          "isodow",
          "doy",
          "isoyear",
          "epoch");

  private TimeFunctions() {}

  static LocalDateTime local(long micros) {
    return LocalDateTime.ofEpochSecond(
        Math.floorDiv(micros, PER_SECOND),
        (int) Math.floorMod(micros, PER_SECOND) * 1_000,
        ZoneOffset.UTC);
  }

  private static long micros(LocalDateTime time) {
    return Micros.of(time);
  }

  /** A date in days, so many months later; of a month that is shorter its last day. */
  public static int datePlusMonths(int days, int months) {
    return days(LocalDate.ofEpochDay(days).plusMonths(months));
  }

  public static int dateMinusMonths(int days, int months) {
    return days(LocalDate.ofEpochDay(days).minusMonths(months));
  }

  private static int days(LocalDate date) {
    long days = date.toEpochDay();
    if (days != (int) days) {
      throw new FunctionException("22008", "the date " + date + " is out of range");
    }
    return (int) days;
  }

  /** The beginning of the unit a timestamp lies in; weeks begin on Monday. */
  public static long dateTrunc(String unit, long timestamp) {
    LocalDateTime time = local(timestamp);
    LocalDate date = time.toLocalDate();
    LocalDate begin =
        switch (unit(unit)) {
          case "day" -> date;
          case "week" -> date.minusDays(date.getDayOfWeek().getValue() - 1L);
          case "month" -> date.withDayOfMonth(1);
          case "quarter" -> date.with(IsoFields.DAY_OF_QUARTER, 1);
          case "year" -> date.withDayOfYear(1);
          case "decade" -> LocalDate.of(Math.floorDiv(date.getYear(), 10) * 10, 1, 1);
          case "century" -> LocalDate.of(Math.floorDiv(date.getYear() - 1, 100) * 100 + 1, 1, 1);
          case "millennium" ->
              LocalDate.of(Math.floorDiv(date.getYear() - 1, 1_000) * 1_000 + 1, 1, 1);
          default -> null;
        };
    if (begin != null) {
      return micros(begin.atStartOfDay());
    }
    return micros(
        switch (unit(unit)) {
          case "hour" -> time.truncatedTo(ChronoUnit.HOURS);
          case "minute" -> time.truncatedTo(ChronoUnit.MINUTES);
          case "second" -> time.truncatedTo(ChronoUnit.SECONDS);
          case "milliseconds" -> time.truncatedTo(ChronoUnit.MILLIS);
          case "microseconds" -> time;
          default -> throw noUnit("DATE_TRUNC", unit);
        });
  }

  /** An interval, so many times as long, to the nearest microsecond. */
  public static long intervalTimes(long micros, BigDecimal factor) {
    BigDecimal product = factor.multiply(BigDecimal.valueOf(micros));
    try {
      return product.setScale(0, RoundingMode.HALF_UP).longValueExact();
    } catch (ArithmeticException e) {
      throw new FunctionException("22008", "an interval that is longer than any is kept", e);
    }
  }

  /** An interval of months, so many times as long, if that is one of months. */
  public static int monthsTimes(int months, BigDecimal factor) {
    return months(factor.multiply(BigDecimal.valueOf(months)));
  }

  public static int monthsTimes(int months, double factor) {
    return monthsTimes(months, number(factor));
  }

  /** One of so many equal parts of an interval of months, if that is one of months. */
  public static int monthsDivided(int months, BigDecimal parts) {
    if (parts.signum() == 0) {
      throw new FunctionException("22012", "an interval divided by zero");
    }
    return months(BigDecimal.valueOf(months).divide(parts, MathContext.DECIMAL64));
  }

  public static int monthsDivided(int months, double parts) {
    return monthsDivided(months, number(parts));
  }

  private static BigDecimal number(double value) {
    if (!Double.isFinite(value)) {
      throw new FunctionException("22008", "an interval times or divided by " + value);
    }
    return BigDecimal.valueOf(value);
  }

  private static int months(BigDecimal months) {
    BigDecimal exact = months.stripTrailingZeros();
    if (exact.scale() > 0) {
      throw new FunctionException(
          "22008",
          exact.toPlainString()
              + " months are no interval: those of months have whole ones; use one of days");
    }
    try {
      return exact.intValueExact();
    } catch (ArithmeticException e) {
      throw new FunctionException("22008", "an interval that is longer than any is kept", e);
    }
  }

  /** A date's text; of years that have no four digits as ISO 8601 writes them. */
  public static String dateText(int days) {
    return LocalDate.ofEpochDay(days).toString();
  }

  /** The last beginning of a part of time, of so many microseconds, that is not later. */
  public static long dateBin(long stride, long timestamp, long origin) {
    if (stride <= 0) {
      throw new FunctionException(
          FunctionException.INVALID_VALUE, "DATE_BIN in steps of no time, or backwards");
    }
    return timestamp - Math.floorMod(Math.subtractExact(timestamp, origin), stride);
  }

  /** The last day of a timestamp's month. */
  public static int lastDay(long timestamp) {
    LocalDate date = local(timestamp).toLocalDate();
    return days(date.withDayOfMonth(date.lengthOfMonth()));
  }

  /**
   * The instant at which clocks of a zone show a timestamp. What they show twice is meant the
   * second time, and what they leave out is counted on from before: both as in PostgreSQL.
   */
  public static long atTimeZone(long timestamp, String zone) {
    LocalDateTime clock = local(timestamp);
    List<ZoneOffset> offsets = TimeZoneNames.rules(zone).getValidOffsets(clock);
    ZoneOffset offset =
        offsets.isEmpty()
            ? TimeZoneNames.rules(zone).getTransition(clock).getOffsetBefore()
            : offsets.get(offsets.size() - 1);
    return micros(clock.minusSeconds(offset.getTotalSeconds()));
  }

  /** What clocks of a zone show at an instant. */
  public static long clockOfZone(long instant, String zone) {
    LocalDateTime utc = local(instant);
    ZoneOffset offset = TimeZoneNames.rules(zone).getOffset(utc.toInstant(ZoneOffset.UTC));
    return micros(utc.plusSeconds(offset.getTotalSeconds()));
  }

  /** A part of a timestamp; seconds with their fraction. */
  public static double datePart(String unit, long timestamp) {
    LocalDateTime time = local(timestamp);
    LocalDate date = time.toLocalDate();
    int year = date.getYear();
    double seconds = time.getSecond() + time.getNano() / 1e9;
    return switch (unit(unit)) {
      case "microseconds" -> time.getSecond() * 1e6 + time.getNano() / 1_000;
      case "milliseconds" -> seconds * 1_000;
      case "second" -> seconds;
      case "minute" -> time.getMinute();
      case "hour" -> time.getHour();
      case "day" -> date.getDayOfMonth();
      case "week" -> date.get(IsoFields.WEEK_OF_WEEK_BASED_YEAR);
      case "month" -> date.getMonthValue();
      case "quarter" -> date.get(IsoFields.QUARTER_OF_YEAR);
      case "year" -> year;
      case "decade" -> Math.floorDiv(year, 10);
      case "century" -> Math.floorDiv(year - 1, 100) + 1;
      case "millennium" -> Math.floorDiv(year - 1, 1_000) + 1;
      case "dow" -> date.getDayOfWeek().getValue() % 7;
      case "isodow" -> date.getDayOfWeek().getValue();
      case "doy" -> date.getDayOfYear();
      case "isoyear" -> date.get(IsoFields.WEEK_BASED_YEAR);
      case "epoch" -> timestamp / 1e6;
      default -> throw noUnit("DATE_PART", unit);
    };
  }

  private static String unit(String unit) {
    String lower = unit.toLowerCase(Locale.ROOT);
    String plain =
        lower.endsWith("s") && !UNITS.contains(lower)
            ? lower.substring(0, lower.length() - 1)
            : lower;
    return switch (plain) {
      case "microsecond", "us" -> "microseconds";
      case "millisecond", "ms" -> "milliseconds";
      case "centurie" -> "century";
      default -> plain;
    };
  }

  private static FunctionException noUnit(String function, String unit) {
    return new FunctionException(
        FunctionException.INVALID_VALUE,
        function
            + " unit '"
            + unit
            + "'"
            + io.versor.format.ref.NearNames.question(unit, UNITS)
            + "; units are "
            + String.join(", ", UNITS));
  }

  /** Years, months, days and time between two timestamps, as an interval's text. */
  public static String age(long later, long earlier) {
    if (later < earlier) {
      String text = age(earlier, later);
      return "-" + text.replaceAll(" (?=\\d)", " -");
    }
    LocalDateTime from = local(earlier);
    LocalDateTime to = local(later);
    boolean borrow = to.toLocalTime().isBefore(from.toLocalTime());
    Period period = between(from.toLocalDate(), to.toLocalDate(), borrow ? 1 : 0);
    Duration rest = Duration.between(from.toLocalTime(), to.toLocalTime());
    Duration clock = borrow ? rest.plusDays(1) : rest;
    StringBuilder text = new StringBuilder();
    append(text, period.getYears(), "year", "years");
    append(text, period.getMonths(), "mon", "mons");
    append(text, period.getDays(), "day", "days");
    if (!clock.isZero() || text.length() == 0) {
      LocalTime time = LocalTime.ofNanoOfDay(clock.toNanos());
      text.append(text.length() == 0 ? "" : " ")
          .append(new TimePattern("HH24:MI:SS").format(time.atDate(to.toLocalDate())));
      if (time.getNano() != 0) {
        text.append(
            BigDecimal.valueOf(time.getNano(), 9)
                .stripTrailingZeros()
                .toPlainString()
                .substring(1));
      }
    }
    return text.toString();
  }

  /** A month that is not full has as many days as the earlier date's, as in PostgreSQL. */
  private static Period between(LocalDate earlier, LocalDate later, int daysLess) {
    int months = (later.getYear() - earlier.getYear()) * 12;
    months += later.getMonthValue() - earlier.getMonthValue();
    int days = later.getDayOfMonth() - earlier.getDayOfMonth() - daysLess;
    while (days < 0) {
      months--;
      days += earlier.lengthOfMonth();
    }
    return Period.of(months / 12, months % 12, days);
  }

  private static void append(StringBuilder text, int number, String one, String many) {
    if (number != 0) {
      text.append(text.length() == 0 ? "" : " ")
          .append(number)
          .append(' ')
          .append(number == 1 ? one : many);
    }
  }

  /** Another one at each call, where NOW is the same for a whole statement. */
  public static long clockTimestamp() {
    return micros(LocalDateTime.now(ZoneOffset.UTC));
  }

  public static String dayname(long timestamp) {
    return toChar(timestamp, "FMDay");
  }

  public static String monthname(long timestamp) {
    return toChar(timestamp, "FMMonth");
  }

  public static String toChar(long timestamp, String pattern) {
    return new TimePattern(pattern).format(local(timestamp));
  }

  public static String numberToChar(BigDecimal number, String pattern) {
    return NumberPattern.format(number, pattern);
  }

  public static String numberToChar(double number, String pattern) {
    return NumberPattern.format(BigDecimal.valueOf(number), pattern);
  }

  public static int toDate(String text, String pattern) {
    return Math.toIntExact(new TimePattern(pattern).parse(text).toLocalDate().toEpochDay());
  }

  public static long toTimestamp(String text, String pattern) {
    return micros(new TimePattern(pattern).parse(text));
  }

  /** Of seconds since 1970. */
  public static long toTimestamp(double seconds) {
    double micros = seconds * PER_SECOND;
    if (!(Math.abs(micros) < Long.MAX_VALUE)) {
      throw new FunctionException("22008", seconds + " seconds after 1970 are no timestamp");
    }
    return Math.round(micros);
  }

  public static int makeDate(int year, int month, int day) {
    try {
      return Math.toIntExact(LocalDate.of(year, month, day).toEpochDay());
    } catch (DateTimeException e) {
      throw new FunctionException("22008", "MAKE_DATE: " + e.getMessage(), e);
    }
  }

  public static long makeTime(int hour, int minute, double second) {
    try {
      return LocalTime.of(hour, minute).toNanoOfDay() / 1_000 + secondMicros(second);
    } catch (DateTimeException e) {
      throw new FunctionException("22008", "MAKE_TIME: " + e.getMessage(), e);
    }
  }

  public static long makeTimestamp(
      int year, int month, int day, int hour, int minute, double second) {
    try {
      return micros(LocalDateTime.of(year, month, day, hour, minute)) + secondMicros(second);
    } catch (DateTimeException e) {
      throw new FunctionException("22008", "MAKE_TIMESTAMP: " + e.getMessage(), e);
    }
  }

  private static long secondMicros(double second) {
    if (!(second >= 0 && second < 60)) {
      throw new DateTimeException("second " + second + "; expected 0 to 60");
    }
    return Math.round(second * PER_SECOND);
  }

  /** Later by so many of a unit. */
  public static long timestampLater(String unit, long count, long timestamp) {
    ChronoUnit step = step(unit);
    try {
      return micros(
          unit.equals("QUARTER")
              ? local(timestamp).plus(Math.multiplyExact(count, 3L), ChronoUnit.MONTHS)
              : local(timestamp).plus(count, step));
    } catch (DateTimeException | ArithmeticException e) {
      throw new FunctionException("22008", "TIMESTAMPADD: " + e.getMessage(), e);
    }
  }

  /** How many whole units lie between two timestamps. */
  public static long timestampBetween(String unit, long earlier, long later) {
    long units = step(unit).between(local(earlier), local(later));
    return unit.equals("QUARTER") ? units / 3 : units;
  }

  private static ChronoUnit step(String unit) {
    return switch (unit) {
      case "NANOSECOND" -> ChronoUnit.NANOS;
      case "MICROSECOND" -> ChronoUnit.MICROS;
      case "MILLISECOND" -> ChronoUnit.MILLIS;
      case "SECOND" -> ChronoUnit.SECONDS;
      case "MINUTE" -> ChronoUnit.MINUTES;
      case "HOUR" -> ChronoUnit.HOURS;
      case "DAY" -> ChronoUnit.DAYS;
      case "WEEK" -> ChronoUnit.WEEKS;
      case "MONTH", "QUARTER" -> ChronoUnit.MONTHS;
      case "YEAR" -> ChronoUnit.YEARS;
      default -> throw noUnit("TIMESTAMPADD", unit);
    };
  }

  /** Days since 1970. */
  public static int daysOf(int date) {
    return date;
  }

  /** A number of microseconds as an interval. */
  public static long microsInterval(long micros) {
    return micros;
  }
}
