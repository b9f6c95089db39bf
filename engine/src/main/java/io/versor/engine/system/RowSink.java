package io.versor.engine.system;

import io.versor.engine.type.Micros;
import io.versor.format.chunk.ColumnBuilder;
import io.versor.format.chunk.HeapColumn;
import io.versor.format.type.Column;
import io.versor.format.type.Dtype;
import io.versor.format.type.StoreException;
import io.versor.format.type.TableSchema;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Takes the rows of a system table, one by one. */
final class RowSink {
  private final List<ColumnBuilder> builders = new ArrayList<>();
  private int rows;

  RowSink(TableSchema schema) {
    for (Column column : schema.columns()) {
      builders.add(new ColumnBuilder(column.type(), 64));
    }
  }

  int rows() {
    return rows;
  }

  /**
   * One value for each column: String, Long, Integer, Boolean, Instant, Optional of these, or null.
   */
  void add(@Nullable Object... values) throws StoreException {
    for (int i = 0; i < builders.size(); i++) {
      append(builders.get(i), values[i]);
    }
    rows++;
  }

  private static void append(ColumnBuilder builder, @Nullable Object value) throws StoreException {
    if (value instanceof Optional<?> optional) {
      append(builder, optional.orElse(null));
    } else if (value == null) {
      builder.appendNull();
    } else if (value instanceof Boolean bool) {
      builder.appendLong(bool ? 1 : 0);
    } else if (value instanceof Number number) {
      builder.appendLong(number.longValue());
    } else if (value instanceof Instant instant) {
      builder.appendLong(Micros.of(instant));
    } else if (builder.type().dtype() == Dtype.UTF8) {
      builder.appendText(value.toString());
    } else {
      throw new IllegalArgumentException(value + " for " + builder.type());
    }
  }

  List<HeapColumn> columns() {
    return builders.stream().map(ColumnBuilder::column).toList();
  }
}
