package io.versor.engine.function;

import java.time.LocalDateTime;
import java.time.format.TextStyle;
import java.time.temporal.IsoFields;
import java.time.temporal.JulianFields;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Patterns of TO_CHAR, TO_DATE and TO_TIMESTAMP, as PostgreSQL has them: {@code YYYY-MM-DD
 * HH24:MI:SS.US}, {@code FMDay, DD Mon}. Text in double quotes stands for itself.
 */
final class TimePattern {
  /** Longer ones first where one begins like another. */
  private static final List<String> FIELDS =
      List.of(
          "SSSSS", "SSSS", "MONTH", "IYYY", "HH24", "HH12", "YYYY", "A.M.", "P.M.", "DDD", "IDDD",
          "DAY", "MON", "YYY", "YY", "MM", "MI", "MS", "DD", "DY", "ID", "HH", "SS", "US", "AM",
          "PM", "WW", "IW", "CC", "TZ", "Q", "D", "J", "Y", "W");

  private static final int MAX_CHARS = 1_000;

  private static final int MONTH_WIDTH = 9;

  /** A field or, if it has no name, text that stands for itself. */
  private record Part(String name, String text, boolean compact) {}

  private final List<Part> parts = new ArrayList<>();

  TimePattern(String pattern) {
    if (pattern.length() > MAX_CHARS) {
      throw invalid("a pattern of " + pattern.length() + " characters; at most " + MAX_CHARS);
    }
    int at = 0;
    while (at < pattern.length()) {
      at = add(pattern, at);
    }
  }

  private int add(String pattern, int from) {
    if (pattern.charAt(from) == '"') {
      int end = pattern.indexOf('"', from + 1);
      int close = end < 0 ? pattern.length() : end;
      parts.add(new Part("", pattern.substring(from + 1, close), false));
      return Math.min(close + 1, pattern.length());
    }
    boolean compact = pattern.regionMatches(true, from, "FM", 0, 2);
    int at = compact ? from + 2 : from;
    for (String field : FIELDS) {
      if (pattern.regionMatches(true, at, field, 0, field.length())) {
        parts.add(new Part(field, pattern.substring(at, at + field.length()), compact));
        return at + field.length();
      }
    }
    parts.add(new Part("", pattern.substring(from, from + 1), false));
    return from + 1;
  }

  private static FunctionException invalid(String message) {
    return new FunctionException("22007", message);
  }

  // --- to text

  String format(LocalDateTime time) {
    StringBuilder text = new StringBuilder();
    for (Part part : parts) {
      text.append(part.name().isEmpty() ? part.text() : field(part, time));
    }
    return text.toString();
  }

  private static String field(Part part, LocalDateTime time) {
    return switch (part.name()) {
      case "YYYY" -> number(part, time.getYear(), 4);
      case "YYY" -> number(part, time.getYear() % 1_000, 3);
      case "YY" -> number(part, time.getYear() % 100, 2);
      case "Y" -> number(part, time.getYear() % 10, 1);
      case "IYYY" -> number(part, time.get(IsoFields.WEEK_BASED_YEAR), 4);
      case "CC" -> number(part, (time.getYear() + 99) / 100, 2);
      case "Q" -> number(part, time.get(IsoFields.QUARTER_OF_YEAR), 1);
      case "MM" -> number(part, time.getMonthValue(), 2);
      case "MONTH" -> padded(part, time.getMonth().getDisplayName(TextStyle.FULL, Locale.ENGLISH));
      case "MON" ->
          cased(
              part, time.getMonth().getDisplayName(TextStyle.FULL, Locale.ENGLISH).substring(0, 3));
      case "DAY" -> padded(part, day(time));
      case "DY" -> cased(part, day(time).substring(0, 3));
      case "WW" -> number(part, (time.getDayOfYear() - 1) / 7 + 1, 2);
      case "W" -> number(part, (time.getDayOfMonth() - 1) / 7 + 1, 1);
      case "IW" -> number(part, time.get(IsoFields.WEEK_OF_WEEK_BASED_YEAR), 2);
      case "DDD" -> number(part, time.getDayOfYear(), 3);
      case "DD" -> number(part, time.getDayOfMonth(), 2);
      case "D" -> number(part, time.getDayOfWeek().getValue() % 7 + 1, 1);
      case "ID" -> number(part, time.getDayOfWeek().getValue(), 1);
      case "J" -> Long.toString(time.getLong(JulianFields.JULIAN_DAY));
      case "HH24" -> number(part, time.getHour(), 2);
      case "HH", "HH12" -> number(part, (time.getHour() + 11) % 12 + 1, 2);
      case "MI" -> number(part, time.getMinute(), 2);
      case "SS" -> number(part, time.getSecond(), 2);
      case "SSSS", "SSSSS" -> Integer.toString(time.toLocalTime().toSecondOfDay());
      case "MS" -> number(part, time.getNano() / 1_000_000, 3);
      case "US" -> number(part, time.getNano() / 1_000, 6);
      case "AM", "PM" -> cased(part, time.getHour() < 12 ? "am" : "pm");
      case "A.M.", "P.M." -> cased(part, time.getHour() < 12 ? "a.m." : "p.m.");
      case "TZ" -> cased(part, "utc");
      default -> throw invalid("'" + part.text() + "' in a pattern is not supported");
    };
  }

  private static String day(LocalDateTime time) {
    return time.getDayOfWeek().getDisplayName(TextStyle.FULL, Locale.ENGLISH);
  }

  private static String number(Part part, int value, int width) {
    String digits = Integer.toString(Math.abs(value));
    String zeros = part.compact() ? "" : "0".repeat(Math.max(0, width - digits.length()));
    return (value < 0 ? "-" : "") + zeros + digits;
  }

  private static String padded(Part part, String name) {
    String text = cased(part, name);
    return part.compact() ? text : text + " ".repeat(Math.max(0, MONTH_WIDTH - text.length()));
  }

  /** In the case the field is written in: MON, Mon or mon. */
  private static String cased(Part part, String name) {
    String text = part.text();
    if (Character.isLowerCase(text.charAt(0))) {
      return name.toLowerCase(Locale.ROOT);
    }
    boolean capitals =
        text.length() == 1 || Character.isUpperCase(text.charAt(1)) || text.charAt(1) == '.';
    return capitals
        ? name.toUpperCase(Locale.ROOT)
        : name.substring(0, 1).toUpperCase(Locale.ROOT)
            + name.substring(1).toLowerCase(Locale.ROOT);
  }

  // --- from text

  LocalDateTime parse(String text) {
    TimeReader reader = new TimeReader(text);
    for (Part part : parts) {
      if (part.name().isEmpty()) {
        reader.skip(part.text());
      } else {
        reader.read(part.name());
      }
    }
    return reader.end();
  }
}
