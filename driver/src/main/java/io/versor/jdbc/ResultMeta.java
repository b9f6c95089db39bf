package io.versor.jdbc;

import java.sql.ResultSetMetaData;
import java.sql.SQLDataException;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Describes the columns of a result. Valid after the result is closed. */
final class ResultMeta implements ResultSetMetaData {
  private final List<ResultColumn> columns;

  ResultMeta(List<ResultColumn> columns) {
    this.columns = columns;
  }

  private ResultColumn column(int number) throws SQLException {
    if (number < 1 || number > columns.size()) {
      throw new SQLDataException(
          "column " + number + " of a result with " + columns.size() + " columns",
          SqlStates.INVALID_DESCRIPTOR_INDEX);
    }
    return columns.get(number - 1);
  }

  @Override
  public int getColumnCount() {
    return columns.size();
  }

  @Override
  public boolean isAutoIncrement(int column) throws SQLException {
    return column(column).autoIncrement();
  }

  @Override
  public boolean isCaseSensitive(int column) throws SQLException {
    return TypeNames.text(column(column).jdbcType());
  }

  @Override
  public boolean isSearchable(int column) throws SQLException {
    column(column);
    return true;
  }

  @Override
  public boolean isCurrency(int column) throws SQLException {
    column(column);
    return false;
  }

  @Override
  public int isNullable(int column) throws SQLException {
    return column(column).nullable();
  }

  @Override
  public boolean isSigned(int column) throws SQLException {
    ResultColumn described = column(column);
    return TypeNames.signed(described.jdbcType()) && !described.unsigned();
  }

  @Override
  public int getColumnDisplaySize(int column) throws SQLException {
    return TypeNames.displaySize(column(column));
  }

  @Override
  public String getColumnLabel(int column) throws SQLException {
    return column(column).label();
  }

  @Override
  public String getColumnName(int column) throws SQLException {
    return column(column).name();
  }

  @Override
  public String getSchemaName(int column) throws SQLException {
    return column(column).schema();
  }

  @Override
  public int getPrecision(int column) throws SQLException {
    return column(column).precision();
  }

  @Override
  public int getScale(int column) throws SQLException {
    return column(column).scale();
  }

  @Override
  public String getTableName(int column) throws SQLException {
    return column(column).table();
  }

  @Override
  public String getCatalogName(int column) throws SQLException {
    column(column);
    return "";
  }

  @Override
  public int getColumnType(int column) throws SQLException {
    return column(column).jdbcType();
  }

  @Override
  public String getColumnTypeName(int column) throws SQLException {
    return column(column).typeName();
  }

  @Override
  public boolean isReadOnly(int column) throws SQLException {
    return !column(column).writable();
  }

  @Override
  public boolean isWritable(int column) throws SQLException {
    return column(column).writable();
  }

  @Override
  public boolean isDefinitelyWritable(int column) throws SQLException {
    return column(column).writable();
  }

  @Override
  public String getColumnClassName(int column) throws SQLException {
    return TypeNames.javaClass(column(column)).getName();
  }

  @Override
  public <T> T unwrap(Class<T> type) throws SQLException {
    return Unwrap.as(type, this);
  }

  @Override
  public boolean isWrapperFor(@Nullable Class<?> type) {
    return Unwrap.is(type, this);
  }
}
