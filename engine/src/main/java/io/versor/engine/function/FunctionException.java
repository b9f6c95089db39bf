package io.versor.engine.function;

/** What a function could not do with a value; carries the SQLState out of generated code. */
public final class FunctionException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** A value that a function cannot take. */
  public static final String INVALID_VALUE = "22023";

  private final String sqlState;

  public FunctionException(String sqlState, String message) {
    super(message);
    this.sqlState = sqlState;
  }

  public FunctionException(String sqlState, String message, Throwable cause) {
    super(message, cause);
    this.sqlState = sqlState;
  }

  public String sqlState() {
    return sqlState;
  }
}
