package io.versor.format;

import io.versor.format.io.MemoryBudget;
import io.versor.format.tree.ForeignChunks;
import java.time.Clock;

/**
 * How to open a store.
 *
 * @param create whether to make a store where there is none
 * @param readOnly refuses every change with {@code READ_ONLY}
 * @param clock tells the instants of commits and tags
 * @param memory what decoded chunks and statements may take
 * @param foreign samples in another format that versions refer to; none but in a store in memory
 */
public record StoreOptions(
    boolean create, boolean readOnly, Clock clock, MemoryBudget memory, ForeignChunks foreign) {
  /** Creates what is missing, writes, and takes up to a quarter of the machine's memory. */
  public static StoreOptions defaults() {
    return new StoreOptions(
        true, false, Clock.systemUTC(), MemoryBudget.ofMachine(), ForeignChunks.NONE);
  }

  public StoreOptions withCreate(boolean value) {
    return new StoreOptions(value, readOnly, clock, memory, foreign);
  }

  public StoreOptions withReadOnly(boolean value) {
    return new StoreOptions(create, value, clock, memory, foreign);
  }

  public StoreOptions withClock(Clock value) {
    return new StoreOptions(create, readOnly, value, memory, foreign);
  }

  public StoreOptions withMemory(MemoryBudget value) {
    return new StoreOptions(create, readOnly, clock, value, foreign);
  }

  public StoreOptions withForeign(ForeignChunks value) {
    return new StoreOptions(create, readOnly, clock, memory, value);
  }
}
