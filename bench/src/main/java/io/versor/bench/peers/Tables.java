package io.versor.bench.peers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/** The tables the works read, filled once for each engine. */
final class Tables {
  private final Path directory;

  Tables(Path directory) {
    this.directory = directory;
  }

  /** {@code items}: 10,000,000 rows as a rule, and {@code names}, one row for each label. */
  void items(Engine engine, Connection connection, long rows) throws Exception {
    once(
        engine,
        "items " + rows,
        () -> {
          create(
              connection,
              "items (id " + id(engine) + ", label INT, score DOUBLE, caption VARCHAR(100))");
          try (Appender items = Appender.open(engine, connection, "items", 4)) {
            for (long i = 0; i < rows; i++) {
              items.row(i, Rows.label(i), Rows.score(i), Rows.caption(i));
            }
          }
          create(connection, "names (label INT, family INT, title VARCHAR(20))");
          try (Appender names = Appender.open(engine, connection, "names", 3)) {
            for (int i = 0; i < Rows.LABELS; i++) {
              names.row(i, i % 20, "label " + i);
            }
          }
        });
  }

  void vectors(Engine engine, Connection connection, long rows) throws Exception {
    once(engine, "vectors " + rows, () -> fillVectors(engine, connection, "vectors", rows));
  }

  /** Rows with an embedding each, in a table made for them. */
  static void fillVectors(Engine engine, Connection connection, String table, long rows)
      throws SQLException {
    create(
        connection,
        table
            + " (id "
            + id(engine)
            + ", label INT, caption VARCHAR(100), e "
            + engine.embeddingType()
            + ")");
    try (Appender vectors = Appender.open(engine, connection, table, 4)) {
      for (long i = 0; i < rows; i++) {
        vectors.row(i, Rows.label(i), Rows.caption(i), Rows.embedding(i));
      }
    }
  }

  static void fillBlobs(Engine engine, Connection connection, String table, int rows)
      throws SQLException {
    create(connection, table + " (id " + id(engine) + ", b " + engine.bytesType() + ")");
    try (Appender blobs = Appender.open(engine, connection, table, 2)) {
      for (int i = 0; i < rows; i++) {
        blobs.row((long) i, Rows.blob(i));
      }
    }
  }

  /**
   * A key, but for DuckDB: its statistics find ids in the order they came in sooner than its index,
   * which makes loading slow.
   */
  static String id(Engine engine) {
    return switch (engine) {
      case VERSOR, H2 -> "BIGINT PRIMARY KEY";
      case SQLITE -> "INTEGER PRIMARY KEY";
      case DUCKDB -> "BIGINT";
    };
  }

  static void create(Connection connection, String table) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("DROP TABLE IF EXISTS " + table.substring(0, table.indexOf(' ')));
      statement.execute("CREATE TABLE " + table);
    }
  }

  interface Filling {
    void run() throws Exception;
  }

  private void once(Engine engine, String what, Filling filling) throws Exception {
    once(directory, engine.title, what, filling);
  }

  static void once(Path directory, String engine, String what, Filling filling) throws Exception {
    Path mark = directory.resolve((engine + " " + what).replace(' ', '-') + ".done");
    if (Files.exists(mark)) {
      return;
    }
    long start = System.nanoTime();
    filling.run();
    System.err.printf("%s: %s filled in %.1f s%n", engine, what, (System.nanoTime() - start) / 1e9);
    mark(mark);
  }

  private static void mark(Path mark) throws IOException {
    Files.createFile(mark);
  }
}
