package io.versor.bench.peers;

import java.sql.Connection;
import java.sql.Statement;
import java.util.Map;
import java.util.Optional;

/** Filling a table with embeddings, synced at the end. */
final class IngestWorks {
  private static final int ROUNDS = 3;

  private final Map<Engine, Connection> connections;
  private final Optional<Lance> lance;
  private final long rows;
  private final Report report;

  IngestWorks(
      Map<Engine, Connection> connections, Optional<Lance> lance, long rows, Report report) {
    this.connections = connections;
    this.lance = lance;
    this.rows = rows;
    this.report = report;
  }

  void run() throws Exception {
    Contest contest = new Contest("ingest of " + rows + " rows with embeddings", 1.0);
    for (Map.Entry<Engine, Connection> one : connections.entrySet()) {
      if (one.getKey() != Engine.H2) {
        contest.with(
            one.getKey().title,
            round -> {
              Tables.fillVectors(one.getKey(), one.getValue(), "ingested", rows);
              return rows;
            });
      }
    }
    lance.ifPresent(
        one ->
            contest.with(
                Lance.TITLE,
                round -> {
                  one.writeVectors("ingested", rows);
                  return rows;
                }));
    contest.run(report, 1, ROUNDS);
    for (Map.Entry<Engine, Connection> one : connections.entrySet()) {
      try (Statement statement = one.getValue().createStatement()) {
        statement.execute("DROP TABLE IF EXISTS ingested");
      }
    }
  }
}
