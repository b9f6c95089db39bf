package io.versor.jdbc;

import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLDataException;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What all kinds of {@link Array} have in common; elements count from 1 for callers. */
abstract class ElementArray implements Array {
  /** The {@link Types} of the column VALUE of {@link #getResultSet()}. */
  abstract int valueType() throws SQLException;

  /** An element as a value of a result; counts from 0. */
  abstract @Nullable Object valueAt(int index) throws SQLException;

  abstract int length() throws SQLException;

  @Override
  public final String getBaseTypeName() throws SQLException {
    return TypeNames.standard(getBaseType());
  }

  @Override
  public final Object getArray(long index, int count) throws SQLException {
    checkRange(index, count);
    Object all = getArray();
    Object part = java.lang.reflect.Array.newInstance(all.getClass().getComponentType(), count);
    System.arraycopy(all, (int) index - 1, part, 0, count);
    return part;
  }

  @Override
  public final ResultSet getResultSet() throws SQLException {
    return getResultSet(1, length());
  }

  /** The two columns of JDBC: INDEX from 1, VALUE the element or the array one level down. */
  @Override
  public final ResultSet getResultSet(long index, int count) throws SQLException {
    checkRange(index, count);
    List<@Nullable Object[]> rows = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      rows.add(new @Nullable Object[] {index + i, valueAt((int) index - 1 + i)});
    }
    List<ResultColumn> columns =
        List.of(
            ResultColumn.computed("INDEX", Types.BIGINT),
            ResultColumn.computed("VALUE", valueType()));
    return VersorResultSet.inMemory(columns, rows);
  }

  private void checkRange(long index, int count) throws SQLException {
    if (index < 1 || count < 0 || index - 1 > (long) length() - count) {
      throw new SQLDataException(
          count + " elements from " + index + " on of an array of " + length(),
          SqlStates.INVALID_PARAMETER);
    }
  }

  @Override
  public final Object getArray(@Nullable Map<String, Class<?>> map) throws SQLException {
    refuseMap(map);
    return getArray();
  }

  @Override
  public final Object getArray(long index, int count, @Nullable Map<String, Class<?>> map)
      throws SQLException {
    refuseMap(map);
    return getArray(index, count);
  }

  @Override
  public final ResultSet getResultSet(@Nullable Map<String, Class<?>> map) throws SQLException {
    refuseMap(map);
    return getResultSet();
  }

  @Override
  public final ResultSet getResultSet(long index, int count, @Nullable Map<String, Class<?>> map)
      throws SQLException {
    refuseMap(map);
    return getResultSet(index, count);
  }

  private static void refuseMap(@Nullable Map<String, Class<?>> map) throws SQLException {
    if (map != null && !map.isEmpty()) {
      throw new SQLFeatureNotSupportedException(
          "type maps are not supported: there are no user-defined types", SqlStates.UNSUPPORTED);
    }
  }

  static <T> T present(@Nullable T value) throws SQLException {
    if (value == null) {
      throw new SQLDataException("the array was freed", SqlStates.WRONG_STATE);
    }
    return value;
  }
}
