package io.versor.jdbc;

import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.util.Properties;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * A {@link DataSource} for containers and pools that set properties instead of a URL string. Set
 * {@code url}; {@code user} is the author of commits unless the URL names one. Thread-safe once set
 * up.
 */
public final class VersorDataSource implements DataSource {
  private volatile @Nullable String url;
  private volatile @Nullable String user;

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

  @Override
  public @Nullable PrintWriter getLogWriter() {
    return null;
  }

  @Override
  public void setLogWriter(@Nullable PrintWriter out) {
    // nothing is logged
  }

  @Override
  public void setLoginTimeout(int seconds) {
    // opening an embedded store waits for nobody
  }

  @Override
  public int getLoginTimeout() {
    return 0;
  }

  @Override
  public Logger getParentLogger() throws SQLFeatureNotSupportedException {
    throw new SQLFeatureNotSupportedException(
        "the driver does not log; failures are SQLExceptions", SqlStates.UNSUPPORTED);
  }

  @Override
  public <T> T unwrap(Class<T> type) throws SQLException {
    return Unwrap.as(type, this);
  }

  @Override
  public boolean isWrapperFor(Class<?> type) {
    return type.isInstance(this);
  }
}
