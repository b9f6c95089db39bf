package io.versor.parser.ast;

import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.calcite.avatica.util.TimeUnit;
import org.apache.calcite.sql.SqlCharStringLiteral;
import org.apache.calcite.sql.SqlIntervalQualifier;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.parser.SqlParserPos;

/**
 * The qualifier of an interval whose text names its units, as PostgreSQL writes it: {@code INTERVAL
 * '1 day 2 hours'}, {@code '1 year 2 mons'}, {@code '3 days 04:05:06.7 ago'}. It knows the text
 * that the standard has for the same interval.
 */
public final class IntervalWords extends SqlIntervalQualifier {
  private static final int MOST_DIGITS = 9;
  private static final int FRACTION_DIGITS = 6;
  private static final BigDecimal DAY_SECONDS = BigDecimal.valueOf(86_400);

  private static final Pattern PART =
      Pattern.compile("\\s*([+-]?\\d{1,9}(?:\\.\\d{1,6})?)\\s*([a-z]+)(?![a-z])\\s*");

  private static final Pattern CLOCK =
      Pattern.compile("\\s*([+-]?)(\\d{1,9}):(\\d{1,2})(?::(\\d{1,2}(?:\\.\\d{1,6})?))?\\s*");

  private static final Map<String, Integer> MONTHS =
      Map.of("month", 1, "mon", 1, "year", 12, "yr", 12, "y", 12, "decade", 120, "century", 1_200);

  private static final Map<String, Integer> SECONDS =
      Map.of(
          "second", 1, "sec", 1, "s", 1, "minute", 60, "min", 60, "hour", 3_600, "h", 3_600, "day",
          86_400, "d", 86_400, "week", 604_800);

  private final String text;

  private IntervalWords(
      TimeUnit from, TimeUnit to, int fractionDigits, String text, SqlParserPos pos) {
    super(from, MOST_DIGITS, to, fractionDigits, pos);
    this.text = text;
  }

  /**
   * Reads a text.
   *
   * @throws RuntimeException a syntax error at {@code pos} when it is no interval
   */
  public static SqlIntervalQualifier of(String given, SqlParserPos pos) {
    String rest = given.toLowerCase(Locale.ROOT).strip();
    boolean ago = rest.endsWith("ago");
    rest = ago ? rest.substring(0, rest.length() - 3) : rest;
    BigDecimal months = null;
    BigDecimal seconds = null;
    boolean whole = true;
    while (!rest.isBlank()) {
      Matcher clock = CLOCK.matcher(rest);
      Matcher part = PART.matcher(rest);
      if (clock.lookingAt()) {
        seconds = sum(seconds, clock(clock));
        whole = false;
        rest = rest.substring(clock.end());
        continue;
      }
      if (!part.lookingAt()) {
        throw wrong(given, pos);
      }
      String unit = part.group(2);
      Integer ofMonths = unit(MONTHS, unit);
      Integer ofSeconds = unit(SECONDS, unit);
      BigDecimal count = new BigDecimal(part.group(1));
      if (ofMonths != null) {
        months = sum(months, count.multiply(BigDecimal.valueOf(ofMonths)));
      } else if (ofSeconds != null) {
        seconds = sum(seconds, count.multiply(BigDecimal.valueOf(ofSeconds)));
        whole &= ofSeconds % 86_400 == 0;
      } else {
        throw wrong(given, pos);
      }
      rest = rest.substring(part.end());
    }
    if (months != null && seconds != null) {
      throw SyntaxFault.at(
          "INTERVAL '" + given + "' has months and days; add two intervals instead", pos);
    }
    if (months != null) {
      return ofMonths(ago ? months.negate() : months, given, pos);
    }
    if (seconds == null) {
      throw wrong(given, pos);
    }
    return ofSeconds(ago ? seconds.negate() : seconds, whole, pos);
  }

