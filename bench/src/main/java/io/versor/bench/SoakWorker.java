package io.versor.bench;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;

/**
 * A program that works over JDBC until it is killed. It prints what it begins and what came of it,
 * a line each:
 *
 * <pre>
 * begin KIND [GROUP=VALUE ...]    a value for all rows of a group, - for none
 * end done | refused | commit ID | read ID ROWS SUM
 * failed MESSAGE                  that must not have happened
 * </pre>
 *
 * <p>Arguments: URL, number of the child, which no other has.
 */
final class SoakWorker {
  /** Rows that are always there together. */
  static final int ROWS_OF_A_GROUP = 4;

  /** More than a child lives to use. */
  static final long GROUPS_OF_A_CHILD = 1_000_000;

  private static final int KEPT_GROUPS = 300;

  /** What others may cause: lost races, changes in the way of a merge, a lock of maintenance. */
  private static final Set<String> REFUSALS = Set.of("40001", "55000", "VS003", "VS002");

  private final Statement sql;
  private final Connection connection;
  private final Random random;
  private final List<Long> groups = new ArrayList<>();
  private final List<String> commits = new ArrayList<>();
  private long nextGroup;
  private long nextValue;

  private SoakWorker(Connection connection, Statement sql, long child) {
    this.connection = connection;
    this.sql = sql;
    this.random = new Random(child);
    this.nextGroup = child * GROUPS_OF_A_CHILD;
    this.nextValue = nextGroup;
  }

  public static void main(String[] arguments) throws SQLException {
    try (Connection connection = DriverManager.getConnection(arguments[0]);
        Statement statement = connection.createStatement()) {
      SoakWorker worker = new SoakWorker(connection, statement, Long.parseLong(arguments[1]));
      while (true) {
        worker.step();
      }
    }
  }

  /** What a deed leaves when it comes to its end. */
  private interface Deed {
    String run() throws SQLException;
  }

  private void step() throws SQLException {
    int choice = random.nextInt(100);
    if (choice < 25 || groups.isEmpty()) {
      insert();
    } else if (choice < 45) {
      change("update", any(), String.valueOf(++nextValue));
    } else if (choice < 52 || groups.size() > KEPT_GROUPS) {
      change("delete", any(), "-");
    } else if (choice < 64) {
      transaction();
    } else if (choice < 76) {
      told("commit", "", this::commit);
    } else if (choice < 86) {
      merge();
    } else if (choice < 95 && !commits.isEmpty()) {
      told("read", "", this::read);
    } else if (choice < 96) {
      told("expire", "", () -> done("EXPIRE HISTORY OLDER THAN INTERVAL '5' SECOND KEEP LAST 20"));
    } else if (choice < 97 && commits.size() > 1) {
      told("squash", "", this::squash);
    } else if (choice < 98) {
      told("optimize", "", () -> done("OPTIMIZE TABLE t"));
    } else {
      told("vacuum", "", () -> done("VACUUM OLDER THAN INTERVAL '0' SECOND"));
    }
  }

  private void told(String kind, String effect, Deed deed) throws SQLException {
    System.out.println("begin " + kind + effect);
    try {
      System.out.println("end " + deed.run());
    } catch (SQLException e) {
      if (!connection.getAutoCommit()) {
        connection.rollback();
        connection.setAutoCommit(true);
      }
      boolean known = REFUSALS.contains(e.getSQLState()) || hasExpired(e);
      String refused = known ? "end refused" : "failed ";
      System.out.println(
          refused.startsWith("end")
              ? refused
              : refused + kind + ": " + e.getSQLState() + " " + e.getMessage().replace('\n', ' '));
    }
  }

  /** Whether somebody let a commit go that is asked for. */
  static boolean hasExpired(SQLException e) {
    return "3F000".equals(e.getSQLState()) && e.getMessage().contains("has expired");
  }

  private String done(String statement) throws SQLException {
    sql.execute(statement);
    return "done";
  }

