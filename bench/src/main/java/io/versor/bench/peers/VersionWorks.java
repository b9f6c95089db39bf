package io.versor.bench.peers;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;

/** Changing 100 random rows as a version, seeing what changed, merging it with other changes. */
final class VersionWorks {
  private static final int CHANGES = 100;
  private static final String NAME = "changed";

  private final Contestants all;
  private final long rows;

  VersionWorks(Contestants all, long rows) {
    this.all = all;
    this.rows = rows;
  }

  void run() throws Exception {
    Connection versor = all.connections().get(Engine.VERSOR);
    if (versor == null) {
      return;
    }
    Tables.fillVectors(Engine.VERSOR, versor, NAME, rows);
    String some = String.join(", ", Collections.nCopies(CHANGES, "?"));
    try (Statement statement = versor.createStatement();
        PreparedStatement change =
            versor.prepareStatement(
                "UPDATE " + NAME + " SET label = ? WHERE id IN (" + some + ")")) {
      statement.execute("COMMIT VERSION MESSAGE 'filled'");
      Contest update =
          new Contest("update of 100 random rows and a version", Promise.beside(0.2, Lance.TITLE))
              .with(
                  Engine.VERSOR.title,
                  round -> {
                    update(change, round);
                    statement.execute("COMMIT VERSION MESSAGE 'changed'");
                    return CHANGES;
                  });
      if (all.lance().isPresent()) {
        all.lance().get().writeVectors(NAME, rows);
        update.with(
            Lance.TITLE,
            round -> {
              all.lance().get().update(NAME, ids(round), -1 - round);
              return CHANGES;
            });
      }
      update.run(all.report(), 3, all.rounds());
      diff(versor);
      merge(statement, change);
    }
  }

  private void diff(Connection versor) throws Exception {
    String sql = "SELECT COUNT(*) FROM versor.diff('" + NAME + "', 'HEAD~1', 'HEAD')";
    try (PreparedStatement changed = versor.prepareStatement(sql)) {
      Contest diff =
          new Contest("diff of that version", Promise.beside(0.2, Lance.TITLE))
              .with(Engine.VERSOR.title, round -> count(changed));
      if (all.lance().isPresent()) {
        diff.with(Lance.TITLE, round -> all.lance().get().changed(NAME));
      }
      diff.run(all.report(), 3, all.rounds());
    }
  }

  /** Only the merge counts, so the branches' changes are made outside the time. */
  private void merge(Statement statement, PreparedStatement change) throws SQLException {
    long[] times = new long[all.rounds()];
    for (int i = -3; i < all.rounds(); i++) {
      statement.execute("CREATE BRANCH other");
      statement.execute("USE BRANCH other");
      update(change, 1_000 + i);
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
    all.report()
        .add(
            "merge of 100 changes with 100 others (at most 20 ms promised)",
            Promise.NONE,
            List.of(new Outcome("merge", Engine.VERSOR.title, Outcome.Unit.TIME, times)));
  }

  private void update(PreparedStatement update, int round) throws SQLException {
    update.setInt(1, -1 - round);
    long[] ids = ids(round);
    for (int i = 0; i < ids.length; i++) {
      update.setLong(i + 2, ids[i]);
    }
    int count = update.executeUpdate();
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
