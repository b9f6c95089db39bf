package io.versor.jdbc;

import io.versor.engine.TensorValue;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLDataException;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A tensor as {@link Array}; a tensor of rank 2 is an array of arrays. */
final class TensorArray implements Array {
  private @Nullable TensorValue tensor;

  TensorArray(TensorValue tensor) {
    this.tensor = tensor;
  }

  /** The tensor itself; fails once freed. */
  TensorValue tensor() throws SQLException {
    if (tensor == null) {
      throw new SQLDataException("the array was freed", SqlStates.WRONG_STATE);
    }
    return tensor;
  }

  @Override
  public String getBaseTypeName() throws SQLException {
    return TypeNames.standard(getBaseType());
  }

  @Override
  public int getBaseType() throws SQLException {
    return baseType(NestedArrays.elementType(tensor().dtype()));
  }

  private static int baseType(Class<?> element) {
    if (element == boolean.class) {
      return Types.BOOLEAN;
    }
    if (element == byte.class) {
      return Types.TINYINT;
    }
    if (element == short.class) {
      return Types.SMALLINT;
    }
    if (element == int.class) {
      return Types.INTEGER;
    }
    if (element == long.class) {
      return Types.BIGINT;
    }
    if (element == float.class) {
      return Types.REAL;
    }
    return element == double.class ? Types.DOUBLE : Types.DECIMAL;
  }

  @Override
  public Object getArray() throws SQLException {
    return NestedArrays.of(tensor());
  }

  @Override
  public Object getArray(long index, int count) throws SQLException {
    Object all = getArray();
    int length = java.lang.reflect.Array.getLength(all);
    if (index < 1 || count < 0 || index - 1 + count > length) {
      throw new SQLDataException(
          "elements " + index + " to " + (index - 1 + count) + " of an array of " + length,
          SqlStates.INVALID_PARAMETER);
    }
    Object part = java.lang.reflect.Array.newInstance(all.getClass().getComponentType(), count);
    System.arraycopy(all, (int) index - 1, part, 0, count);
    return part;
  }

  @Override
  public ResultSet getResultSet() throws SQLException {
    return rows(getArray(), 1);
  }

  @Override
  public ResultSet getResultSet(long index, int count) throws SQLException {
    return rows(getArray(index, count), index);
  }

  /** The two columns of JDBC: INDEX from 1, VALUE the element or the array one level down. */
  private ResultSet rows(Object array, long firstIndex) throws SQLException {
    boolean flat = tensor().shape().length <= 1;
    List<@Nullable Object[]> rows = new ArrayList<>();
    for (int i = 0; i < java.lang.reflect.Array.getLength(array); i++) {
      Object value = java.lang.reflect.Array.get(array, i);
      rows.add(new @Nullable Object[] {firstIndex + i, flat ? value : slice(firstIndex + i - 1)});
    }
    List<ResultColumn> columns =
        List.of(
            ResultColumn.computed("INDEX", Types.BIGINT),
            ResultColumn.computed("VALUE", flat ? getBaseType() : Types.ARRAY));
    return VersorResultSet.inMemory(columns, rows);
  }

  private TensorValue slice(long index) throws SQLException {
    TensorValue all = tensor();
    int[] rest = Arrays.copyOfRange(all.shape(), 1, all.shape().length);
    int elements = Arrays.stream(rest).reduce(1, Math::multiplyExact);
    Object flat =
        java.lang.reflect.Array.newInstance(all.flat().getClass().componentType(), elements);
    System.arraycopy(all.flat(), Math.toIntExact(index * elements), flat, 0, elements);
    return new TensorValue(all.dtype(), rest, flat);
  }

  @Override
  public Object getArray(@Nullable Map<String, Class<?>> map) throws SQLException {
    refuseMap(map);
    return getArray();
  }

  @Override
  public Object getArray(long index, int count, @Nullable Map<String, Class<?>> map)
      throws SQLException {
    refuseMap(map);
    return getArray(index, count);
  }

  @Override
  public ResultSet getResultSet(@Nullable Map<String, Class<?>> map) throws SQLException {
    refuseMap(map);
    return getResultSet();
  }

  @Override
  public ResultSet getResultSet(long index, int count, @Nullable Map<String, Class<?>> map)
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

  @Override
  public void free() {
    tensor = null;
  }

  @Override
  public String toString() {
    return tensor == null ? "[]" : Texts.of(tensor);
  }
}
