package io.versor.engine.copy;

import io.versor.format.chunk.ColumnBuilder;
import io.versor.format.chunk.HeapColumn;
import io.versor.format.type.StoreException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Rows in columns, of which some are taken out. */
public final class HeapColumns {
  private HeapColumns() {}

  /** The rows but for some. */
  public static List<HeapColumn> without(List<HeapColumn> columns, Set<Integer> rows)
      throws StoreException {
    if (rows.isEmpty()) {
      return columns;
    }
    List<HeapColumn> kept = new ArrayList<>();
    for (HeapColumn column : columns) {
      kept.add(without(column, rows));
    }
    return kept;
  }

  private static HeapColumn without(HeapColumn column, Set<Integer> rows) throws StoreException {
    ColumnBuilder kept = new ColumnBuilder(column.type(), column.rows());
    int from = 0;
    for (int row = 0; row <= column.rows(); row++) {
      if (row == column.rows() || rows.contains(row)) {
        if (row > from) {
          kept.append(column, from, row - from);
        }
        from = row + 1;
      }
    }
    return kept.column();
  }

  /** Of so many rows those that are not among some. */
  public static int[] others(int count, Set<Integer> rows) {
    int[] others = new int[count - rows.size()];
    int next = 0;
    for (int row = 0; row < count; row++) {
      if (!rows.contains(row)) {
        others[next++] = row;
      }
    }
    return others;
  }
}
