package io.versor.bench.peers;

import java.sql.Connection;
import java.sql.Statement;
import java.util.Map;

/** Filling a table with embeddings, synced at the end. */
final class IngestWorks {
  private static final int ROUNDS = 3;

  private final Contestants all;
  private final long rows;

  IngestWorks(Contestants all, long rows) {
    this.all = all;
    this.rows = rows;
  }

  void run() throws Exception {
    Contest contest =
        new Contest(
            "ingest of " + rows + " rows with embeddings", Promise.beside(1.0, Lance.TITLE));
    for (Map.Entry<Engine, Connection> one : all.connections().entrySet()) {
      if (one.getKey() != Engine.H2) {
        contest.with(
            one.getKey().title,
            round -> {
              Tables.fillVectors(one.getKey(), one.getValue(), "ingested", rows);
              return rows;
            });
      }
    }
    all.lance()
        .ifPresent(
            one ->
                contest.with(
                    Lance.TITLE,
                    round -> {
                      one.writeVectors("ingested", rows);
                      return rows;
                    }));
    contest.run(all.report(), 1, ROUNDS);
    for (Map.Entry<Engine, Connection> one : all.connections().entrySet()) {
      try (Statement statement = one.getValue().createStatement()) {
        statement.execute("DROP TABLE IF EXISTS ingested");
      }
    }
  }
}
