package io.versor.bench.peers;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SplittableRandom;

/** Scans, groups, joins and look-ups of a table of scalars. */
final class ScalarWorks {
  private static final Promise DUCKDB = Promise.beside(1.0, Engine.DUCKDB.title);

  private final Contestants all;
  private final long rows;

  ScalarWorks(Contestants all, long rows) {
    this.all = all;
    this.rows = rows;
  }

  void run() throws Exception {
    query(
        "COUNT, SUM, AVG under two predicates",
        DUCKDB,
        "SELECT COUNT(*), SUM(score), AVG(score) FROM items WHERE label < 300 AND score > 0.25");
    query(
        "GROUP BY label (1,000 groups)",
        DUCKDB,
        "SELECT label, COUNT(*), SUM(score) FROM items GROUP BY label ORDER BY label");
    query(
        "ORDER BY score DESC LIMIT 10",
        Promise.beside(1.2, Engine.DUCKDB.title),
        "SELECT id, score FROM items ORDER BY score DESC LIMIT 10");
    query(
        "join with 1,000 rows, SUM by group",
        DUCKDB,
        "SELECT n.family, SUM(i.score) FROM items i JOIN names n ON n.label = i.label"
            + " GROUP BY n.family ORDER BY n.family");
    query(
        "caption LIKE '%zebra%'",
        DUCKDB, "SELECT COUNT(*), MIN(id), MAX(id) FROM items WHERE caption LIKE '%zebra%'");
    prepared(
        "1,000 ids by range",
        DUCKDB,
        "SELECT id, label, score, caption FROM items WHERE id BETWEEN ? AND ? ORDER BY id",
        1,
        999);
    prepared("one id", DUCKDB, "SELECT label, score, caption FROM items WHERE id = ?", 1, -1);
    prepared(
        "1,000 prepared point queries",
        Promise.beside(2.0, Engine.H2.title),
        "SELECT label, score, caption FROM items WHERE id = ?",
        1_000,
        -1);
  }

  /** Of H2 rows are wanted by their ids: it scans 10,000,000 in minutes. */
  private void query(String work, Promise promise, String sql) throws Exception {
    Contest contest = new Contest(work, promise);
    for (Map.Entry<Engine, Connection> one : all.connections().entrySet()) {
      if (one.getKey() == Engine.H2) {
        continue;
      }
      PreparedStatement query = one.getValue().prepareStatement(sql);
      contest.with(one.getKey().title, round -> Answers.of(query));
    }
    contest.run(all.report(), 3, all.rounds());
  }

  /** Executions of a prepared query of an id, or of a range where {@code width} is not negative. */
  private void prepared(String work, Promise promise, String sql, int executions, long width)
      throws Exception {
    Map<Engine, PreparedStatement> statements = new LinkedHashMap<>();
    for (Map.Entry<Engine, Connection> one : all.connections().entrySet()) {
      statements.put(one.getKey(), one.getValue().prepareStatement(sql));
    }
    Contest contest = new Contest(work, promise);
    statements.forEach(
        (engine, statement) ->
            contest.with(
                engine.title,
                round -> executions(statement, new SplittableRandom(round), executions, width)));
    contest.run(all.report(), executions == 1 ? 300 : 5, executions == 1 ? 300 : all.rounds());
  }

  private Object executions(
      PreparedStatement statement, SplittableRandom random, int executions, long width)
      throws SQLException {
    int hash = 0;
    for (int i = 0; i < executions; i++) {
      long id = random.nextLong(rows - Math.max(width, 0));
      statement.setLong(1, id);
      if (width >= 0) {
        statement.setLong(2, id + width);
      }
      for (Object value : Answers.of(statement)) {
        hash =
            hash * 31
                + (value instanceof Number n ? Double.hashCode(n.doubleValue()) : value.hashCode());
      }
    }
    return hash;
  }
}
