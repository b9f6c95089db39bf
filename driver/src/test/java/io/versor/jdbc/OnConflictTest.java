package io.versor.jdbc;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.sql.BatchUpdateException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** INSERT … ON CONFLICT through JDBC: parameters, batches, several writers. */
class OnConflictTest {
  private static final String ADD =
      "INSERT INTO counts AS c (word, n) VALUES (?, ?)"
          + " ON CONFLICT (word) DO UPDATE SET n = c.n + EXCLUDED.n";

  @TempDir Path store;

  private Sql sql;

  @BeforeEach
  void open() throws SQLException {
    sql = Sql.open(store);
    sql.run("CREATE TABLE counts (word VARCHAR PRIMARY KEY, n INTEGER CHECK (n < 1000))");
  }

  @AfterEach
  void close() throws SQLException {
    sql.close();
  }

  @Test
  void parametersStandInRowsValuesAndCondition() throws SQLException {
    try (PreparedStatement upsert =
        sql.connection.prepareStatement(
            "INSERT INTO counts VALUES (?, ?)"
                + " ON CONFLICT (word) DO UPDATE SET n = ?, word = CAST(? AS VARCHAR) || EXCLUDED.word"
                + " WHERE counts.n < ?")) {
      assertEquals(5, upsert.getParameterMetaData().getParameterCount());
      assertEquals(Types.VARCHAR, upsert.getParameterMetaData().getParameterType(1));
      assertEquals(Types.INTEGER, upsert.getParameterMetaData().getParameterType(3));
      for (int time = 0; time < 2; time++) {
        upsert.setString(1, "owl");
        upsert.setInt(2, 1);
        upsert.setInt(3, 70);
        upsert.setString(4, "an ");
        upsert.setInt(5, 50);
        assertEquals(1, upsert.executeUpdate());
      }
      assertEquals("70", sql.text("SELECT n FROM counts WHERE word = 'an owl'"));
      upsert.setString(1, "an owl");
      assertEquals(0, upsert.executeUpdate()); // 70 is not less than 50
    }
  }

  @Test
  void aBatchUpdatesARowAsOftenAsItIsProposed() throws SQLException {
    try (PreparedStatement upsert = sql.connection.prepareStatement(ADD)) {
      for (String word : List.of("a", "b", "a", "a")) {
        upsert.setString(1, word);
        upsert.setInt(2, 10);
        upsert.addBatch();
      }
      assertArrayEquals(new int[] {1, 1, 1, 1}, upsert.executeBatch());
      assertEquals("30", sql.text("SELECT n FROM counts WHERE word = 'a'"));
      for (int n : List.of(1, 2_000)) {
        upsert.setString(1, "b");
        upsert.setInt(2, n);
        upsert.addBatch();
      }
      BatchUpdateException wrong =
          assertThrows(BatchUpdateException.class, () -> upsert.executeBatch());
      assertEquals("23514", wrong.getSQLState());
      assertEquals("10", sql.text("SELECT n FROM counts WHERE word = 'b'")); // nothing of it
    }
  }

  @Test
  void aBatchOfManyKeysCountsRowsThatAreLeftAlone() throws SQLException {
    sql.run("INSERT INTO counts VALUES ('a', 5), ('b', 50)");
    try (PreparedStatement upsert =
        sql.connection.prepareStatement(ADD + " WHERE EXCLUDED.n > c.n")) {
      for (String word : List.of("a", "b", "c")) {
        upsert.setString(1, word);
        upsert.setInt(2, 10);
        upsert.addBatch();
      }
      assertArrayEquals(new int[] {1, 0, 1}, upsert.executeBatch());
    }
    assertEquals("75", sql.text("SELECT sum(n) FROM counts"));
  }

  @Test
  void aBatchWhoseRowsDependOnOthersRunsOneByOne() throws SQLException {
    try (PreparedStatement upsert =
        sql.connection.prepareStatement(
            "INSERT INTO counts VALUES (?, (SELECT count(*) FROM counts))"
                + " ON CONFLICT (word) DO UPDATE SET n = EXCLUDED.n")) {
      for (String word : List.of("a", "b", "c")) {
        upsert.setString(1, word);
        upsert.addBatch();
      }
      upsert.executeBatch();
    }
    assertEquals("2", sql.text("SELECT n FROM counts WHERE word = 'c'"));
  }

