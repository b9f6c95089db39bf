package io.versor.engine.function;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * FORMAT as PostgreSQL has it: {@code %s} is a value, {@code %I} one as a name, {@code %L} one as a
 * literal, {@code %%} a percent sign. Before the letter stand the number of the value, {@code 2$},
 * a minus to fill up on the right, and the width, which may be a value, {@code *} or {@code *3$}.
 */
final class FormatPattern {
  private static final Pattern PART =
      Pattern.compile(
          "%(?:(?<which>\\d+)\\$)?(?<left>-)?(?<width>\\d+|\\*(?:\\d+\\$)?)?(?<kind>.?)");

  /** Widths beyond are mistakes, and would cost memory. */
  private static final int MOST_WIDTH = 1 << 20;

  private final String pattern;
  private final List<?> values;
  private final StringBuilder text = new StringBuilder();
  private int next;

  private FormatPattern(String pattern, List<?> values) {
    this.pattern = pattern;
    this.values = values;
  }

  static String format(String pattern, List<?> values) {
    return new FormatPattern(pattern, values).text();
  }

  private String text() {
    Matcher part = PART.matcher(pattern);
    int end = 0;
    while (part.find(end)) {
      text.append(pattern, end, part.start());
      end = part.end();
      if (part.group().equals("%%")) {
        text.append('%');
      } else {
        add(part);
      }
    }
    return text.append(pattern, end, pattern.length()).toString();
  }

  private void add(Matcher part) {
    String kind = part.group("kind");
    if (!kind.equals("s") && !kind.equals("I") && !kind.equals("L")) {
      throw invalid("'" + part.group() + "' is no place for a value; expected %s, %I, %L or %%");
    }
    String width = part.group("width");
    boolean left = part.group("left") != null;
    int most = 0;
    if (width != null) {
      most = width.startsWith("*") ? givenWidth(width) : number(width);
      left |= most < 0;
      most = Math.abs(most);
    }
    if (most > MOST_WIDTH) {
      throw invalid("a width of " + most + "; at most " + MOST_WIDTH + " are filled up");
    }
    String value = written(value(part.group("which")), kind);
    String fill = " ".repeat(Math.max(0, most - value.codePointCount(0, value.length())));
    text.append(left ? value + fill : fill + value);
  }

  private int givenWidth(String width) {
    String which = width.length() > 1 ? width.substring(1, width.length() - 1) : null;
    Object value = value(which);
    return value == null ? 0 : number(value.toString());
  }

  private @Nullable Object value(@Nullable String which) {
    int place = which == null ? next + 1 : number(which);
    if (place < 1 || place > values.size()) {
      throw invalid("value " + place + " is wanted, of " + values.size());
    }
    next = place;
    return values.get(place - 1);
  }

  private int number(String digits) {
    try {
      return Integer.parseInt(digits);
    } catch (NumberFormatException e) {
      throw invalid("'" + digits + "' is no whole number of an INTEGER's size");
    }
  }

  private String written(@Nullable Object value, String kind) {
    if (value == null) {
      if (kind.equals("I")) {
        throw new FunctionException("22004", "FORMAT: NULL is no name, as %I wants one");
      }
      return kind.equals("L") ? "NULL" : "";
    }
    return switch (kind) {
      case "I" -> TextFunctions.quoteIdent(value.toString());
      case "L" -> TextFunctions.quoteLiteral(value.toString());
      default -> value.toString();
    };
  }

  private FunctionException invalid(String what) {
    return new FunctionException(
        FunctionException.INVALID_VALUE, "FORMAT('" + pattern + "'): " + what);
  }
}
