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
  private static final long LEAST_CACHE_BYTES = 64L << 20;

  /**
   * Creates what is missing, writes, and keeps decoded chunks in half of what the heap may grow to:
   * an eighth of the machine's memory, where Java was not told otherwise.
   */
  public static StoreOptions defaults() {
    long cacheBytes = Math.max(LEAST_CACHE_BYTES, Runtime.getRuntime().maxMemory() / 2);
    return new StoreOptions(true, false, Clock.systemUTC(), cacheBytes);
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
