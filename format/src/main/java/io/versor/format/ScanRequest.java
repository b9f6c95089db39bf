package io.versor.format;

import io.versor.format.chunk.Bound;
import java.util.List;
import java.util.Optional;

/**
 * What a scan is to read.
 *
 * @param columnIds the columns, in the order in which {@link TableScan#column} gives them
 * @param bounds all of them hold for the rows wanted; others may come nevertheless
 * @param fromSlot first slot
 * @param toSlot end of the slots; cut to those of the table
 * @param indexes only rows at these positions of the table
 * @param rowIds only these rows, which come in slot order; unknown and deleted ones are left out
 * @param batchRows most slots of a batch
 */
public record ScanRequest(
    List<Long> columnIds,
    List<Bound> bounds,
    long fromSlot,
    long toSlot,
    Optional<IndexRange> indexes,
    Optional<long[]> rowIds,
    int batchRows) {
  public static final int DEFAULT_BATCH_ROWS = 2_048;

  /** Positions among the live rows, {@code to} exclusive. */
  public record IndexRange(long from, long to) {}

  public ScanRequest {
    columnIds = List.copyOf(columnIds);
    bounds = List.copyOf(bounds);
    if (batchRows < 1) {
      throw new IllegalArgumentException("batches of " + batchRows + " rows");
    }
  }

  /** Everything of these columns. */
  public static ScanRequest of(List<Long> columnIds) {
    return new ScanRequest(
        columnIds,
        List.of(),
        0,
        Long.MAX_VALUE,
        Optional.empty(),
        Optional.empty(),
        DEFAULT_BATCH_ROWS);
  }

  public ScanRequest withColumns(List<Long> value) {
    return new ScanRequest(value, bounds, fromSlot, toSlot, indexes, rowIds, batchRows);
  }

  public ScanRequest withBounds(List<Bound> value) {
    return new ScanRequest(columnIds, value, fromSlot, toSlot, indexes, rowIds, batchRows);
  }

  public ScanRequest withSlots(long from, long to) {
    return new ScanRequest(columnIds, bounds, from, to, indexes, rowIds, batchRows);
  }

  public ScanRequest withIndexes(long from, long to) {
    return new ScanRequest(
        columnIds,
        bounds,
        fromSlot,
        toSlot,
        Optional.of(new IndexRange(from, to)),
        rowIds,
        batchRows);
  }

  public ScanRequest withRowIds(long[] value) {
    return new ScanRequest(
        columnIds, bounds, fromSlot, toSlot, indexes, Optional.of(value), batchRows);
  }

  public ScanRequest withBatchRows(int value) {
    return new ScanRequest(columnIds, bounds, fromSlot, toSlot, indexes, rowIds, value);
  }
}
