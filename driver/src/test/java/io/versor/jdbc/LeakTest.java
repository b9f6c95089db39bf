package io.versor.jdbc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Thousands of statements, many of them cancelled or timed out, leave nothing behind. */
class LeakTest {
  /** What comes with the first statements stays: classes, threads that wait for work. */
  private static final int WARM_UP = 300;

  /** As many as statements that ran at once, those among them that were stopped and go on alone. */
  private static final String WORKER = "versor-worker-#";

  /** Locks of processes are told by properties of this name while they are held. */
  private static final String LOCKS = "io.versor.locks.";

  @TempDir private Path directory;

  @Test
  void statementsLeaveNothing() throws Exception {
    leaveNothing(1_000, false);
  }

  @Test
  @Tag("long")
  void tenThousandStatementsLeaveNothing() throws Exception {
    leaveNothing(10_000, true);
  }

  /**
   * @param idle whether to wait for workers to end, which takes them ten seconds without work
   */
  private void leaveNothing(int statements, boolean idle) throws Exception {
    Path place = directory.resolve("store");
    Random random = new Random(statements);
    ScheduledExecutorService canceller = Executors.newScheduledThreadPool(1);
    int stopped = 0;
    Set<String> threads;
    long files;
    try {
      try (Sql keeper = Sql.open(place)) {
        keeper.run(
            "CREATE TABLE t (id BIGINT, name TEXT)",
            "INSERT INTO t SELECT g, 'name ' || CAST(g AS VARCHAR) FROM generate_series(1, 20000) AS x(g)",
            "COMMIT VERSION MESSAGE 'first'");
        run(place, random, canceller, WARM_UP);
        threads = settledThreads();
        files = openFiles();
        stopped = run(place, random, canceller, statements);
        assertEquals("20000", keeper.text("SELECT COUNT(*) FROM t WHERE id > 0"));
        Set<String> more = settledThreads();
        more.removeAll(threads);
        more.remove("versor-checkpoints"); // one of a store, which comes with its first checkpoint
        more.remove(WORKER);
        assertTrue(more.isEmpty(), () -> "threads " + more);
        for (int i = 0; idle && threads().contains(WORKER); i++) {
          assertTrue(i < 600, "workers are left");
          Thread.sleep(50); // threads tell nobody that they end
        }
        long now = openFiles();
        assertTrue(now <= files + 8, files + " files were open, now " + now);
      }
    } finally {
      canceller.shutdownNow();
    }
    System.out.println(statements + " statements, " + stopped + " of them stopped, left nothing");
    assertTrue(stopped > statements / 50, stopped + " stopped");
    // Closing the last connection closes the store, which tells of memory that was not given back.
    assertEquals(List.of(), openIn(place));
    assertEquals(
        Set.of(),
        System.getProperties().stringPropertyNames().stream()
            .filter(name -> name.startsWith(LOCKS))
            .collect(Collectors.toSet()));
  }

  /** Answers how many were stopped. */
  private static int run(
      Path place, Random random, ScheduledExecutorService canceller, int statements)
      throws Exception {
    int stopped = 0;
    Sql sql = Sql.open(place);
    try {
      for (int i = 0; i < statements; i++) {
        if (random.nextInt(50) == 0) {
          sql.close();
          sql = Sql.open(place);
        }
        stopped += stop(sql, random, canceller) ? 1 : 0;
      }
    } finally {
      sql.close();
    }
    return stopped;
  }

  private static boolean stop(Sql sql, Random random, ScheduledExecutorService canceller)
      throws Exception {
    boolean transaction = random.nextInt(10) == 0;
    if (transaction) {
      sql.run("BEGIN");
    }
    boolean stopped = false;
    ScheduledFuture<?> cancel = null;
    Statement statement = sql.connection.createStatement();
    try {
      if (random.nextInt(3) == 0) {
        cancel =
            canceller.schedule(
                () -> {
                  statement.cancel();
                  return null;
                },
                random.nextInt(4_000),
                TimeUnit.MICROSECONDS);
      } else if (random.nextInt(200) == 0) {
        statement.setQueryTimeout(1);
      }
      if (statement.execute(text(random))) {
        try (ResultSet rows = statement.getResultSet()) {
          for (int i = random.nextInt(200); i > 0 && rows.next(); i--) {
            rows.getString(1);
          }
        }
      }
    } catch (SQLException e) {
      stopped = "57014".equals(e.getSQLState());
      if (!stopped && !"22012".equals(e.getSQLState())) {
        throw e;
      }
    } finally {
      if (cancel != null) {
        cancel.cancel(false);
      }
      if (random.nextInt(20) > 0) {
        statement.close(); // others are closed with their connection
      }
      if (transaction) {
        sql.run("ROLLBACK");
      }
    }
    return stopped;
  }

  private static String text(Random random) {
    int number = random.nextInt(20_000);
    return switch (random.nextInt(10)) {
      case 0 -> "SELECT * FROM t WHERE id = " + number % 50;
      case 1 -> "SELECT MOD(id, 100), COUNT(*), MAX(name) FROM t GROUP BY MOD(id, 100)";
      case 2 -> "SELECT name FROM t ORDER BY name DESC";
      case 3 -> "SELECT a.name FROM t AS a JOIN t AS b ON a.id = b.id WHERE b.id > 10";
      case 4 -> "SELECT 1 / (id - id) FROM t";
      case 5 -> "UPDATE t SET name = 'other' WHERE id = " + number;
      case 6 -> "INSERT INTO t VALUES (-1, 'more')";
      case 7 -> "DELETE FROM t WHERE id < 0";
      case 8 -> "SELECT name, ROW_NUMBER() OVER (ORDER BY id) FROM t WHERE id < 2000";
      default -> "SELECT * FROM versor.log";
    };
  }

  /** Names without numbers: pools may have other threads than before, but no other pools. */
  private static Set<String> settledThreads() throws InterruptedException {
    Set<String> names = threads();
    for (int i = 0; i < 100; i++) {
      Thread.sleep(50); // threads tell nobody that they rest
      Set<String> again = threads();
      if (again.equals(names)) {
        return again;
      }
      names = again;
    }
    return names;
  }

  /** Several of one name are told apart by their count. */
  private static Set<String> threads() {
    Set<String> names = new TreeSet<>();
    for (Thread thread : Thread.getAllStackTraces().keySet()) {
      String name = thread.getName().replaceAll("[0-9]+", "#");
      if (thread.isAlive() && !name.startsWith("pool-") && !name.startsWith("surefire")) {
        String counted = name;
        for (int i = 2; !names.add(counted) && !name.equals(WORKER); i++) {
          counted = name + " (" + i + ")";
        }
      }
    }
    return names;
  }

  private static long openFiles() throws IOException {
    Path descriptors = Path.of("/proc/self/fd");
    if (!Files.isDirectory(descriptors)) {
      return 0; // only Linux lists them
    }
    try (Stream<Path> all = Files.list(descriptors)) {
      return all.count();
    }
  }

  private static List<String> openIn(Path place) throws IOException {
    Path descriptors = Path.of("/proc/self/fd");
    if (!Files.isDirectory(descriptors)) {
      return List.of();
    }
    String store = place.toRealPath().toString();
    try (Stream<Path> all = Files.list(descriptors)) {
      return all.map(LeakTest::target).filter(name -> name.startsWith(store)).toList();
    }
  }

  private static String target(Path link) {
    try {
      return Files.readSymbolicLink(link).toString();
    } catch (IOException | UncheckedIOException e) {
      return ""; // closed meanwhile
    }
  }
}
