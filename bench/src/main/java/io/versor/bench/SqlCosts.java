package io.versor.bench;

import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/**
 * What statements cost through JDBC. What is compared alternates.
 *
 * <p>Arguments: a directory to work in, and which measurements (all by default).
 */
public final class SqlCosts {
  private static final int ROWS = 5_000_000;

  private final Path directory;

  private SqlCosts(Path directory) {
    this.directory = directory;
  }

  public static void main(String[] arguments) throws Exception {
    Path directory = Path.of(arguments.length > 0 ? arguments[0] : "bench-data");
    List<String> wanted =
        arguments.length > 1
            ? Arrays.asList(arguments).subList(1, arguments.length)
            : List.of("append", "history", "point", "scan");
    SqlCosts costs = new SqlCosts(directory);
    for (String name : wanted) {
      Figures.delete(directory);
      Files.createDirectories(directory);
      switch (name) {
        case "append" -> costs.append();
        case "history" -> costs.history();
        case "point" -> costs.point();
        case "scan" -> costs.scan();
        default -> throw new IllegalArgumentException("no measurement is called " + name);
      }
    }
    Figures.delete(directory);
  }

  private Connection open(String name) throws SQLException {
    return DriverManager.getConnection("jdbc:versor:" + directory.resolve(name));
  }

  /** A prepared insert of one row, and a version commit, beside a bare append with fdatasync. */
  private void append() throws Exception {
    int runs = 1_000;
    long[] bare = new long[runs];
    long[] insert = new long[runs];
    long[] commit = new long[runs];
    try (Connection connection = open("append");
        Statement statement = connection.createStatement();
        FileChannel file =
            FileChannel.open(
                directory.resolve("bare"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      file.write(ByteBuffer.allocate(4096 * runs), 0);
      file.force(true);
      statement.execute("CREATE TABLE t (a BIGINT)");
      try (PreparedStatement row = connection.prepareStatement("INSERT INTO t VALUES (?)");
          PreparedStatement version = connection.prepareStatement("COMMIT VERSION MESSAGE ?")) {
        for (int i = -500; i < runs; i++) {
          long start = System.nanoTime();
          file.write(ByteBuffer.allocate(4096), 4096L * Math.max(0, i));
          file.force(false);
          long afterBare = System.nanoTime();
          row.setLong(1, i);
          row.executeUpdate();
          long afterInsert = System.nanoTime();
          version.setString(1, "m");
          version.execute();
          long afterCommit = System.nanoTime();
          if (i >= 0) {
            bare[i] = afterBare - start;
            insert[i] = afterInsert - afterBare;
            commit[i] = afterCommit - afterInsert;
          }
        }
      }
    }
    Figures.print("bare append of 4 KiB + fdatasync", bare);
    Figures.print("prepared insert of one row", insert);
    Figures.print("prepared version commit", commit);
    Figures.ratio("insert : bare", insert, bare);
    Figures.ratio("commit : bare", commit, bare);
  }

  /** A store with 10,000 commits beside a fresh one. */
  private void history() throws Exception {
    int runs = 500;
    long[] fresh = new long[runs];
    long[] old = new long[runs];
    try (Connection aged = open("aged");
        Connection young = open("young")) {
      aged.createStatement().execute("CREATE TABLE t (a BIGINT)");
      young.createStatement().execute("CREATE TABLE t (a BIGINT)");
      try (PreparedStatement agedRow = aged.prepareStatement("INSERT INTO t VALUES (?)");
          PreparedStatement agedCommit = aged.prepareStatement("COMMIT VERSION");
          PreparedStatement youngRow = young.prepareStatement("INSERT INTO t VALUES (?)");
          PreparedStatement youngCommit = young.prepareStatement("COMMIT VERSION")) {
        for (int i = 0; i < 10_000; i++) {
          write(agedRow, agedCommit, i);
        }
        for (int i = -200; i < runs; i++) {
          long start = System.nanoTime();
          write(youngRow, youngCommit, i);
          long between = System.nanoTime();
          write(agedRow, agedCommit, i);
          long end = System.nanoTime();
          if (i >= 0) {
            fresh[i] = between - start;
            old[i] = end - between;
          }
        }
      }
    }
    Figures.print("insert + commit, fresh store", fresh);
    Figures.print("insert + commit, 10,000 commits", old);
    Figures.ratio("10,000 commits : fresh", old, fresh);
  }

  private static void write(PreparedStatement row, PreparedStatement commit, long value)
      throws SQLException {
    row.setLong(1, value);
    row.executeUpdate();
    commit.execute();
  }

  /** One row of 100,000 by its position, prepared. */
  private void point() throws Exception {
    int runs = 2_000;
    long[] times = new long[runs];
    try (Connection connection = open("point")) {
      connection.createStatement().execute("CREATE TABLE t (a BIGINT, b TEXT)");
      try (PreparedStatement row = connection.prepareStatement("INSERT INTO t VALUES (?, ?)")) {
        for (int i = 0; i < 100_000; i++) {
          row.setLong(1, i);
          row.setString(2, "row " + i);
          row.addBatch();
        }
        row.executeBatch();
      }
      try (PreparedStatement query =
          connection.prepareStatement("SELECT b FROM t WHERE _index = ?")) {
        Random random = new Random(1);
        for (int i = -500; i < runs; i++) {
          long start = System.nanoTime();
          query.setLong(1, random.nextInt(100_000));
          try (ResultSet rows = query.executeQuery()) {
            rows.next();
            rows.getString(1);
          }
          if (i >= 0) {
            times[i] = System.nanoTime() - start;
          }
        }
      }
    }
    Figures.print("prepared SELECT of one row of 100,000 by _index", times);
  }

  /** A filter on a label with a count, a sum and an average over five million rows. */
  private void scan() throws Exception {
    Random random = new Random(3);
    try (Connection connection = open("scan");
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE TABLE s (label INTEGER, d DOUBLE)");
      long start = System.nanoTime();
      try (PreparedStatement row = connection.prepareStatement("INSERT INTO s VALUES (?, ?)")) {
        for (int done = 0; done < ROWS; done += 100_000) {
          for (int i = 0; i < 100_000; i++) {
            row.setInt(1, random.nextInt(10));
            row.setDouble(2, random.nextDouble());
            row.addBatch();
          }
          row.executeBatch();
        }
      }
      System.out.printf(
          "| loading 5,000,000 rows in batches of 100,000 | %.0f ns a row |%n",
          (System.nanoTime() - start) / (double) ROWS);
      long[] times = new long[9];
      for (int i = -3; i < times.length; i++) {
        start = System.nanoTime();
        try (ResultSet rows =
            statement.executeQuery("SELECT COUNT(*), SUM(d), AVG(d) FROM s WHERE label = 7")) {
          rows.next();
          rows.getDouble(2);
        }
        if (i >= 0) {
          times[i] = System.nanoTime() - start;
        }
      }
      Figures.print("COUNT(*), SUM(d), AVG(d) WHERE label = 7", times);
      System.out.printf("| a row of it | %.2f ns |%n", Figures.median(times) / (double) ROWS);
    }
  }
}
