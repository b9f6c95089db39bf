package io.versor.engine.plan;

import io.versor.engine.type.SqlTypes;
import io.versor.engine.type.Uuids;
import io.versor.engine.type.VersorTypeFactory;
import io.versor.format.chunk.HeapColumn;
import io.versor.format.chunk.Vector;
import io.versor.format.chunk.VectorBuffer;
import io.versor.format.type.StoreException;
import io.versor.format.type.TensorType;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.calcite.rel.type.RelDataType;
import org.jspecify.annotations.Nullable;

/** Samples of a column as the objects of {@link io.versor.engine.Result}. */
public final class StoredValues {
  private StoredValues() {}

  /** All samples of a column on the heap. */
  public static List<@Nullable Object> of(HeapColumn samples, BufferAllocator allocator)
      throws StoreException {
    TensorType type = samples.type();
    RelDataType sqlType = SqlTypes.toSql(type, true, new VersorTypeFactory());
    RowValues.Reader reader = reader(type);
    List<@Nullable Object> values = new ArrayList<>(samples.rows());
    try (VectorBuffer buffer = new VectorBuffer(type, allocator)) {
      buffer.append(samples, 0, samples.rows());
      Vector vector = buffer.vector();
      for (int row = 0; row < samples.rows(); row++) {
        values.add(of(reader, vector, row, sqlType));
      }
    }
    return values;
  }

  /**
   * Times of the day are exact here, in the row executor they are milliseconds; bytes are copied
   * once, where those of the row executor copy themselves.
   */
  static RowValues.Reader reader(TensorType type) {
    if (type.shape().rank() > 0 || type.element().isPresent()) {
      return RowValues.reader(type);
    }
    return switch (type.dtype()) {
      case TIME -> (vector, row) -> LocalTime.ofNanoOfDay(vector.longAt(row) * 1_000);
      case BYTES -> Vector::bytesAt;
      default -> RowValues.reader(type);
    };
  }

  /** Samples of a column of a table, straight as the objects of a result. */
  static RowValues.Reader publicReader(TensorType type) {
    RowValues.Reader reader = reader(type);
    if (type.shape().rank() > 0) {
      return reader;
    }
    if (type.element().isPresent()) {
      RelDataType sqlType = SqlTypes.toSql(type, true, new VersorTypeFactory());
      return (vector, row) ->
          Objects.requireNonNull(PublicValues.of(reader.read(vector, row), sqlType));
    }
    return switch (type.dtype()) {
      case DATE -> (vector, row) -> LocalDate.ofEpochDay(vector.longAt(row));
      case TIMESTAMP -> (vector, row) -> PublicValues.localTime(vector.longAt(row));
      case TIMESTAMP_TZ ->
          (vector, row) -> PublicValues.localTime(vector.longAt(row)).atOffset(ZoneOffset.UTC);
      case UUID -> (vector, row) -> Uuids.of(vector.bytesAt(row));
      default -> reader;
    };
  }

  static @Nullable Object of(RowValues.Reader reader, Vector vector, int row, RelDataType type)
      throws StoreException {
    Object value = RowValues.read(reader, vector, row);
    return value instanceof LocalTime || value instanceof byte[]
        ? value
        : PublicValues.of(value, type);
  }
}
