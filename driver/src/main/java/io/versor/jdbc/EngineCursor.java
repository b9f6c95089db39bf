package io.versor.jdbc;

import io.versor.engine.Cancellation;
import io.versor.engine.ColumnInfo;
import io.versor.engine.Prepared;
import io.versor.engine.Result;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The rows of a statement, streamed from the engine. */
final class EngineCursor implements RowCursor {
  private final Result result;
  private final @Nullable Prepared owned;
  private final Cancellation cancellation;
  private final List<ResultColumn> columns;

  /**
   * @param owned closed together with the rows; null when a prepared statement keeps it
   * @param cancellation of the statement
   * @param columns of the result, {@link #describe described}
   */
  EngineCursor(
      Result result,
      @Nullable Prepared owned,
      Cancellation cancellation,
      List<ResultColumn> columns) {
    this.cancellation = cancellation;
    this.result = result;
    this.owned = owned;
    this.columns = columns;
  }

  static List<ResultColumn> describe(List<ColumnInfo> columns) {
    return columns.stream().map(EngineCursor::describe).toList();
  }

  private static ResultColumn describe(ColumnInfo column) {
    return new ResultColumn(
        column.label(),
        column.name(),
        column.table(),
        column.schema(),
        column.jdbcType(),
        column.typeName(),
        column.precision(),
        column.scale(),
        column.nullable() ? ResultSetMetaData.columnNullable : ResultSetMetaData.columnNoNulls,
        TypeCatalog.unsigned(column),
        column.autoIncrement(),
        column.writable());
  }

  @Override
  public List<ResultColumn> columns() {
    return columns;
  }

  @Override
  public boolean next() throws SQLException {
    return Errors.engine(
        cancellation,
        () -> {
          if (cancellation.flag().get()) {
            throw cancellation.failure(); // also while rows are there that were read before
          }
          return result.next();
        });
  }

  @Override
  public @Nullable Object objectAt(int column) throws SQLException {
    return Errors.engine(() -> result.objectAt(column));
  }

  @Override
  public boolean isNull(int column) throws SQLException {
    return Errors.engine(() -> result.isNull(column));
  }

  @Override
  public long longAt(int column) throws SQLException {
    return Errors.engine(() -> result.longAt(column));
  }

  @Override
  public double doubleAt(int column) throws SQLException {
    return Errors.engine(() -> result.doubleAt(column));
  }

  @Override
  public void close() throws SQLException {
    Errors.engine(
        () -> {
          try {
            result.close();
          } finally {
            if (owned != null) {
              owned.close();
            }
          }
        });
  }
}
