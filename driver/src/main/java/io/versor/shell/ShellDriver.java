package io.versor.shell;

import io.versor.jdbc.Driver;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.DriverPropertyInfo;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.util.Collections;
import java.util.Properties;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The driver that SQLLine gets: SQLLine prints binary values as they are, and a terminal does not
 * survive a JPEG. This one hands out the same connections, whose results tell such values in short.
 */
public final class ShellDriver implements java.sql.Driver {
  private final Driver driver = new Driver();

  /** Puts this driver in the place of the real one, for the process that is a shell. */
  static void takeOver() throws SQLException {
    for (java.sql.Driver known : Collections.list(DriverManager.getDrivers())) {
      if (known instanceof Driver) {
        DriverManager.deregisterDriver(known);
      }
    }
    DriverManager.registerDriver(new ShellDriver());
  }

  @Override
  public @Nullable Connection connect(@Nullable String url, @Nullable Properties properties)
      throws SQLException {
    Connection connection = driver.connect(url, properties);
    return connection == null ? null : ShortValues.connection(connection);
  }

  @Override
  public boolean acceptsURL(@Nullable String url) {
    return driver.acceptsURL(url);
  }

  @Override
  public DriverPropertyInfo[] getPropertyInfo(@Nullable String url, @Nullable Properties properties)
      throws SQLException {
    return driver.getPropertyInfo(url, properties);
  }

  @Override
  public int getMajorVersion() {
    return driver.getMajorVersion();
  }

  @Override
  public int getMinorVersion() {
    return driver.getMinorVersion();
  }

  @Override
  public boolean jdbcCompliant() {
    return driver.jdbcCompliant();
  }

  @Override
  public Logger getParentLogger() throws SQLFeatureNotSupportedException {
    return driver.getParentLogger();
  }
}
