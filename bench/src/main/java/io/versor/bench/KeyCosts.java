package io.versor.bench;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/**
 * What keys cost through JDBC: adding rows of random and of rising keys beside a table without one,
 * and finding rows by them, beside H2. What is compared alternates.
 *
 * <p>Arguments: a directory to work in, rows (1,000,000 by default), and which measurements (all by
 * default).
 */
public final class KeyCosts {
  private static final int BATCH = 100_000;
  private static final int RUNS = 1_000;
  private static final int WARM_UP = 500;

  private final Path directory;
  private final int rows;

  private KeyCosts(Path directory, int rows) {
    this.directory = directory;
    this.rows = rows;
  }

  public static void main(String[] arguments) throws Exception {
    Path directory = Path.of(arguments.length > 0 ? arguments[0] : "bench-data");
    int rows = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 1_000_000;
    List<String> wanted =
        arguments.length > 2
            ? Arrays.asList(arguments).subList(2, arguments.length)
            : List.of("load", "insert", "find");
    KeyCosts costs = new KeyCosts(directory, rows);
    for (String name : wanted) {
      Figures.delete(directory);
      Files.createDirectories(directory);
      switch (name) {
        case "load" -> costs.load();
        case "insert" -> costs.insert();
        case "find" -> costs.find();
        default -> throw new IllegalArgumentException("no measurement is called " + name);
      }
    }
    Figures.delete(directory);
  }

  private Connection open(String name) throws SQLException {
    return DriverManager.getConnection("jdbc:versor:" + directory.resolve(name));
  }

  private Connection openH2(String name) throws SQLException {
    return DriverManager.getConnection("jdbc:h2:" + directory.resolve(name).toAbsolutePath());
  }

  /** Keys as good as random, and none twice. */
  private static long random(long number) {
    return number * 0x9E3779B97F4A7C15L;
  }

  /** Adds rows in batches, each a transaction; answers nanoseconds. */
  private static long fill(Connection connection, int rows, boolean rising) throws SQLException {
    long start = System.nanoTime();
    try (PreparedStatement row = connection.prepareStatement("INSERT INTO t VALUES (?, ?)")) {
      for (int done = 0; done < rows; done += BATCH) {
        for (int i = done; i < Math.min(rows, done + BATCH); i++) {
          row.setLong(1, rising ? i : random(i));
          row.setString(2, "row " + i);
          row.addBatch();
        }
        row.executeBatch();
      }
    }
    return System.nanoTime() - start;
  }

  private static void create(Connection connection, String key) throws SQLException {
    connection.createStatement().execute("CREATE TABLE t (id BIGINT " + key + ", name VARCHAR)");
  }

  /** Loading a table by batches of 100,000: without a key, with rising keys, with random ones. */
  private void load() throws Exception {
    int runs = 5;
    long[] plain = new long[runs];
    long[] rising = new long[runs];
    long[] random = new long[runs];
    for (int i = -1; i < runs; i++) {
      for (int kind = 0; kind < 3; kind++) {
        try (Connection connection = open("load" + i + "." + kind)) {
          create(connection, kind == 0 ? "" : "PRIMARY KEY");
          long time = fill(connection, rows, kind == 1);
          if (i >= 0) {
            (kind == 0 ? plain : kind == 1 ? rising : random)[i] = time;
          }
        }
        Figures.delete(directory.resolve("load" + i + "." + kind));
      }
    }
    Figures.print("loading " + rows + " rows without a key", plain);
    Figures.print("with rising keys", rising);
    Figures.print("with random keys", random);
    Figures.ratio("rising : without", rising, plain);
    Figures.ratio("random : without", random, plain);
  }

  /** One prepared insert of a random key, in a transaction and with autocommit. */
  private void insert() throws Exception {
    try (Connection plain = open("plain");
        Connection keyed = open("keyed")) {
      create(plain, "");
      create(keyed, "PRIMARY KEY");
      fill(plain, rows, false);
      fill(keyed, rows, false);
      insert(plain, keyed, rows, true);
      insert(plain, keyed, rows + 2 * (RUNS + WARM_UP), false);
    }
  }

  private void insert(Connection plain, Connection keyed, long first, boolean autoCommit)
      throws SQLException {
    long[] without = new long[RUNS];
    long[] with = new long[RUNS];
    plain.setAutoCommit(autoCommit);
    keyed.setAutoCommit(autoCommit);
    try (PreparedStatement a = plain.prepareStatement("INSERT INTO t VALUES (?, ?)");
        PreparedStatement b = keyed.prepareStatement("INSERT INTO t VALUES (?, ?)")) {
      for (int i = -WARM_UP; i < RUNS; i++) {
        long one = insert(a, first + WARM_UP + i);
        long other = insert(b, first + WARM_UP + i);
        if (i >= 0) {
          without[i] = one;
          with[i] = other;
        }
      }
    }
    if (!autoCommit) {
      plain.rollback();
      keyed.rollback();
    }
    String how = autoCommit ? " with autocommit" : " within a transaction";
    Figures.print("insert into " + rows + " rows without a key" + how, without);
    Figures.print("of a random key" + how, with);
    Figures.ratio("random key : without" + how, with, without);
  }

  private static long insert(PreparedStatement row, long number) throws SQLException {
    long start = System.nanoTime();
    row.setLong(1, random(number));
    row.setString(2, "more");
    row.executeUpdate();
    return System.nanoTime() - start;
  }

  /** Prepared statements that find one row by its random key, beside H2's. */
  private void find() throws Exception {
    try (Connection versor = open("find");
        Connection h2 = openH2("h2")) {
      for (Connection connection : List.of(versor, h2)) {
        create(connection, "PRIMARY KEY");
        fill(connection, rows, false);
      }
      compare(versor, h2, "SELECT name FROM t WHERE id = ?");
      compare(versor, h2, "UPDATE t SET name = 'other' WHERE id = ?");
      compare(versor, h2, "DELETE FROM t WHERE id = ?");
    }
  }

  private void compare(Connection versor, Connection h2, String sql) throws SQLException {
    long[] ours = new long[RUNS];
    long[] theirs = new long[RUNS];
    Random random = new Random(7);
    try (PreparedStatement a = versor.prepareStatement(sql);
        PreparedStatement b = h2.prepareStatement(sql)) {
      for (int i = -WARM_UP; i < RUNS; i++) {
        long key = random(random.nextInt(rows));
        long one = execute(a, key);
        long other = execute(b, key);
        if (i >= 0) {
          ours[i] = one;
          theirs[i] = other;
        }
      }
    }
    Figures.print(sql + " of " + rows, ours);
    Figures.print("H2", theirs);
    Figures.ratio("Versor : H2", ours, theirs);
  }

  private static long execute(PreparedStatement statement, long key) throws SQLException {
    long start = System.nanoTime();
    statement.setLong(1, key);
    if (statement.execute()) {
      try (ResultSet found = statement.getResultSet()) {
        if (!found.next() || found.getString(1) == null) {
          throw new SQLException("key " + key + " is not there");
        }
      }
    }
    return System.nanoTime() - start;
  }
}