  /**
   * {@code '1 day'::interval}: the text at the end of an expression becomes an interval.
   *
   * @throws RuntimeException a syntax error at {@code pos} when it is no text, or no interval
   */
  public static void cast(List<Object> expression, SqlParserPos pos) {
    int last = expression.size() - 1;
    if (!(expression.get(last) instanceof SqlCharStringLiteral text)) {
      throw SyntaxFault.at(
          "only a text that stands in the statement is cast to an interval, as in '1"
              + " day'::interval; multiply one by a number, as in n * INTERVAL '1' DAY",
          pos);
    }
    String given = text.getValueAs(String.class);
    SqlIntervalQualifier qualifier = of(given, text.getParserPosition());
    expression.set(
        last,
        SqlLiteral.createInterval(1, text(given, qualifier), qualifier, text.getParserPosition()));
  }

  private static Integer unit(Map<String, Integer> units, String word) {
    Integer known = units.get(word);
    boolean plural = known == null && word.endsWith("s");
    return word.equals("centuries")
        ? units.get("century")
        : plural ? units.get(word.substring(0, word.length() - 1)) : known;
  }

  private static BigDecimal clock(Matcher clock) {
    BigDecimal seconds = clock.group(4) == null ? BigDecimal.ZERO : new BigDecimal(clock.group(4));
    seconds =
        seconds
            .add(new BigDecimal(clock.group(3)).multiply(BigDecimal.valueOf(60)))
            .add(new BigDecimal(clock.group(2)).multiply(BigDecimal.valueOf(3_600)));
    return clock.group(1).equals("-") ? seconds.negate() : seconds;
  }

  private static BigDecimal sum(BigDecimal before, BigDecimal more) {
    return before == null ? more : before.add(more);
  }

  private static IntervalWords ofMonths(BigDecimal months, String given, SqlParserPos pos) {
    if (months.stripTrailingZeros().scale() > 0) {
      throw SyntaxFault.at("INTERVAL '" + given + "' is no whole number of months", pos);
    }
    BigDecimal[] parts = months.abs().divideAndRemainder(BigDecimal.valueOf(12));
    String text =
        (months.signum() < 0 ? "-" : "") + parts[0].toBigInteger() + "-" + parts[1].toBigInteger();
    return new IntervalWords(TimeUnit.YEAR, TimeUnit.MONTH, -1, text, pos);
  }

  private static IntervalWords ofSeconds(BigDecimal seconds, boolean whole, SqlParserPos pos) {
    String sign = seconds.signum() < 0 ? "-" : "";
    BigDecimal[] days = seconds.abs().divideAndRemainder(DAY_SECONDS);
    if (whole && days[1].signum() == 0) {
      return new IntervalWords(TimeUnit.DAY, null, -1, sign + days[0].toBigInteger(), pos);
    }
    BigDecimal[] hours = days[1].divideAndRemainder(BigDecimal.valueOf(3_600));
    BigDecimal[] minutes = hours[1].divideAndRemainder(BigDecimal.valueOf(60));
    String text =
        String.format(
            Locale.ROOT,
            "%s%d %d:%d:%s",
            sign,
            days[0].toBigInteger(),
            hours[0].toBigInteger(),
            minutes[0].toBigInteger(),
            minutes[1].setScale(FRACTION_DIGITS, java.math.RoundingMode.HALF_UP).toPlainString());
    return new IntervalWords(TimeUnit.DAY, TimeUnit.SECOND, FRACTION_DIGITS, text, pos);
  }

  private static RuntimeException wrong(String given, SqlParserPos pos) {
    return SyntaxFault.at(
        "INTERVAL '"
            + given
            + "' is none; expected a unit behind it, as in INTERVAL '1' DAY, or in it, as in"
            + " '1 day 2 hours'",
        pos);
  }

  /** The text of an interval, as its qualifier has it. */
  public static String text(String given, SqlIntervalQualifier qualifier) {
    return qualifier instanceof IntervalWords words ? words.text : given;
  }
}
