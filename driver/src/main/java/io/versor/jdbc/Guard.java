package io.versor.jdbc;

import java.sql.SQLException;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Lets one thread at a time into a connection: sessions of the engine are not thread-safe, and JDBC
 * allows a connection, its statements and its results to be used from several threads.
 */
final class Guard {
  /** For results that belong to no connection and so to one thread. */
  static final Guard NONE = new Guard();

  interface Call<T> {
    T run() throws SQLException;
  }

  interface Run {
    void run() throws SQLException;
  }

  private final ReentrantLock lock = new ReentrantLock();

  <T> T call(Call<T> call) throws SQLException {
    if (this == NONE) {
      return call.run();
    }
    lock.lock();
    try {
      return call.run();
    } finally {
      lock.unlock();
    }
  }

  /** Whether the present thread is inside. */
  boolean isMine() {
    return lock.isHeldByCurrentThread();
  }

  void run(Run run) throws SQLException {
    call(
        () -> {
          run.run();
          return Boolean.TRUE;
        });
  }
}
