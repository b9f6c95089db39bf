package io.versor.engine.function;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.Month;
import java.time.format.TextStyle;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** Reads a text field by field, as a {@link TimePattern} says. What is not given is the least. */
final class TimeReader {
  /** Years of two digits before this one belong to the century that began in 2000. */
  private static final int FIRST_OF_1900 = 70;

  private final String text;
  private final Map<String, Integer> values = new HashMap<>();
  private int at;

  TimeReader(String text) {
    this.text = text;
  }

  /** Text between fields: blanks and signs stand for any such. */
  void skip(String expected) {
    for (int i = 0; i < expected.length() && at < text.length(); i++) {
      boolean sign = !Character.isLetterOrDigit(expected.charAt(i));
      if (sign
          ? !Character.isLetterOrDigit(text.charAt(at))
          : expected.charAt(i) == text.charAt(at)) {
        at++;
      } else if (!sign) {
        throw wrong("'" + expected + "'");
      }
    }
  }

  void read(String field) {
    switch (field) {
      case "YYYY", "IYYY" -> number("year", 4);
      case "YY" -> {
        number("year", 2);
        values.computeIfPresent(
            "year", (key, year) -> year < FIRST_OF_1900 ? year + 2_000 : year + 1_900);
      }
      case "MM" -> number("month", 2);
      case "MON", "MONTH" -> month();
      case "DD" -> number("day", 2);
      case "DDD" -> number("dayOfYear", 3);
      case "DAY", "DY" -> letters();
      case "HH24" -> number("hour", 2);
      case "HH", "HH12" -> number("halfDayHour", 2);
      case "MI" -> number("minute", 2);
      case "SS" -> number("second", 2);
      case "MS" -> fraction(3);
      case "US" -> fraction(6);
      case "AM", "PM", "A.M.", "P.M." -> {
        values.put("pm", Character.toLowerCase(charAt()) == 'p' ? 1 : 0);
        at = Math.min(text.length(), at + field.length());
      }
      default -> throw new FunctionException("22007", field + " cannot be read from a text");
    }
  }

  private char charAt() {
    if (at >= text.length()) {
      throw wrong("more");
    }
    return text.charAt(at);
  }

  private String digits(int most) {
    int from = at;
    while (at < text.length() && at - from < most && Character.isDigit(text.charAt(at))) {
      at++;
    }
    if (at == from) {
      throw wrong("digits");
    }
    return text.substring(from, at);
  }

  private void number(String name, int most) {
    values.put(name, Integer.parseInt(digits(most)));
  }

  private void fraction(int most) {
    String digits = digits(most);
    values.put("micros", Integer.parseInt((digits + "000000").substring(0, 6)));
  }

  private String letters() {
    int from = at;
    while (at < text.length() && Character.isLetter(text.charAt(at))) {
      at++;
    }
    return text.substring(from, at);
  }

  private void month() {
    int from = at;
    String letters = letters();
    for (Month month : Month.values()) {
      String name = month.getDisplayName(TextStyle.FULL, Locale.ENGLISH);
      if (name.equalsIgnoreCase(letters) || name.substring(0, 3).equalsIgnoreCase(letters)) {
        values.put("month", month.getValue());
        return;
      }
    }
    at = from;
    throw wrong("the name of a month");
  }

  LocalDateTime end() {
    if (!text.substring(at).isBlank()) {
      throw wrong("nothing more");
    }
    try {
      LocalDate date = date();
      return date.atTime(time());
    } catch (DateTimeException e) {
      throw new FunctionException("22008", "'" + text + "': " + e.getMessage(), e);
    }
  }

  private LocalDate date() {
    int year = values.getOrDefault("year", 1);
    Integer dayOfYear = values.get("dayOfYear");
    return dayOfYear != null
        ? LocalDate.ofYearDay(year, dayOfYear)
        : LocalDate.of(year, values.getOrDefault("month", 1), values.getOrDefault("day", 1));
  }

  private LocalTime time() {
    Integer half = values.get("halfDayHour");
    int hour = values.getOrDefault("hour", 0);
    if (half != null) {
      if (half < 1 || half > 12) {
        throw new DateTimeException("hour " + half + " of 12");
      }
      hour = half % 12 + 12 * values.getOrDefault("pm", 0);
    }
    return LocalTime.of(
        hour,
        values.getOrDefault("minute", 0),
        values.getOrDefault("second", 0),
        values.getOrDefault("micros", 0) * 1_000);
  }

  private FunctionException wrong(String expected) {
    return new FunctionException(
        "22007", "'" + text + "': expected " + expected + " at character " + (at + 1));
  }
}
