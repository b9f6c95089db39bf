package io.versor.clients;

import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Properties;

/**
 * {@code versor-jdbc.jar} in a class loader of its own, the way SQL clients load drivers: beside it
 * only the JDK, above it nothing of the application.
 *
 * <p>{@link DriverManager} gives out drivers only to callers that could load them, so one that the
 * tests can load stands in for it there.
 */
public final class VersorJar {
  /** The path of the jar; set by the build. */
  private static final String JAR = "versor.jar";

  private static final ClassLoader LOADER = openLoader();
  private static final Driver DRIVER = register();

  private VersorJar() {}

  private static ClassLoader openLoader() {
    String value = System.getProperty(JAR);
    if (value == null || !Files.isRegularFile(Path.of(value))) {
      throw new IllegalStateException(
          "no jar at " + JAR + "=" + value + "; mvn package makes it in the module driver");
    }
    try {
      URL[] urls = {Path.of(value).toUri().toURL()};
      return new URLClassLoader("versor", urls, ClassLoader.getPlatformClassLoader());
    } catch (MalformedURLException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Driver register() {
    try {
      Class<?> type = Class.forName("io.versor.jdbc.Driver", true, LOADER);
      Driver driver = (Driver) type.getDeclaredConstructor().newInstance();
      DriverManager.registerDriver(new StandInDriver(driver));
      return driver;
    } catch (ReflectiveOperationException | SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The loader of the jar, for clients that load a driver by its class name. */
  public static ClassLoader loader() {
    return LOADER;
  }

  /** The driver itself, without {@link DriverManager}. */
  public static Driver driver() {
    return DRIVER;
  }

  /** The URL of a store, with {@code key=value} pairs behind it. */
  public static String url(Path store, String... settings) {
    String url = "jdbc:versor:" + store;
    return settings.length == 0 ? url : url + "?" + String.join("&", settings);
  }

  /** A connection to the store. Caller closes. */
  public static Connection open(Path store, String... settings) throws SQLException {
    return DRIVER.connect(url(store, settings), new Properties());
  }
}
