package io.versor.jdbc;

import io.versor.engine.CatalogView;
import io.versor.engine.ReturnedColumns;
import io.versor.engine.Session;
import io.versor.engine.SessionOptions;
import io.versor.engine.work.Reservation;
import java.sql.Array;
import java.sql.Blob;
import java.sql.CallableStatement;
import java.sql.ClientInfoStatus;
import java.sql.Clob;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.NClob;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLClientInfoException;
import java.sql.SQLDataException;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLNonTransientException;
import java.sql.SQLWarning;
import java.sql.SQLXML;
import java.sql.Savepoint;
import java.sql.ShardingKey;
import java.sql.Statement;
import java.sql.Struct;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * A connection: one session of the engine, used by one thread at a time ({@link Guard}).
 *
 * <p>A branch is a schema, so {@code setSchema} changes the branch. There are no catalogs.
 */
final class VersorConnection implements Connection {
  private static final String APPLICATION_NAME = "ApplicationName";

  private final ConnectionUrl url;
  private final Engines.Lease lease;
  private final Session session;
  private final Guard guard = new Guard();
  private final Set<VersorStatement> statements = ConcurrentHashMap.newKeySet();
  private final Properties clientInfo = new Properties();
  private volatile boolean closed;

  /** What others see as this connection: a pool's handle. */
  private volatile Connection facade = this;

  private VersorConnection(ConnectionUrl url, Engines.Lease lease, Session session) {
    this.url = url;
    this.lease = lease;
    this.session = session;
  }

  /** For rows that a result keeps. Caller closes. */
  Reservation openReservation() {
    return lease.engine().openReservation();
  }

  static VersorConnection open(ConnectionUrl url) throws SQLException {
    Engines.Lease lease = Engines.open(url);
    try {
      SessionOptions options = sessionOptions(url);
      Session session = Errors.engine(() -> lease.engine().openSession(options));
      return new VersorConnection(url, lease, session);
    } catch (SQLException | RuntimeException e) {
      try {
        lease.close();
      } catch (SQLException closing) {
        e.addSuppressed(closing);
      }
      throw e;
    }
  }

  private static SessionOptions sessionOptions(ConnectionUrl url) {
    return new SessionOptions(
        url.value(ConnectionKey.BRANCH),
        url.value(ConnectionKey.COMMIT),
        url.value(ConnectionKey.TAG),
        url.value(ConnectionKey.AS_OF),
        url.readOnly(),
        url.author(),
        url.flag(ConnectionKey.FIXED_BRANCH, false),
        url.value(ConnectionKey.FILE_ACCESS));
  }

  Guard guard() {
    return guard;
  }

  Connection facade() {
    return facade;
  }

  /** Shows another object as the connection of statements and metadata. */
  void showAs(Connection handle) {
    facade = handle;
  }

  Session session() {
    return session;
  }

  ConnectionUrl url() {
    return url;
  }

  /** Seconds that a statement may take unless it says otherwise; 0 for any. */
  int queryTimeout() {
    return url.value(ConnectionKey.QUERY_TIMEOUT).map(Integer::parseInt).orElse(0);
  }

  /** The names of this moment, for metadata. */
  CatalogView catalog() throws SQLException {
    return guard.call(
        () -> {
          checkOpen();
          return Errors.engine(session::catalog);
        });
  }

  void forget(VersorStatement statement) {
    statements.remove(statement);
  }

  void checkOpen() throws SQLException {
    if (closed) {
      throw new SQLNonTransientConnectionException("the connection is closed", SqlStates.CLOSED);
    }
  }

  // Statements.

  private <S extends VersorStatement> S kept(S statement) {
    statements.add(statement);
    return statement;
  }

  private void checkResult(int type, int concurrency) throws SQLException {
    checkOpen();
    if (type != ResultSet.TYPE_FORWARD_ONLY
        && type != ResultSet.TYPE_SCROLL_INSENSITIVE
        && type != ResultSet.TYPE_SCROLL_SENSITIVE) {
      throw new SQLDataException(
          "result set type " + type + " is none of java.sql.ResultSet",
          SqlStates.INVALID_PARAMETER);
    }
    if (concurrency != ResultSet.CONCUR_READ_ONLY) {
      throw new SQLFeatureNotSupportedException(
          "results cannot be updated; use UPDATE with a condition on _rowid",
          SqlStates.UNSUPPORTED);
    }
  }

