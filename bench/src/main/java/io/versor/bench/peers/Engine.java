package io.versor.bench.peers;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;

/** The engines that are spoken to through JDBC, each as its users open it, and durable. */
enum Engine {
  VERSOR("Versor"),
  DUCKDB("DuckDB"),
  SQLITE("SQLite"),
  H2("H2");

  final String title;

  Engine(String title) {
    this.title = title;
  }

  /** Where its data lie, below the directory of all. */
  Path place(Path directory) {
    return directory.resolve(name().toLowerCase(java.util.Locale.ROOT));
  }

  String url(Path directory) {
    Path place = place(directory).toAbsolutePath();
    return switch (this) {
      case VERSOR -> "jdbc:versor:" + place;
      case DUCKDB -> "jdbc:duckdb:" + place.resolve("db");
      case SQLITE -> "jdbc:sqlite:" + place.resolve("db");
      case H2 -> "jdbc:h2:" + place.resolve("db") + ";OPTIMIZE_REUSE_RESULTS=0";
    };
  }

  Connection open(Path directory) throws SQLException {
    if (this != VERSOR && !place(directory).toFile().isDirectory()) {
      place(directory).toFile().mkdirs();
    }
    Connection connection = DriverManager.getConnection(url(directory));
    if (this == SQLITE) {
      try (Statement settings = connection.createStatement()) {
        settings.execute("PRAGMA journal_mode = WAL");
        settings.execute("PRAGMA synchronous = FULL");
      }
    }
    return connection;
  }

  String embeddingType() {
    return switch (this) {
      case VERSOR -> "EMBEDDING(" + Rows.EXTENT + ")";
      case DUCKDB -> "FLOAT[" + Rows.EXTENT + "]";
      case SQLITE -> "BLOB";
      case H2 -> "VARBINARY";
    };
  }

  String bytesType() {
    return this == VERSOR || this == H2 ? "VARBINARY" : "BLOB";
  }
}
