package io.versor.bench.peers;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;

/** Changing 100 random rows as a version, seeing what changed, merging it with other changes. */
final class VersionWorks {
  private static final int CHANGES = 100;
  private static final String NAME = "changed";

  private final Map<Engine, Connection> connections;
  private final Optional<Lance> lance;
  private final long rows;
  private final Report report;
  private final int rounds;

  VersionWorks(
      Map<Engine, Connection> connections,
      Optional<Lance> lance,
      long rows,
      Report report,
      int rounds) {
    this.connections = connections;
    this.lance = lance;
    this.rows = rows;
    this.report = report;
    this.rounds = rounds;
  }

  void run() throws Exception {
    Connection versor = connections.get(Engine.VERSOR);
    if (versor == null) {
      return;
    }
    Tables.fillVectors(Engine.VERSOR, versor, NAME, rows);
    try (Statement statement = versor.createStatement()) {
      statement.execute("COMMIT VERSION MESSAGE 'filled'");
      Contest update =
          new Contest("update of 100 random rows and a version", 0.2)
              .with(
                  Engine.VERSOR.title,
                  round -> {
                    update(statement, round, round);
                    statement.execute("COMMIT VERSION MESSAGE 'changed'");
                    return CHANGES;
                  });
      Contest diff = new Contest("diff of that version", 0.2);
      PreparedStatement changed =
          versor.prepareStatement(
              "SELECT COUNT(*) FROM versor.diff('" + NAME + "', 'HEAD~1', 'HEAD')");
      diff.with(Engine.VERSOR.title, round -> count(changed));
      if (lance.isPresent()) {
        lance.get().writeVectors(NAME, rows);
        update.with(
            Lance.TITLE,
            round -> {
              lance.get().update(NAME, ids(round), -1 - round);
              return CHANGES;
            });
        diff.with(Lance.TITLE, round -> lance.get().changed(NAME));
      }
      update.run(report, 3, rounds);
      diff.run(report, 3, rounds);
      merge(statement);
    }
  }

  /** Only the merge counts, so the branches' changes are made outside the time. */
  private void merge(Statement statement) throws SQLException {
    long[] times = new long[rounds];
    for (int i = -3; i < rounds; i++) {
      statement.execute("CREATE BRANCH other");
      statement.execute("USE BRANCH other");
      update(statement, 1_000 + i, 1_000 + i);
      statement.execute("COMMIT VERSION MESSAGE 'theirs'");
      statement.execute("USE BRANCH main");
      statement.execute("UPDATE " + NAME + " SET caption = 'ours " + i + "' WHERE id < " + CHANGES);
      statement.execute("COMMIT VERSION MESSAGE 'ours'");
      long start = System.nanoTime();
      statement.execute("MERGE BRANCH other");
      if (i >= 0) {
        times[i] = System.nanoTime() - start;
      }
      statement.execute("DROP BRANCH other");
    }
    report.add(
        "merge of 100 changes with 100 others (at most 20 ms promised)",
        0,
        java.util.List.of(new Outcome("merge", Engine.VERSOR.title, Outcome.Unit.TIME, times)));
  }

  private void update(Statement statement, int round, int label) throws SQLException {
    String list = Arrays.toString(ids(round));
    int count =
        statement.executeUpdate(
            "UPDATE "
                + NAME
                + " SET label = "
                + (-1 - label)
                + " WHERE id IN ("
                + list.substring(1, list.length() - 1)
                + ")");
    if (count != CHANGES) {
      throw new IllegalStateException(count + " rows changed, not " + CHANGES);
    }
  }

  private long[] ids(int round) {
    return new SplittableRandom(round).longs(0, rows).distinct().limit(CHANGES).toArray();
  }

  private static Object count(PreparedStatement query) throws SQLException {
    try (ResultSet row = query.executeQuery()) {
      row.next();
      return row.getLong(1);
    }
  }
}
