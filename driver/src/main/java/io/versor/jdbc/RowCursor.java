package io.versor.jdbc;

import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Rows, one after the other. Columns count from 0; values are Java objects as the engine gives them
 * (see {@code io.versor.engine.Result}).
 */
interface RowCursor extends AutoCloseable {
  List<ResultColumn> columns();

  /** Moves to the next row; false after the last. */
  boolean next() throws SQLException;

  @Nullable Object objectAt(int column) throws SQLException;

  boolean isNull(int column) throws SQLException;

  /**
   * Only for a column that {@link ResultColumn#isInteger() holds integers} and is not null here.
   */
  long longAt(int column) throws SQLException;

  /** Only for a column of REAL or DOUBLE that is not null here. */
  double doubleAt(int column) throws SQLException;

  @Override
  void close() throws SQLException;
}
