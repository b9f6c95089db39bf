package io.versor.format;

import io.versor.format.chunk.ColumnBuilder;
import io.versor.format.chunk.HeapColumn;
import io.versor.format.io.StopSignal;
import io.versor.format.table.TableState;
import io.versor.format.type.StoreException;
import io.versor.format.type.StoreException.Code;
import java.util.Arrays;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Rows in the order of their slots, which is the order in which records name them. */
final class SlotOrder {
  /** Rows between looks whether to go on. */
  private static final int ROWS_A_LOOK = 16_384;

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
    int[] from = ascending(slots);
    long[] sorted = new long[rowIds.length];
    for (int i = 0; i < from.length; i++) {
      sorted[i] = rowIds[from[i]];
      if (i > 0 && slots[from[i]] == slots[from[i - 1]]) {
        throw new StoreException(
            Code.INVALID_VALUE,
            "row " + Long.toUnsignedString(sorted[i]) + " is given twice in one change");
      }
    }
    return new SlotOrder(sorted, from);
  }

  /** Positions of the slots, that of the lowest first: sorted by merging, which can be stopped. */
  private static int[] ascending(long[] slots) throws StoreException {
    int[] order = new int[slots.length];
    Arrays.setAll(order, i -> i);
    int[] merged = new int[slots.length];
    for (long width = 1; width < slots.length; width *= 2) {
      for (long begin = 0; begin < slots.length; begin += 2 * width) {
        int middle = (int) Math.min(begin + width, slots.length);
        int end = (int) Math.min(begin + 2 * width, slots.length);
        merge(slots, order, merged, (int) begin, middle, end);
      }
      int[] done = merged;
      merged = order;
      order = done;
    }
    return order;
  }

  private static void merge(long[] slots, int[] order, int[] merged, int begin, int middle, int end)
      throws StoreException {
    int left = begin;
    int right = middle;
    for (int i = begin; i < end; i++) {
      if (i % ROWS_A_LOOK == 0) {
        StopSignal.check();
      }
      boolean takeLeft =
          left < middle && (right == end || slots[order[left]] <= slots[order[right]]);
      merged[i] = takeLeft ? order[left++] : order[right++];
    }
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
    for (int i = 0; i < from.length; i++) {
      if (i % ROWS_A_LOOK == 0) {
        StopSignal.check();
      }
      builder.append(values, from[i], 1);
    }
    return builder.column();
  }
}