  /** A result never changes under its reader, so sensitive ones are given as insensitive. */
  private static int effectiveType(int type) {
    return type == ResultSet.TYPE_SCROLL_SENSITIVE ? ResultSet.TYPE_SCROLL_INSENSITIVE : type;
  }

  @Override
  public Statement createStatement() throws SQLException {
    return createStatement(ResultSet.TYPE_FORWARD_ONLY, ResultSet.CONCUR_READ_ONLY);
  }

  @Override
  public Statement createStatement(int type, int concurrency) throws SQLException {
    checkResult(type, concurrency);
    return kept(new VersorStatement(this, effectiveType(type)));
  }

  @Override
  public Statement createStatement(int type, int concurrency, int holdability) throws SQLException {
    setHoldability(holdability);
    return createStatement(type, concurrency);
  }

  @Override
  public PreparedStatement prepareStatement(String sql) throws SQLException {
    return prepareStatement(sql, ResultSet.TYPE_FORWARD_ONLY, ResultSet.CONCUR_READ_ONLY);
  }

  @Override
  public PreparedStatement prepareStatement(String sql, int type, int concurrency)
      throws SQLException {
    checkResult(type, concurrency);
    return guard.call(() -> kept(new VersorPreparedStatement(this, sql, effectiveType(type))));
  }

  @Override
  public PreparedStatement prepareStatement(String sql, int type, int concurrency, int holdability)
      throws SQLException {
    setHoldability(holdability);
    return prepareStatement(sql, type, concurrency);
  }

  @Override
  public PreparedStatement prepareStatement(String sql, int generatedKeys) throws SQLException {
    return prepareStatement(sql, GeneratedKeys.flag(generatedKeys));
  }

  @Override
  public PreparedStatement prepareStatement(String sql, int[] columns) throws SQLException {
    return prepareStatement(sql, GeneratedKeys.at(columns));
  }

  @Override
  public PreparedStatement prepareStatement(String sql, String[] columns) throws SQLException {
    return prepareStatement(sql, GeneratedKeys.named(columns));
  }

  private PreparedStatement prepareStatement(String sql, ReturnedColumns keys) throws SQLException {
    int type = effectiveType(ResultSet.TYPE_FORWARD_ONLY);
    return guard.call(() -> kept(new VersorPreparedStatement(this, sql, type, keys)));
  }

  @Override
  public CallableStatement prepareCall(String sql) throws SQLException {
    return prepareCall(sql, ResultSet.TYPE_FORWARD_ONLY, ResultSet.CONCUR_READ_ONLY);
  }

  @Override
  public CallableStatement prepareCall(String sql, int type, int concurrency) throws SQLException {
    checkResult(type, concurrency);
    return guard.call(() -> kept(new VersorCallableStatement(this, sql, effectiveType(type))));
  }

  @Override
  public CallableStatement prepareCall(String sql, int type, int concurrency, int holdability)
      throws SQLException {
    setHoldability(holdability);
    return prepareCall(sql, type, concurrency);
  }

  @Override
  public String nativeSQL(String sql) throws SQLException {
    checkOpen();
    return Escapes.rewrite(sql);
  }

  // Transactions.

  @Override
  public void setAutoCommit(boolean on) throws SQLException {
    guard.run(
        () -> {
          checkOpen();
          if (on != session.autoCommit()) {
            // JDBC: switching commits what is pending, and commits close cursors.
            closeResults();
            Errors.engine(() -> session.setAutoCommit(on));
          }
        });
  }

  @Override
  public boolean getAutoCommit() throws SQLException {
    checkOpen();
    return session.autoCommit();
  }

  /** Of savepoints; none is given twice. */
  private int lastSavepoint;

  private void requireTransaction(String what) throws SQLException {
    if (session.autoCommit()) {
      throw new SQLNonTransientException(
          what + " needs auto-commit off; every statement is committed already",
          SqlStates.NO_TRANSACTION);
    }
  }

