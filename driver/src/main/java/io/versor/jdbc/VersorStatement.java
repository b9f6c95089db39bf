package io.versor.jdbc;

import io.versor.engine.BatchResult;
import io.versor.engine.Cancellation;
import io.versor.engine.ColumnInfo;
import io.versor.engine.ExecuteOptions;
import io.versor.engine.ParameterBatch;
import io.versor.engine.Prepared;
import io.versor.engine.Result;
import io.versor.engine.ReturnedColumns;
import io.versor.engine.ReturnedRows;
import java.sql.BatchUpdateException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLDataException;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLNonTransientException;
import java.sql.SQLWarning;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A statement without parameters, and what all statements have in common. */
class VersorStatement implements Statement {
  private static final int NO_COUNT = -1;
  private static final long MILLIS = 1_000;

  final VersorConnection connection;
  final Guard guard;
  private final int resultType;
  private final List<String> batch = new ArrayList<>();
  private @Nullable VersorResultSet current;
  private long updateCount = NO_COUNT;
  private long maxRows;
  private int fetchSize;
  private int maxFieldSize;
  private int fetchDirection = ResultSet.FETCH_FORWARD;
  private int timeoutSeconds;
  private boolean escapes = true;
  private boolean poolable;
  private boolean closeOnCompletion;
  private volatile boolean closed;
  private @Nullable SQLWarning warnings;
  private ReturnedColumns wantedKeys = ReturnedColumns.NONE;
  private ReturnedRows generatedKeys = ReturnedRows.NONE;
  private List<ColumnInfo> described = List.of();
  private List<ResultColumn> description = List.of();

  /** Of what runs or whose result is open, for a cancel from another thread; null for nothing. */
  private volatile @Nullable Cancellation cancellation;

  private volatile boolean executing;

  VersorStatement(VersorConnection connection, int resultType) {
    this.connection = connection;
    this.guard = connection.guard();
    this.resultType = resultType;
    this.timeoutSeconds = connection.queryTimeout();
  }

  Statement facade() {
    return this;
  }

  void checkOpen() throws SQLException {
    if (closed) {
      throw new SQLNonTransientConnectionException("the statement is closed", SqlStates.CLOSED);
    }
    connection.checkOpen();
  }

  // Running.

  final Prepared openPrepared(String sql) throws SQLException {
    String plain = escapes || sql == null ? Escapes.rewrite(sql) : sql;
    Cancellation present = cancellation;
    Cancellation limit =
        present == null ? Cancellation.after(timeoutSeconds * MILLIS) : present; // in a constructor
    return Errors.engine(limit, () -> connection.session().prepare(plain, limit));
  }

  private Cancellation limit() {
    Cancellation present = cancellation;
    return present == null ? Cancellation.NEVER : present;
  }

  /** Runs and keeps the outcome for {@code getResultSet} or {@code getUpdateCount}. */
  final boolean run(Prepared prepared, List<@Nullable Object> parameters, boolean ownsPrepared)
      throws SQLException {
    dropOutcome();
    boolean kept = false;
    Result result = null;
    try {
      Cancellation limit = limit();
      ExecuteOptions options = new ExecuteOptions(maxRows, limit, wantedKeys);
      result = Errors.engine(limit, () -> prepared.execute(parameters, options));
      if (result.isRows()) {
        List<ResultColumn> columns = described(result.columns());
        RowCursor cursor = new EngineCursor(result, ownsPrepared ? prepared : null, limit, columns);
        if (maxFieldSize > 0) {
          cursor = new CutCursor(cursor, maxFieldSize);
        }
        current = new VersorResultSet(cursor, this, guard, resultType);
        kept = true;
      } else {
        updateCount = result.updateCount();
        generatedKeys = result.returned();
      }
      warn(result.warnings());
      warn(connection.session().takeWarnings());
      return kept;
    } finally {
      if (!kept) {
        closeAfter(result, ownsPrepared ? prepared : null);
      }
    }
  }

  /** The columns of a plan that is executed again are described once. */
  private List<ResultColumn> described(List<ColumnInfo> columns) {
    if (columns != described) {
      described = columns;
      description = EngineCursor.describe(columns);
    }
    return description;
  }

