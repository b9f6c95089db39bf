package io.versor.bench;

import io.versor.bench.peers.Rows;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.TreeMap;

/**
 * What statements cost against the rows of a table and the commits of a store, through JDBC:
 * medians as a table, and drawn as SVG.
 *
 * <p>Arguments: a directory to work in, one for the drawings, and how far to go: the greatest
 * number of rows and of commits (10,000,000 and 10,000 by default).
 */
public final class GrowthCosts {
  private static final int RUNS = 31;
  private static final int WARM_UP = 5;
  private static final int CHANGES = 100;
  private static final int BATCH = 10_000;

  /** Medians in nanoseconds by operation and size. */
  private final Map<String, TreeMap<Long, Long>> found = new LinkedHashMap<>();

  private final Path directory;
  private long next;

  private GrowthCosts(Path directory) {
    this.directory = directory;
  }

  private interface Operation {
    void run() throws SQLException;
  }

  public static void main(String[] arguments) throws Exception {
    Path directory = Path.of(arguments.length > 0 ? arguments[0] : "bench-data");
    Path drawings = Path.of(arguments.length > 1 ? arguments[1] : "bench/plots");
    long rows = arguments.length > 2 ? Long.parseLong(arguments[2]) : 10_000_000;
    long commits = arguments.length > 3 ? Long.parseLong(arguments[3]) : 10_000;
    GrowthCosts costs = new GrowthCosts(directory.resolve("growth"));
    // Twice, since what is compiled first is slow: the second time counts.
    for (boolean counts : new boolean[] {false, true}) {
      for (long size = 10_000; size <= (counts ? rows : 10_000); size *= 10) {
        costs.ofRows(size);
      }
      if (!counts) {
        costs.found.clear();
      }
    }
    costs.draw("rows", "rows of the table", drawings.resolve("rows.svg"));
    costs.found.clear();
    for (long size = 1; size <= commits; size *= 10) {
      costs.ofCommits(size);
    }
    costs.draw("commits", "commits of the branch", drawings.resolve("commits.svg"));
    Figures.delete(costs.directory);
  }

  // --- rows

  private void ofRows(long rows) throws Exception {
    String url = fresh();
    try (Connection connection = DriverManager.getConnection(url);
        Statement statement = connection.createStatement()) {
      fill(connection, rows);
      statement.execute("COMMIT VERSION MESSAGE 'filled'");
      query(rows, connection, "SUM under a predicate", "SUM(score) FROM t WHERE label < 300");
      query(rows, connection, "GROUP BY 1,000 labels", "label, SUM(score) FROM t GROUP BY label");
      query(rows, connection, "first 10 by score", "id FROM t ORDER BY score DESC LIMIT 10");
      query(rows, connection, "COUNT(*)", "COUNT(*) FROM t");
      SplittableRandom random = new SplittableRandom(1);
      try (PreparedStatement byKey =
          connection.prepareStatement("SELECT label, score, caption FROM t WHERE id = ?")) {
        time("row by key", rows, () -> read(byKey, random.nextLong(rows)));
      }
      writes(connection, statement, rows, rows);
      versions(connection, statement, rows, rows);
    }
    opening(url, rows);
  }

  private void writes(Connection connection, Statement statement, long size, long rows)
      throws SQLException {
    SplittableRandom random = new SplittableRandom(2);
    next = rows;
    try (PreparedStatement insert =
            connection.prepareStatement("INSERT INTO t VALUES (?, 1, 0.5, 'one more')");
        PreparedStatement update =
            connection.prepareStatement("UPDATE t SET label = 7 WHERE id = ?")) {
      time("insert of a row", size, () -> change(insert, next++));
      time("update of a row by key", size, () -> change(update, random.nextLong(rows)));
    }
    time("version commit", size, () -> statement.execute("COMMIT VERSION ALLOW EMPTY"));
  }

  /** A branch with other labels for 100 random rows, merged, and what the merge changed. */
  private void versions(Connection connection, Statement statement, long size, long rows)
      throws SQLException {
    String some = String.join(", ", Collections.nCopies(CHANGES, "?"));
    long[] branch = new long[RUNS];
    long[] diff = new long[RUNS];
    long[] merge = new long[RUNS];
    try (PreparedStatement change =
            connection.prepareStatement("UPDATE t SET label = ? WHERE id IN (" + some + ")");
        PreparedStatement compare =
            connection.prepareStatement(
                "SELECT COUNT(*) FROM versor.diff('t', 'HEAD~1', 'HEAD')")) {
      for (int run = -WARM_UP; run < RUNS; run++) {
        long start = System.nanoTime();
        statement.execute("CREATE BRANCH other");
        long created = System.nanoTime();
        statement.execute("USE BRANCH other");
        change.setInt(1, 2_000 + run);
        long[] ids = new Random(run).longs(0, rows).distinct().limit(CHANGES).toArray();
        for (int i = 0; i < CHANGES; i++) {
          change.setLong(i + 2, ids[i]);
        }
        change.executeUpdate();
        statement.execute("COMMIT VERSION MESSAGE 'theirs'");
        statement.execute("USE BRANCH main");
        statement.execute("INSERT INTO t VALUES (" + next++ + ", 1, 0.5, 'ours')");
        statement.execute("COMMIT VERSION MESSAGE 'ours'");
        long beforeMerge = System.nanoTime();
        statement.execute("MERGE BRANCH other");
        long beforeDiff = System.nanoTime();
        read(compare);
        long end = System.nanoTime();
        statement.execute("DROP BRANCH other");
        if (run >= 0) {
          branch[run] = created - start;
          merge[run] = beforeDiff - beforeMerge;
          diff[run] = end - beforeDiff;
        }
      }
    }
    add("new branch", size, branch);
    add("merge of 100 rows", size, merge);
    add("diff of 100 rows", size, diff);
  }

