package io.versor.bench.peers;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Map;
import java.util.SplittableRandom;

/** Blobs of 20 to 100 KB: written and synced, scanned, got one by one. */
final class BlobWorks {
  private static final String NAME = "blobs";
  private static final int WRITES = 3;

  private final Contestants all;
  private final int rows;

  BlobWorks(Contestants all, int rows) {
    this.all = all;
    this.rows = rows;
  }

  void run() throws Exception {
    Contest write =
        new Contest(
            rows + " blobs of 20 to 100 KB: write and sync", Promise.beside(1.0, Lance.TITLE));
    Contest scan = new Contest("scan of them", Promise.beside(1.0, Engine.SQLITE.title));
    Contest get = new Contest("1,000 random gets", Promise.beside(1.0, Engine.SQLITE.title));
    for (Map.Entry<Engine, Connection> one : all.connections().entrySet()) {
      Engine engine = one.getKey();
      if (engine == Engine.H2) {
        continue;
      }
      Connection connection = one.getValue();
      write.with(
          engine.title,
          round -> {
            Tables.fillBlobs(engine, connection, NAME, rows);
            return (long) rows;
          });
      scan.with(engine.title, round -> scan(connection));
      get.with(engine.title, round -> get(connection, places(round)));
    }
    all.lance()
        .ifPresent(
            one -> {
              write.with(
                  Lance.TITLE,
                  round -> {
                    one.writeBlobs(NAME, rows);
                    return (long) rows;
                  });
              scan.with(Lance.TITLE, round -> one.scanBlobs(NAME));
              get.with(Lance.TITLE, round -> one.getBlobs(NAME, places(round)));
            });
    write.run(all.report(), 0, WRITES);
    scan.run(all.report(), 2, all.rounds());
    get.run(all.report(), 2, all.rounds());
  }

  private long[] places(int round) {
    return new SplittableRandom(round).longs(1_000, 0, rows).toArray();
  }

  private static long scan(Connection connection) throws SQLException {
    long bytes = 0;
    try (PreparedStatement query = connection.prepareStatement("SELECT b FROM " + NAME);
        ResultSet row = query.executeQuery()) {
      while (row.next()) {
        bytes += row.getBytes(1).length;
      }
    }
    return bytes;
  }

  private static long get(Connection connection, long[] ids) throws SQLException {
    long sum = 0;
    try (PreparedStatement query =
        connection.prepareStatement("SELECT b FROM " + NAME + " WHERE id = ?")) {
      for (long id : ids) {
        query.setLong(1, id);
        try (ResultSet row = query.executeQuery()) {
          row.next();
          byte[] blob = row.getBytes(1);
          sum += blob.length + blob[0];
        }
      }
    }
    return sum;
  }
}
