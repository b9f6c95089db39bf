package io.versor.format;

import io.versor.format.table.TableState;
import io.versor.format.tree.ChunkTree;
import io.versor.format.type.StoreException;
import java.util.List;
import java.util.TreeSet;

/**
 * What a scan will read, as far as statistics tell before it does.
 *
 * @param chunks of the columns asked for
 * @param chunksRead those in which rows may be that are asked for
 * @param bytesRead of these as they are stored, whole; a scan reads fewer where it leaves out rows
 *     by other columns
 */
public record ScanEstimate(long chunks, long chunksRead, long bytesRead) {

  static ScanEstimate of(Core core, TableState table, ScanRequest request) throws StoreException {
    List<SlotRange> ranges = TableScan.ranges(core, table, request, core.allocator);
    long[] counts = new long[3];
    for (long columnId : new TreeSet<>(request.columnIds())) {
      ChunkTree samples = table.columns().get(columnId);
      if (samples == null) {
        throw TableSnapshot.noSuchColumn(table, columnId);
      }
      int[] at = {0};
      samples.forEachRun(
          (first, slots, ref, isOverwritten) -> {
            counts[0]++;
            while (at[0] < ranges.size() && ranges.get(at[0]).to() <= first) {
              at[0]++;
            }
            if (at[0] < ranges.size() && ranges.get(at[0]).from() < first + slots) {
              counts[1]++;
              counts[2] += ref.bytes();
            }
          });
    }
    return new ScanEstimate(counts[0], counts[1], counts[2]);
  }
}