  private long any() {
    return groups.get(random.nextInt(groups.size()));
  }

  // --- rows

  private void insert() throws SQLException {
    long group = nextGroup++;
    long value = ++nextValue;
    told("insert", " " + group + "=" + value, () -> done(inserting(group, value)));
    groups.add(group); // whether or not: what changes no rows has no effect on the model
  }

  private String inserting(long group, long value) {
    int length = random.nextInt(12) == 0 ? 20_000 : random.nextInt(60);
    return "INSERT INTO t SELECT "
        + group * ROWS_OF_A_GROUP
        + " + g, "
        + value
        + ", REPEAT('x"
        + value
        + "', "
        + length
        + ") FROM generate_series(0, "
        + (ROWS_OF_A_GROUP - 1)
        + ") AS x(g)";
  }

  private void change(String kind, long group, String value) throws SQLException {
    told(kind, " " + group + "=" + value, () -> done(changing(group, value)));
    if (value.equals("-")) {
      groups.remove(group);
    }
  }

  private static String changing(long group, String value) {
    String where =
        " WHERE id BETWEEN "
            + group * ROWS_OF_A_GROUP
            + " AND "
            + (group * ROWS_OF_A_GROUP + ROWS_OF_A_GROUP - 1);
    return value.equals("-") ? "DELETE FROM t" + where : "UPDATE t SET val = " + value + where;
  }

  private void transaction() throws SQLException {
    long added = nextGroup++;
    long value = ++nextValue;
    long updated = any();
    long newer = ++nextValue;
    told(
        "transaction",
        " " + added + "=" + value + " " + updated + "=" + newer,
        () -> {
          connection.setAutoCommit(false);
          sql.execute(inserting(added, value));
          sql.execute(changing(updated, String.valueOf(newer)));
          connection.commit();
          connection.setAutoCommit(true);
          return "done";
        });
    groups.add(added);
  }

  // --- versions

  private String commit() throws SQLException {
    try (ResultSet commit = sql.executeQuery("COMMIT VERSION MESSAGE 'soak' ALLOW EMPTY")) {
      commit.next();
      commits.add(commit.getString(1));
      return "commit " + commit.getString(1);
    }
  }

  /** Rows come by way of a branch of their own. */
  private void merge() throws SQLException {
    long group = nextGroup++;
    long value = ++nextValue;
    String side = "side" + group;
    told(
        "merge",
        " " + group + "=" + value,
        () -> {
          try {
            sql.execute("CREATE BRANCH " + side);
            sql.execute("USE BRANCH " + side);
            sql.execute(inserting(group, value));
            sql.execute("COMMIT VERSION MESSAGE 'side'");
            sql.execute("USE BRANCH main");
            sql.execute("COMMIT VERSION MESSAGE 'before a merge' ALLOW EMPTY");
            return done("MERGE BRANCH " + side);
          } finally {
            sql.execute("USE BRANCH main");
            sql.execute("DROP BRANCH IF EXISTS " + side + " FORCE");
          }
        });
    groups.add(group);
  }

  /** What is between two commits goes; both are on the way of main. */
  private String squash() throws SQLException {
    int older = random.nextInt(commits.size() - 1);
    int newer = Math.min(commits.size() - 1, older + 1 + random.nextInt(4));
    return done(
        "SQUASH HISTORY FROM COMMIT '"
            + commits.get(older)
            + "' TO COMMIT '"
            + commits.get(newer)
            + "'");
  }

  /** The same commit answers the same, whoever asks and when. */
  private String read() throws SQLException {
    String commit = commits.get(random.nextInt(commits.size()));
    try (ResultSet all =
        sql.executeQuery("SELECT COUNT(*), SUM(val) FROM t AS OF COMMIT '" + commit + "'")) {
      all.next();
      return "read " + commit + " " + all.getLong(1) + " " + all.getLong(2);
    }
  }
}
