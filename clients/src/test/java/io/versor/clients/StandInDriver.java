package io.versor.clients;

import java.sql.Connection;
import java.sql.Driver;
import java.sql.DriverPropertyInfo;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.util.Properties;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/** A driver of the class path that passes everything on to one of another class loader. */
public final class StandInDriver implements Driver {
  private final Driver driver;

  /** For clients that make a driver by the name of its class. */
  public StandInDriver() {
    this(VersorJar.driver());
  }

  StandInDriver(Driver driver) {
    this.driver = driver;
  }

  @Override
  public @Nullable Connection connect(String url, Properties properties) throws SQLException {
    return driver.connect(url, properties);
  }

  @Override
  public boolean acceptsURL(String url) throws SQLException {
    return driver.acceptsURL(url);
  }

  @Override
  public DriverPropertyInfo[] getPropertyInfo(String url, Properties properties)
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
