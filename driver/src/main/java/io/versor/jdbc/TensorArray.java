package io.versor.jdbc;

import io.versor.engine.TensorValue;
import java.sql.Array;
import java.sql.SQLException;
import java.sql.Types;
import org.jspecify.annotations.Nullable;

/** A tensor as {@link Array}; a tensor of rank 2 is an array of arrays. */
final class TensorArray extends ElementArray {
  private @Nullable TensorValue tensor;

  TensorArray(TensorValue tensor) {
    this.tensor = tensor;
  }

  /** The tensor itself; fails once freed. */
  TensorValue tensor() throws SQLException {
    return present(tensor);
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
  int valueType() throws SQLException {
    return isFlat() ? getBaseType() : Types.ARRAY;
  }

  @Override
  Object valueAt(int index) throws SQLException {
    return isFlat() ? tensor().elementAt(index) : tensor().part(index);
  }

  @Override
  int length() throws SQLException {
    return tensor().rank() == 0 ? 1 : tensor().shape()[0];
  }

  private boolean isFlat() throws SQLException {
    return tensor().rank() <= 1;
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