  @Test
  void aBatchThatDoesNothingCountsWhatItInserts() throws SQLException {
    try (PreparedStatement insert =
        sql.connection.prepareStatement(
            "INSERT INTO counts VALUES (?, 1), (?, 2) ON CONFLICT DO NOTHING")) {
      for (String pair : List.of("ab", "bc", "ab", "dd")) {
        insert.setString(1, pair.substring(0, 1));
        insert.setString(2, pair.substring(1));
        insert.addBatch();
      }
      assertArrayEquals(new int[] {2, 1, 0, 1}, insert.executeBatch());
    }
    assertEquals("4", sql.text("SELECT count(*) FROM counts"));
  }

  @Test
  void keysAreThoseOfRowsThatWereMadeOrUpdated() throws SQLException {
    sql.run("CREATE TABLE mails (id INTEGER GENERATED BY DEFAULT AS IDENTITY, m VARCHAR UNIQUE)");
    try (Statement statement = sql.connection.createStatement()) {
      statement.executeUpdate(
          "INSERT INTO mails (m) VALUES ('x'), ('x'), ('y') ON CONFLICT (m) DO NOTHING",
          Statement.RETURN_GENERATED_KEYS);
      List<Integer> ids = new ArrayList<>();
      try (ResultSet keys = statement.getGeneratedKeys()) {
        while (keys.next()) {
          ids.add(keys.getInt("id"));
        }
      }
      assertEquals(List.of(1, 3), ids);
      statement.executeUpdate(
          "INSERT INTO mails AS e (m) VALUES ('z'), ('y') ON CONFLICT (m) DO UPDATE SET m = e.m || '!'",
          new String[] {"id", "m", "_rowid"});
      try (ResultSet keys = statement.getGeneratedKeys()) {
        assertTrue(keys.next());
        assertEquals(4, keys.getInt("id"));
        assertTrue(keys.next());
        assertEquals(3, keys.getInt("id"));
        assertEquals("y!", keys.getString("m"));
        assertEquals("3", sql.text("SELECT id FROM mails WHERE _rowid = " + keys.getLong(3)));
        assertFalse(keys.next());
      }
    }
  }

  @Test
  void severalWritersLoseNothing() throws Exception {
    int times = 10;
    ExecutorService pool = Executors.newFixedThreadPool(2);
    try {
      Callable<Void> writer =
          () -> {
            try (Sql own = Sql.open(store);
                PreparedStatement upsert = own.connection.prepareStatement(ADD)) {
              for (int done = 0; done < times; ) {
                upsert.setString(1, "all");
                upsert.setInt(2, 1);
                try {
                  upsert.executeUpdate();
                  done++;
                } catch (SQLException e) {
                  assertEquals("40001", e.getSQLState());
                }
              }
            }
            return null;
          };
      for (Future<Void> done : pool.invokeAll(List.of(writer, writer))) {
        done.get();
      }
    } finally {
      pool.shutdown();
    }
    assertEquals(String.valueOf(2 * times), sql.text("SELECT n FROM counts"));
  }

  @Test
  void aTransactionThatWasOvertakenSaysSo() throws SQLException {
    sql.connection.setAutoCommit(false);
    sql.run("INSERT INTO counts VALUES ('a', 1) ON CONFLICT DO NOTHING");
    try (Sql other = Sql.open(store)) {
      Connection faster = other.connection;
      faster.createStatement().execute("INSERT INTO counts VALUES ('a', 2)");
    }
    SQLException lost = assertThrows(SQLException.class, () -> sql.connection.commit());
    assertEquals("40001", lost.getSQLState());
    sql.run("INSERT INTO counts VALUES ('a', 1) ON CONFLICT DO NOTHING");
    sql.connection.commit();
    assertEquals("2", sql.text("SELECT n FROM counts"));
  }
}
