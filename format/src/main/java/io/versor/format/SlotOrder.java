package io.versor.format;

import io.versor.format.chunk.ColumnBuilder;
import io.versor.format.chunk.HeapColumn;
import io.versor.format.table.TableState;
import io.versor.format.type.StoreException;
import io.versor.format.type.StoreException.Code;
import java.util.Arrays;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Rows in the order of their slots, which is the order in which records name them. */
final class SlotOrder {
  private final long[] rowIds;
  private final int @Nullable [] from;

  private SlotOrder(long[] rowIds, int @Nullable [] from) {
    this.rowIds = rowIds;
    this.from = from;
  }

  /**
   * @throws StoreException {@code INVALID_VALUE} for a row that is not there, or is given twice
   */
  static SlotOrder of(TableState table, long[] rowIds) throws StoreException {
    long[] slots = new long[rowIds.length];
    boolean ascending = true;
    for (int i = 0; i < rowIds.length; i++) {
      OptionalLong slot = table.rows().findLiveSlot(rowIds[i]);
      if (slot.isEmpty()) {
        throw new StoreException(
            Code.INVALID_VALUE,
            "table "
                + table.schema().name()
                + " has no row "
                + Long.toUnsignedString(rowIds[i])
                + ", or it was deleted");
      }
      slots[i] = slot.getAsLong();
      ascending &= i == 0 || slots[i] > slots[i - 1];
    }
    if (ascending) {
      return new SlotOrder(rowIds.clone(), null);
    }
    Integer[] order = new Integer[rowIds.length];
    Arrays.setAll(order, i -> i);
    Arrays.sort(order, (a, b) -> Long.compare(slots[a], slots[b]));
    long[] sorted = new long[rowIds.length];
    int[] from = new int[rowIds.length];
    for (int i = 0; i < order.length; i++) {
      from[i] = order[i];
      sorted[i] = rowIds[order[i]];
      if (i > 0 && slots[order[i]] == slots[order[i - 1]]) {
        throw new StoreException(
            Code.INVALID_VALUE,
            "row " + Long.toUnsignedString(sorted[i]) + " is given twice in one change");
      }
    }
    return new SlotOrder(sorted, from);
  }

  long[] rowIds() {
    return rowIds;
  }

  /** Samples that came in the given order, in the order of the slots. */
  HeapColumn sorted(HeapColumn values) throws StoreException {
    if (from == null) {
      return values;
    }
    ColumnBuilder builder = new ColumnBuilder(values.type());
    for (int row : from) {
      builder.append(values, row, 1);
    }
    return builder.column();
  }
}
