package io.versor.bench.peers;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Map;
import java.util.SplittableRandom;

/** Nearest neighbours, rows at random places and whole columns of a table of embeddings. */
final class VectorWorks {
  private static final String NAME = "vectors";
  private static final int TAKEN = 1_000;

  private final Contestants all;
  private final Tables tables;
  private final Path directory;
  private final long rows;

  VectorWorks(Contestants all, Tables tables, Path directory, long rows) {
    this.all = all;
    this.tables = tables;
    this.directory = directory;
    this.rows = rows;
  }

  void run() throws Exception {
    for (Map.Entry<Engine, Connection> one : all.connections().entrySet()) {
      if (one.getKey() != Engine.H2) {
        tables.vectors(one.getKey(), one.getValue(), rows);
      }
    }
    if (all.lance().isPresent()) {
      Tables.once(
          directory,
          Lance.TITLE,
          NAME + " " + rows,
          () -> all.lance().get().writeVectors(NAME, rows));
    }
    nearest("top 10 by L2 of " + rows + " x FLOAT32[128]", false);
    nearest("top 10 by cosine", true);
    take();
    stream();
  }

  private void nearest(String work, boolean cosine) throws Exception {
    Contest contest = new Contest(work, Promise.beside(0.5));
    for (Map.Entry<Engine, Connection> one : all.connections().entrySet()) {
      Engine engine = one.getKey();
      if (engine == Engine.SQLITE || engine == Engine.H2) {
        continue;
      }
      PreparedStatement query = one.getValue().prepareStatement(nearest(engine, cosine));
      contest.with(
          engine.title,
          round -> {
            float[] to = Rows.embedding(-1 - round);
            query.setObject(1, engine == Engine.DUCKDB ? Arrays.toString(to) : to);
            return Answers.of(query);
          });
    }
    all.lance()
        .ifPresent(
            one ->
                contest.with(
                    Lance.TITLE,
                    round -> one.nearest(NAME, Rows.embedding(-1 - round), 10, cosine)));
    contest.run(all.report(), 3, all.rounds());
  }

  private static String nearest(Engine engine, boolean cosine) {
    if (engine == Engine.DUCKDB) {
      String to = "(e, CAST(? AS FLOAT[" + Rows.EXTENT + "]))";
      return "SELECT id FROM vectors ORDER BY array_"
          + (cosine ? "cosine_distance" : "distance")
          + to
          + " LIMIT 10";
    }
    return "SELECT id FROM vectors ORDER BY "
        + (cosine ? "COSINE_SIMILARITY(e, ?) DESC" : "L2_DISTANCE(e, ?)")
        + " LIMIT 10";
  }

  private void take() throws Exception {
    Contest contest =
        new Contest(
            "1,000 random rows by position, all columns, warm", Promise.beside(1.0, Lance.TITLE));
    for (Map.Entry<Engine, Connection> one : all.connections().entrySet()) {
      Engine engine = one.getKey();
      if (engine == Engine.VERSOR || engine == Engine.SQLITE) {
        PreparedStatement query = one.getValue().prepareStatement(rowAt(engine));
        contest.with(engine.title, round -> take(engine, query, places(round)));
      }
    }
    all.lance().ifPresent(one -> contest.with(Lance.TITLE, round -> one.take(NAME, places(round))));
    contest.run(all.report(), 5, all.rounds());
  }

  static String rowAt(Engine engine) {
    return "SELECT id, label, caption, e FROM "
        + NAME
        + " WHERE "
        + (engine == Engine.VERSOR ? "_index" : "rowid")
        + " = ?";
  }

  private long[] places(int round) {
    return places(round, rows);
  }

  static long[] places(int round, long rows) {
    return new SplittableRandom(round).longs(TAKEN, 0, rows).distinct().toArray();
  }

  static Object take(Engine engine, PreparedStatement query, long[] places) throws SQLException {
    Taken taken = new Taken();
    for (long place : places) {
      query.setLong(1, place);
      try (ResultSet row = query.executeQuery()) {
        if (!row.next()) {
          throw new IllegalStateException(engine.title + " has no row " + place);
        }
        taken.add(row.getLong(1), row.getInt(2), row.getString(3), vector(engine, row, 4));
      }
    }
    return taken.sum();
  }

  private static float[] vector(Engine engine, ResultSet row, int column) throws SQLException {
    return engine == Engine.VERSOR
        ? row.getObject(column, float[].class)
        : Vectors.vector(row.getBytes(column));
  }

  /** All vectors through the driver: at least 500,000 rows a second are promised. */
  private void stream() throws Exception {
    Contest contest = new Contest("all ids and vectors through the driver", Promise.NONE);
    for (Map.Entry<Engine, Connection> one : all.connections().entrySet()) {
      Engine engine = one.getKey();
      if (engine == Engine.VERSOR || engine == Engine.SQLITE) {
        PreparedStatement query = one.getValue().prepareStatement("SELECT id, e FROM vectors");
        contest.with(
            engine.title,
            round -> {
              double sum = 0;
              try (ResultSet row = query.executeQuery()) {
                while (row.next()) {
                  sum += row.getLong(1) + vector(engine, row, 2)[1];
                }
              }
              return sum;
            });
      }
    }
    contest.run(all.report(), 1, Math.min(all.rounds(), 5));
  }
}
