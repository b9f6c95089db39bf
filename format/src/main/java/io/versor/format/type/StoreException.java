package io.versor.format.type;

/**
 * Something a store could not do, and why: the thing, what was found, what was expected, what to
 * do. Thread-safe.
 */
public final class StoreException extends Exception {
  private static final long serialVersionUID = 1L;

  /** What went wrong, for callers that must tell cases apart. The driver gives each a SQLState. */
  public enum Code {
    NO_SUCH_REF,
    AMBIGUOUS_REF,
    REF_EXISTS,
    INVALID_NAME,
    NO_SUCH_TABLE,
    TABLE_EXISTS,
    NO_SUCH_COLUMN,
    COLUMN_EXISTS,
    INVALID_VALUE,
    OUT_OF_RANGE,
    /** An identity column has no number left. */
    NUMBERS_EXHAUSTED,
    TOO_LONG,
    NOT_NULL,
    NOT_UNIQUE,
    CHECK_VIOLATION,
    /** Another writer won; the caller may try again. */
    REF_MOVED,
    READ_ONLY,
    PENDING_CHANGES,
    WRONG_STATE,
    /** Bytes are not what was written. */
    CORRUPT,
    MERGE_CONFLICT,
    NOTHING_TO_COMMIT,
    VERSION_TOO_NEW,
    UNSUPPORTED,
    NOT_A_STORE,
    IO,
    DISK_FULL,
    /** The write may have happened: look before repeating it, and clean nothing up. */
    OUTCOME_UNKNOWN,
    LIMIT,
    MEMORY,
    CANCELLED
  }

  private final Code code;

  public StoreException(Code code, String message) {
    super(message);
    this.code = code;
  }

  public StoreException(Code code, String message, Throwable cause) {
    super(message, cause);
    this.code = code;
  }

  public Code code() {
    return code;
  }
}
