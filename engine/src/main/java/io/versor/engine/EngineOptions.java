package io.versor.engine;

/**
 * How to open a store.
 *
 * @param create whether to make a store in a missing or empty directory
 * @param readOnly whether every write is refused (25006)
 */
public record EngineOptions(boolean create, boolean readOnly) {
  /** Creates what is missing, and writes. */
  public static EngineOptions defaults() {
    return new EngineOptions(true, false);
  }
}
