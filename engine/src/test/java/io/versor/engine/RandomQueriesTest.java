package io.versor.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.versor.engine.RandomTables.Table;
import io.versor.format.type.StoreException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Date;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Time;
import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Random queries on random tables give what H2 gives, and fail where H2 fails. A failure names its
 * seed, which makes the same tables and queries again, and is shrunk: parts of the query and rows
 * are left out as long as the answers differ.
 */
class RandomQueriesTest {
  private static final int MOST_SHOWN = 6;

  @TempDir Path directory;

  @Test
  void someQueriesGiveWhatH2Gives() throws Exception {
    compare(0, 4, 50);
  }

  @Test
  @Tag("long")
  void manyQueriesGiveWhatH2Gives() throws Exception {
    compare(100, 120, 100);
  }

  @Test
  @Tag("fresh")
  void newQueriesGiveWhatH2Gives() throws Exception {
    int from = new Random().nextInt(1_000, Integer.MAX_VALUE - 100);
    compare(from, from + 20, 100);
  }

  private void compare(int from, int to, int queries) throws Exception {
    List<String> failures = new ArrayList<>();
    for (int seed = from; seed < to && failures.size() < MOST_SHOWN; seed++) {
      compare(seed, queries, failures);
    }
    assertEquals(List.of(), failures);
  }

  private void compare(long seed, int queries, List<String> failures) throws Exception {
    Random random = new Random(seed);
    List<Table> tables = new RandomTables(random).next();
    RandomQuery generator = new RandomQuery(random, tables);
    int refused = 0;
    try (Pair pair = new Pair(directory.resolve("s" + seed), "random" + seed)) {
      pair.fill(tables);
      for (int i = 0; i < queries; i++) {
        boolean failing = random.nextInt(12) == 0;
        RandomQuery.Query query =
            failing ? new RandomQuery.Query(generator.failing(), false) : generator.next();
        Difference found = pair.compare(query);
        refused += found == Difference.REFUSED ? 1 : 0;
        if (found.differs() && failures.size() < MOST_SHOWN) {
          failures.add("seed " + seed + ", query " + i + ": " + shrunk(query, tables));
        }
      }
    }
    assertTrue(refused < queries / 10, refused + " queries were refused");
  }

  /** The smallest query and rows that still differ. */
  private String shrunk(RandomQuery.Query query, List<Table> tables) throws Exception {
    String whole = query.sql().toString();
    List<Table> some = new ArrayList<>(tables);
    try (Pair pair = new Pair(directory.resolve("shrink" + System.nanoTime()), "shrink")) {
      pair.fill(some);
      if (!pair.compare(query).differs()) {
        return whole + "\n  differed once and not again";
      }
      query.sql().shrink(() -> pair.compare(query).differs());
      for (int t = 0; t < some.size(); t++) {
        for (int rows = some.get(t).rows().size(); rows > 0; rows = rows / 2) {
          for (int from = 0; from + rows <= some.get(t).rows().size(); ) {
            Table before = some.get(t);
            List<String> fewer = new ArrayList<>(before.rows());
            fewer.subList(from, from + rows).clear();
            some.set(t, new Table(before.name(), before.create(), before.columns(), fewer));
            pair.fill(some);
            if (!pair.compare(query).differs()) {
              some.set(t, before);
              from += rows;
            }
          }
        }
      }
      pair.fill(some);
      query.sql().shrink(() -> pair.compare(query).differs());
      StringBuilder text = new StringBuilder(query.sql().toString());
      String oracle = query.sql().forOracle();
      if (!oracle.equals(query.sql().toString())) {
        text.append("\n  for H2: ").append(oracle);
      }
      text.append("\n  ").append(pair.compare(query).what());
      for (Table table : some) {
        if (oracle.contains(" " + table.name() + " ")) {
          text.append("\n  ").append(table.create()).append("; ").append(table.rows());
        }
      }
      return text.toString();
    }
  }

  /** How two answers differ; {@code what} is null if they do not. */
  private record Difference(@Nullable String what) {
    static final Difference NONE = new Difference(null);

    /** H2 does not take the query, or Versor says that it does not support it. */
    static final Difference REFUSED = new Difference(null);

