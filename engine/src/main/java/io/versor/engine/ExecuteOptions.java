package io.versor.engine;

/**
 * Limits of one execution.
 *
 * @param maxRows rows after which the result ends; 0 for all
 * @param timeoutMillis time after which it is cancelled (57014); 0 for none
 */
public record ExecuteOptions(long maxRows, long timeoutMillis) {
  /** Without limits. */
  public static final ExecuteOptions NONE = new ExecuteOptions(0, 0);
}
