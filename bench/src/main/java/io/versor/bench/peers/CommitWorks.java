package io.versor.bench.peers;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.Statement;
import java.util.Map;

/** One row that is on the disk when the call returns, and one version. */
final class CommitWorks {
  private static final int WARM_UP = 200;
  private static final int ROUNDS = 500;

  private final Contestants all;

  CommitWorks(Contestants all) {
    this.all = all;
  }

  void run() throws Exception {
    Contest insert =
        new Contest(
            "durable insert of one row, autocommit", Promise.beside(2.0, Engine.SQLITE.title));
    for (Map.Entry<Engine, Connection> one : all.connections().entrySet()) {
      // H2 answers before the row is on the disk.
      if (one.getKey() != Engine.H2) {
        Tables.create(one.getValue(), "single (id BIGINT, name VARCHAR(20))");
        PreparedStatement row = one.getValue().prepareStatement("INSERT INTO single VALUES (?, ?)");
        insert.with(
            one.getKey().title,
            round -> {
              row.setLong(1, round);
              row.setString(2, "row " + round);
              return row.executeUpdate();
            });
      }
    }
    insert.run(all.report(), WARM_UP, ROUNDS);
    versions();
  }

  private void versions() throws Exception {
    Connection versor = all.connections().get(Engine.VERSOR);
    if (versor == null) {
      return;
    }
    Tables.create(versor, "versions (id BIGINT, label INT, caption VARCHAR, e EMBEDDING(128))");
    try (PreparedStatement row =
            versor.prepareStatement("INSERT INTO versions VALUES (?, ?, ?, ?)");
        Statement commit = versor.createStatement()) {
      Contest contest =
          new Contest("one row and a version", Promise.beside(1.0, Lance.TITLE))
              .with(
                  Engine.VERSOR.title,
                  round -> {
                    row.setLong(1, round);
                    row.setInt(2, Rows.label(round));
                    row.setString(3, Rows.caption(round));
                    row.setObject(4, Rows.embedding(round));
                    row.executeUpdate();
                    commit.execute("COMMIT VERSION MESSAGE 'one more'");
                    return 1;
                  });
      if (all.lance().isPresent()) {
        all.lance().get().writeVectors("versions", 1);
        contest.with(
            Lance.TITLE,
            round -> {
              all.lance().get().append("versions", round, 1);
              return 1;
            });
      }
      contest.run(all.report(), 20, 100);
    }
  }
}