    boolean differs() {
      return what != null;
    }
  }

  /** Both engines, with the same tables. */
  private static final class Pair implements AutoCloseable {
    private final TestStore store;
    private final Connection h2;
    private final Statement oracle;

    Pair(Path directory, String name) throws Exception {
      store = new TestStore(directory);
      h2 = DriverManager.getConnection("jdbc:h2:mem:" + name);
      oracle = h2.createStatement();
    }

    void fill(List<Table> tables) throws Exception {
      for (Table table : tables) {
        oracle.execute("DROP TABLE IF EXISTS " + table.name());
        store.run("DROP TABLE IF EXISTS " + table.name());
        oracle.execute(table.create());
        store.run(table.create().replace("DOUBLE PRECISION", "DOUBLE"));
        if (!table.rows().isEmpty()) {
          String insert =
              "INSERT INTO " + table.name() + " VALUES " + String.join(", ", table.rows());
          oracle.execute(insert);
          store.run(insert);
        }
      }
    }

    Difference compare(RandomQuery.Query query) throws Exception {
      List<String> expected = null;
      try {
        expected = rows(oracle, query.sql().forOracle());
      } catch (SQLException e) {
        if (!e.getSQLState().startsWith("22")) {
          return Difference.REFUSED; // a query that is wrong for H2 proves nothing
        }
      }
      List<String> actual = null;
      try {
        actual = rows(store, query.sql().toString());
      } catch (StatementException e) {
        if (e.sqlState().equals("0A000")) {
          return Difference.REFUSED;
        }
        if (expected != null || !e.sqlState().startsWith("22")) {
          return new Difference(e.sqlState() + " " + e.getMessage() + ", expected " + expected);
        }
      } catch (StoreException e) {
        if (expected != null || e.code() != StoreException.Code.OUT_OF_RANGE) {
          return new Difference(e.code() + " " + e.getMessage() + ", expected " + expected);
        }
      }
      if (expected == null) {
        return actual == null ? Difference.NONE : new Difference("expected an error: " + actual);
      }
      if (actual != null && !query.ordered()) {
        Collections.sort(expected);
        Collections.sort(actual);
      }
      return expected.equals(actual)
          ? Difference.NONE
          : new Difference("expected " + expected + "\n  but was  " + actual);
    }

    private static List<String> rows(Statement statement, String sql) throws SQLException {
      List<String> lines = new ArrayList<>();
      try (ResultSet rows = statement.executeQuery(sql)) {
        while (rows.next()) {
          List<String> cells = new ArrayList<>();
          for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
            cells.add(shown(rows.getObject(i)));
          }
          lines.add(String.join(" | ", cells));
        }
      }
      return lines;
    }

    private static List<String> rows(TestStore store, String sql) throws Exception {
      List<String> lines = new ArrayList<>();
      try (Prepared prepared = store.session().prepare(sql);
          Result result = prepared.execute(List.of(), ExecuteOptions.NONE)) {
        while (result.next()) {
          List<String> cells = new ArrayList<>();
          for (int i = 0; i < result.columns().size(); i++) {
            cells.add(shown(result.objectAt(i)));
          }
          lines.add(String.join(" | ", cells));
        }
      }
      return lines;
    }

    /** Numbers by their value, to six digits: engines differ in the digits of averages. */
    private static String shown(@Nullable Object value) {
      if (value instanceof Number number) {
        BigDecimal exact = new BigDecimal(number.toString()).setScale(6, RoundingMode.HALF_UP);
        return exact.signum() == 0 ? "0" : exact.stripTrailingZeros().toPlainString();
      }
      if (value instanceof byte[] bytes) {
        return "X'" + HexFormat.of().formatHex(bytes) + "'";
      }
      if (value instanceof Date date) {
        return date.toLocalDate().toString();
      }
      if (value instanceof Time time) {
        return time.toLocalTime().toString();
      }
      return value instanceof Timestamp timestamp
          ? timestamp.toLocalDateTime().toString()
          : String.valueOf(value);
    }

    @Override
    public void close() throws StoreException, SQLException {
      store.close();
      h2.close();
    }
  }
}
