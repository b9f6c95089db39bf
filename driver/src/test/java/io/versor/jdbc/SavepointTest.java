package io.versor.jdbc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

/** Points of a transaction to go back to. */
class SavepointTest {
  @TempDir Path store;

  private Sql sql;
  private Connection connection;

  @BeforeEach
  void open() throws SQLException {
    sql = Sql.open(store).run("CREATE TABLE t (n INTEGER)", "INSERT INTO t VALUES (0)");
    connection = sql.connection;
    connection.setAutoCommit(false);
  }

  @AfterEach
  void close() throws SQLException {
    sql.close();
  }

  private int sum() throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT SUM(n) FROM t")) {
      assertTrue(rows.next());
      return rows.getInt(1);
    }
  }

  private static void fails(String state, Executable call) {
    assertEquals(state, assertThrows(SQLException.class, call).getSQLState());
  }

  @Test
  void writesSinceASavepointAreForgotten() throws SQLException {
    assertTrue(connection.getMetaData().supportsSavepoints());
    Savepoint empty = connection.setSavepoint();
    sql.run("INSERT INTO t VALUES (1)");
    Savepoint named = connection.setSavepoint("after one");
    sql.run("INSERT INTO t VALUES (10)", "CREATE TABLE u (x INTEGER)");
    assertEquals(11, sum());
    connection.rollback(named);
    assertEquals(1, sum());
    fails("42P01", () -> sql.run("SELECT * FROM u"));
    sql.run("INSERT INTO t VALUES (100)");
    connection.rollback(named); // it stays
    assertEquals(1, sum());
    connection.rollback(empty);
    assertEquals(0, sum());
    sql.run("INSERT INTO t VALUES (1000)");
    connection.commit();
    try (Sql other = Sql.open(store)) {
      assertEquals("1000", other.text("SELECT SUM(n) FROM t"));
    }
  }

  @Test
  void savepointsEndWithLaterOnesReleasedAndWithTheTransaction() throws SQLException {
    sql.run("INSERT INTO t VALUES (1)");
    Savepoint one = connection.setSavepoint("same");
    sql.run("INSERT INTO t VALUES (10)");
    Savepoint two = connection.setSavepoint("same"); // another one, whatever it is called
    sql.run("INSERT INTO t VALUES (100)");
    connection.rollback(two);
    assertEquals(11, sum());
    connection.rollback(one);
    assertEquals(1, sum());
    fails("3B001", () -> connection.rollback(two));
    connection.releaseSavepoint(one);
    fails("3B001", () -> connection.rollback(one));
    fails("3B001", () -> connection.releaseSavepoint(one));
    Savepoint last = connection.setSavepoint();
    connection.commit();
    fails("3B001", () -> connection.rollback(last));
    assertEquals(1, sum());
  }

  @Test
  void aSavepointHasANameOrAnId() throws SQLException {
    Savepoint plain = connection.setSavepoint();
    Savepoint named = connection.setSavepoint("n");
    assertTrue(plain.getSavepointId() > 0);
    assertEquals("n", named.getSavepointName());
    fails("3B001", plain::getSavepointName);
    fails("3B001", named::getSavepointId);
  }

  @Test
  void whereThereIsNoTransactionThereIsNoSavepoint() throws SQLException {
    Savepoint here = connection.setSavepoint();
    fails("22023", () -> connection.setSavepoint(null));
    fails("3B001", () -> connection.rollback(null));
    try (Sql other = Sql.open(store)) {
      other.connection.setAutoCommit(false);
      fails("3B001", () -> other.connection.rollback(here));
      fails("3B001", () -> other.connection.releaseSavepoint(here));
    }
    connection.setAutoCommit(true);
    fails("25000", connection::setSavepoint);
    fails("25000", () -> connection.setSavepoint("x"));
    fails("25000", () -> connection.rollback(here));
    fails("25000", () -> connection.releaseSavepoint(here));
    connection.close();
    fails("08003", connection::setSavepoint);
  }

  /** Nothing is written on a tag, and there is nothing to go back to; that is no error. */
  @Test
  void readersMayHaveSavepoints() throws SQLException {
    sql.run("INSERT INTO t VALUES (5)");
    connection.commit();
    connection.setReadOnly(true);
    Savepoint point = connection.setSavepoint();
    assertEquals(5, sum());
    connection.rollback(point);
    connection.releaseSavepoint(point);
    assertEquals(5, sum());
  }
}
