package io.versor.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
}
