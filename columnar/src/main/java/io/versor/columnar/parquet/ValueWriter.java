package io.versor.columnar.parquet;

import io.versor.columnar.Stored;
import io.versor.engine.TensorValue;
import io.versor.engine.type.Uuids;
import io.versor.format.type.Dtype;
import io.versor.format.type.StoreException;
import io.versor.format.type.TensorType;
import java.math.BigDecimal;
import java.util.UUID;
import org.apache.parquet.column.ColumnWriter;
import org.apache.parquet.io.api.Binary;
import org.jspecify.annotations.Nullable;

/** Writes the values of one column. One thread. */
final class ValueWriter {
  private final ColumnWriter out;
  private final TensorType type;
  private final int rank;

  /** Definition level of a value: each list adds two, the value one. */
  private final int most;

  /** Bytes written since the row group began, before they are encoded. */
  private long bytes;

  ValueWriter(ColumnWriter out, TensorType type) {
    this.out = out;
    this.type = type;
    this.rank = type.shape().rank();
    this.most = 2 * rank + 1;
  }

  long bytes() {
    return bytes;
  }

  void add(@Nullable Object value) throws StoreException {
    if (value == null) {
      out.writeNull(0, 0);
      bytes++;
    } else if (rank == 0) {
      value(value);
    } else {
      TensorValue tensor = Stored.tensor(value, type);
      bytes += (long) tensor.elements() * type.dtype().width();
      level(tensor, 0, 0, tensor.elements(), 0);
    }
  }

  /**
   * @param repetition level of the first value
   */
  private void level(TensorValue tensor, int depth, int from, int count, int repetition) {
    int extent = tensor.shape()[depth];
    if (extent == 0) {
      out.writeNull(repetition, 2 * depth + 1);
      return;
    }
    if (depth == rank - 1) {
      elements(tensor, from, extent, repetition);
      return;
    }
    int each = count / extent;
    for (int i = 0; i < extent; i++) {
      level(tensor, depth + 1, from + i * each, each, i == 0 ? repetition : depth + 1);
    }
  }

  private void elements(TensorValue tensor, int from, int count, int repetition) {
    int level = repetition;
    if (tensor.flat() instanceof float[] floats) {
      for (int i = from; i < from + count; i++) {
        out.write(floats[i], level, most);
        level = rank;
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
      level = rank;
    }
  }

  private static Binary half(short bits) {
    return Binary.fromConstantByteArray(new byte[] {(byte) bits, (byte) (bits >> 8)});
  }

  private void value(Object value) {
    if (WriteSchema.isText(type)) {
      binary(Stored.utf8(value));
      return;
    }
    bytes += type.dtype().width();
    switch (type.dtype()) {
      case BOOL -> out.write((boolean) (Boolean) value, 0, most);
      case INT64, UINT64 -> out.write(((Number) value).longValue(), 0, most);
      case FLOAT16 -> out.write(half(Stored.half(value)), 0, most);
      case FLOAT32 -> out.write(((Number) value).floatValue(), 0, most);
      case FLOAT64 -> out.write(((Number) value).doubleValue(), 0, most);
      case DATE -> out.write((int) Stored.days(value), 0, most);
      case TIME, TIMESTAMP, TIMESTAMP_TZ -> out.write(Stored.micros(value), 0, most);
      case DECIMAL -> decimal((BigDecimal) value);
      case BYTES -> binary((byte[]) value);
      case UUID -> out.write(Binary.fromConstantByteArray(Uuids.bytes((UUID) value)), 0, most);
      default -> out.write((int) ((Number) value).longValue(), 0, most);
    }
  }

  private void binary(byte[] value) {
    bytes += value.length;
    out.write(Binary.fromConstantByteArray(value), 0, most);
  }

  private void decimal(BigDecimal value) {
    if (type.precision() > WriteSchema.LONG_DIGITS) {
      byte[] digits = Stored.digits(value, type.scale(), Dtype.DECIMAL.width());
      out.write(Binary.fromConstantByteArray(digits), 0, most);
      return;
    }
    long unscaled = value.setScale(type.scale()).unscaledValue().longValueExact();
    if (type.precision() <= WriteSchema.INT_DIGITS) {
      out.write((int) unscaled, 0, most);
    } else {
      out.write(unscaled, 0, most);
    }
  }
}
