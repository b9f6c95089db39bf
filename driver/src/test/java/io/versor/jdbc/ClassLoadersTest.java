package io.versor.jdbc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;

import java.io.File;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Clients load a driver in a class loader of their own, twice if they have two data sources, and
 * their threads carry another one as context. Stores must bear both.
 */
class ClassLoadersTest {
  @TempDir Path store;

  private static URLClassLoader loader() throws MalformedURLException {
    List<URL> urls = new ArrayList<>();
    for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
      urls.add(new File(entry).toURI().toURL());
    }
    return new URLClassLoader(urls.toArray(URL[]::new), ClassLoader.getPlatformClassLoader());
  }

  @Test
  void twoCopiesOfTheDriverShareAStore() throws Exception {
    Thread thread = Thread.currentThread();
    ClassLoader context = thread.getContextClassLoader();
    try (URLClassLoader other = loader();
        Sql here = Sql.open(store)) {
      here.run("CREATE TABLE t (id INTEGER, name TEXT)");
      Class<?> type = Class.forName("io.versor.jdbc.Driver", true, other);
      assertNotSame(Driver.class, type);
      java.sql.Driver driver = (java.sql.Driver) type.getConstructor().newInstance();
      thread.setContextClassLoader(ClassLoader.getPlatformClassLoader());
      try (Connection there = driver.connect(Sql.url(store), new Properties());
          Statement statement = there.createStatement()) {
        for (int i = 0; i < 20; i++) {
          here.update("INSERT INTO t VALUES (?, 'here')", i);
          assertEquals(1, statement.executeUpdate("INSERT INTO t VALUES (" + i + ", 'there')"));
        }
        // A query that the batch operators leave to Calcite's generated code.
        try (var rows =
            statement.executeQuery(
                "SELECT name, COUNT(*) OVER (PARTITION BY name) FROM t ORDER BY 1")) {
          rows.next();
          assertEquals(20, rows.getInt(2));
        }
      }
    } finally {
      thread.setContextClassLoader(context);
    }
    try (Sql again = Sql.open(store)) {
      assertEquals(
          "here|20; there|20",
          again.text("SELECT name, COUNT(*) FROM t GROUP BY name ORDER BY name"));
    }
  }
}