  private static void closeAfter(@Nullable Result result, @Nullable Prepared prepared)
      throws SQLException {
    Errors.engine(
        () -> {
          try {
            if (result != null) {
              result.close();
            }
          } finally {
            if (prepared != null) {
              prepared.close();
            }
          }
        });
  }

  final <T> T executing(Guard.Call<T> call) throws SQLException {
    return guard.call(
        () -> {
          checkOpen();
          cancellation = Cancellation.after(timeoutSeconds * MILLIS);
          executing = true;
          warnings = null;
          try {
            return call.run();
          } finally {
            executing = false;
            if (current == null) {
              cancellation = null;
            } else {
              limit().suspend();
            }
          }
        });
  }

  /**
   * Runs something that fetches rows. The timeout is for executing up to the first row, and for
   * each call after that, however long a result lies open in between.
   */
  final <T> T fetching(boolean first, Guard.Call<T> fetch) throws SQLException {
    Cancellation limit = limit();
    limit.resume(first ? Cancellation.Used.COUNTS : Cancellation.Used.FORGOTTEN);
    try {
      return fetch.run();
    } finally {
      limit.suspend();
    }
  }

  private boolean runText(String sql) throws SQLException {
    Prepared prepared = openPrepared(sql);
    return run(prepared, List.of(), true);
  }

  private void warn(List<String> messages) {
    for (String message : messages) {
      SQLWarning warning = new SQLWarning(message, "01000");
      if (warnings == null) {
        warnings = warning;
      } else {
        warnings.setNextWarning(warning);
      }
    }
  }

  @Override
  public boolean execute(String sql) throws SQLException {
    return executing(() -> runText(sql));
  }

  @Override
  public ResultSet executeQuery(String sql) throws SQLException {
    return executing(
        () -> {
          Prepared prepared = openPrepared(sql);
          try {
            requireQuery(prepared, sql);
          } catch (SQLException e) {
            closeAfter(null, prepared);
            throw e;
          }
          run(prepared, List.of(), true);
          return requireRows();
        });
  }

  static void requireQuery(Prepared prepared, String sql) throws SQLException {
    if (!prepared.isQuery()) {
      throw new SQLNonTransientException(
          "executeQuery needs a statement that returns rows, found: " + firstWords(sql),
          SqlStates.NOT_A_QUERY);
    }
  }

  final ResultSet requireRows() throws SQLException {
    if (current == null) {
      throw new SQLNonTransientException("the statement returned no rows", SqlStates.NOT_A_QUERY);
    }
    return current;
  }

  @Override
  public int executeUpdate(String sql) throws SQLException {
    return narrow(executeLargeUpdate(sql));
  }

  @Override
  public long executeLargeUpdate(String sql) throws SQLException {
    return executing(
        () -> {
          Prepared prepared = openPrepared(sql);
          try {
            refuseQuery(prepared, sql);
          } catch (SQLException e) {
            closeAfter(null, prepared);
            throw e;
          }
          run(prepared, List.of(), true);
          return countOnly();
        });
  }

  /**
   * Version statements return a row (the commit id) and still are updates: their row is dropped.
   * What only reads, or has RETURNING, is refused before it runs, as JDBC wants it.
   */
  final void refuseQuery(Prepared prepared, String sql) throws SQLException {
    if (prepared.isQuery() && Keywords.readsOnly(sql)) {
      throw new SQLNonTransientException(
          "executeUpdate needs a statement that changes something, found: " + firstWords(sql),
          SqlStates.IS_A_QUERY);
    }
    if (returns(prepared, sql)) {
      throw new SQLNonTransientException(
          "a result was returned when none was expected: executeUpdate of a statement with"
              + " RETURNING; executeQuery gives its rows",
          SqlStates.IS_A_QUERY);
    }
  }

  /** Whether there is a RETURNING whose rows are no generated keys. */
  final boolean returns(Prepared prepared, String sql) {
    return prepared.isQuery() && Keywords.changesRows(sql) && wantedKeys.isEmpty();
  }

