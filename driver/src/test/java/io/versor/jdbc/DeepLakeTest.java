package io.versor.jdbc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A dataset that Deep Lake wrote, through JDBC: where it lies, and imported. */
class DeepLakeTest {
  @TempDir static Path temporary;

  private static Path history;

  @BeforeAll
  static void unpack() throws IOException {
    Path zip = SharedFiles.ours("deeplake/src/test/resources/history.zip");
    try (ZipInputStream in = new ZipInputStream(Files.newInputStream(zip))) {
      for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
        Path path = temporary.resolve(entry.getName());
        Files.createDirectories(path.getParent());
        Files.write(path, in.readAllBytes());
      }
    }
    history = temporary.resolve("history");
  }

  private static Sql attach() throws SQLException {
    return Sql.open("jdbc:versor:deeplake:" + history);
  }

  private static String state(Sql sql, String statement) {
    return assertThrows(SQLException.class, () -> sql.run(statement)).getSQLState();
  }

  private static List<List<Object>> rows(Object... cells) {
    return List.of(Arrays.asList(cells));
  }

  @Test
  void branchesAreSchemasAndHeadsAreUncommitted() throws SQLException {
    try (Sql sql = attach()) {
      assertEquals(
          "[[alpha, false], [beta, true], [gamma, false], [main, true]]",
          sql.rows(
                  "SELECT name, has_changes FROM versor.branches WHERE name NOT LIKE 'auto%'"
                      + " ORDER BY 1")
              .toString());
      assertEquals(rows(46L), sql.rows("SELECT COUNT(*) FROM main.history"));
      assertEquals(
          "[[-1000, dog, [25.0, 25.25, 25.5, 25.75], note 0, [\"a\"]]]",
          sql.rows(
                  "SELECT \"value\", label, vec, caption, \"regions/kind\" FROM history"
                      + " WHERE _index = 0")
              .toString());
      assertEquals(
          "[[CLASS_LABEL('cat', 'dog', 'fish')], [BBOX]]",
          sql.rows(
                  "SELECT data_type_text FROM (SELECT type AS data_type_text, tensor_name FROM"
                      + " versor.tensors WHERE tensor_name IN ('label', 'regions/xy')) ORDER BY 1 DESC")
              .toString());
    }
  }

  @Test
  void versionsAreNamedByTheIdsTheyHad() throws SQLException {
    try (Sql sql = attach()) {
      String first = "firstdbf9474d461a19e9333c2fd19b46115348f";
      assertEquals(rows(5L), sql.rows("SELECT COUNT(*) FROM history AS OF COMMIT '" + first + "'"));
      assertEquals(rows(5L), sql.rows("SELECT COUNT(*) FROM history AS OF COMMIT '80c4496ce8~7'"));
      assertEquals(
          rows(first),
          sql.rows(
              "SELECT p.\"value\" FROM versor.commit_properties p JOIN versor.commits c"
                  + " ON c.commit_id = p.commit_id WHERE p.key = 'deeplake.commit'"
                  + " ORDER BY c.committed_at LIMIT 1"));
    }
  }

  @Test
  void anyTwoVersionsAreCompared() throws SQLException {
    try (Sql sql = attach()) {
      assertEquals(
          rows(7L, 2L, 1L),
          sql.rows(
              "SELECT rows_added, rows_updated, rows_deleted"
                  + " FROM TABLE(versor.diff_summary('main~1', 'main')) WHERE tensor_name IS NULL"));
      assertEquals(
          "[[history, 0, 3, 0]]",
          sql.rows(
                  "SELECT table_name, rows_added, rows_updated, rows_deleted FROM versor.status"
                      + " WHERE tensor_name IS NULL")
              .toString());
    }
  }

  @Test
  void nothingIsWritten() throws SQLException {
    try (Sql sql = attach()) {
      assertTrue(sql.connection.isReadOnly());
      assertEquals("25006", state(sql, "DELETE FROM history"));
      assertEquals("25006", state(sql, "COMMIT VERSION MESSAGE 'x'"));
      assertEquals("25006", state(sql, "CREATE BRANCH b"));
      assertEquals("0A000", state(sql, "BACKUP TO '" + temporary.resolve("backup") + "'"));
      assertEquals(List.of(), sql.rows("CHECK STORE"));
    }
    SQLException refused =
        assertThrows(
            SQLException.class,
            () -> Sql.open("jdbc:versor:deeplake:" + history + "?readOnly=false"));
    assertEquals("08001", refused.getSQLState());
  }

  @Test
  void aFolderWithoutADatasetIsRefused(@TempDir Path empty) {
    SQLException refused =
        assertThrows(SQLException.class, () -> Sql.open("jdbc:versor:deeplake:" + empty));
    assertEquals("08001", refused.getSQLState());
    assertTrue(refused.getMessage().contains("dataset_meta.json"), refused.getMessage());
  }

  @Test
  void anImportIsTheSameVersions(@TempDir Path store) throws SQLException {
    try (Sql sql = Sql.open(store);
        Sql attached = attach()) {
      assertEquals(5, sql.rows("IMPORT DEEPLAKE '" + history + "' INTO history").size());
      String log = "SELECT message, author, committed_at FROM versor.log";
      assertEquals(attached.rows(log), sql.rows(log));
      for (String branch : List.of("main", "alpha", "beta", "gamma", "main~3", "beta~1")) {
        String hash = "SELECT TABLE_HASH('history', '" + branch + "')";
        assertEquals(attached.rows(hash), sql.rows(hash), branch);
      }
      String report =
          "SELECT branch, version, tensor_name, kind, samples FROM versor.import_report";
      assertEquals(attached.rows(report), sql.rows(report));
      assertEquals("25001", state(sql, "IMPORT DEEPLAKE '" + history + "' INTO history"));
    }
  }

  @Test
  void anImportReadsWhatTheConnectionMay(@TempDir Path store, @TempDir Path other)
      throws SQLException {
    try (Sql sql = Sql.open(Sql.url(store) + "?fileAccess=" + other)) {
      assertEquals("42501", state(sql, "IMPORT DEEPLAKE '" + history + "' INTO t"));
      Path around = other.resolve("..").resolve(other.getParent().relativize(history));
      assertEquals("42501", state(sql, "IMPORT DEEPLAKE '" + around + "' INTO t"));
    }
    try (Sql sql = Sql.open(Sql.url(store) + "?fileAccess=none")) {
      assertEquals("42501", state(sql, "IMPORT DEEPLAKE '" + history + "' INTO t"));
    }
    try (Sql sql = Sql.open(Sql.url(store) + "?fileAccess=" + history)) {
      assertEquals(5, sql.rows("IMPORT DEEPLAKE '" + history + "' INTO t").size());
    }
  }

  @Test
  void someBranches(@TempDir Path store) throws SQLException {
    try (Sql sql = Sql.open(store)) {
      sql.run("IMPORT DEEPLAKE '" + history + "' INTO t BRANCHES alpha, \"gamma\"");
      assertEquals(
          "[[alpha], [gamma], [main]]",
          sql.rows("SELECT name FROM versor.branches ORDER BY 1").toString());
      assertEquals("3F000", state(sql, "IMPORT DEEPLAKE '" + history + "' INTO t2 BRANCHES delta"));
      assertEquals("42601", state(sql, "IMPORT DEEPLAKE '" + history + "' INTO alpha.t2"));
    }
  }
}
