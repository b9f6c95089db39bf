package io.versor.engine;

/**
 * Limits of one execution, and what it hands back beside its result.
 *
 * @param maxRows rows after which the result ends; 0 for all
 * @param cancellation ends it early (57014), while its result is read, too
 * @param returned columns of the rows that an INSERT makes: see {@link Result#returned}
 */
public record ExecuteOptions(long maxRows, Cancellation cancellation, ReturnedColumns returned) {
  /** Without limits. */
  public static final ExecuteOptions NONE =
      new ExecuteOptions(0, Cancellation.NEVER, ReturnedColumns.NONE);

  /**
   * @param timeoutMillis time after which it is cancelled; 0 for none
   */
  public ExecuteOptions(long maxRows, long timeoutMillis) {
    this(maxRows, Cancellation.after(timeoutMillis), ReturnedColumns.NONE);
  }

  public ExecuteOptions returning(ReturnedColumns columns) {
    return new ExecuteOptions(maxRows, cancellation, columns);
  }
}