  private void closeResults() throws SQLException {
    for (VersorStatement statement : statements) {
      statement.closeResult();
    }
  }

  @Override
  public void commit() throws SQLException {
    guard.run(
        () -> {
          checkOpen();
          requireTransaction("commit");
          closeResults();
          Errors.engine(session::commit);
        });
  }

  @Override
  public void rollback() throws SQLException {
    guard.run(
        () -> {
          checkOpen();
          requireTransaction("rollback");
          closeResults();
          Errors.engine(session::rollback);
        });
  }

  /**
   * Snapshot isolation is stronger than the three lower levels, so they are accepted and it is what
   * they get. Only SERIALIZABLE promises more: two transactions may each read what the other
   * writes.
   */
  @Override
  public void setTransactionIsolation(int level) throws SQLException {
    checkOpen();
    switch (level) {
      case TRANSACTION_READ_UNCOMMITTED,
          TRANSACTION_READ_COMMITTED,
          TRANSACTION_REPEATABLE_READ -> {
        // in force already
      }
      case TRANSACTION_SERIALIZABLE ->
          throw new SQLFeatureNotSupportedException(
              "transactions are isolated by snapshots (REPEATABLE READ), not SERIALIZABLE",
              SqlStates.UNSUPPORTED);
      default ->
          throw new SQLDataException(
              "isolation level " + level + " is none that JDBC lets one choose",
              SqlStates.INVALID_PARAMETER);
    }
  }

  @Override
  public int getTransactionIsolation() throws SQLException {
    checkOpen();
    return TRANSACTION_REPEATABLE_READ;
  }

  @Override
  public Savepoint setSavepoint() throws SQLException {
    return newSavepoint(null);
  }

  @Override
  public Savepoint setSavepoint(String name) throws SQLException {
    if (name == null) {
      throw new SQLDataException(
          "the name of the savepoint is null; setSavepoint() makes one without",
          SqlStates.INVALID_PARAMETER);
    }
    return newSavepoint(name);
  }

  private Savepoint newSavepoint(@Nullable String name) throws SQLException {
    return guard.call(
        () -> {
          checkOpen();
          requireTransaction("setSavepoint");
          VersorSavepoint savepoint = new VersorSavepoint(this, ++lastSavepoint, name);
          Errors.engine(() -> session.savepoint(savepoint.engineName()));
          return savepoint;
        });
  }

  @Override
  public void rollback(Savepoint savepoint) throws SQLException {
    guard.run(
        () -> {
          checkOpen();
          requireTransaction("rollback");
          String name = VersorSavepoint.of(this, savepoint);
          closeResults();
          Errors.engine(() -> session.rollbackTo(name));
        });
  }

  @Override
  public void releaseSavepoint(Savepoint savepoint) throws SQLException {
    guard.run(
        () -> {
          checkOpen();
          requireTransaction("releaseSavepoint");
          String name = VersorSavepoint.of(this, savepoint);
          Errors.engine(() -> session.release(name));
        });
  }

  // Where the connection stands.

  @Override
  public void setSchema(@Nullable String name) throws SQLException {
    guard.run(
        () -> {
          checkOpen();
          if (name == null || name.isEmpty()) {
            throw new SQLDataException(
                "the schema to change to is empty; expected the name of a branch", "3F000");
          }
          Errors.engine(() -> session.setSchema(name));
        });
  }

  @Override
  public String getSchema() throws SQLException {
    checkOpen();
    return guard.call(() -> Errors.engine(session::currentSchema));
  }

  @Override
  public void setCatalog(@Nullable String catalog) throws SQLException {
    checkOpen(); // there are none, and JDBC says to ignore the call then
  }

  @Override
  public @Nullable String getCatalog() throws SQLException {
    checkOpen();
    return null;
  }

  @Override
  public void setReadOnly(boolean readOnly) throws SQLException {
    guard.run(
        () -> {
          checkOpen();
          if (readOnly != session.readOnly()) {
            Errors.engine(() -> session.setReadOnly(readOnly));
          }
        });
  }

  @Override
  public boolean isReadOnly() throws SQLException {
    checkOpen();
    return session.readOnly();
  }

