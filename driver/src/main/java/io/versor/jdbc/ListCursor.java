package io.versor.jdbc;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Rows that are in memory already: metadata, the elements of an array. */
final class ListCursor implements RowCursor {
  private final List<ResultColumn> columns;
  private final List<@Nullable Object[]> rows;
  private int position = -1;

  ListCursor(List<ResultColumn> columns, List<@Nullable Object[]> rows) {
    this.columns = List.copyOf(columns);
    this.rows = rows;
  }

  @Override
  public List<ResultColumn> columns() {
    return columns;
  }

  @Override
  public boolean next() {
    if (position < rows.size()) {
      position++;
    }
    return position < rows.size();
  }

  @Override
  public @Nullable Object objectAt(int column) {
    return rows.get(position)[column];
  }

  @Override
  public boolean isNull(int column) {
    return rows.get(position)[column] == null;
  }

  @Override
  public long longAt(int column) {
    return number(column).longValue();
  }

  @Override
  public double doubleAt(int column) {
    return number(column).doubleValue();
  }

  private Number number(int column) {
    if (rows.get(position)[column] instanceof Number number) {
      return number;
    }
    throw new IllegalStateException("column " + column + " of this row is no number");
  }

  @Override
  public void close() {
    // nothing is held
  }
}
