package io.versor.jdbc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A warning belongs to the statement that caused it. */
class WarningsTest {
  @Test
  void aFailedStatementLeavesNoWarningToTheNext(@TempDir Path directory) throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:versor:" + directory);
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE TABLE t (a INTEGER)");
      statement.execute("COMMIT VERSION");
      statement.execute("CREATE BRANCH b");
      statement.execute("INSERT INTO t VALUES (1)");
      // Warns of the changes of the source, then fails for those of the target.
      assertThrows(SQLException.class, () -> statement.execute("MERGE BRANCH main"));
      statement.execute("SELECT a FROM t");
      assertNull(statement.getWarnings());
      statement.execute("DROP TABLE IF EXISTS other");
      assertEquals("no table other", statement.getWarnings().getMessage());
    }
  }
}
