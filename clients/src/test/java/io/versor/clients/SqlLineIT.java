package io.versor.clients;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sqlline.SqlLine;

/** SQLLine, a shell for any driver: its commands over metadata, and SQL with its errors. */
class SqlLineIT {
  @TempDir private Path store;

  private String run(String... lines) throws IOException {
    VersorJar.driver(); // registers it
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8)) {
      SqlLine shell = new SqlLine();
      shell.setOutputStream(out);
      shell.setErrorStream(out);
      String script = String.join("\n", lines) + "\n!quit\n";
      String[] arguments = {
        "-u",
        VersorJar.url(store),
        "-n",
        "ada",
        "-p",
        "",
        "--outputformat=csv",
        "--silent=true",
        "--maxWidth=200",
        "--historyfile=" + store.resolveSibling("history")
      };
      shell.begin(
          arguments, new ByteArrayInputStream(script.getBytes(StandardCharsets.UTF_8)), false);
    }
    return bytes.toString(StandardCharsets.UTF_8);
  }

  private static void assertSays(String output, String... parts) {
    for (String part : List.of(parts)) {
      assertTrue(output.contains(part), part + " in:\n" + output);
    }
  }

  @Test
  void tablesAreMadeFilledListedAndDescribed() throws IOException {
    String output =
        run(
            "CREATE TABLE pets (id INTEGER PRIMARY KEY, name VARCHAR(20), born DATE);",
            "INSERT INTO pets VALUES (1, 'Tom', DATE '2020-02-29'), (2, NULL, NULL);",
            "SELECT * FROM pets ORDER BY id;",
            "!tables",
            "!describe pets",
            "!columns pets",
            "!primarykeys pets",
            "!indexes pets");
    assertSays(
        output,
        "'id','name','born'",
        "'1','Tom','2020-02-29'",
        "'main','pets','TABLE'",
        "'name','12','VARCHAR'",
        "'pets_pkey'");
  }

  @Test
  void branchesCommitsAndDiffs() throws IOException {
    String output =
        run(
            "CREATE TABLE pets (id INTEGER, name TEXT);",
            "INSERT INTO pets VALUES (1, 'Tom');",
            "COMMIT VERSION MESSAGE 'one pet';",
            "CREATE BRANCH side;",
            "USE BRANCH side;",
            "UPDATE pets SET name = 'Thomas';",
            "SELECT m.name, s.name AS renamed FROM main.pets m JOIN side.pets s ON m.id = s.id;",
            "SELECT diff_type, from_name, to_name FROM TABLE(versor.diff('pets'));",
            "SELECT name FROM pets AS OF COMMIT 'HEAD';",
            "SHOW LOG;",
            "!schemas");
    assertSays(
        output, "'Tom','Thomas'", "'modified','Tom','Thomas'", "'one pet'", "'side'", "'versor'");
  }

  @Test
  void transactionsAndErrors() throws IOException {
    String output =
        run(
            "CREATE TABLE t (n INTEGER);",
            "!autocommit off",
            "INSERT INTO t VALUES (1);",
            "!rollback",
            "INSERT INTO t VALUES (2);",
            "!commit",
            "SELECT nothing FROM t;",
            "SELEKT 1;",
            "SELECT n, 'still here' FROM t;");
    assertSays(output, "state=42703", "state=42601", "'2','still here'");
    assertEquals(-1, output.indexOf("'1','still here'"));
  }
}
