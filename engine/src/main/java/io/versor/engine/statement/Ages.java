package io.versor.engine.statement;

import io.versor.engine.StatementException;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.calcite.sql.SqlIntervalLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.parser.SqlParserUtil;
import org.jspecify.annotations.Nullable;

/** Lengths of time that say how old something must be: of days and smaller, since months differ. */
final class Ages {
  private static final Pattern TEXT = Pattern.compile("(\\d{1,9}) ([a-z]+?)s?");

  private static final Map<String, Duration> UNITS =
      Map.of(
          "second", ChronoUnit.SECONDS.getDuration(),
          "minute", ChronoUnit.MINUTES.getDuration(),
          "hour", ChronoUnit.HOURS.getDuration(),
          "day", ChronoUnit.DAYS.getDuration(),
          "week", ChronoUnit.WEEKS.getDuration());

  private Ages() {}

  /** An interval, or a text or parameter as {@link #of(String)} reads it. */
  static Duration of(SqlNode node, List<@Nullable Object> parameters) throws StatementException {
    try {
      if (node instanceof SqlIntervalLiteral literal) {
        SqlIntervalLiteral.IntervalValue value =
            literal.getValueAs(SqlIntervalLiteral.IntervalValue.class);
        if (value.getIntervalQualifier().isYearMonth() || value.getSign() < 0) {
          throw wrong(value.toString());
        }
        return Duration.ofMillis(SqlParserUtil.intervalToMillis(value));
      }
      return of(Literals.text(node, parameters, "the age"));
    } catch (StatementException e) {
      throw e.at(node.getParserPosition());
    }
  }

  /** A text such as {@code 7 days} or {@code 12 hours}. */
  static Duration of(String text) throws StatementException {
    Matcher matcher = TEXT.matcher(text.strip().toLowerCase(Locale.ROOT));
    if (matcher.matches()) {
      Duration unit = UNITS.get(matcher.group(2));
      if (unit != null) {
        return unit.multipliedBy(Long.parseLong(matcher.group(1)));
      }
    }
    throw wrong(text);
  }

  /** As {@link #of(String)} reads it, in the greatest unit that it is a whole number of. */
  static String text(Duration age) {
    long seconds = age.toSeconds();
    for (String unit : List.of("day", "hour", "minute")) {
      long length = UNITS.get(unit).toSeconds();
      if (seconds > 0 && seconds % length == 0) {
        return seconds / length + " " + unit + (seconds == length ? "" : "s");
      }
    }
    return seconds + (seconds == 1 ? " second" : " seconds");
  }

  private static StatementException wrong(String found) {
    return new StatementException(
        "22023",
        "an age is an interval of days or smaller that is not negative, such as INTERVAL '7' DAY or"
            + " '7 days', found "
            + found);
  }
}
