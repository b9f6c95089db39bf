package io.versor.format.type;

/**
 * A type, column or table that cannot be: thrown by the constructors of this package, so that an
 * instance that exists is valid. The message is fit for users; whoever takes descriptions from
 * users or from disk turns it into a {@link StoreException}.
 */
public final class InvalidTypeException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  private final StoreException.Code code;

  InvalidTypeException(StoreException.Code code, String message) {
    super(message);
    this.code = code;
  }

  /** {@code INVALID_VALUE}, {@code INVALID_NAME}, {@code COLUMN_EXISTS} or {@code LIMIT}. */
  public StoreException.Code code() {
    return code;
  }

  /** The same for a caller that must answer to a user. */
  public StoreException toStoreException() {
    return new StoreException(code, getMessage(), this);
  }
}
