package io.versor.jdbc;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.DriverPropertyInfo;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.SQLNonTransientConnectionException;
import java.util.Arrays;
import java.util.Properties;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The JDBC driver of Versor, for URLs like {@code jdbc:versor:/data/pictures?branch=main}.
 *
 * <p>A store is a directory; connecting makes one of a missing or empty directory unless {@code
 * create=false}. All connections of a process to one store share what is read and cached; several
 * processes may have one store open. Thread-safe.
 */
public final class Driver implements java.sql.Driver {
  static {
    try {
      DriverManager.registerDriver(new Driver());
    } catch (SQLException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  /** Null when the URL is another driver's, as JDBC wants it. */
  @Override
  public @Nullable Connection connect(@Nullable String url, @Nullable Properties properties)
      throws SQLException {
    if (url == null) {
      throw new SQLNonTransientConnectionException(
          "the URL is null, expected " + ConnectionUrl.PREFIX + "PATH", SqlStates.CANNOT_CONNECT);
    }
    if (!acceptsURL(url)) {
      return null;
    }
    return open(url, properties == null ? new Properties() : properties);
  }

  static VersorConnection open(String url, Properties properties) throws SQLException {
    return VersorConnection.open(ConnectionUrl.parse(url, properties));
  }

  @Override
  public boolean acceptsURL(@Nullable String url) {
    return url != null && ConnectionUrl.accepts(url);
  }

  @Override
  public DriverPropertyInfo[] getPropertyInfo(@Nullable String url, @Nullable Properties properties)
      throws SQLException {
    ConnectionUrl parsed =
        url == null || !ConnectionUrl.accepts(url)
            ? null
            : ConnectionUrl.parse(url, properties == null ? new Properties() : properties);
    return Arrays.stream(ConnectionKey.values())
        .map(key -> key.info(parsed == null ? null : parsed.value(key).orElse(null)))
        .toArray(DriverPropertyInfo[]::new);
  }

  @Override
  public int getMajorVersion() {
    return Product.MAJOR;
  }

  @Override
  public int getMinorVersion() {
    return Product.MINOR;
  }

  /** SQL-92 entry level is not complete: there are no grants and no foreign keys. */
  @Override
  public boolean jdbcCompliant() {
    return false;
  }

  @Override
  public Logger getParentLogger() throws SQLFeatureNotSupportedException {
    throw new SQLFeatureNotSupportedException(
        "the driver does not log; failures are SQLExceptions", SqlStates.UNSUPPORTED);
  }
}
