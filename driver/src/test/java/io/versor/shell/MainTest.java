package io.versor.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MainTest {
  @TempDir Path temp;

  private Scripts.Outcome script(String sql) throws IOException {
    Path file = Files.writeString(temp.resolve("script.sql"), sql);
    return Scripts.run("-u", temp.resolve("store").toString(), file.toString());
  }

  @Test
  void scriptStopsAtTheFirstErrorWithItsPlace() throws IOException {
    Scripts.Outcome outcome =
        script("CREATE TABLE t (id INTEGER);\n\nSELECT id,\n       nme FROM t;\nDROP TABLE t;\n");
    assertEquals(1, outcome.code());
    assertTrue(outcome.err().contains("script.sql:4:8: "), outcome.err());
    assertTrue(outcome.err().contains("[42703]"), outcome.err());
    assertTrue(outcome.err().contains("\n         nme FROM t\n         ^"), outcome.err());
    assertTrue(script("SELECT COUNT(*) AS n FROM t").out().contains("(1 row)"));
  }

  @Test
  void resultsAndCountsArePrinted() throws IOException {
    Scripts.Outcome outcome =
        script(
            "-- a table\nCREATE TABLE t (id INTEGER, v VARBINARY);\n"
                + "INSERT INTO t VALUES (1, X'00FF'), (2, NULL);\nSELECT * FROM t;\n");
    assertEquals("", outcome.err());
    assertEquals(
        """
        -- a table
        CREATE TABLE t (id INTEGER, v VARBINARY);
        done

        INSERT INTO t VALUES (1, X'00FF'), (2, NULL);
        2 rows

        SELECT * FROM t;
        id | v
        ---+---------
         1 | X'00FF'
         2 | NULL
        (2 rows)

        """,
        outcome.out());
  }

  /** As its user would: the store cannot be opened, is repaired, and goes on. */
  @Test
  void damagedRootIsRepairedFromTheCommandLine() throws IOException {
    assertEquals(
        0,
        script(
                "CREATE TABLE t (id INTEGER);\nINSERT INTO t VALUES (1), (2);\n"
                    + "COMMIT VERSION MESSAGE 'two';\nINSERT INTO t VALUES (3);\n")
            .code());
    Path root = temp.resolve("store/root");
    byte[] bytes = Files.readAllBytes(root);
    bytes[bytes.length / 2] ^= 1;
    Files.write(root, bytes);
    assertEquals(1, script("SELECT COUNT(*) AS n FROM t;").code());
    Path store = temp.resolve("store");
    Scripts.Outcome repaired = Scripts.run("-u", store.toString(), "--repair");
    assertEquals("", repaired.err());
    assertEquals(0, repaired.code());
    assertTrue(repaired.out().startsWith("repaired: " + root + ": "), repaired.out());
    String after = script("SELECT SUM(id) AS n FROM t;\nCHECK STORE;\nSHOW BRANCHES;\n").out();
    assertTrue(after.contains("6"), after);
    assertTrue(after.contains("main"), after);
    assertTrue(Scripts.run("-u", store.toString(), "--repair").out().contains("whole"));
  }

  @Test
  void wrongArgumentsAndMissingFilesSaySo() {
    assertEquals(2, Scripts.run("--what").code());
    assertEquals(2, Scripts.run("-u").code());
    assertEquals(0, Scripts.run("-h").code());
    Scripts.Outcome missing = Scripts.run("-u", temp.resolve("s").toString(), "no-such.sql");
    assertEquals(1, missing.code());
    assertTrue(missing.err().contains("no-such.sql"), missing.err());
    assertEquals(1, Scripts.run("-u", "jdbc:other:x", "no-such.sql").code());
  }

  /** In a process of its own: a shell has the terminal. */
  @Test
  void shellSaysWhatItIsAndLimitsColumns() throws Exception {
    Path input =
        Files.writeString(
            temp.resolve("input"), "SELECT REPEAT('x', 100) AS v;\nSELEC 1;\n!quit\n");
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Duser.home=" + temp,
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName(),
                "-u",
                temp.resolve("store").toString())
            .redirectInput(input.toFile())
            .redirectErrorStream(true)
            .start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, process.waitFor());
    for (String part : List.of("Versor 0.", "versor> ", "+" + "-".repeat(62) + "+\n", "42601")) {
      assertTrue(output.contains(part), output);
    }
    assertFalse(output.contains("???"), output);
  }
}