  /** The update count; rows of a version statement count as none. */
  final long countOnly() throws SQLException {
    if (current != null) {
      current.close();
      updateCount = 0;
    }
    return updateCount;
  }

  static String firstWords(String sql) {
    String line = sql.strip().replaceAll("\\s+", " ");
    return line.length() <= 40 ? line : line.substring(0, 40) + "\u2026";
  }

  private static int narrow(long count) {
    return (int) Math.min(count, Integer.MAX_VALUE);
  }

  // Outcome.

  final void dropOutcome() throws SQLException {
    VersorResultSet open = current;
    current = null;
    updateCount = NO_COUNT;
    generatedKeys = ReturnedRows.NONE;
    if (open != null) {
      open.close();
    }
  }

  /** Closes an open result, because its transaction ends. */
  final void closeResult() throws SQLException {
    VersorResultSet open = current;
    if (open != null) {
      open.close();
    }
  }

  /** Asks what runs to end, executing or fetching, since it is being closed. */
  final void stop() {
    Cancellation present = cancellation;
    if (present != null) {
      present.cancel();
    }
  }

  /** Called by a result set when it was closed. */
  final void resultClosed(VersorResultSet result) throws SQLException {
    if (current == result) {
      current = null;
      if (!executing) {
        cancellation = null;
      }
      if (closeOnCompletion) {
        close();
      }
    }
  }

  @Override
  public @Nullable ResultSet getResultSet() throws SQLException {
    checkOpen();
    return current;
  }

  @Override
  public int getUpdateCount() throws SQLException {
    return narrow(getLargeUpdateCount());
  }

  @Override
  public long getLargeUpdateCount() throws SQLException {
    checkOpen();
    return updateCount;
  }

  @Override
  public boolean getMoreResults() throws SQLException {
    return getMoreResults(CLOSE_CURRENT_RESULT);
  }

  @Override
  public boolean getMoreResults(int handling) throws SQLException {
    checkOpen();
    switch (handling) {
      case CLOSE_CURRENT_RESULT, CLOSE_ALL_RESULTS -> guard.run(this::dropOutcome);
      case KEEP_CURRENT_RESULT ->
          throw new SQLFeatureNotSupportedException(
              "a statement has one open result at a time", SqlStates.UNSUPPORTED);
      default -> throw invalid("getMoreResults", handling);
    }
    return false;
  }

  @Override
  public ResultSet getGeneratedKeys() throws SQLException {
    checkOpen();
    return GeneratedKeys.resultSet(generatedKeys);
  }

  // Batches.

  @Override
  public void addBatch(String sql) throws SQLException {
    checkOpen();
    batch.add(sql);
  }

  @Override
  public void clearBatch() throws SQLException {
    checkOpen();
    batch.clear();
  }

  @Override
  public int[] executeBatch() throws SQLException {
    return Arrays.stream(executeLargeBatch()).mapToInt(VersorStatement::narrow).toArray();
  }

  @Override
  public long[] executeLargeBatch() throws SQLException {
    return executing(
        () -> {
          List<String> statements = List.copyOf(batch);
          batch.clear();
          long[] counts = new long[statements.size()];
          for (int i = 0; i < counts.length; i++) {
            try {
              Prepared prepared = openPrepared(statements.get(i));
              try {
                refuseInBatch(prepared, statements.get(i));
              } catch (SQLException e) {
                closeAfter(null, prepared);
                throw e;
              }
              run(prepared, List.of(), true);
              counts[i] = countOnly();
            } catch (SQLException e) {
              throw batchFailure(e, Arrays.copyOf(counts, i));
            }
          }
          dropOutcome();
          return counts;
        });
  }

  final void refuseInBatch(Prepared prepared, String sql) throws SQLException {
    if (prepared.isQuery() && Keywords.readsOnly(sql) || returns(prepared, sql)) {
      throw new SQLNonTransientException(
          "a batch holds nothing that returns rows, found: " + firstWords(sql),
          SqlStates.IS_A_QUERY);
    }
  }

