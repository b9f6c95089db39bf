package io.versor.engine.window;

import io.versor.engine.type.Micros;
import java.time.LocalDateTime;
import java.time.ZoneOffset;

/** Months between moments. */
final class Months {
  private Months() {}

  /** So many months later, on the last day of a month that has not so many. */
  static long later(long micros, int months) {
    LocalDateTime moment =
        LocalDateTime.ofEpochSecond(
            Math.floorDiv(micros, 1_000_000L),
            (int) Math.floorMod(micros, 1_000_000L) * 1_000,
            ZoneOffset.UTC);
    return Micros.of(moment.plusMonths(months));
  }
}
