package io.versor.engine.plan;

import io.versor.engine.TensorValue;
import io.versor.format.chunk.HeapColumn;
import io.versor.format.chunk.Sequences;
import io.versor.format.chunk.Vector;
import io.versor.format.type.Dtype;
import io.versor.format.type.Htype;
import io.versor.format.type.StoreException;
import io.versor.format.type.StoreException.Code;
import io.versor.format.type.TensorType;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.avatica.util.ByteString;
import org.jspecify.annotations.Nullable;

/**
 * Samples as the objects the fallback executor computes with: those of Calcite's Enumerable, but
 * times and timestamps are counted in microseconds and tensors are {@link TensorValue}s.
 */
final class RowValues {
  /** One sample that is not NULL. */
  @FunctionalInterface
  interface Reader {
    Object read(Vector vector, int row) throws StoreException;
  }

  private RowValues() {}

  static @Nullable Object read(Reader reader, Vector vector, int row) throws StoreException {
    return vector.isNull(row) ? null : reader.read(vector, row);
  }

  static Reader reader(TensorType type) {
    if (type.shape().rank() > 0) {
      return tensorReader(type);
    }
    if (type.element().isPresent()) {
      HeapReader element = heapReader(type.element().get());
      return (vector, row) -> elements(Sequences.elements(type, vector, row), element);
    }
    if (type.htype() == Htype.CLASS_LABEL) {
      List<String> labels = type.labels();
      return (vector, row) -> label(labels, vector.longAt(row));
    }
    return switch (type.dtype()) {
      case BOOL -> (vector, row) -> vector.longAt(row) != 0;
      case INT8 -> (vector, row) -> (byte) vector.longAt(row);
      case INT16, UINT8 -> (vector, row) -> (short) vector.longAt(row);
      case INT32, UINT16, DATE -> (vector, row) -> (int) vector.longAt(row);
      case INT64, UINT32, TIME, TIMESTAMP, TIMESTAMP_TZ -> Vector::longAt;
      case UINT64 -> (vector, row) -> unsigned(vector.longAt(row));
      case FLOAT16, FLOAT32 -> (vector, row) -> (float) vector.doubleAt(row);
      case FLOAT64 -> Vector::doubleAt;
      case DECIMAL -> Vector::decimalAt;
      case UTF8 -> Vector::textAt;
      case BYTES, UUID -> (vector, row) -> new ByteString(vector.bytesAt(row));
    };
  }

  /** The same of samples on the heap: elements of sequences. */
  @FunctionalInterface
  private interface HeapReader {
    Object read(HeapColumn column, int row) throws StoreException;
  }

  private static HeapReader heapReader(TensorType type) {
    Dtype dtype = type.dtype();
    if (type.shape().rank() > 0) {
      return (column, row) -> tensor(dtype, column.shapeAt(row), column.bytesAt(row));
    }
    if (type.htype() == Htype.CLASS_LABEL) {
      List<String> labels = type.labels();
      return (column, row) -> label(labels, column.longAt(row));
    }
    return switch (dtype) {
      case BOOL -> (column, row) -> column.longAt(row) != 0;
      case INT8 -> (column, row) -> (byte) column.longAt(row);
      case INT16, UINT8 -> (column, row) -> (short) column.longAt(row);
      case INT32, UINT16, DATE -> (column, row) -> (int) column.longAt(row);
      case INT64, UINT32, TIME, TIMESTAMP, TIMESTAMP_TZ -> HeapColumn::longAt;
      case UINT64 -> (column, row) -> unsigned(column.longAt(row));
      case FLOAT16, FLOAT32 -> (column, row) -> (float) column.doubleAt(row);
      case FLOAT64 -> HeapColumn::doubleAt;
      case DECIMAL -> HeapColumn::decimalAt;
      case UTF8 -> HeapColumn::textAt;
      case BYTES, UUID -> (column, row) -> new ByteString(column.bytesAt(row));
    };
  }

  private static List<@Nullable Object> elements(HeapColumn column, HeapReader reader)
      throws StoreException {
    List<@Nullable Object> elements = new ArrayList<>(column.rows());
    for (int i = 0; i < column.rows(); i++) {
      elements.add(column.isNull(i) ? null : reader.read(column, i));
    }
    return elements;
  }

  private static String label(List<String> labels, long code) throws StoreException {
    if (code < 0 || code >= labels.size()) {
      throw new StoreException(
          Code.CORRUPT, "class label " + code + ", expected 0 to " + (labels.size() - 1));
    }
    return labels.get((int) code);
  }

  static BigDecimal unsigned(long bits) {
    return new BigDecimal(new BigInteger(Long.toUnsignedString(bits)));
  }

  private static Reader tensorReader(TensorType type) {
    Dtype dtype = type.dtype();
    if (!type.shape().isFixed()) {
      return (vector, row) -> tensor(dtype, vector.shapeAt(row), vector.bytesAt(row));
    }
    int[] extents = type.shape().extents().stream().mapToInt(Integer::intValue).toArray();
    return (vector, row) -> tensor(dtype, extents.clone(), vector.bytesAt(row));
  }

  /** A tensor of its little-endian bytes. */
  static TensorValue tensor(Dtype dtype, int[] shape, byte[] bytes) {
    ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    int count = bytes.length / dtype.width();
    Object flat =
        switch (dtype) {
          case BOOL, INT8, UINT8 -> bytes;
          case INT16, UINT16, FLOAT16 -> {
            short[] array = new short[count];
            buffer.asShortBuffer().get(array);
            yield array;
          }
          case INT32, UINT32 -> {
            int[] array = new int[count];
            buffer.asIntBuffer().get(array);
            yield array;
          }
          case INT64, UINT64 -> {
            long[] array = new long[count];
            buffer.asLongBuffer().get(array);
            yield array;
          }
          case FLOAT32 -> {
            float[] array = new float[count];
            buffer.asFloatBuffer().get(array);
            yield array;
          }
          case FLOAT64 -> {
            double[] array = new double[count];
            buffer.asDoubleBuffer().get(array);
            yield array;
          }
          default -> throw new IllegalArgumentException("no tensor has elements of " + dtype);
        };
    return new TensorValue(dtype, shape, flat);
  }
}