  /** Runs one statement for every row of parameters; all of them take effect, or none. */
  final long[] runBatch(Prepared prepared, List<List<@Nullable Object>> rows) throws SQLException {
    Cancellation limit = limit();
    try {
      ExecuteOptions options = new ExecuteOptions(0, limit, wantedKeys);
      BatchResult done =
          Errors.engine(limit, () -> prepared.executeBatch(new ParameterBatch(rows), options));
      generatedKeys = done.returned();
      return done.counts();
    } catch (SQLException e) {
      throw batchFailure("the batch of " + rows.size() + " rows failed: ", e, new long[0]);
    }
  }

  static BatchUpdateException batchFailure(SQLException cause, long[] done) {
    return batchFailure("statement " + (done.length + 1) + " of the batch failed: ", cause, done);
  }

  private static BatchUpdateException batchFailure(String prefix, SQLException cause, long[] done) {
    BatchUpdateException failure =
        new BatchUpdateException(
            prefix + cause.getMessage(), cause.getSQLState(), cause.getErrorCode(), done, cause);
    failure.setNextException(cause);
    return failure;
  }

  // Settings.

  @Override
  public int getMaxFieldSize() throws SQLException {
    checkOpen();
    return maxFieldSize;
  }

  /** Texts and binary values are cut off at so many bytes: the caller asks for that. */
  @Override
  public void setMaxFieldSize(int bytes) throws SQLException {
    checkOpen();
    if (bytes < 0) {
      throw invalid("the maximum field size", bytes);
    }
    maxFieldSize = bytes;
  }

  @Override
  public int getMaxRows() throws SQLException {
    return narrow(getLargeMaxRows());
  }

  @Override
  public long getLargeMaxRows() throws SQLException {
    checkOpen();
    return maxRows;
  }

  @Override
  public void setMaxRows(int rows) throws SQLException {
    setLargeMaxRows(rows);
  }

  @Override
  public void setLargeMaxRows(long rows) throws SQLException {
    checkOpen();
    if (rows < 0) {
      throw invalid("the maximum of rows", rows);
    }
    maxRows = rows;
  }

  @Override
  public void setEscapeProcessing(boolean enable) throws SQLException {
    checkOpen();
    escapes = enable;
  }

  @Override
  public int getQueryTimeout() throws SQLException {
    checkOpen();
    return timeoutSeconds;
  }

  @Override
  public void setQueryTimeout(int seconds) throws SQLException {
    checkOpen();
    if (seconds < 0) {
      throw invalid("the query timeout", seconds);
    }
    timeoutSeconds = seconds;
  }

  @Override
  public void cancel() throws SQLException {
    // Not through the guard: the thread that is to be stopped holds it.
    if (closed) {
      throw new SQLNonTransientConnectionException("the statement is closed", SqlStates.CLOSED);
    }
    limit().cancel();
  }

  @Override
  public @Nullable SQLWarning getWarnings() throws SQLException {
    checkOpen();
    return warnings;
  }

  @Override
  public void clearWarnings() throws SQLException {
    checkOpen();
    warnings = null;
  }

  @Override
  public void setCursorName(String name) throws SQLException {
    checkOpen();
    throw new SQLFeatureNotSupportedException(
        "positioned updates are not supported, so cursors have no names", SqlStates.UNSUPPORTED);
  }

  @Override
  public void setFetchDirection(int direction) throws SQLException {
    checkOpen();
    if (direction != ResultSet.FETCH_FORWARD
        && direction != ResultSet.FETCH_REVERSE
        && direction != ResultSet.FETCH_UNKNOWN) {
      throw invalid("the fetch direction", direction);
    }
    fetchDirection = direction;
  }

  @Override
  public int getFetchDirection() throws SQLException {
    checkOpen();
    return fetchDirection;
  }

  @Override
  public void setFetchSize(int rows) throws SQLException {
    checkOpen();
    if (rows < 0) {
      throw invalid("the fetch size", rows);
    }
    fetchSize = rows;
  }

  @Override
  public int getFetchSize() throws SQLException {
    checkOpen();
    return fetchSize;
  }

  private static SQLException invalid(String what, long value) {
    return new SQLDataException(
        what + " is " + value + ", which JDBC does not know", SqlStates.INVALID_PARAMETER);
  }

