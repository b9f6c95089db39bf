package io.versor.columnar;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The two finished jars, in a class loader that has nothing else but the JDK. */
class ColumnarJarIT {
  private static final Path DRIVER = Path.of(System.getProperty("versor.driver.jar"));
  private static final Path COLUMNAR = Path.of("target", "versor-columnar.jar").toAbsolutePath();

  @TempDir Path directory;

  private static URLClassLoader loader(Path... jars) throws IOException {
    URL[] urls = new URL[jars.length];
    for (int i = 0; i < jars.length; i++) {
      urls[i] = jars[i].toUri().toURL();
    }
    return new URLClassLoader(urls, ClassLoader.getPlatformClassLoader());
  }

  private Connection connect(ClassLoader loader) throws Exception {
    Driver driver =
        (Driver) loader.loadClass("io.versor.jdbc.Driver").getDeclaredConstructor().newInstance();
    return driver.connect("jdbc:versor:" + directory.resolve("store"), new Properties());
  }

  @Test
  void copyGoesBothWaysInEveryFormat() throws Exception {
    try (URLClassLoader loader = loader(DRIVER, COLUMNAR);
        Connection connection = connect(loader);
        Statement statement = connection.createStatement()) {
      String columns =
          "(id INTEGER, s VARCHAR, n DECIMAL(30, 4), ts TIMESTAMP, x VARBINARY(9),"
              + " l CLASS_LABEL('a', 'b'), e EMBEDDING(3))";
      statement.execute("CREATE TABLE t" + columns);
      statement.execute(
          "INSERT INTO t VALUES (1, 'é', -1.5, TIMESTAMP '2026-01-02 03:04:05', X'00ff', 'b',"
              + " ARRAY[1, 2, 3]), (2, NULL, NULL, NULL, NULL, NULL, NULL)");
      int number = 0;
      for (String target :
          List.of(
              "t.parquet'",
              "t.parquet' (COMPRESSION snappy)",
              "t.parquet' (COMPRESSION gzip)",
              "t.parquet' (COMPRESSION uncompressed)",
              "t.arrow'",
              "t.arrows' (COMPRESSION zstd)")) {
        String copy = "u" + number++;
        statement.execute("COPY t TO '" + directory + "/" + target);
        statement.execute("CREATE TABLE " + copy + columns);
        String file = target.substring(0, target.indexOf('\''));
        statement.execute("COPY " + copy + " FROM '" + directory + "/" + file + "'");
        assertEquals(
            "true", first(statement, "SELECT TABLE_HASH('t') = TABLE_HASH('" + copy + "')"));
      }
      // What pyarrow packed: LZ4 in frames and in blocks, the other encodings.
      statement.execute("CREATE TABLE p(id BIGINT, s VARCHAR)");
      int files = 0;
      for (String file : List.of("lz4.feather", "lz4.parquet", "v2_delta_gzip.parquet")) {
        Path path = Path.of(ColumnarJarIT.class.getResource("/files/" + file).toURI());
        statement.execute("COPY p(id, s) FROM '" + path + "'");
        files++;
      }
      assertEquals(String.valueOf(90 * files), first(statement, "SELECT COUNT(*) FROM p"));
    }
  }

  private static String first(Statement statement, String sql) throws SQLException {
    try (ResultSet rows = statement.executeQuery(sql)) {
      assertTrue(rows.next());
      return rows.getString(1);
    }
  }

  @Test
  void withoutTheJarTheErrorNamesIt() throws Exception {
    try (URLClassLoader loader = loader(DRIVER);
        Connection connection = connect(loader);
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE TABLE t(id INTEGER)");
      SQLException e =
          assertThrows(
              SQLException.class, () -> statement.execute("COPY t TO '" + directory + "/t.pq'"));
      assertEquals("0A000", e.getSQLState());
      assertTrue(
          e.getMessage().contains("put versor-columnar.jar on the class path"), e.getMessage());
    }
  }

  @Test
  void nothingLiesUnderNamesThatAreNotOurs() throws IOException {
    List<String> foreign = new ArrayList<>();
    try (ZipFile jar = new ZipFile(COLUMNAR.toFile());
        ZipFile driver = new ZipFile(DRIVER.toFile())) {
      for (var entries = jar.entries(); entries.hasMoreElements(); ) {
        ZipEntry entry = entries.nextElement();
        boolean twice = driver.getEntry(entry.getName()) != null;
        if (entry.getName().endsWith(".class")
            && (twice || !entry.getName().startsWith("io/versor/"))) {
          foreign.add(entry.getName());
        }
      }
    }
    assertEquals(List.of(), foreign);
    assertTrue(Files.size(COLUMNAR) < 12L << 20, "megabytes: " + (Files.size(COLUMNAR) >> 20));
  }
}
