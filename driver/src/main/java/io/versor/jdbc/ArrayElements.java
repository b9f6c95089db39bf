package io.versor.jdbc;

import io.versor.engine.SequenceValue;
import io.versor.engine.TensorValue;
import io.versor.engine.type.SqlTypes;
import io.versor.format.type.Dtype;
import io.versor.format.type.Htype;
import io.versor.format.type.TensorType;
import java.sql.Array;
import java.sql.SQLDataException;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Nested Java arrays as a tensor of a named element type, for {@code createArrayOf}. */
final class ArrayElements {
  /** As deep as the store lets a tensor be. */
  private static final int MAX_RANK = 32;

  /** What arrays are lists of, and not tensors. */
  private static final Map<String, TensorType> LISTED =
      Map.ofEntries(
          Map.entry("CHAR", TensorType.varchar(0)),
          Map.entry("VARCHAR", TensorType.varchar(0)),
          Map.entry("TEXT", TensorType.text()),
          Map.entry("JSON", TensorType.json()),
          Map.entry("CLASS_LABEL", TensorType.varchar(0)),
          Map.entry("BINARY", TensorType.varbinary(0)),
          Map.entry("VARBINARY", TensorType.varbinary(0)),
          Map.entry("BLOB", TensorType.varbinary(0)),
          Map.entry("BYTEA", TensorType.varbinary(0)),
          Map.entry("IMAGE", TensorType.media(Htype.IMAGE, Optional.empty())),
          Map.entry("AUDIO", TensorType.media(Htype.AUDIO, Optional.empty())),
          Map.entry("VIDEO", TensorType.media(Htype.VIDEO, Optional.empty())),
          Map.entry("DECIMAL", TensorType.decimal(TensorType.MAX_DECIMAL_DIGITS, 0)),
          Map.entry("NUMERIC", TensorType.decimal(TensorType.MAX_DECIMAL_DIGITS, 0)),
          Map.entry("DATE", TensorType.scalar(Dtype.DATE)),
          Map.entry("TIME", TensorType.scalar(Dtype.TIME)),
          Map.entry("TIMESTAMP", TensorType.scalar(Dtype.TIMESTAMP)),
          Map.entry("TIMESTAMP WITH TIME ZONE", TensorType.scalar(Dtype.TIMESTAMP_TZ)),
          Map.entry("UUID", TensorType.scalar(Dtype.UUID)),
          Map.entry("TENSOR", TensorType.pointCloud()),
          Map.entry("BBOX", TensorType.bbox()));

  private ArrayElements() {}

  static Array array(String typeName, Object @Nullable [] elements) throws SQLException {
    if (elements == null) {
      throw new SQLDataException(
          "createArrayOf needs elements, found null", SqlStates.INVALID_PARAMETER);
    }
    TensorType listed = LISTED.get(typeName.strip().toUpperCase(Locale.ROOT));
    return listed == null
        ? new TensorArray(tensor(dtype(typeName), elements))
        : new SequenceArray(list(listed, elements));
  }

  private static SequenceValue list(TensorType type, Object[] elements) throws SQLException {
    int jdbcType = SqlTypes.jdbcType(type);
    boolean instant = jdbcType == Types.TIMESTAMP_WITH_TIMEZONE;
    List<@Nullable Object> values = new ArrayList<>(elements.length);
    for (Object element : elements) {
      Object value = element == null ? null : Parameters.of(element, instant);
      values.add(value == null ? null : Parameters.as(value, jdbcType, Parameters.ANY_SCALE));
    }
    return new SequenceValue(type, values);
  }

  private static TensorValue tensor(Dtype dtype, Object[] elements) throws SQLException {
    int[] shape = shape(elements);
    long count = 1;
    for (int extent : shape) {
      count *= extent;
      if (count > Integer.MAX_VALUE / 8) {
        throw new SQLDataException(
            "an array of shape " + Arrays.toString(shape) + " is too large",
            SqlStates.INVALID_PARAMETER);
      }
    }
    Object flat = flat(dtype, (int) count);
    int filled = fill(elements, shape, 0, dtype, flat, 0);
    if (filled != count) {
      throw new IllegalStateException("filled " + filled + " of " + count);
    }
    return new TensorValue(dtype, shape, flat);
  }

