package io.versor.format;

import java.time.Clock;

/**
 * How to open a store.
 *
 * @param create whether to make a store where there is none
 * @param readOnly refuses every change with {@code READ_ONLY}
 * @param clock tells the instants of commits and tags
 * @param cacheBytes most memory for decoded chunks
 */
public record StoreOptions(boolean create, boolean readOnly, Clock clock, long cacheBytes) {
  private static final long DEFAULT_CACHE_BYTES = 256L << 20;

  public static StoreOptions defaults() {
    return new StoreOptions(true, false, Clock.systemUTC(), DEFAULT_CACHE_BYTES);
  }

  public StoreOptions withCreate(boolean value) {
    return new StoreOptions(value, readOnly, clock, cacheBytes);
  }

  public StoreOptions withReadOnly(boolean value) {
    return new StoreOptions(create, value, clock, cacheBytes);
  }

  public StoreOptions withClock(Clock value) {
    return new StoreOptions(create, readOnly, value, cacheBytes);
  }

  public StoreOptions withCacheBytes(long value) {
    return new StoreOptions(create, readOnly, clock, value);
  }
}
