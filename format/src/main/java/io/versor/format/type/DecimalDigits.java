package io.versor.format.type;

import java.math.BigDecimal;

/**
 * How long a number is when it is written out. {@code 1e999999999} is a short text, but bringing it
 * to a scale takes minutes and a gigabyte, so it is asked first.
 */
public final class DecimalDigits {
  /** Before the point, and behind it: more than any type holds, and soon written. */
  public static final int MAX = 10_000;

  private DecimalDigits() {}

  /** True if the number has more than {@link #MAX} digits before its point or behind it. */
  public static boolean areTooMany(BigDecimal number) {
    return (long) number.precision() - number.scale() > MAX || number.scale() > MAX;
  }
}
