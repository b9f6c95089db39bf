package io.versor.jdbc;

import io.versor.engine.TensorValue;
import io.versor.format.type.Dtype;
import java.lang.reflect.Array;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.sql.SQLDataException;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.util.Arrays;

/**
 * Tensors as nested Java arrays, outermost dimension first: {@code [height, width, channels]} of
 * UINT8 is a {@code short[][][]}. Unsigned numbers come in the next wider type, so that 200 is 200.
 */
final class NestedArrays {
  private NestedArrays() {}

  /** The Java type of one element. */
  static Class<?> elementType(Dtype dtype) {
    return switch (dtype) {
      case BOOL -> boolean.class;
      case INT8 -> byte.class;
      case INT16, UINT8 -> short.class;
      case INT32, UINT16 -> int.class;
      case INT64, UINT32 -> long.class;
      case UINT64 -> BigDecimal.class;
      case FLOAT16, FLOAT32 -> float.class;
      case FLOAT64 -> double.class;
      case DATE, TIME, TIMESTAMP, TIMESTAMP_TZ, DECIMAL, UTF8, BYTES, UUID ->
          throw new IllegalArgumentException(dtype + " is no dtype of a tensor");
    };
  }

  /** As nested arrays of the natural element type; a tensor of rank 0 is its one element. */
  static Object of(TensorValue tensor) {
    try {
      return build(tensor, elementType(tensor.dtype()));
    } catch (SQLException e) {
      throw new IllegalStateException("the natural element type holds every value", e);
    }
  }

  /** As the array type a caller asks for, {@code float[].class} or {@code int[][].class}. */
  static Object of(TensorValue tensor, Class<?> arrayType) throws SQLException {
    Class<?> element = arrayType;
    int rank = 0;
    while (element.isArray()) {
      element = element.getComponentType();
      rank++;
    }
    if (rank != tensor.shape().length) {
      throw new SQLDataException(
          "a tensor of shape "
              + Arrays.toString(tensor.shape())
              + " cannot be read as "
              + arrayType.getSimpleName()
              + ": that has "
              + rank
              + " dimensions",
          SqlStates.TYPE_MISMATCH);
    }
    // Raw bytes of UINT8 are what an image library wants; as numbers they would not fit.
    return build(tensor, element);
  }

  private static Object build(TensorValue tensor, Class<?> element) throws SQLException {
    int[] shape = tensor.shape();
    Elements elements = new Elements(tensor);
    if (shape.length == 0) {
      Object holder = Array.newInstance(element, 1);
      elements.copy(0, holder, 1);
      return Array.get(holder, 0);
    }
    return level(elements, shape, 0, new int[1], element);
  }

  private static Object level(
      Elements elements, int[] shape, int dimension, int[] next, Class<?> element)
      throws SQLException {
    int extent = shape[dimension];
    if (dimension == shape.length - 1) {
      Object leaf = Array.newInstance(element, extent);
      elements.copy(next[0], leaf, extent);
      next[0] += extent;
      return leaf;
    }
    Class<?> component = element;
    for (int i = dimension + 1; i < shape.length; i++) {
      component = component.arrayType();
    }
    Object array = Array.newInstance(component, extent);
    for (int i = 0; i < extent; i++) {
      Array.set(array, i, level(elements, shape, dimension + 1, next, element));
    }
    return array;
  }

  /** The flat values of a tensor, read as numbers whatever array they lie in. */
  private static final class Elements {
    private final Dtype dtype;
    private final Object flat;

    Elements(TensorValue tensor) {
      this.dtype = tensor.dtype();
      this.flat = tensor.flat();
    }

    void copy(int from, Object into, int count) throws SQLException {
      if (into.getClass() == flat.getClass() && !widens()) {
        System.arraycopy(flat, from, into, 0, count);
        return;
      }
      if (into instanceof byte[] bytes && flat instanceof byte[] && dtype == Dtype.UINT8) {
        System.arraycopy(flat, from, bytes, 0, count);
        return;
      }
      for (int i = 0; i < count; i++) {
        Object value = at(from + i);
        if (into instanceof boolean[] to) {
          to[i] = Numbers.toBoolean(value);
        } else if (into instanceof byte[] to) {
          to[i] =
              dtype == Dtype.UINT8
                  ? (byte) Numbers.toLong(value, 0, 255, "UINT8")
                  : (byte) Numbers.toExactLong(value, Byte.MIN_VALUE, Byte.MAX_VALUE, "TINYINT");
        } else if (into instanceof short[] to) {
          to[i] = (short) Numbers.toExactLong(value, Short.MIN_VALUE, Short.MAX_VALUE, "SMALLINT");
        } else if (into instanceof int[] to) {
          to[i] = (int) Numbers.toExactLong(value, Integer.MIN_VALUE, Integer.MAX_VALUE, "INTEGER");
        } else if (into instanceof long[] to) {
          to[i] = Numbers.toExactLong(value, Long.MIN_VALUE, Long.MAX_VALUE, "BIGINT");
        } else if (into instanceof float[] to) {
          to[i] = Numbers.toFloat(value);
        } else if (into instanceof double[] to) {
          to[i] = Numbers.toDouble(value);
        } else if (into instanceof Object[] to) {
          to[i] = boxed(value, to.getClass().getComponentType());
        } else {
          throw new SQLFeatureNotSupportedException(
              "a tensor cannot be read as an array of "
                  + into.getClass().getComponentType().getName(),
              SqlStates.UNSUPPORTED);
        }
      }
    }

    private static Object boxed(Object value, Class<?> type) throws SQLException {
      return Convert.to(type, value, java.sql.Types.OTHER);
    }

    /** Whether a value of the flat array means another number than Java reads from it. */
    private boolean widens() {
      return switch (dtype) {
        case UINT8 -> flat instanceof byte[];
        case UINT16 -> flat instanceof short[];
        case UINT32 -> flat instanceof int[];
        case UINT64 -> flat instanceof long[];
        case FLOAT16 -> flat instanceof short[]; // the bits of the number
        default -> false;
      };
    }

    private Object at(int i) {
      if (!widens()) {
        Object value = Array.get(flat, i);
        return dtype == Dtype.BOOL && value instanceof Byte bit ? (Object) (bit != 0) : value;
      }
      if (flat instanceof byte[] values) {
        return (short) (values[i] & 0xff);
      }
      if (flat instanceof short[] values) {
        if (dtype == Dtype.FLOAT16) {
          return TensorValue.halfToFloat(values[i]);
        }
        return values[i] & 0xffff;
      }
      if (flat instanceof int[] values) {
        return values[i] & 0xffff_ffffL;
      }
      return new BigDecimal(new BigInteger(Long.toUnsignedString(((long[]) flat)[i])));
    }
  }
}
