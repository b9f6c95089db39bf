package io.versor.engine;

import java.util.OptionalLong;

/**
 * How to open a store.
 *
 * @param create whether to make a store in a missing or empty directory
 * @param readOnly whether every write is refused (25006)
 * @param memoryLimit bytes of memory for decoded chunks and all statements; empty for a quarter of
 *     the machine's
 */
public record EngineOptions(boolean create, boolean readOnly, OptionalLong memoryLimit) {
  /** Creates what is missing, and writes. */
  public static EngineOptions defaults() {
    return new EngineOptions(true, false, OptionalLong.empty());
  }
}
