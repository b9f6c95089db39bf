package io.versor.engine.statement;

import io.versor.engine.ColumnInfo;
import io.versor.engine.plan.Infos;
import io.versor.engine.plan.RowCursor;
import io.versor.format.type.Dtype;
import io.versor.format.type.TensorType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Rows that are already there. */
final class ListCursor implements RowCursor {
  private final List<List<@Nullable Object>> rows;
  private int at = -1;

  ListCursor(List<List<@Nullable Object>> rows) {
    this.rows = rows;
  }

  static ColumnInfo text(String name) {
    return Infos.column(name, name, "", "", true, TensorType.varchar(0), false);
  }

  static ColumnInfo number(String name) {
    return Infos.column(name, name, "", "", true, TensorType.scalar(Dtype.INT64), false);
  }

  static ColumnInfo truth(String name) {
    return Infos.column(name, name, "", "", true, TensorType.scalar(Dtype.BOOL), false);
  }

  static ColumnInfo instant(String name) {
    return Infos.column(name, name, "", "", true, TensorType.scalar(Dtype.TIMESTAMP), false);
  }

  @Override
  public boolean next() {
    return ++at < rows.size();
  }

  @Override
  public @Nullable Object objectAt(int column) {
    return rows.get(at).get(column);
  }

  @Override
  public void close() {
    // nothing is held
  }
}
