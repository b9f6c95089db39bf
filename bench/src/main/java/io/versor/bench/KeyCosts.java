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
  private static final int SMALL_RUNS = 12;

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
            : List.of("load", "insert", "find", "small");
    KeyCosts costs = new KeyCosts(directory, rows);
    for (String name : wanted) {
      Figures.delete(directory);
      Files.createDirectories(directory);
      switch (name) {
        case "load" -> costs.load();
        case "insert" -> costs.insert();
        case "find" -> costs.find();
        case "small" -> costs.small();
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

  /**
   * 1,000 executions of prepared statements that are small, without a sync: each by key, row id and
   * position, beside H2 in memory. A run takes up where the one before was compiled.
   */
  private void small() throws Exception {
    try (Connection versor = open("small");
        Connection h2 = DriverManager.getConnection("jdbc:h2:mem:small")) {
      for (Connection connection : List.of(versor, h2)) {
        create(connection, "PRIMARY KEY");
        fill(connection, rows, false);
        connection.setAutoCommit(false);
      }
      String byKey = "SELECT name FROM t WHERE id = ?";
      List<String[]> pairs =
          List.of(
              new String[] {byKey, byKey},
              new String[] {"SELECT name FROM t WHERE _index = ?", byKey},
              new String[] {"SELECT name FROM t WHERE _rowid = ?", byKey},
              new String[] {"SELECT COUNT(*) FROM t", "SELECT COUNT(*) FROM t"},
              new String[] {
                "UPDATE t SET name = 'other' WHERE id = ?",
                "UPDATE t SET name = 'other' WHERE id = ?"
              },
              new String[] {"DELETE FROM t WHERE id = ?", "DELETE FROM t WHERE id = ?"},
              new String[] {"INSERT INTO t VALUES (?, 'a')", "INSERT INTO t VALUES (?, 'a')"});
      long firstRow = firstRow(versor);
      for (String[] pair : pairs) {
        long[] ours = new long[SMALL_RUNS];
        long[] theirs = new long[SMALL_RUNS];
        for (int run = 0; run < SMALL_RUNS; run++) {
          ours[run] = thousand(versor, pair[0], run, firstRow);
          theirs[run] = thousand(h2, pair[1], run, 0);
        }
        Figures.print("1,000 times " + pair[0] + " of " + rows + ", the first run", first(ours));
        Figures.print("runs behind", rest(ours));
        Figures.print("H2, the first run", first(theirs));
        Figures.print("H2, runs behind", rest(theirs));
        Figures.ratio("Versor : H2", rest(ours), rest(theirs));
      }
    }
  }

  private static long[] first(long[] times) {
    return Arrays.copyOf(times, 1);
  }

  private static long[] rest(long[] times) {
    return Arrays.copyOfRange(times, 1, times.length);
  }

  private static long firstRow(Connection versor) throws SQLException {
    try (ResultSet row =
        versor.createStatement().executeQuery("SELECT _rowid FROM t WHERE _index = 0")) {
      row.next();
      return row.getLong(1);
    }
  }

  /** Nanoseconds of 1,000 executions; what they change is taken back. */
  private long thousand(Connection connection, String sql, int run, long firstRow)
      throws SQLException {
    Random random = new Random(run);
    long time = 0;
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int i = 0; i < RUNS; i++) {
        long row = random.nextInt(rows);
        long start = System.nanoTime();
        if (sql.contains("?")) {
          statement.setLong(
              1,
              sql.contains("INSERT")
                  ? random(rows + (long) run * RUNS + i)
                  : sql.contains("_index")
                      ? row
                      : sql.contains("_rowid") ? firstRow + row : random(row));
        }
        if (statement.execute()) {
          try (ResultSet found = statement.getResultSet()) {
            if (!found.next() || found.getString(1) == null) {
              throw new SQLException(sql + " finds nothing");
            }
          }
        }
        time += System.nanoTime() - start;
      }
    }
    connection.rollback();
    return time;
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
