package io.versor.clients;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** HikariCP: borrowers leave nothing behind, and what is dead is not given out. */
class HikariIT {
  /** Hikari trusts a connection for half a second after its last use. */
  private static final long TRUSTED_MILLIS = 600;

  @TempDir private Path store;

  @BeforeEach
  void table() throws SQLException {
    try (Connection connection = VersorJar.open(store)) {
      Sql.run(
          connection,
          "CREATE TABLE counters (id INTEGER PRIMARY KEY, n INTEGER NOT NULL)",
          "INSERT INTO counters VALUES (1, 0)",
          "COMMIT VERSION MESSAGE 'counters'",
          "CREATE BRANCH side");
    }
  }

  private HikariConfig config(String... settings) {
    HikariConfig config = new HikariConfig();
    config.setJdbcUrl(VersorJar.url(store, settings));
    config.setMaximumPoolSize(1);
    config.setConnectionTimeout(250);
    config.setInitializationFailTimeout(2_000);
    return config;
  }

  @Test
  void theNextBorrowerGetsTheConnectionAsThePoolIsConfigured() throws SQLException {
    HikariConfig config = config();
    config.setSchema("main");
    config.setTransactionIsolation("TRANSACTION_REPEATABLE_READ");
    try (HikariDataSource pool = new HikariDataSource(config)) {
      try (Connection first = pool.getConnection()) {
        first.setSchema("side");
        first.setReadOnly(true);
        first.setAutoCommit(false);
        first.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
      }
      try (Connection second = pool.getConnection()) {
        assertEquals("main", second.getSchema());
        assertFalse(second.isReadOnly());
        assertTrue(second.getAutoCommit());
        Sql.run(second, "UPDATE counters SET n = 1");
        assertEquals("1", Sql.text(second, "SELECT n FROM main.counters"));
      }
    }
  }

  @Test
  void workThatWasNotCommittedIsRolledBackOnReturn() throws SQLException {
    HikariConfig config = config();
    config.setAutoCommit(false);
    try (HikariDataSource pool = new HikariDataSource(config)) {
      try (Connection first = pool.getConnection()) {
        Sql.run(first, "UPDATE counters SET n = 5");
      }
      try (Connection second = pool.getConnection()) {
        assertEquals("0", Sql.text(second, "SELECT n FROM counters"));
        Sql.run(second, "UPDATE counters SET n = 6");
        second.commit();
      }
      try (Connection third = pool.getConnection()) {
        assertEquals("6", Sql.text(third, "SELECT n FROM counters"));
      }
    }
  }

  @Test
  void aConnectionThatWasClosedBehindThePoolIsReplaced() throws Exception {
    try (HikariDataSource pool = new HikariDataSource(config())) {
      Connection dead;
      try (Connection borrowed = pool.getConnection()) {
        dead = physical(borrowed);
      }
      dead.close();
      assertFalse(dead.isValid(1));
      Thread.sleep(TRUSTED_MILLIS); // sooner the pool would not ask whether it is alive
      try (Connection alive = pool.getConnection()) {
        assertTrue(alive.isValid(1));
        assertEquals("0", Sql.text(alive, "SELECT n FROM counters"));
      }
    }
  }

  /** The driver's own connection behind the pool's. */
  private static Connection physical(Connection pooled) throws SQLException {
    return pooled.unwrap(Connection.class);
  }

  @Test
  void aBorrowerThatLeaksLeavesTheOthersATimeoutAndThePoolClosesIt() throws SQLException {
    Connection leaked;
    try (HikariDataSource pool = new HikariDataSource(config())) {
      leaked = physical(pool.getConnection());
      Sql.run(leaked, "CREATE TABLE leaked (x INTEGER)");
      assertThrows(SQLTransientConnectionException.class, pool::getConnection);
    }
    assertTrue(leaked.isClosed());
    try (Connection after = VersorJar.open(store)) {
      assertEquals("0", Sql.text(after, "SELECT COUNT(*) FROM leaked"));
    }
  }

  @Test
  void aPoolOfAFixedBranchStaysThere() throws SQLException {
    try (HikariDataSource pool = new HikariDataSource(config("branch=side", "fixedBranch=true"));
        Connection connection = pool.getConnection()) {
      SQLException refused =
          assertThrows(SQLException.class, () -> Sql.run(connection, "USE BRANCH main"));
      assertTrue(String.valueOf(refused.getMessage()).contains("fixed"), refused.getMessage());
      assertThrows(SQLException.class, () -> connection.setSchema("main"));
      // The pool has not thrown the connection away for it.
      Sql.run(
          connection,
          "UPDATE counters SET n = 7",
          "CALL versor.commit_version('seven', 'side')",
          "CALL versor.merge_branch('side', 'main')");
      assertEquals("7", Sql.text(connection, "SELECT n FROM main.counters"));
      assertEquals("side", connection.getSchema());
    }
  }

  @Test
  void theDriverIsFoundByItsClassNameInTheContextClassLoader() throws SQLException {
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    thread.setContextClassLoader(VersorJar.loader());
    try {
      HikariConfig config = config();
      config.setDriverClassName("io.versor.jdbc.Driver");
      try (HikariDataSource pool = new HikariDataSource(config);
          Connection connection = pool.getConnection()) {
        assertEquals("0", Sql.text(connection, "SELECT n FROM counters"));
      }
    } finally {
      thread.setContextClassLoader(before);
    }
  }

  @Test
  void aDataSourceWithPropertiesIsPooled() throws ReflectiveOperationException, SQLException {
    DataSource source =
        (DataSource)
            Class.forName("io.versor.jdbc.VersorDataSource", true, VersorJar.loader())
                .getDeclaredConstructor()
                .newInstance();
    source.getClass().getMethod("setUrl", String.class).invoke(source, VersorJar.url(store));
    HikariConfig config = new HikariConfig();
    config.setDataSource(source);
    config.setUsername("ada");
    try (HikariDataSource pool = new HikariDataSource(config);
        Connection connection = pool.getConnection()) {
      Sql.run(connection, "UPDATE counters SET n = 2", "COMMIT VERSION MESSAGE 'two'");
      assertEquals("ada", Sql.text(connection, "SELECT author FROM versor.log LIMIT 1"));
    }
  }

  @Test
  void writersThatLoseTheRaceRetryAndNoUpdateIsLost() throws Exception {
    int threads = 4;
    int increments = 10;
    HikariConfig config = config();
    config.setMaximumPoolSize(threads);
    config.setConnectionTimeout(30_000);
    config.setAutoCommit(false);
    ExecutorService workers = Executors.newFixedThreadPool(threads);
    try (HikariDataSource pool = new HikariDataSource(config)) {
      List<Future<Integer>> running = new ArrayList<>();
      for (int i = 0; i < threads; i++) {
        running.add(workers.submit(() -> increment(pool, increments)));
      }
      for (Future<Integer> one : running) {
        assertEquals(increments, one.get());
      }
      try (Connection connection = pool.getConnection()) {
        assertEquals(
            Integer.toString(threads * increments), Sql.text(connection, "SELECT n FROM counters"));
      }
    } finally {
      workers.shutdownNow();
    }
  }

  private static int increment(DataSource pool, int times) throws SQLException {
    int done = 0;
    while (done < times) {
      try (Connection connection = pool.getConnection()) {
        Sql.run(connection, "UPDATE counters SET n = n + 1 WHERE id = 1");
        connection.commit();
        done++;
      } catch (SQLException e) {
        if (!"40001".equals(e.getSQLState())) {
          throw e;
        }
      }
    }
    return done;
  }
}
