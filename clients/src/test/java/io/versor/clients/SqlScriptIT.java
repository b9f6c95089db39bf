package io.versor.clients;

import io.versor.engine.SqlScript;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.StringJoiner;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The scripts of the engine, through the finished jar: what shading or the driver loses of SQL, its
 * texts or its errors shows here.
 */
class SqlScriptIT {
  @TempDir private Path directory;

  private static Path folder() {
    return Path.of(System.getProperty("versor.scripts"));
  }

  static List<String> scripts() throws IOException {
    return SqlScript.names(folder());
  }

  @ParameterizedTest
  @MethodSource("scripts")
  void scriptGivesWhatItSays(String name) throws Exception {
    Path files = directory.resolve("files");
    SqlScript.copyFiles(folder(), files);
    try (Connection connection = VersorJar.open(directory.resolve("store"), "author=ann");
        Statement statement = connection.createStatement()) {
      readFilesOf(connection, files);
      for (SqlScript.Step step : SqlScript.read(folder(), name)) {
        step.check(run(statement, step));
      }
    }
  }

  /** As the shell does for the scripts it runs. */
  private static void readFilesOf(Connection connection, Path files)
      throws ReflectiveOperationException, SQLException {
    Class<?> session = VersorJar.loader().loadClass("io.versor.engine.Session");
    session.getMethod("setReadFileBase", Path.class).invoke(connection.unwrap(session), files);
  }

  private static List<String> run(Statement statement, SqlScript.Step step) {
    try {
      if (!statement.execute(step.sql())) {
        return List.of("= " + statement.getLargeUpdateCount());
      }
      List<String> lines = new ArrayList<>();
      try (ResultSet rows = statement.getResultSet()) {
        int columns = rows.getMetaData().getColumnCount();
        while (rows.next()) {
          StringJoiner line = new StringJoiner(" | ", "> ", "");
          for (int i = 1; i <= columns; i++) {
            String value = rows.getString(i);
            line.add(rows.wasNull() ? "NULL" : value);
          }
          lines.add(line.toString());
        }
      }
      return lines;
    } catch (SQLException e) {
      // Codes of the store stand in the scripts, too; clients see the SQLState of each.
      boolean code = step.fails() && step.state().chars().noneMatch(Character::isDigit);
      return List.of("! " + (code ? step.state() : e.getSQLState()) + " " + e.getMessage());
    }
  }
}
