package io.versor.engine.plan;

import io.versor.engine.SequenceValue;
import io.versor.engine.TensorValue;
import io.versor.engine.type.Carried;
import io.versor.engine.type.Uuids;
import io.versor.format.type.Dtype;
import io.versor.format.type.StoreException;
import io.versor.format.type.TensorType;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.apache.calcite.avatica.util.ByteString;
import org.jspecify.annotations.Nullable;

/** Parameters as the objects the fallback executor computes with. */
final class ParameterValues {
  private ParameterValues() {}

  static @Nullable Object internal(@Nullable Object value, int index) {
    if (value instanceof byte[] bytes) {
      checkLength(bytes, index);
      return new ByteString(bytes);
    }
    if (value instanceof UUID id) {
      return new ByteString(Uuids.bytes(id));
    }
    if (value instanceof LocalDate date) {
      return Math.toIntExact(date.toEpochDay());
    }
    if (value instanceof LocalTime time) {
      return time.toNanoOfDay() / 1_000;
    }
    if (value instanceof LocalDateTime time) {
      return PublicValues.micros(time);
    }
    if (value instanceof OffsetDateTime time) {
      return PublicValues.micros(time.withOffsetSameInstant(ZoneOffset.UTC).toLocalDateTime());
    }
    if (value instanceof SequenceValue list) {
      return internal(list.elements(), index);
    }
    if (value instanceof List<?> list) {
      List<@Nullable Object> elements = new ArrayList<>(list.size());
      for (Object element : list) {
        elements.add(internal(element, index));
      }
      return elements;
    }
    if (value instanceof Object[] array && !TensorElements.isTensor(array)) {
      return internal(Arrays.asList(array), index);
    }
    if (value != null && value.getClass().isArray()) {
      return Carried.through(() -> tensor(value, "parameter " + (index + 1)));
    }
    return value;
  }

  /** Before the bytes are copied: no column can hold more. */
  private static void checkLength(byte[] bytes, int index) {
    if (bytes.length > TensorType.MAX_SAMPLE_BYTES) {
      throw new Carried(
          new StoreException(
              StoreException.Code.LIMIT,
              "parameter "
                  + (index + 1)
                  + " has "
                  + bytes.length
                  + " bytes, at most "
                  + TensorType.MAX_SAMPLE_BYTES
                  + " in one value; split it"));
    }
  }

  private static TensorValue tensor(Object array, String what) throws StoreException {
    Class<?> element = array.getClass();
    while (element.isArray()) {
      element = element.getComponentType();
    }
    int[] shape = TensorElements.shapeOf(array);
    Dtype dtype = dtype(element);
    return RowValues.tensor(dtype, shape, TensorElements.bytes(dtype, shape, array, what));
  }

  /** The type that holds the elements of a Java array as they are; boxed ones may be anything. */
  private static Dtype dtype(Class<?> element) {
    if (element == boolean.class) {
      return Dtype.BOOL;
    }
    if (element == byte.class) {
      return Dtype.INT8;
    }
    if (element == short.class) {
      return Dtype.INT16;
    }
    if (element == int.class) {
      return Dtype.INT32;
    }
    if (element == long.class) {
      return Dtype.INT64;
    }
    return element == float.class ? Dtype.FLOAT32 : Dtype.FLOAT64;
  }
}