  @Override
  public DatabaseMetaData getMetaData() throws SQLException {
    checkOpen();
    return new VersorDatabaseMetaData(this);
  }

  @Override
  public void setHoldability(int holdability) throws SQLException {
    checkOpen();
    if (holdability == ResultSet.HOLD_CURSORS_OVER_COMMIT) {
      throw new SQLFeatureNotSupportedException(
          "results are closed when their transaction ends", SqlStates.UNSUPPORTED);
    }
    if (holdability != ResultSet.CLOSE_CURSORS_AT_COMMIT) {
      throw new SQLDataException(
          "holdability " + holdability + " is none of java.sql.ResultSet",
          SqlStates.INVALID_PARAMETER);
    }
  }

  @Override
  public int getHoldability() throws SQLException {
    checkOpen();
    return ResultSet.CLOSE_CURSORS_AT_COMMIT;
  }

  @Override
  public @Nullable SQLWarning getWarnings() throws SQLException {
    checkOpen();
    return null; // warnings belong to statements
  }

  @Override
  public void clearWarnings() throws SQLException {
    checkOpen();
  }

  @Override
  public Map<String, Class<?>> getTypeMap() throws SQLException {
    checkOpen();
    return Map.of();
  }

  @Override
  public void setTypeMap(@Nullable Map<String, Class<?>> map) throws SQLException {
    checkOpen();
    if (map != null && !map.isEmpty()) {
      throw new SQLFeatureNotSupportedException(
          "type maps are not supported: there are no user-defined types", SqlStates.UNSUPPORTED);
    }
  }

  // Shards, of which there are none.

  @Override
  public boolean setShardingKeyIfValid(@Nullable ShardingKey key, int timeoutSeconds)
      throws SQLException {
    throw noShards();
  }

  @Override
  public boolean setShardingKeyIfValid(
      @Nullable ShardingKey key, @Nullable ShardingKey superKey, int timeoutSeconds)
      throws SQLException {
    throw noShards();
  }

  @Override
  public void setShardingKey(@Nullable ShardingKey key) throws SQLException {
    throw noShards();
  }

  @Override
  public void setShardingKey(@Nullable ShardingKey key, @Nullable ShardingKey superKey)
      throws SQLException {
    throw noShards();
  }

  private SQLException noShards() throws SQLException {
    checkOpen();
    return new SQLFeatureNotSupportedException("a store has no shards", SqlStates.UNSUPPORTED);
  }

  // Values.

  @Override
  public Blob createBlob() throws SQLException {
    checkOpen();
    return new BytesBlob(new byte[0]);
  }

  @Override
  public Clob createClob() throws SQLException {
    checkOpen();
    return new TextClob("");
  }

  @Override
  public NClob createNClob() throws SQLException {
    checkOpen();
    return new TextClob("");
  }

  @Override
  public SQLXML createSQLXML() throws SQLException {
    throw new SQLFeatureNotSupportedException(
        "there are no values of type SQLXML", SqlStates.UNSUPPORTED);
  }

  @Override
  public Struct createStruct(String typeName, Object[] attributes) throws SQLException {
    throw new SQLFeatureNotSupportedException(
        "there are no structured types", SqlStates.UNSUPPORTED);
  }

  @Override
  public Array createArrayOf(String typeName, Object @Nullable [] elements) throws SQLException {
    checkOpen();
    return ArrayElements.array(typeName, elements);
  }

  // Life.

  @Override
  public boolean isValid(int timeoutSeconds) throws SQLException {
    if (timeoutSeconds < 0) {
      throw new SQLDataException(
          "a timeout of " + timeoutSeconds + " seconds; expected 0 or more",
          SqlStates.INVALID_PARAMETER);
    }
    return !closed;
  }

  @Override
  public boolean isClosed() {
    return closed;
  }

  /** Rolls back an open transaction. Does not wait for statements: they are cancelled. */
  @Override
  public void close() throws SQLException {
    if (closed) {
      return;
    }
    for (VersorStatement statement : statements) {
      statement.stop();
    }
    guard.run(this::closeNow);
  }

