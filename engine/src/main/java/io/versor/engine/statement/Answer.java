package io.versor.engine.statement;

import io.versor.engine.ColumnInfo;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a version statement says when it is done: rows, one as a rule. */
record Answer(List<ColumnInfo> columns, List<List<@Nullable Object>> rows) {
  /** One row. */
  static Answer of(List<ColumnInfo> columns, @Nullable Object... values) {
    return new Answer(columns, List.of(Arrays.asList(values)));
  }

  static Answer none(List<ColumnInfo> columns) {
    return new Answer(columns, List.of());
  }
}
