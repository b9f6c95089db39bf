package io.versor.bench.peers;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Collections;
import java.util.ServiceLoader;

/** Adds many rows to a table in the quickest way its engine's driver has. */
interface Appender extends AutoCloseable {
  int BATCH = 10_000;

  /** Adds a row; values are numbers, texts, {@code byte[]} or {@code float[]}. */
  void row(Object... values) throws SQLException;

  @Override
  void close() throws SQLException;

  /** What only the peers' own libraries can do; there with the profile {@code peers}. */
  interface Provider {
    Engine engine();

    Appender open(Connection connection, String table) throws SQLException;
  }

  static Appender open(Engine engine, Connection connection, String table, int columns)
      throws SQLException {
    for (Provider provider : ServiceLoader.load(Provider.class)) {
      if (provider.engine() == engine) {
        return provider.open(connection, table);
      }
    }
    return new Batches(engine, connection, table, columns);
  }

  /** The values as an engine without a type for vectors keeps them: little-endian bytes. */
  static Object value(Engine engine, Object value) {
    return value instanceof float[] vector && (engine == Engine.SQLITE || engine == Engine.H2)
        ? Vectors.bytes(vector)
        : value;
  }

  /** Prepared batches in one transaction. */
  final class Batches implements Appender {
    private final Engine engine;
    private final Connection connection;
    private final PreparedStatement insert;
    private int waiting;

    Batches(Engine engine, Connection connection, String table, int columns) throws SQLException {
      this.engine = engine;
      this.connection = connection;
      connection.setAutoCommit(false);
      insert =
          connection.prepareStatement(
              "INSERT INTO "
                  + table
                  + " VALUES ("
                  + String.join(", ", Collections.nCopies(columns, "?"))
                  + ")");
    }

    @Override
    public void row(Object... values) throws SQLException {
      for (int i = 0; i < values.length; i++) {
        insert.setObject(i + 1, value(engine, values[i]));
      }
      insert.addBatch();
      if (++waiting == BATCH) {
        insert.executeBatch();
        waiting = 0;
      }
    }

    @Override
    public void close() throws SQLException {
      if (waiting > 0) {
        insert.executeBatch();
      }
      insert.close();
      connection.commit();
      connection.setAutoCommit(true);
    }
  }
}