  private void closeNow() throws SQLException {
    if (closed) {
      return;
    }
    SQLException failure = null;
    for (VersorStatement statement : List.copyOf(statements)) {
      try {
        statement.close();
      } catch (SQLException e) {
        failure = chained(failure, e);
      }
    }
    closed = true;
    try {
      Errors.engine(session::close);
    } catch (SQLException e) {
      failure = chained(failure, e);
    }
    try {
      lease.close();
    } catch (SQLException e) {
      failure = chained(failure, e);
    }
    if (failure != null) {
      throw failure;
    }
  }

  private static SQLException chained(@Nullable SQLException first, SQLException next) {
    if (first == null) {
      return next;
    }
    first.addSuppressed(next);
    return first;
  }

  /** As after opening, but for the branch: statements are closed, what is uncommitted is gone. */
  void reset() throws SQLException {
    guard.run(
        () -> {
          if (closed) {
            return;
          }
          for (VersorStatement statement : List.copyOf(statements)) {
            statement.close();
          }
          if (!session.autoCommit()) {
            Errors.engine(session::rollback);
            Errors.engine(() -> session.setAutoCommit(true));
          }
          if (session.readOnly()) {
            Errors.engine(() -> session.setReadOnly(false));
          }
          synchronized (clientInfo) {
            clientInfo.clear();
          }
        });
  }

  @Override
  public void abort(@Nullable Executor executor) throws SQLException {
    if (executor == null) {
      throw new SQLDataException(
          "abort needs an executor, found null", SqlStates.INVALID_PARAMETER);
    }
    close();
  }

  @Override
  public void setNetworkTimeout(@Nullable Executor executor, int millis) throws SQLException {
    throw new SQLFeatureNotSupportedException(
        "an embedded store has no network", SqlStates.UNSUPPORTED);
  }

  @Override
  public int getNetworkTimeout() throws SQLException {
    checkOpen();
    return 0;
  }

  // Client info: a name that tools give; kept, shown, and of no effect.

  @Override
  public void setClientInfo(@Nullable String given, @Nullable String value)
      throws SQLClientInfoException {
    String name = String.valueOf(given);
    if (closed) {
      throw new SQLClientInfoException(
          "the connection is closed",
          SqlStates.CLOSED,
          Map.of(name, ClientInfoStatus.REASON_UNKNOWN));
    }
    if (!APPLICATION_NAME.equals(name)) {
      throw new SQLClientInfoException(
          "unknown client info \"" + name + "\"; known is " + APPLICATION_NAME,
          SqlStates.INVALID_PARAMETER,
          Map.of(name, ClientInfoStatus.REASON_UNKNOWN_PROPERTY));
    }
    synchronized (clientInfo) {
      if (value == null) {
        clientInfo.remove(name);
      } else {
        clientInfo.setProperty(name, value);
      }
    }
  }

  @Override
  public void setClientInfo(@Nullable Properties properties) throws SQLClientInfoException {
    if (properties == null) {
      throw new SQLClientInfoException(
          "the client info is null", SqlStates.INVALID_PARAMETER, Map.of());
    }
    for (String name : properties.stringPropertyNames()) {
      setClientInfo(name, properties.getProperty(name));
    }
  }

  @Override
  public @Nullable String getClientInfo(@Nullable String name) throws SQLException {
    checkOpen();
    synchronized (clientInfo) {
      return name == null ? null : clientInfo.getProperty(name);
    }
  }

  @Override
  public Properties getClientInfo() throws SQLException {
    checkOpen();
    Properties copy = new Properties();
    synchronized (clientInfo) {
      copy.putAll(clientInfo);
    }
    return copy;
  }

  /** The engine's session, too: the shell tells it where relative paths of READ_FILE start. */
  @Override
  public <T> T unwrap(@Nullable Class<T> type) throws SQLException {
    checkOpen();
    return type != null && type.isInstance(session) ? type.cast(session) : Unwrap.as(type, this);
  }

  @Override
  public boolean isWrapperFor(@Nullable Class<?> type) {
    return Unwrap.is(type, this) || Unwrap.is(type, session);
  }

  @Override
  public String toString() {
    return url.display() + (closed ? " (closed)" : "");
  }
}
