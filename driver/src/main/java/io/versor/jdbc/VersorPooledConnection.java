package io.versor.jdbc;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.sql.ConnectionEvent;
import javax.sql.ConnectionEventListener;
import javax.sql.PooledConnection;
import javax.sql.StatementEventListener;
import org.jspecify.annotations.Nullable;

/**
 * A connection that a pool keeps, and hands out as handles. Closing a handle gives the connection
 * back as it was when it was new, but for the branch; the listeners hear of that, and of errors
 * after which it is of no use. Statements are not pooled.
 */
final class VersorPooledConnection implements PooledConnection {
  private final VersorConnection connection;
  private final List<ConnectionEventListener> listeners = new CopyOnWriteArrayList<>();
  private @Nullable Handle present;

  VersorPooledConnection(VersorConnection connection) {
    this.connection = connection;
  }

  /** A new handle; the one before is closed. */
  @Override
  public synchronized Connection getConnection() throws SQLException {
    if (present != null) {
      present.giveBack();
    }
    try {
      connection.checkOpen();
    } catch (SQLException e) {
      listeners.forEach(each -> each.connectionErrorOccurred(new ConnectionEvent(this, e)));
      throw e;
    }
    Handle handle = new Handle();
    present = handle;
    connection.showAs(handle.proxy);
    return handle.proxy;
  }

  @Override
  public synchronized void close() throws SQLException {
    present = null;
    connection.close();
  }

  @Override
  public void addConnectionEventListener(@Nullable ConnectionEventListener listener) {
    if (listener != null) {
      listeners.add(listener);
    }
  }

  @Override
  public void removeConnectionEventListener(ConnectionEventListener listener) {
    listeners.remove(listener);
  }

  @Override
  public void addStatementEventListener(StatementEventListener listener) {
    // statements are not pooled, so there are no events
  }

  @Override
  public void removeStatementEventListener(StatementEventListener listener) {
    // none is kept
  }

  /** What a user has of the connection, until it is closed. */
  private final class Handle {
    private final Connection proxy =
        (Connection)
            Proxy.newProxyInstance(
                Handle.class.getClassLoader(), new Class<?>[] {Connection.class}, this::invoke);

    private volatile boolean closed;

    private @Nullable Object invoke(
        Object self, Method method, @Nullable Object @Nullable [] arguments) throws Throwable {
      switch (method.getName()) {
        case "close" -> {
          close();
          return null;
        }
        case "isClosed" -> {
          return closed || connection.isClosed();
        }
        case "equals" -> {
          return arguments != null && arguments[0] == self;
        }
        case "hashCode" -> {
          return System.identityHashCode(self);
        }
        case "isValid" -> {
          if (closed) {
            return false;
          }
        }
        case "toString" -> {
          return connection + (closed ? " (given back)" : "");
        }
        default -> {
          if (closed) {
            throw new SQLNonTransientConnectionException(
                "the connection was given back to its pool", SqlStates.CLOSED);
          }
        }
      }
      try {
        return method.invoke(connection, arguments);
      } catch (InvocationTargetException e) {
        Throwable cause = e.getCause();
        if (cause instanceof SQLException failure && connection.isClosed()) {
          ConnectionEvent event = new ConnectionEvent(VersorPooledConnection.this, failure);
          listeners.forEach(each -> each.connectionErrorOccurred(event));
        }
        throw cause;
      }
    }

    private void close() throws SQLException {
      if (!closed) {
        giveBack();
        ConnectionEvent event = new ConnectionEvent(VersorPooledConnection.this);
        listeners.forEach(each -> each.connectionClosed(event));
      }
    }

    void giveBack() throws SQLException {
      if (!closed) {
        closed = true;
        connection.reset();
      }
    }
  }
}
