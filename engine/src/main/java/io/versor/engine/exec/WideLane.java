package io.versor.engine.exec;

import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/** DECIMALs of up to 38 digits without their point, in 128 bits: {@code high * 2^64 + low}. */
final class WideLane extends Lane {
  /** More than 38 digits have numbers from this one on. */
  private static final BigInteger LIMIT = BigInteger.TEN.pow(38);

  /** Without a sign. */
  long[] low = {};

  long[] high = {};

  /** Numbers of more digits on the way to a result, in place of low and high; null for none. */
  private @Nullable BigInteger @Nullable [] beyond;

  /** As {@link #start}, and no number is beyond 38 digits. */
  void startWide(int values) {
    start(values);
    beyond = null;
  }

  /** Whether low and high are all there is. */
  boolean isPlain() {
    return beyond == null;
  }

  boolean isBeyond(int i) {
    return beyond != null && beyond[i] != null;
  }

  void set(int i, BigInteger value) {
    if (value.abs().compareTo(LIMIT) < 0) {
      low[i] = value.longValue();
      high[i] = value.shiftRight(Long.SIZE).longValue();
      return;
    }
    if (beyond == null) {
      beyond = new BigInteger[low.length];
    }
    beyond[i] = value;
  }

  @Override
  void grow(int capacity) {
    low = new long[capacity];
    high = new long[capacity];
  }

  @Override
  void copyValue(Lane source, int from, int to) {
    WideLane wide = (WideLane) source;
    if (wide.isBeyond(from)) {
      set(to, wide.value(from));
    } else {
      low[to] = wide.low[from];
      high[to] = wide.high[from];
    }
  }

  BigInteger value(int i) {
    BigInteger far = beyond == null ? null : beyond[i];
    if (far != null) {
      return far;
    }
    return value(high[i], low[i]);
  }

  static BigInteger value(long high, long low) {
    BigInteger upper = BigInteger.valueOf(low < 0 ? high + 1 : high);
    return upper.shiftLeft(Long.SIZE).add(BigInteger.valueOf(low));
  }
}
