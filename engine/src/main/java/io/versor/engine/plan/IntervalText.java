package io.versor.engine.plan;

import java.math.BigDecimal;

/** Intervals as PostgreSQL shows them: {@code 1 year 2 mons}, {@code -3 days 04:05:06.789}. */
final class IntervalText {
  private static final long SECOND = 1_000_000;
  private static final long MINUTE = 60 * SECOND;
  private static final long HOUR = 60 * MINUTE;
  private static final long DAY = 24 * HOUR;

  private IntervalText() {}

  /** Of days and smaller. */
  static String ofMicros(long micros) {
    long days = micros / DAY;
    long rest = micros % DAY;
    String date = days == 0 ? "" : days + (Math.abs(days) == 1 ? " day" : " days");
    if (rest == 0 && days != 0) {
      return date;
    }
    long absolute = Math.abs(rest);
    BigDecimal seconds = BigDecimal.valueOf(absolute % MINUTE, 6).stripTrailingZeros();
    String text =
        seconds.scale() <= 0 ? seconds.setScale(0).toPlainString() : seconds.toPlainString();
    String padded = seconds.intValue() < 10 ? "0" + text : text;
    String clock =
        String.format(
            java.util.Locale.ROOT,
            "%s%02d:%02d:%s",
            rest < 0 ? "-" : "",
            absolute / HOUR,
            absolute % HOUR / MINUTE,
            padded);
    return date.isEmpty() ? clock : date + " " + clock;
  }

  /** Of years and months. */
  static String ofMonths(int months) {
    int years = months / 12;
    int rest = months % 12;
    String text = years == 0 ? "" : years + (Math.abs(years) == 1 ? " year" : " years");
    if (rest == 0) {
      return text.isEmpty() ? "00:00:00" : text;
    }
    String more = rest + (Math.abs(rest) == 1 ? " mon" : " mons");
    return text.isEmpty() ? more : text + " " + more;
  }
}
