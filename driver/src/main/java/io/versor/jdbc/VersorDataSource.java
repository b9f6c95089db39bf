package io.versor.jdbc;

import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.ConnectionBuilder;
import java.sql.SQLDataException;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.ShardingKeyBuilder;
import java.util.Properties;
import java.util.logging.Logger;
import javax.sql.ConnectionPoolDataSource;
import javax.sql.DataSource;
import javax.sql.PooledConnection;
import org.jspecify.annotations.Nullable;

/**
 * A {@link DataSource} for containers and pools that set properties instead of a URL string. Set
 * {@code url}; {@code user} is the author of commits unless the URL names one. Thread-safe once set
 * up.
 */
public final class VersorDataSource implements DataSource, ConnectionPoolDataSource {
  private volatile @Nullable String url;
  private volatile @Nullable String user;
  private volatile @Nullable PrintWriter logWriter;
  private volatile int loginTimeout;

  /** For containers, which set the properties afterwards. */
  public VersorDataSource() {}

  /** A source of connections to {@code url}. */
  public VersorDataSource(String url) {
    this.url = url;
  }

  public @Nullable String getUrl() {
    return url;
  }

  public void setUrl(String url) {
    this.url = url;
  }

  public @Nullable String getUser() {
    return user;
  }

  public void setUser(String user) {
    this.user = user;
  }

  @Override
  public Connection getConnection() throws SQLException {
    return getConnection(user, null);
  }

  /** The password is ignored: a store is as safe as its directory. */
  @Override
  public Connection getConnection(@Nullable String author, @Nullable String password)
      throws SQLException {
    return open(author);
  }

  private VersorConnection open(@Nullable String author) throws SQLException {
    String target = url;
    if (target == null) {
      throw ConnectionUrl.invalid("the data source has no url; set one like jdbc:versor:PATH");
    }
    Properties properties = new Properties();
    if (author != null) {
      properties.setProperty("user", author);
    }
    return Driver.open(target, properties);
  }

  /** For pools that make their handles of these. */
  @Override
  public PooledConnection getPooledConnection() throws SQLException {
    return getPooledConnection(user, null);
  }

  @Override
  public PooledConnection getPooledConnection(@Nullable String author, @Nullable String password)
      throws SQLException {
    return new VersorPooledConnection(open(author));
  }

  /** Nothing is logged, but it is kept. */
  @Override
  public @Nullable PrintWriter getLogWriter() {
    return logWriter;
  }

  @Override
  public void setLogWriter(@Nullable PrintWriter out) {
    logWriter = out;
  }

  /** Opening an embedded store waits for nobody, but it is kept. */
  @Override
  public void setLoginTimeout(int seconds) throws SQLException {
    if (seconds < 0) {
      throw new SQLDataException(
          "a login timeout of " + seconds + " seconds; expected 0 or more",
          SqlStates.INVALID_PARAMETER);
    }
    loginTimeout = seconds;
  }

  @Override
  public int getLoginTimeout() {
    return loginTimeout;
  }

  @Override
  public Logger getParentLogger() throws SQLFeatureNotSupportedException {
    throw new SQLFeatureNotSupportedException(
        "the driver does not log; failures are SQLExceptions", SqlStates.UNSUPPORTED);
  }

  @Override
  public ShardingKeyBuilder createShardingKeyBuilder() throws SQLException {
    throw new SQLFeatureNotSupportedException("a store has no shards", SqlStates.UNSUPPORTED);
  }

  @Override
  public ConnectionBuilder createConnectionBuilder() throws SQLException {
    throw new SQLFeatureNotSupportedException(
        "there is no ConnectionBuilder; use getConnection(user, password)", SqlStates.UNSUPPORTED);
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
