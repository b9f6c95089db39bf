package io.versor.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What ORDER BY, GROUP BY with as many groups as rows, and a join with as many keys cost that need
 * 1, 2 and 10 times the memory limit, beside the same without a limit, and DuckDB with the same
 * limit where its driver is there (profile {@code peers}). Runs of all alternate, answers must
 * agree.
 *
 * <p>Arguments: a directory to work in, the limit in MB (64 by default), rounds (3 by default).
 */
public final class MemoryCosts {
  /** About what a row takes: two numbers, a text and where it begins. */
  private static final long ROW_BYTES = 42;

  private static final int[] TIMES = {1, 2, 10};

  /** Has no divisor in common with numbers of rows, so keys are a permutation. */
  private static final long STEP = 7_368_787;

  private final Path directory;
  private final long limitMegabytes;
  private final int rounds;
  private final long rows;

  private MemoryCosts(Path directory, long limitMegabytes, int rounds) {
    this.directory = directory.toAbsolutePath();
    this.limitMegabytes = limitMegabytes;
    this.rounds = rounds;
    this.rows = rows(TIMES[TIMES.length - 1]);
  }

  public static void main(String[] arguments) throws Exception {
    Path directory = Path.of(arguments.length > 0 ? arguments[0] : "bench-data");
    long limit = arguments.length > 1 ? Long.parseLong(arguments[1]) : 64;
    int rounds = arguments.length > 2 ? Integer.parseInt(arguments[2]) : 3;
    Figures.delete(directory);
    Files.createDirectories(directory);
    new MemoryCosts(directory, limit, rounds).run();
    Figures.delete(directory);
  }

  private long rows(int times) {
    return times * (limitMegabytes << 20) / ROW_BYTES;
  }

  private String url(String store, String settings) {
    return "jdbc:versor:" + directory.resolve(store) + settings;
  }

  private void run() throws SQLException, IOException {
    try (Connection versor = DriverManager.getConnection(url("versor", ""))) {
      fill(versor, "generate_series(0, " + (rows - 1) + ") AS x(g)");
    }
    Figures.copy(directory.resolve("versor"), directory.resolve("limited")); // with its own limit
    Optional<Connection> peer = openPeer();
    try (Connection limited =
            DriverManager.getConnection(url("limited", "?memoryLimit=" + limitMegabytes + "MB"));
        Connection unlimited = DriverManager.getConnection(url("versor", ""))) {
      Map<String, Connection> all = new LinkedHashMap<>();
      all.put("limited", limited);
      all.put("unlimited", unlimited);
      peer.ifPresent(duck -> all.put("DuckDB", duck));
      for (int times : TIMES) {
        long n = rows(times);
        measure("ORDER BY", times, sorted(n), all);
        measure("GROUP BY", times, grouped(n), all);
        measure("JOIN", times, joined(n), all);
      }
    } finally {
      if (peer.isPresent()) {
        peer.get().close();
      }
    }
  }

  private Optional<Connection> openPeer() throws SQLException {
    Connection duck;
    try {
      duck = DriverManager.getConnection("jdbc:duckdb:" + directory.resolve("duckdb.db"));
    } catch (SQLException e) {
      return Optional.empty(); // no driver
    }
    fill(duck, "range(" + rows + ") AS x(g)");
    try (Statement statement = duck.createStatement()) {
      statement.execute("SET memory_limit = '" + limitMegabytes + "MiB'");
      statement.execute("SET temp_directory = '" + directory.resolve("duckdb.tmp") + "'");
    }
    return Optional.of(duck);
  }

  private void fill(Connection connection, String series) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("CREATE TABLE t (id BIGINT, k BIGINT, name VARCHAR)");
      statement.execute(
          "INSERT INTO t SELECT g, MOD(g * "
              + STEP
              + ", "
              + rows
              + "), 'name of row ' || CAST(MOD(g * "
              + STEP
              + ", "
              + rows
              + ") AS VARCHAR) FROM "
              + series);
    }
  }

  /** Only the last row comes out: what is measured is not how rows are handed over. */
  private static String sorted(long n) {
    return "SELECT k, name FROM t WHERE id < " + n + " ORDER BY k OFFSET " + (n - 1) + " ROWS";
  }

  private static String grouped(long n) {
    return "SELECT COUNT(*), SUM(c) FROM (SELECT k, COUNT(*) AS c FROM t WHERE id < "
        + n
        + " GROUP BY k) AS groups";
  }

  private static String joined(long n) {
    return "SELECT COUNT(*), MAX(b.name) FROM t a JOIN t b ON a.k = b.id WHERE a.id < "
        + n
        + " AND b.id < "
        + n;
  }

  private void measure(String what, int times, String query, Map<String, Connection> all) {
    Map<String, List<Long>> runs = new LinkedHashMap<>();
    Map<String, String> answers = new LinkedHashMap<>();
    for (int round = 0; round <= rounds; round++) {
      for (Map.Entry<String, Connection> each : all.entrySet()) {
        time(each.getKey(), each.getValue(), query, round, runs, answers);
      }
    }
    String expected = answers.get("unlimited");
    for (Map.Entry<String, String> answer : answers.entrySet()) {
      boolean agrees = answer.getValue().equals(expected);
      String name = what + " of " + times + " x the limit, " + answer.getKey();
      if (agrees) {
        long[] nanos = runs.get(answer.getKey()).stream().mapToLong(Long::longValue).toArray();
        Figures.print(name, nanos);
      } else {
        System.out.println("| " + name + " | " + answer.getValue() + " |");
      }
    }
  }

  /** The first round warms up. */
  private static void time(
      String who,
      Connection connection,
      String query,
      int round,
      Map<String, List<Long>> runs,
      Map<String, String> answers) {
    long began = System.nanoTime();
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(query)) {
      String answer = row.next() ? row.getString(1) + ", " + row.getString(2) : "no row";
      answers.put(who, answer);
    } catch (SQLException e) {
      answers.put(who, "fails: " + e.getMessage().lines().findFirst().orElse(""));
    }
    if (round > 0) {
      runs.computeIfAbsent(who, name -> new ArrayList<>()).add(System.nanoTime() - began);
    }
  }
}
