package io.versor.format;

import io.versor.format.io.MemoryBudget;
import java.time.Clock;

/**
 * How to open a store.
 *
 * @param create whether to make a store where there is none
 * @param readOnly refuses every change with {@code READ_ONLY}
 * @param clock tells the instants of commits and tags
 * @param memory what decoded chunks and statements may take
 */
public record StoreOptions(boolean create, boolean readOnly, Clock clock, MemoryBudget memory) {
  /** Creates what is missing, writes, and takes up to a quarter of the machine's memory. */
  public static StoreOptions defaults() {
    return new StoreOptions(true, false, Clock.systemUTC(), MemoryBudget.ofMachine());
  }

  public StoreOptions withCreate(boolean value) {
    return new StoreOptions(value, readOnly, clock, memory);
  }

  public StoreOptions withReadOnly(boolean value) {
    return new StoreOptions(create, value, clock, memory);
  }

  public StoreOptions withClock(Clock value) {
    return new StoreOptions(create, readOnly, value, memory);
  }

  public StoreOptions withMemory(MemoryBudget value) {
    return new StoreOptions(create, readOnly, clock, value);
  }
}
