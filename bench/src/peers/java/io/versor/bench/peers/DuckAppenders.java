package io.versor.bench.peers;

import java.sql.Connection;
import java.sql.SQLException;
import org.duckdb.DuckDBAppender;
import org.duckdb.DuckDBConnection;

/** DuckDB's own appender: its prepared batches are a loop. */
public final class DuckAppenders implements Appender.Provider {
  @Override
  public Engine engine() {
    return Engine.DUCKDB;
  }

  @Override
  public Appender open(Connection connection, String table) throws SQLException {
    DuckDBAppender appender =
        connection.unwrap(DuckDBConnection.class).createAppender("main", table);
    return new Appender() {
      @Override
      public void row(Object... values) throws SQLException {
        appender.beginRow();
        for (Object value : values) {
          if (value instanceof Long number) {
            appender.append(number.longValue());
          } else if (value instanceof Integer number) {
            appender.append(number.intValue());
          } else if (value instanceof Double number) {
            appender.append(number.doubleValue());
          } else if (value instanceof String text) {
            appender.append(text);
          } else if (value instanceof float[] vector) {
            appender.append(vector);
          } else {
            appender.append((byte[]) value);
          }
        }
        appender.endRow();
      }

      @Override
      public void close() throws SQLException {
        appender.close();
      }
    };
  }
}
