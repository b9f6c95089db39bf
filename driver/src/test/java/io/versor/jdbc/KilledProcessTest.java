package io.versor.jdbc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Programs that work over JDBC are killed: what their statements answered is there, as a whole. */
class KilledProcessTest {
  private static final long ROWS_OF_A_TRANSACTION = 3;
  private static final long IDS_OF_A_CHILD = 1_000_000;

  @TempDir private Path store;

  /** Works until it is killed; prints what it begins and what came to its end. */
  static final class Worker {
    public static void main(String[] args) throws SQLException {
      long first = Long.parseLong(args[1]) * IDS_OF_A_CHILD;
      Random random = new Random(first);
      try (Sql sql = Sql.open(args[0])) {
        for (long n = 0; ; n++) {
          long id = first + n * 10;
          switch (random.nextInt(8)) {
            case 0 -> told("commit", n, () -> sql.run("COMMIT VERSION MESSAGE 'more' ALLOW EMPTY"));
            case 1 -> told("optimize", n, () -> sql.run("OPTIMIZE TABLE t"));
            case 2 -> told("vacuum", n, () -> sql.run("VACUUM OLDER THAN INTERVAL '0' SECOND"));
            case 3 -> told("rows", n, () -> merge(sql, id));
            case 4, 5 -> told("rows", n, () -> transaction(sql, id));
            default -> told("rows", n, () -> sql.run(insert(id, ROWS_OF_A_TRANSACTION)));
          }
        }
      }
    }

    private interface Deed {
      void run() throws SQLException;
    }

    private static void told(String kind, long n, Deed deed) throws SQLException {
      System.out.println("begin " + kind + " " + n);
      deed.run();
      System.out.println("end " + kind + " " + n);
    }

    private static String insert(long id, long rows) {
      return "INSERT INTO t SELECT "
          + id
          + " + g, REPEAT('x', "
          + (id % 7 == 0 ? 200_000 : 10)
          + ") FROM generate_series(0, "
          + (rows - 1)
          + ") AS x(g)";
    }

    private static void transaction(Sql sql, long id) throws SQLException {
      sql.run("BEGIN");
      for (long i = 0; i < ROWS_OF_A_TRANSACTION; i++) {
        sql.run(insert(id + i, 1));
      }
      sql.run("COMMIT");
    }

    private static void merge(Sql sql, long id) throws SQLException {
      sql.run(
          "COMMIT VERSION MESSAGE 'before' ALLOW EMPTY",
          "CREATE BRANCH side" + id,
          "USE BRANCH side" + id,
          insert(id, ROWS_OF_A_TRANSACTION),
          "COMMIT VERSION MESSAGE 'side'",
          "USE BRANCH main",
          "MERGE BRANCH side" + id,
          "DROP BRANCH side" + id);
    }
  }

  @Test
  void killedProgramLosesNothingItWasToldOf() throws Exception {
    kill(2);
  }

  @Test
  @Tag("long")
  void manyKilledProgramsLoseNothingTheyWereToldOf() throws Exception {
    kill(40);
  }

  private void kill(int kills) throws Exception {
    Map<String, Integer> interrupted = new TreeMap<>();
    Map<Long, Long> whole = new TreeMap<>();
    try (Sql sql = Sql.open(store)) {
      sql.run(
          "CREATE TABLE t (id BIGINT PRIMARY KEY, name TEXT)", "COMMIT VERSION MESSAGE 'table'");
      for (int child = 1; child <= kills; child++) {
        interrupted.merge(killOne(child, whole), 1, Integer::sum);
        Map<Long, Long> found = new TreeMap<>();
        for (List<Object> row : sql.rows("SELECT id / 10, COUNT(*) FROM t GROUP BY id / 10")) {
          found.put(((Number) row.get(0)).longValue(), ((Number) row.get(1)).longValue());
        }
        // Of the statement or transaction under way all or nothing.
        found.keySet().removeIf(key -> whole.get(key) == null);
        whole.keySet().removeIf(key -> whole.get(key) == 0 && !found.containsKey(key));
        whole.replaceAll((key, rows) -> ROWS_OF_A_TRANSACTION);
        assertEquals(whole, found, "after child " + child);
        assertEquals(
            whole.size() * ROWS_OF_A_TRANSACTION,
            Long.parseLong(sql.text("SELECT COUNT(*) FROM t")),
            "nothing that nobody told of");
      }
      assertEquals("", sql.text("CHECK STORE"));
    }
    System.out.println(kills + " programs killed while they did " + interrupted);
  }

  /** Puts the transactions that it told of into {@code told}, with 0 the one under way. */
  private String killOne(int child, Map<Long, Long> told) throws Exception {
    Random random = new Random(child);
    int enough = 1 + random.nextInt(40);
    int lines = 0;
    String underWay = "nothing";
    Process process =
        new ProcessBuilder(
                List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-XX:TieredStopAtLevel=1",
                    "-cp",
                    System.getProperty("java.class.path"),
                    Worker.class.getName(),
                    Sql.url(store),
                    String.valueOf(child)))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try (BufferedReader output =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      for (String line = output.readLine(); line != null; line = output.readLine()) {
        String[] words = line.split(" ");
        boolean begins = words[0].equals("begin");
        underWay = begins ? words[1] : "nothing";
        if (words[1].equals("rows")) {
          long transaction = child * IDS_OF_A_CHILD / 10 + Long.parseLong(words[2]);
          told.put(transaction, begins ? 0 : ROWS_OF_A_TRANSACTION);
        }
        if (++lines == enough) {
          // Into the midst of what comes next; any moment has to do.
          Thread.sleep(random.nextInt(20), random.nextInt(900_000));
          process.toHandle().destroyForcibly(); // SIGKILL; what it printed can still be read
        }
      }
      process.waitFor();
    } finally {
      process.destroyForcibly();
    }
    assertTrue(lines >= enough, "child " + child + " ended by itself");
    return underWay;
  }
}