  private static Dtype dtype(String typeName) throws SQLException {
    return switch (typeName.strip().toUpperCase(Locale.ROOT)) {
      case "BOOLEAN", "BOOL", "BIT" -> Dtype.BOOL;
      case "TINYINT", "INT8" -> Dtype.INT8;
      case "SMALLINT", "INT16" -> Dtype.INT16;
      case "INTEGER", "INT", "INT32" -> Dtype.INT32;
      case "BIGINT", "INT64" -> Dtype.INT64;
      case "UINT8" -> Dtype.UINT8;
      case "UINT16" -> Dtype.UINT16;
      case "UINT32" -> Dtype.UINT32;
      case "REAL", "FLOAT32" -> Dtype.FLOAT32;
      case "DOUBLE", "DOUBLE PRECISION", "FLOAT", "FLOAT64" -> Dtype.FLOAT64;
      default ->
          throw new SQLFeatureNotSupportedException(
              "arrays of \""
                  + typeName
                  + "\" cannot be made; expected a number type such as REAL, INTEGER or UINT8, or"
                  + " one of "
                  + String.join(", ", new TreeSet<>(LISTED.keySet())),
              SqlStates.UNSUPPORTED);
    };
  }

  private static Object flat(Dtype dtype, int count) {
    return switch (dtype) {
      case BOOL, INT8, UINT8 -> new byte[count];
      case INT16, UINT16 -> new short[count];
      case INT32, UINT32 -> new int[count];
      case INT64 -> new long[count];
      case FLOAT32 -> new float[count];
      case FLOAT64 -> new double[count];
      default -> throw new IllegalStateException("no array is made of " + dtype);
    };
  }

  /** Extents along the first element of each level; {@link #fill} finds what differs. */
  private static int[] shape(Object elements) throws SQLException {
    int[] shape = new int[MAX_RANK];
    int rank = 0;
    Object level = elements;
    while (level != null && level.getClass().isArray()) {
      if (rank == MAX_RANK) {
        throw new SQLDataException(
            "an array is nested deeper than " + MAX_RANK + " levels", SqlStates.INVALID_PARAMETER);
      }
      shape[rank++] = java.lang.reflect.Array.getLength(level);
      level =
          java.lang.reflect.Array.getLength(level) == 0
              ? null
              : java.lang.reflect.Array.get(level, 0);
    }
    return Arrays.copyOf(shape, rank);
  }

  private static int fill(
      Object level, int[] shape, int depth, Dtype dtype, Object flat, int position)
      throws SQLException {
    if (!level.getClass().isArray() || java.lang.reflect.Array.getLength(level) != shape[depth]) {
      throw new SQLDataException(
          "the array is ragged: a level of extent "
              + shape[depth]
              + " holds "
              + (level.getClass().isArray()
                  ? java.lang.reflect.Array.getLength(level) + " elements"
                  : "a number"),
          SqlStates.INVALID_PARAMETER);
    }
    int next = position;
    for (int i = 0; i < shape[depth]; i++) {
      Object element = java.lang.reflect.Array.get(level, i);
      if (element == null) {
        throw new SQLDataException(
            "element " + (i + 1) + " of the array is null; a tensor has no null elements",
            SqlStates.INVALID_PARAMETER);
      }
      if (depth + 1 < shape.length) {
        next = fill(element, shape, depth + 1, dtype, flat, next);
      } else {
        put(element, dtype, flat, next++);
      }
    }
    return next;
  }

  private static void put(Object element, Dtype dtype, Object flat, int at) throws SQLException {
    switch (dtype) {
      case BOOL -> ((byte[]) flat)[at] = (byte) (Numbers.toBoolean(element) ? 1 : 0);
      case INT8 -> ((byte[]) flat)[at] = (byte) Numbers.toExactLong(element, -128, 127, "INT8");
      case UINT8 -> ((byte[]) flat)[at] = (byte) Numbers.toExactLong(element, 0, 255, "UINT8");
      case INT16 ->
          ((short[]) flat)[at] =
              (short) Numbers.toExactLong(element, Short.MIN_VALUE, Short.MAX_VALUE, "INT16");
      case UINT16 ->
          ((short[]) flat)[at] = (short) Numbers.toExactLong(element, 0, 0xffff, "UINT16");
      case INT32 ->
          ((int[]) flat)[at] =
              (int) Numbers.toExactLong(element, Integer.MIN_VALUE, Integer.MAX_VALUE, "INT32");
      case UINT32 ->
          ((int[]) flat)[at] = (int) Numbers.toExactLong(element, 0, 0xffff_ffffL, "UINT32");
      case INT64 ->
          ((long[]) flat)[at] =
              Numbers.toExactLong(element, Long.MIN_VALUE, Long.MAX_VALUE, "INT64");
      case FLOAT32 -> ((float[]) flat)[at] = Numbers.toFloat(element);
      case FLOAT64 -> ((double[]) flat)[at] = Numbers.toDouble(element);
      default -> throw new IllegalStateException("no array is made of " + dtype);
    }
  }
}