  @Override
  public int getResultSetConcurrency() throws SQLException {
    checkOpen();
    return ResultSet.CONCUR_READ_ONLY;
  }

  @Override
  public int getResultSetType() throws SQLException {
    checkOpen();
    return resultType;
  }

  @Override
  public int getResultSetHoldability() throws SQLException {
    checkOpen();
    return ResultSet.CLOSE_CURSORS_AT_COMMIT;
  }

  @Override
  public Connection getConnection() throws SQLException {
    checkOpen();
    return connection.facade();
  }

  @Override
  public void setPoolable(boolean poolable) throws SQLException {
    checkOpen();
    this.poolable = poolable;
  }

  @Override
  public boolean isPoolable() throws SQLException {
    checkOpen();
    return poolable;
  }

  @Override
  public void closeOnCompletion() throws SQLException {
    checkOpen();
    closeOnCompletion = true;
  }

  @Override
  public boolean isCloseOnCompletion() throws SQLException {
    checkOpen();
    return closeOnCompletion;
  }

  @Override
  public boolean isClosed() {
    return closed || connection.isClosed();
  }

  @Override
  public void close() throws SQLException {
    if (!guard.isMine()) {
      stop(); // by another thread: what runs is not waited for
    }
    guard.run(
        () -> {
          if (!closed) {
            closed = true;
            connection.forget(this);
            try {
              dropOutcome();
            } finally {
              release();
            }
          }
        });
  }

  /** What else is held; called once. */
  void release() throws SQLException {
    // a plain statement holds nothing between executions
  }

  // Generated keys.

  /** Which columns of inserted rows the next executions hand back. */
  final void wantKeys(ReturnedColumns columns) {
    wantedKeys = columns;
  }

  private <T> T wanting(ReturnedColumns columns, Guard.Call<T> call) throws SQLException {
    return guard.call(
        () -> {
          wantedKeys = columns;
          try {
            return call.run();
          } finally {
            wantedKeys = ReturnedColumns.NONE;
          }
        });
  }

  @Override
  public boolean execute(String sql, int keys) throws SQLException {
    return wanting(GeneratedKeys.flag(keys), () -> execute(sql));
  }

  @Override
  public boolean execute(String sql, int[] columns) throws SQLException {
    return wanting(GeneratedKeys.at(columns), () -> execute(sql));
  }

  @Override
  public boolean execute(String sql, String[] columns) throws SQLException {
    return wanting(GeneratedKeys.named(columns), () -> execute(sql));
  }

  @Override
  public int executeUpdate(String sql, int keys) throws SQLException {
    return narrow(executeLargeUpdate(sql, keys));
  }

  @Override
  public int executeUpdate(String sql, int[] columns) throws SQLException {
    return narrow(executeLargeUpdate(sql, columns));
  }

  @Override
  public int executeUpdate(String sql, String[] columns) throws SQLException {
    return narrow(executeLargeUpdate(sql, columns));
  }

  @Override
  public long executeLargeUpdate(String sql, int keys) throws SQLException {
    return wanting(GeneratedKeys.flag(keys), () -> executeLargeUpdate(sql));
  }

  @Override
  public long executeLargeUpdate(String sql, int[] columns) throws SQLException {
    return wanting(GeneratedKeys.at(columns), () -> executeLargeUpdate(sql));
  }

  @Override
  public long executeLargeUpdate(String sql, String[] columns) throws SQLException {
    return wanting(GeneratedKeys.named(columns), () -> executeLargeUpdate(sql));
  }

  /** As the JDK says it, of the words that are reserved here and names that are as long. */
  @Override
  public boolean isSimpleIdentifier(String identifier) {
    return Identifiers.isSimple(identifier);
  }

  /** As the JDK says it, with a state, of the words that are reserved here. */
  @Override
  public String enquoteIdentifier(String identifier, boolean always) throws SQLException {
    return Identifiers.enquoted(identifier, always);
  }

  @Override
  public <T> T unwrap(Class<T> type) throws SQLException {
    return Unwrap.as(type, this);
  }

  @Override
  public boolean isWrapperFor(@Nullable Class<?> type) {
    return Unwrap.is(type, this);
  }
}
