package io.versor.jdbc;

import io.versor.engine.Cancellation;
import io.versor.engine.StatementException;
import io.versor.format.type.StoreException;
import java.sql.SQLDataException;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.SQLIntegrityConstraintViolationException;
import java.sql.SQLInvalidAuthorizationSpecException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLNonTransientException;
import java.sql.SQLSyntaxErrorException;
import java.sql.SQLTimeoutException;
import java.sql.SQLTransactionRollbackException;
import java.sql.SQLTransientException;
import org.jspecify.annotations.Nullable;

/**
 * Failures of the engine as {@link SQLException}s: the state, the subclass that goes with it, and
 * the message as it is, one line about the SQL.
 */
final class Errors {
  private Errors() {}

  /** Exhaustive on purpose: a new code does not compile until it has a SQLState. */
  static String stateOf(StoreException.Code code) {
    return switch (code) {
      case NO_SUCH_REF, AMBIGUOUS_REF -> "3F000"; // a branch is a schema, so: invalid schema name
      case REF_EXISTS -> "42710";
      case INVALID_NAME -> "42602";
      case NO_SUCH_TABLE -> "42P01";
      case TABLE_EXISTS -> "42P07";
      case NO_SUCH_COLUMN -> "42703";
      case COLUMN_EXISTS -> "42701";
      case INVALID_VALUE -> "22023";
      case OUT_OF_RANGE -> "22003";
      case NUMBERS_EXHAUSTED -> "2200H";
      case TOO_LONG -> "22001";
      case NOT_NULL -> "23502";
      case NOT_UNIQUE -> "23505";
      case CHECK_VIOLATION -> "23514";
      case REF_MOVED -> "40001"; // another writer won; the caller may retry
      case READ_ONLY -> "25006";
      case PENDING_CHANGES -> "25001";
      case WRONG_STATE -> "55000";
      case CORRUPT -> "VS001"; // class VS is ours: classes from I to Z are free for products
      case MERGE_CONFLICT -> "VS002";
      case NOTHING_TO_COMMIT -> "VS003";
      case VERSION_TOO_NEW, UNSUPPORTED -> "0A000";
      case NOT_A_STORE -> "08001";
      case IO -> "58030";
      case DISK_FULL -> "53100";
      case OUTCOME_UNKNOWN -> "08007";
      case LIMIT -> "54000";
      case MEMORY -> "53200";
      case CANCELLED -> "57014";
    };
  }

  interface EngineCall<T> {
    T run() throws StoreException, StatementException;
  }

  interface EngineRun {
    void run() throws StoreException, StatementException;
  }

  /** Runs something of the engine; whatever it throws comes out as {@link SQLException}. */
  static <T> T engine(EngineCall<T> call) throws SQLException {
    try {
      return call.run();
    } catch (StoreException e) {
      throw of(e);
    } catch (StatementException e) {
      throw of(e);
    } catch (RuntimeException | AssertionError e) {
      throw internal(e);
    } catch (StackOverflowError e) {
      throw withState(
          "the statement is nested too deeply; split it or use a list instead of a chain",
          SqlStates.TOO_COMPLEX,
          e);
    } catch (OutOfMemoryError e) {
      throw withState(
          "the statement needs more memory than the heap has left ("
              + e.getMessage()
              + "); a value of it is too large, or there are too many",
          SqlStates.MEMORY,
          e);
    }
  }

  /** The same for what can be stopped: a timeout has a class of its own. */
  static <T> T engine(Cancellation cancellation, EngineCall<T> call) throws SQLException {
    try {
      return engine(call);
    } catch (SQLTransientException e) {
      if (cancellation.isLate() && SqlStates.CANCELLED.equals(e.getSQLState())) {
        throw new SQLTimeoutException(e.getMessage(), SqlStates.CANCELLED, e);
      }
      throw e;
    }
  }

  static void engine(EngineRun run) throws SQLException {
    engine(
        () -> {
          run.run();
          return Boolean.TRUE;
        });
  }

  static SQLException of(StoreException e) {
    return withState(message(e), stateOf(e.code()), e);
  }

  static SQLException of(StatementException e) {
    String place =
        e.line() > 0 ? " (line " + e.line() + ", column " + Math.max(1, e.column()) + ")" : "";
    return withState(message(e) + place, e.sqlState(), e);
  }

  /**
   * A defect of the engine, told as an error of the one statement that met it. The planner throws
   * assertion errors where others throw exceptions.
   */
  private static SQLException internal(Throwable e) {
    return new SQLNonTransientException(
        "internal error: " + e + "; the statement was not carried out", SqlStates.INTERNAL, e);
  }

  /** Clients show the message in one line; it must not be empty. */
  private static String message(Exception e) {
    String message = e.getMessage();
    return message == null || message.isBlank() ? e.getClass().getSimpleName() : message;
  }

  /** The subclass that JDBC 4.3 table 8-1 ties to a class of SQLStates. */
  static SQLException withState(String message, String state, @Nullable Throwable cause) {
    if (state.startsWith("53") || state.equals(SqlStates.CANCELLED)) {
      return new SQLTransientException(message, state, cause);
    }
    return switch (state.substring(0, 2)) {
      case "0A" -> new SQLFeatureNotSupportedException(message, state, cause);
      case "08" -> new SQLNonTransientConnectionException(message, state, cause);
      case "22" -> new SQLDataException(message, state, cause);
      case "23" -> new SQLIntegrityConstraintViolationException(message, state, cause);
      case "28" -> new SQLInvalidAuthorizationSpecException(message, state, cause);
      case "40" -> new SQLTransactionRollbackException(message, state, cause);
      case "42" -> new SQLSyntaxErrorException(message, state, cause);
      default -> new SQLNonTransientException(message, state, cause);
    };
  }
}
