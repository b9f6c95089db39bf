package io.versor.engine.system;

import io.versor.format.ScanRequest;
import io.versor.format.TableScan;
import io.versor.format.TableSnapshot;
import io.versor.format.chunk.Vector;
import io.versor.format.chunk.VectorBuffer;
import io.versor.format.type.StoreException;
import io.versor.format.type.StoreException.Code;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.arrow.memory.BufferAllocator;

/** Samples of rows that are given by their ids, in any order. */
final class RowFetch {
  private RowFetch() {}

  /**
   * Appends samples.
   *
   * @param columnIds for each buffer, the column of the table that it takes
   * @param rowIds for each row of the result; {@code present[i]} false = NULL
   */
  static void append(
      TableSnapshot table,
      List<Long> columnIds,
      long[] rowIds,
      boolean[] present,
      List<VectorBuffer> out,
      BufferAllocator allocator)
      throws StoreException {
    if (columnIds.isEmpty()) {
      return;
    }
    long[] ids = new long[rowIds.length];
    int n = 0;
    for (int i = 0; i < rowIds.length; i++) {
      if (present[i]) {
        ids[n++] = rowIds[i];
      }
    }
    ids = Arrays.copyOf(ids, n);
    Arrays.sort(ids);
    List<VectorBuffer> found = new ArrayList<>();
    Map<Long, Integer> places = new HashMap<>();
    try {
      for (VectorBuffer buffer : out) {
        found.add(new VectorBuffer(buffer.type(), allocator));
      }
      ScanRequest request = ScanRequest.of(columnIds).withRowIds(ids);
      try (TableScan scan = table.openScan(request, allocator)) {
        while (scan.next()) {
          take(scan, places, found);
        }
      }
      for (int c = 0; c < out.size(); c++) {
        Vector values = found.get(c).vector();
        for (int i = 0; i < rowIds.length; i++) {
          if (present[i]) {
            out.get(c).append(values, place(places, rowIds[i], table));
          } else {
            out.get(c).appendNull();
          }
        }
      }
    } finally {
      found.forEach(VectorBuffer::close);
    }
  }

  private static void take(TableScan scan, Map<Long, Integer> places, List<VectorBuffer> found)
      throws StoreException {
    int[] selection = scan.selection();
    Vector rowIds = scan.rowIds();
    for (int k = 0; k < scan.selected(); k++) {
      places.put(rowIds.longAt(selection == null ? k : selection[k]), places.size());
    }
    for (int c = 0; c < found.size(); c++) {
      Vector column = scan.column(c);
      for (int k = 0; k < scan.selected(); k++) {
        found.get(c).append(column, selection == null ? k : selection[k]);
      }
    }
  }

  private static int place(Map<Long, Integer> places, long rowId, TableSnapshot table)
      throws StoreException {
    Integer place = places.get(rowId);
    if (place == null) {
      throw new StoreException(
          Code.CORRUPT, "row " + Long.toUnsignedString(rowId) + " is not in " + table);
    }
    return place;
  }
}
