package io.versor.jdbc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import javax.sql.ConnectionEvent;
import javax.sql.ConnectionEventListener;
import javax.sql.PooledConnection;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PooledConnectionTest {
  @TempDir Path directory;

  private static final class Events implements ConnectionEventListener {
    private final List<String> seen = new ArrayList<>();

    @Override
    public void connectionClosed(ConnectionEvent event) {
      seen.add("closed");
    }

    @Override
    public void connectionErrorOccurred(ConnectionEvent event) {
      seen.add("error " + event.getSQLException().getSQLState());
    }
  }

  @Test
  void closingAHandleGivesTheConnectionBackAsNew() throws SQLException {
    PooledConnection pooled = new VersorDataSource(Sql.url(directory)).getPooledConnection();
    Events events = new Events();
    pooled.addConnectionEventListener(null);
    pooled.addConnectionEventListener(events);
    Connection first = pooled.getConnection();
    Statement statement = first.createStatement();
    assertSame(first, statement.getConnection());
    assertSame(first, first.getMetaData().getConnection());
    statement.execute("CREATE TABLE t (id INTEGER)");
    first.setAutoCommit(false);
    statement.execute("INSERT INTO t VALUES (1)");
    first.close();
    first.close();
    assertEquals(List.of("closed"), events.seen);
    assertTrue(first.isClosed());
    assertTrue(statement.isClosed());
    assertFalse(first.isValid(1));
    assertEquals("08003", assertThrows(SQLException.class, first::getSchema).getSQLState());

    Connection second = pooled.getConnection();
    assertNotSame(first, second);
    assertTrue(second.getAutoCommit());
    try (Statement count = second.createStatement();
        ResultSet rows = count.executeQuery("SELECT COUNT(*) FROM t")) {
      assertTrue(rows.next());
      assertEquals(0, rows.getInt(1)); // what was not committed is gone
    }
    Connection third = pooled.getConnection();
    assertTrue(second.isClosed());
    assertFalse(third.isClosed());
    pooled.close();
    assertTrue(third.isClosed());
    assertThrows(SQLException.class, pooled::getConnection);
    assertEquals(List.of("closed", "error 08003"), events.seen);
  }

  @Test
  void anErrorOfAStatementLeavesTheConnectionInThePool() throws SQLException {
    PooledConnection pooled = new VersorDataSource(Sql.url(directory)).getPooledConnection();
    Events events = new Events();
    pooled.addConnectionEventListener(events);
    try (Connection handle = pooled.getConnection()) {
      assertThrows(SQLException.class, () -> handle.prepareStatement("SELECT nonsense"));
    }
    assertEquals(List.of("closed"), events.seen);
    pooled.removeConnectionEventListener(events);
    pooled.close();
  }
}