  private void opening(String url, long size) throws SQLException {
    time(
        "opening, and a row by key",
        size,
        () -> {
          try (Connection connection = DriverManager.getConnection(url);
              PreparedStatement byKey =
                  connection.prepareStatement("SELECT label FROM t WHERE id = ?")) {
            read(byKey, 17);
          }
        });
  }

  // --- commits

  private void ofCommits(long commits) throws Exception {
    String url = fresh();
    try (Connection connection = DriverManager.getConnection(url);
        Statement statement = connection.createStatement()) {
      fill(connection, BATCH);
      statement.execute("COMMIT VERSION MESSAGE 'filled'");
      statement.execute("CREATE TAG filled");
      try (PreparedStatement update =
              connection.prepareStatement("UPDATE t SET score = score + 1 WHERE id = ?");
          PreparedStatement commit = connection.prepareStatement("COMMIT VERSION")) {
        for (long i = 1; i < commits; i++) {
          change(update, 100 + i % (BATCH - 100));
          commit.execute();
        }
      }
      query(commits, connection, "read of HEAD", "SUM(score) FROM t");
      query(
          commits, connection, "read of the first version", "SUM(score) FROM t AS OF TAG 'filled'");
      query(commits, connection, "page of the log", "* FROM versor.log LIMIT 50");
      query(
          commits,
          connection,
          "blame of a row",
          "* FROM TABLE(versor.blame('t')) WHERE _index = 17");
      writes(connection, statement, commits, BATCH);
      versions(connection, statement, commits, BATCH);
    }
    opening(url, commits);
  }

  // --- parts

  private String fresh() throws IOException {
    Figures.delete(directory);
    Files.createDirectories(directory.getParent());
    return "jdbc:versor:" + directory;
  }

  private static void fill(Connection connection, long rows) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(
          "CREATE TABLE t (id BIGINT PRIMARY KEY, label INT, score DOUBLE, caption VARCHAR)");
    }
    connection.setAutoCommit(false);
    try (PreparedStatement insert =
        connection.prepareStatement("INSERT INTO t VALUES (?, ?, ?, ?)")) {
      for (long i = 0; i < rows; i++) {
        insert.setLong(1, i);
        insert.setInt(2, Rows.label(i));
        insert.setDouble(3, Rows.score(i));
        insert.setString(4, Rows.caption(i));
        insert.addBatch();
        if (i % BATCH == BATCH - 1) {
          insert.executeBatch();
        }
      }
    }
    connection.commit();
    connection.setAutoCommit(true);
  }

  private void query(long size, Connection connection, String operation, String sql)
      throws SQLException {
    try (PreparedStatement query = connection.prepareStatement("SELECT " + sql)) {
      time(operation, size, () -> read(query));
    }
  }

  private static void read(PreparedStatement query, long key) throws SQLException {
    query.setLong(1, key);
    read(query);
  }

  private static void read(PreparedStatement query) throws SQLException {
    int rows = 0;
    try (ResultSet result = query.executeQuery()) {
      while (result.next()) {
        result.getObject(1);
        rows++;
      }
    }
    if (rows == 0) {
      throw new IllegalStateException("no row of " + query);
    }
  }

  private static void change(PreparedStatement statement, long key) throws SQLException {
    statement.setLong(1, key);
    if (statement.executeUpdate() != 1) {
      throw new IllegalStateException("row " + key + " was not changed");
    }
  }

  private void time(String operation, long size, Operation what) throws SQLException {
    long[] times = new long[RUNS];
    for (int run = -WARM_UP; run < RUNS; run++) {
      long start = System.nanoTime();
      what.run();
      if (run >= 0) {
        times[run] = System.nanoTime() - start;
      }
    }
    add(operation, size, times);
  }

  private void add(String operation, long size, long[] times) {
    found.computeIfAbsent(operation, name -> new TreeMap<>()).put(size, Figures.median(times));
    Figures.print("%s, %,d".formatted(operation, size), times);
  }

  private void draw(String title, String sizes, Path file) throws IOException {
    Figures.delete(directory);
    Plot plot = new Plot("Time against " + title, sizes);
    found.forEach(plot::line);
    plot.save(file);
  }
}
