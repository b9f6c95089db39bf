package io.versor.columnar;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** A store and a folder with files; paths of statements begin with {@code @/} for that folder. */
final class Sql implements AutoCloseable {
  final Connection connection;
  final Path folder;

  Sql(Path directory) throws SQLException, IOException {
    this.folder = Files.createDirectories(directory.resolve("files"));
    this.connection = DriverManager.getConnection("jdbc:versor:" + directory.resolve("store"));
  }

  /** Puts the files that other programs wrote into the folder. */
  Sql withFiles() throws IOException, URISyntaxException {
    Path from = Path.of(Sql.class.getResource("/files").toURI());
    try (Stream<Path> all = Files.list(from)) {
      for (Path file : all.toList()) {
        Files.copy(file, folder.resolve(file.getFileName().toString()));
      }
    }
    return this;
  }

  private String placed(String sql) {
    return sql.replace("@/", folder + "/");
  }

  /** Rows as text, cells joined by " | ". */
  List<String> run(String sql) throws SQLException {
    List<String> rows = new ArrayList<>();
    try (Statement statement = connection.createStatement()) {
      boolean more = statement.execute(placed(sql));
      if (more) {
        try (ResultSet result = statement.getResultSet()) {
          while (result.next()) {
            List<String> cells = new ArrayList<>();
            for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) {
              cells.add(String.valueOf(result.getString(i)));
            }
            rows.add(String.join(" | ", cells));
          }
        }
      }
    }
    return rows;
  }

  void gives(String sql, String... rows) throws SQLException {
    assertEquals(List.of(rows), run(sql), sql);
  }

  void fails(String state, String part, String sql) {
    SQLException e = assertThrows(SQLException.class, () -> run(sql), sql);
    assertTrue(String.valueOf(e.getMessage()).contains(part), e.getMessage());
    assertEquals(state, e.getSQLState(), e.getMessage());
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
