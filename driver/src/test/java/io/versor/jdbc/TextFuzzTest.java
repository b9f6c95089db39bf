package io.versor.jdbc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Texts that are nearly SQL, and nearly URLs. They work or are refused with a SQLState; no other
 * exception comes out, none is an internal error, and the connection goes on.
 */
class TextFuzzTest {
  private static final Path EXAMPLES = Path.of("..", "sql-examples");
  private static final String[] TELLING = {
    "NULL",
    "-1",
    "0",
    "9223372036854775807",
    "1e308",
    "''",
    "'",
    "\"",
    "(",
    ")",
    "((((",
    ",",
    ";",
    "*",
    "::",
    "?",
    "--",
    "/*",
    "main",
    "AS OF",
    "ARRAY[]",
    "CAST(NULL AS VARCHAR)",
    "\0",
    "\uD83D",
    "SELECT",
    "FROM",
    "WHERE",
    "UNION",
    "CASE",
    "END",
    "X'0'",
    "0x",
    "1.",
    "$1",
    "@",
    "\\",
    "{fn"
  };

  @TempDir private Path directory;

  @Test
  @Timeout(120)
  void nearlySqlIsRefusedOrRuns() throws Exception {
    fuzzSql(150, 1);
  }

  @Test
  @Tag("long")
  @Timeout(600)
  void muchThatIsNearlySqlIsRefusedOrRuns() throws Exception {
    fuzzSql(4_000, 10_000);
  }

  private void fuzzSql(int executions, long firstSeed) throws Exception {
    List<String> corpus = statements();
    int refused = 0;
    Sql sql = openFilled();
    try {
      for (long seed = firstSeed; seed < firstSeed + executions; seed++) {
        Random random = new Random(seed);
        String text = mutated(corpus.get(random.nextInt(corpus.size())), corpus, random);
        String where = "seed " + seed + ": " + text;
        try (Statement statement = sql.connection.createStatement()) {
          statement.setQueryTimeout(10);
          if (statement.execute(text)) {
            try (ResultSet rows = statement.getResultSet()) {
              for (int i = 0; i < 100 && rows.next(); i++) {
                rows.getObject(1);
              }
            }
          }
        } catch (SQLException e) {
          refused++;
          assertNotEquals("XX000", e.getSQLState(), where + ": " + e.getMessage());
          assertEquals(5, String.valueOf(e.getSQLState()).length(), where + ": " + e);
          assertNotEquals("57014", e.getSQLState(), where + ": " + e.getMessage());
        } catch (RuntimeException | Error e) {
          throw new AssertionError(where + ": " + e, e);
        }
        if (seed % 100 == 0) {
          sql.close(); // whatever it has come to
          sql = openFilled();
        }
      }
      assertEquals("1", sql.text("VALUES 1"));
    } finally {
      sql.close();
    }
    System.out.println(executions + " texts that are nearly SQL, " + refused + " refused");
    assertTrue(refused > executions / 10, refused + " refused");
  }

  private Sql openFilled() throws SQLException {
    String name = "s" + System.nanoTime();
    Sql sql = Sql.open(Sql.url(directory.resolve(name)) + "?fileAccess=none");
    return sql.run(
        "CREATE TABLE animals (images IMAGE('jpeg'), labels CLASS_LABEL('cat', 'dog'))",
        "INSERT INTO animals (labels) VALUES ('cat'), ('dog')",
        "COMMIT VERSION MESSAGE 'first'");
  }

  /** Those of the examples, without their comments. */
  private static List<String> statements() throws Exception {
    List<String> statements = new ArrayList<>();
    try (Stream<Path> files = Files.list(EXAMPLES)) {
      for (Path file : files.filter(f -> f.toString().endsWith(".sql")).sorted().toList()) {
        String text = Files.readString(file).replaceAll("(?m)--.*$", "");
        for (String statement : text.split(";\\s*\n")) {
          if (!statement.isBlank()) {
            statements.add(statement.strip());
          }
        }
      }
    }
    assertTrue(statements.size() > 50, statements.size() + " statements");
    return statements;
  }

  private static String mutated(String text, List<String> corpus, Random random) {
    List<String> words = new ArrayList<>(List.of(text.split("(?<=\\W)|(?=\\W)")));
    for (int i = 1 + random.nextInt(3); i > 0 && !words.isEmpty(); i--) {
      int at = random.nextInt(words.size());
      switch (random.nextInt(7)) {
        case 0 -> words.remove(at);
        case 1 -> words.add(at, words.get(random.nextInt(words.size())));
        case 2 -> words.set(at, TELLING[random.nextInt(TELLING.length)]);
        case 3 -> words.add(at, TELLING[random.nextInt(TELLING.length)]);
        case 4 -> {
          String[] other = corpus.get(random.nextInt(corpus.size())).split("(?<=\\W)|(?=\\W)");
          words.set(at, other[random.nextInt(other.length)]);
        }
        case 5 -> words.subList(at, words.size()).clear();
        default -> {
          String word = words.get(at);
          words.set(at, word.isEmpty() ? "x" : word.substring(1) + (char) random.nextInt(300));
        }
      }
    }
    return String.join("", words);
  }

  @Test
  void nearlyUrlsAreRefusedOrRead() throws Exception {
    List<String> corpus =
        List.of(
            "jdbc:versor:/data/pets?author=ada&branch=main&readOnly=true",
            "jdbc:versor:pets?commit=3f9c21&memoryLimit=64MB",
            "jdbc:versor:a%20b%2fc?tag=v1",
            "jdbc:versor:deeplake:/data/animals",
            "jdbc:versor:C:\\data\\pets?asOf=2026-01-01T00:00:00Z&fileAccess=dir:/data",
            "jdbc:versor:?");
    int read = 0;
    for (int seed = 0; seed < 20_000; seed++) {
      Random random = new Random(seed);
      String url = mutated(corpus.get(random.nextInt(corpus.size())), corpus, random);
      try {
        if (url.startsWith("jdbc:versor:")) {
          ConnectionUrl.parse(url, new Properties());
          read++;
        }
      } catch (SQLException e) {
        assertEquals(5, String.valueOf(e.getSQLState()).length(), url + ": " + e);
      } catch (RuntimeException | Error e) {
        throw new AssertionError("seed " + seed + ": " + url + ": " + e, e);
      }
    }
    assertTrue(read > 1_000, read + " read");
  }
}
