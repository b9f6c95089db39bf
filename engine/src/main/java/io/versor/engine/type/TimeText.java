package io.versor.engine.type;

import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.util.Locale;

/**
 * Times as text: the same in results, casts, lists and files, and read back as what they were.
 * Seconds are always there, digits of them only where there are any.
 */
public final class TimeText {
  private static final DateTimeFormatter TIME =
      new DateTimeFormatterBuilder()
          .appendPattern("HH:mm:ss")
          .appendFraction(ChronoField.NANO_OF_SECOND, 0, 9, true)
          .toFormatter(Locale.ROOT);

  private static final DateTimeFormatter TIMESTAMP =
      new DateTimeFormatterBuilder()
          .append(DateTimeFormatter.ISO_LOCAL_DATE)
          .appendLiteral(' ')
          .append(TIME)
          .toFormatter(Locale.ROOT);

  private static final DateTimeFormatter WITH_OFFSET =
      new DateTimeFormatterBuilder()
          .append(TIMESTAMP)
          .appendOffset("+HH:mm", "+00:00")
          .toFormatter(Locale.ROOT);

  private TimeText() {}

  public static String of(LocalTime time) {
    return TIME.format(time);
  }

  public static String of(LocalDateTime at) {
    return TIMESTAMP.format(at);
  }

  public static String of(OffsetDateTime at) {
    return WITH_OFFSET.format(at);
  }

  /** A value of any type: a time as above, all else as Java writes it. */
  public static String ofAny(Object value) {
    if (value instanceof LocalTime time) {
      return of(time);
    }
    if (value instanceof LocalDateTime at) {
      return of(at);
    }
    return value instanceof OffsetDateTime at ? of(at) : value.toString();
  }
}
