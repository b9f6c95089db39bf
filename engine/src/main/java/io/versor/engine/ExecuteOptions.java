package io.versor.engine;

/**
 * Limits of one execution, and what it hands back beside its result.
 *
 * @param maxRows rows after which the result ends; 0 for all
 * @param timeoutMillis time after which it is cancelled (57014); 0 for none
 * @param returned columns of the rows that an INSERT makes: see {@link Result#returned}
 */
public record ExecuteOptions(long maxRows, long timeoutMillis, ReturnedColumns returned) {
  /** Without limits. */
  public static final ExecuteOptions NONE = new ExecuteOptions(0, 0);

  public ExecuteOptions(long maxRows, long timeoutMillis) {
    this(maxRows, timeoutMillis, ReturnedColumns.NONE);
  }

  public ExecuteOptions returning(ReturnedColumns columns) {
    return new ExecuteOptions(maxRows, timeoutMillis, columns);
  }
}
