package io.versor.jdbc;

import java.sql.Date;
import java.sql.SQLDataException;
import java.sql.SQLException;
import java.sql.Time;
import java.sql.Timestamp;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Calendar;
import org.jspecify.annotations.Nullable;

/**
 * Dates and times between SQL, {@code java.time} and the old {@code java.sql} classes.
 *
 * <p>A TIMESTAMP has no zone: as {@link Timestamp} it is that local time in the calendar's zone, or
 * else in the JVM's. A TIMESTAMP WITH TIME ZONE is an instant and needs no zone to become one.
 */
final class Temporals {
  private Temporals() {}

  static ZoneId zone(@Nullable Calendar calendar) {
    return calendar == null ? ZoneId.systemDefault() : calendar.getTimeZone().toZoneId();
  }

  static LocalDate toLocalDate(Object value) throws SQLException {
    if (value instanceof LocalDate date) {
      return date;
    }
    if (value instanceof LocalDateTime at) {
      return at.toLocalDate();
    }
    if (value instanceof OffsetDateTime || value instanceof Instant) {
      return toOffsetDateTime(value).toLocalDate();
    }
    if (value instanceof String text) {
      String stripped = text.strip();
      return parsed(text, "DATE", () -> parseDate(stripped));
    }
    throw Numbers.notConvertible(value, "DATE");
  }

  private static LocalDate parseDate(String text) {
    return text.length() > 10 ? parseTimestamp(text).toLocalDate() : LocalDate.parse(text);
  }

  static LocalTime toLocalTime(Object value) throws SQLException {
    if (value instanceof LocalTime time) {
      return time;
    }
    if (value instanceof LocalDateTime at) {
      return at.toLocalTime();
    }
    if (value instanceof OffsetDateTime || value instanceof Instant) {
      return toOffsetDateTime(value).toLocalTime();
    }
    if (value instanceof String text) {
      String stripped = text.strip();
      return parsed(
          text,
          "TIME",
          () ->
              stripped.length() > 10 && stripped.charAt(4) == '-'
                  ? parseTimestamp(stripped).toLocalTime()
                  : LocalTime.parse(stripped));
    }
    throw Numbers.notConvertible(value, "TIME");
  }

  static LocalDateTime toLocalDateTime(Object value) throws SQLException {
    if (value instanceof LocalDateTime at) {
      return at;
    }
    if (value instanceof LocalDate date) {
      return date.atStartOfDay();
    }
    if (value instanceof OffsetDateTime || value instanceof Instant) {
      return toOffsetDateTime(value).toLocalDateTime();
    }
    if (value instanceof String text) {
      String stripped = text.strip();
      return parsed(
          text,
          "TIMESTAMP",
          () ->
              stripped.length() <= 10
                  ? LocalDate.parse(stripped).atStartOfDay()
                  : parseTimestamp(stripped));
    }
    throw Numbers.notConvertible(value, "TIMESTAMP");
  }

  private static LocalDateTime parseTimestamp(String text) {
    return LocalDateTime.parse(text.replace(' ', 'T'), DateTimeFormatter.ISO_LOCAL_DATE_TIME);
  }

  /** A TIMESTAMP without zone is read in UTC, as everywhere in SQL here. */
  static OffsetDateTime toOffsetDateTime(Object value) throws SQLException {
    if (value instanceof OffsetDateTime at) {
      return at;
    }
    if (value instanceof Instant at) {
      return at.atOffset(ZoneOffset.UTC);
    }
    if (value instanceof ZonedDateTime at) {
      return at.toOffsetDateTime();
    }
    if (value instanceof String text) {
      String iso = text.strip().replaceFirst(" ", "T").replace(" ", "");
      if (iso.length() > 19 && (iso.endsWith("Z") || iso.substring(19).matches(".*[+-].*"))) {
        return parsed(text, "TIMESTAMP WITH TIME ZONE", () -> OffsetDateTime.parse(iso));
      }
    }
    return toLocalDateTime(value).atOffset(ZoneOffset.UTC);
  }

  static OffsetTime toOffsetTime(Object value) throws SQLException {
    return toLocalTime(value).atOffset(ZoneOffset.UTC);
  }

  static Instant toInstant(Object value, @Nullable Calendar calendar) throws SQLException {
    if (value instanceof OffsetDateTime || value instanceof Instant) {
      return toOffsetDateTime(value).toInstant();
    }
    return toLocalDateTime(value).atZone(zone(calendar)).toInstant();
  }

  static Date toDate(Object value, @Nullable Calendar calendar) throws SQLException {
    LocalDate date =
        value instanceof OffsetDateTime || value instanceof Instant
            ? LocalDate.ofInstant(toInstant(value, calendar), zone(calendar))
            : toLocalDate(value);
    return calendar == null
        ? Date.valueOf(date)
        : new Date(date.atStartOfDay(zone(calendar)).toInstant().toEpochMilli());
  }

  /** Milliseconds are kept, which {@link Time#valueOf} would drop. */
  static Time toTime(Object value, @Nullable Calendar calendar) throws SQLException {
    LocalTime time =
        value instanceof OffsetDateTime || value instanceof Instant
            ? LocalTime.ofInstant(toInstant(value, calendar), zone(calendar))
            : toLocalTime(value);
    return new Time(time.atDate(LocalDate.EPOCH).atZone(zone(calendar)).toInstant().toEpochMilli());
  }

  static Timestamp toTimestamp(Object value, @Nullable Calendar calendar) throws SQLException {
    if (calendar == null && !(value instanceof OffsetDateTime) && !(value instanceof Instant)) {
      return Timestamp.valueOf(toLocalDateTime(value));
    }
    return Timestamp.from(toInstant(value, calendar));
  }

  // The way in: what a caller hands to a parameter.

  static LocalDate fromDate(Date date, @Nullable Calendar calendar) {
    return calendar == null
        ? date.toLocalDate()
        : LocalDate.ofInstant(Instant.ofEpochMilli(date.getTime()), zone(calendar));
  }

  static LocalTime fromTime(Time time, @Nullable Calendar calendar) {
    return LocalTime.ofInstant(Instant.ofEpochMilli(time.getTime()), zone(calendar));
  }

  /** As local time in the calendar's zone; {@code instant} keeps the instant instead. */
  static Object fromTimestamp(Timestamp at, @Nullable Calendar calendar, boolean instant) {
    if (instant) {
      return at.toInstant().truncatedTo(Parameters.FINEST).atOffset(ZoneOffset.UTC);
    }
    LocalDateTime local =
        calendar == null
            ? at.toLocalDateTime()
            : LocalDateTime.ofInstant(at.toInstant(), zone(calendar));
    return local.truncatedTo(Parameters.FINEST);
  }

  private interface Parse<T> {
    T run();
  }

  private static <T> T parsed(String text, String target, Parse<T> parse) throws SQLException {
    try {
      return parse.run();
    } catch (DateTimeException e) {
      throw new SQLDataException(
          "the text " + Texts.brief(text) + " cannot be read as " + target,
          SqlStates.INVALID_DATETIME,
          e);
    }
  }
}
