package io.versor.columnar.parquet;

import io.versor.columnar.Stored;
import io.versor.engine.SequenceValue;
import io.versor.engine.TensorValue;
import io.versor.engine.type.Uuids;
import io.versor.format.type.Dtype;
import io.versor.format.type.StoreException;
import io.versor.format.type.TensorType;
import java.util.List;
import java.util.UUID;
import org.apache.parquet.column.ColumnWriter;
import org.apache.parquet.io.api.Binary;
import org.jspecify.annotations.Nullable;

/** Writes the values of one column. One thread. */
final class ValueWriter {
  private final ColumnWriter out;

  /** Of a value, or of the elements of lists. */
  private final TensorType type;

  /** Levels of lists around a value: 1 for lists, else 0. */
  private final int lists;

  private final int rank;

  /** Definition level of a number: each list adds two, the number one. */
  private final int most;

  /** Bytes written since the row group began, before they are encoded. */
  private long bytes;

  ValueWriter(ColumnWriter out, TensorType column) {
    this.out = out;
    this.type = column.element().orElse(column);
    this.lists = column.element().isPresent() ? 1 : 0;
    this.rank = type.shape().rank();
    this.most = 2 * (lists + rank) + 1;
  }

  long bytes() {
    return bytes;
  }

  void add(@Nullable Object value) throws StoreException {
    if (lists == 0) {
      sample(value, 0);
      return;
    }
    if (value == null) {
      nothing(0, 0);
      return;
    }
    List<@Nullable Object> elements = Stored.list(value);
    if (elements.isEmpty()) {
      nothing(0, 1);
    }
    int repetition = 0;
    for (Object element : elements) {
      sample(element, repetition);
      repetition = 1;
    }
  }

  private void nothing(int repetition, int definition) {
    out.writeNull(repetition, definition);
    bytes++;
  }

  private void sample(@Nullable Object value, int repetition) throws StoreException {
    if (value == null) {
      nothing(repetition, 2 * lists);
    } else if (rank == 0) {
      value(value, repetition);
    } else if (rank == 1 && value instanceof SequenceValue list) {
      numbers(list.elements(), repetition);
    } else {
      TensorValue tensor = Stored.tensor(value, type);
      bytes += (long) tensor.elements() * type.dtype().width();
      level(tensor, 0, 0, tensor.elements(), repetition);
    }
  }

  /** Numbers of which some are NULL: no tensor, but what a query may give. */
  private void numbers(List<@Nullable Object> numbers, int first) {
    int repetition = first;
    for (Object number : numbers) {
      if (number == null) {
        nothing(repetition, most - 1);
      } else {
        value(number, repetition);
      }
      repetition = lists + rank;
    }
  }

  /**
   * @param repetition level of the first value
   */
  private void level(TensorValue tensor, int depth, int from, int count, int repetition) {
    int extent = tensor.shape()[depth];
    if (extent == 0) {
      nothing(repetition, 2 * (lists + depth) + 1);
      return;
    }
    if (depth == rank - 1) {
      elements(tensor, from, extent, repetition);
      return;
    }
    int each = count / extent;
    for (int i = 0; i < extent; i++) {
      level(tensor, depth + 1, from + i * each, each, i == 0 ? repetition : lists + depth + 1);
    }
  }

  private void elements(TensorValue tensor, int from, int count, int repetition) {
    int level = repetition;
    if (tensor.flat() instanceof float[] floats) {
      for (int i = from; i < from + count; i++) {
        out.write(floats[i], level, most);
        level = lists + rank;
      }
      return;
    }
    for (int i = from; i < from + count; i++) {
      switch (tensor.dtype()) {
        case BOOL -> out.write(tensor.longAt(i) != 0, level, most);
        case INT64, UINT64 -> out.write(tensor.longAt(i), level, most);
        case FLOAT64 -> out.write(tensor.doubleAt(i), level, most);
        case FLOAT16 -> out.write(half(((short[]) tensor.flat())[i]), level, most);
        default -> out.write((int) tensor.longAt(i), level, most);
      }
      level = lists + rank;
    }
  }

  private static Binary half(short bits) {
    return Binary.fromConstantByteArray(new byte[] {(byte) bits, (byte) (bits >> 8)});
  }

  private void value(Object value, int repetition) {
    if (WriteSchema.isText(type)) {
      binary(Stored.utf8(value), repetition);
      return;
    }
    bytes += type.dtype().width();
    switch (type.dtype()) {
      case BOOL -> out.write((boolean) (Boolean) value, repetition, most);
      case INT64, UINT64 -> out.write(((Number) value).longValue(), repetition, most);
      case FLOAT16 -> out.write(half(Stored.half(value)), repetition, most);
      case FLOAT32 -> out.write(((Number) value).floatValue(), repetition, most);
      case FLOAT64 -> out.write(((Number) value).doubleValue(), repetition, most);
      case DATE -> out.write((int) Stored.days(value), repetition, most);
      case TIME, TIMESTAMP, TIMESTAMP_TZ -> out.write(Stored.micros(value), repetition, most);
      case DECIMAL -> decimal(value, repetition);
      case BYTES -> binary((byte[]) value, repetition);
      case UUID ->
          out.write(Binary.fromConstantByteArray(Uuids.bytes((UUID) value)), repetition, most);
      default -> out.write((int) ((Number) value).longValue(), repetition, most);
    }
  }

  private void binary(byte[] value, int repetition) {
    bytes += value.length;
    out.write(Binary.fromConstantByteArray(value), repetition, most);
  }

  private void decimal(Object value, int repetition) {
    if (type.precision() > WriteSchema.LONG_DIGITS) {
      byte[] digits = Stored.digits(value, type.scale(), Dtype.DECIMAL.width());
      out.write(Binary.fromConstantByteArray(digits), repetition, most);
      return;
    }
    long unscaled = Stored.decimal(value, type.scale()).unscaledValue().longValueExact();
    if (type.precision() <= WriteSchema.INT_DIGITS) {
      out.write((int) unscaled, repetition, most);
    } else {
      out.write(unscaled, repetition, most);
    }
  }
}
