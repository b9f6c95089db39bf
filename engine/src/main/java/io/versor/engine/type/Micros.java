package io.versor.engine.type;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;

/**
 * Microseconds since 1970 in UTC. {@code ChronoUnit.MICROS.between} goes by way of nanoseconds on
 * JDK 17, and overflows in the year 2262.
 */
public final class Micros {
  private static final long PER_SECOND = 1_000_000;

  private Micros() {}

  /** Rounded down. Throws ArithmeticException some 292,000 years from now. */
  public static long of(Instant instant) {
    return Math.addExact(
        Math.multiplyExact(instant.getEpochSecond(), PER_SECOND), instant.getNano() / 1_000);
  }

  public static long of(LocalDateTime time) {
    return of(time.toInstant(ZoneOffset.UTC));
  }
}
