package io.versor.jdbc;

import io.versor.engine.SequenceValue;
import io.versor.engine.TensorValue;
import io.versor.engine.type.SqlTypes;
import java.lang.reflect.Array;
import java.sql.SQLDataException;
import java.sql.SQLException;
import java.sql.Types;
import org.jspecify.annotations.Nullable;

/**
 * A list of samples as {@link java.sql.Array}: {@code String[]} of class labels and texts, {@code
 * byte[][]} of pictures. Elements that are tensors are nested arrays, and NULLs are null.
 */
final class SequenceArray extends ElementArray {
  private @Nullable SequenceValue list;

  SequenceArray(SequenceValue list) {
    this.list = list;
  }

  SequenceValue list() throws SQLException {
    return present(list);
  }

  @Override
  public int getBaseType() throws SQLException {
    return SqlTypes.jdbcType(list().element());
  }

  @Override
  int valueType() throws SQLException {
    return getBaseType();
  }

  @Override
  @Nullable Object valueAt(int index) throws SQLException {
    return list().elements().get(index);
  }

  @Override
  int length() throws SQLException {
    return list().elements().size();
  }

  @Override
  public Object getArray() throws SQLException {
    int type = getBaseType();
    Class<?> element = type == Types.ARRAY ? Object.class : TypeNames.javaClass(type);
    return of(list(), element);
  }

  /** As the array type a caller asks for: {@code String[].class}, {@code float[][][].class}. */
  static Object as(SequenceValue list, Class<?> arrayType) throws SQLException {
    return of(list, arrayType.getComponentType());
  }

  private static Object of(SequenceValue list, Class<?> element) throws SQLException {
    Object array = Array.newInstance(element, list.elements().size());
    int type = SqlTypes.jdbcType(list.element());
    for (int i = 0; i < list.elements().size(); i++) {
      Object value = list.elements().get(i);
      if (value != null) {
        Array.set(array, i, element(value, element, type));
      } else if (element.isPrimitive()) {
        throw new SQLDataException(
            "element " + (i + 1) + " is NULL, which no " + element + " can be; ask for objects",
            SqlStates.TYPE_MISMATCH);
      }
    }
    return array;
  }

  private static Object element(Object value, Class<?> type, int jdbcType) throws SQLException {
    if (type == Object.class && value instanceof TensorValue tensor) {
      return NestedArrays.of(tensor);
    }
    Class<?> boxed =
        type.isPrimitive() ? Array.get(Array.newInstance(type, 1), 0).getClass() : type;
    return Convert.to(boxed, value, jdbcType);
  }

  @Override
  public void free() {
    list = null;
  }

  @Override
  public String toString() {
    return list == null ? "[]" : list.toString();
  }
}
