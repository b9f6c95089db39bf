package io.versor.bench.peers;

import java.util.Arrays;

/**
 * What one engine needed for one work: nanoseconds, or bytes where the work is a size.
 *
 * @param values one for each round, kept in rising order
 */
record Outcome(String work, String engine, Unit unit, long[] values) {
  enum Unit {
    TIME,
    BYTES
  }

  Outcome {
    values = values.clone();
    Arrays.sort(values);
  }

  long median() {
    return values[values.length / 2];
  }

  /** Median and quartiles, as the table shows them. */
  String text() {
    if (values.length == 1) {
      return show(median());
    }
    return "%s (%s to %s)"
        .formatted(
            show(median()), show(values[values.length / 4]), show(values[3 * values.length / 4]));
  }

  private String show(long value) {
    if (unit == Unit.BYTES) {
      return "%,.2f MB".formatted(value / 1e6);
    }
    double millis = value / 1e6;
    return (millis < 10 ? "%.3f ms" : millis < 1_000 ? "%.1f ms" : "%,.0f ms").formatted(millis);
  }
}
