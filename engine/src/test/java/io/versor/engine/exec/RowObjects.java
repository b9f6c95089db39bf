package io.versor.engine.exec;

import io.versor.format.chunk.Vector;
import io.versor.format.type.Dtype;
import io.versor.format.type.Htype;
import io.versor.format.type.StoreException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Batches as rows of Long, Double, BigDecimal and String, through the slow accessors. */
final class RowObjects {
  private RowObjects() {}

  static void addAll(BatchOperator operator, List<List<@Nullable Object>> rows)
      throws StoreException {
    Batch batch = operator.batch();
    for (int i = 0; i < batch.selected(); i++) {
      int[] selection = batch.selection();
      int at = selection == null ? i : selection[i];
      List<@Nullable Object> row = new ArrayList<>();
      for (int c = 0; c < operator.types().size(); c++) {
        row.add(value(batch.column(c), at));
      }
      rows.add(row);
    }
  }

  private static @Nullable Object value(Vector vector, int row) {
    if (vector.isNull(row)) {
      return null;
    }
    if (vector.type().htype() == Htype.CLASS_LABEL) {
      return vector.type().labels().get((int) vector.longAt(row));
    }
    Dtype dtype = vector.type().dtype();
    if (dtype.isFloat()) {
      return vector.doubleAt(row);
    }
    return switch (dtype) {
      case UTF8 -> vector.textAt(row);
      case DECIMAL -> vector.decimalAt(row);
      default -> vector.longAt(row);
    };
  }
}
