package io.versor.engine.copy;

import io.versor.format.chunk.HeapColumn;
import io.versor.format.type.StoreException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Rows in columns.
 *
 * @param columns all that the table has, in its order
 * @param rejects rows that are not in the columns, by their place among all that were read
 * @param raw all that were read
 * @param rest of what was to be read
 */
record Portion(
    List<HeapColumn> columns, Map<Integer, Reject> rejects, RawRows raw, Optional<RawRows> rest) {
  int rows() {
    return columns.get(0).rows();
  }

  /**
   * All rows that do not fit, in the order of the file.
   *
   * @param refused what the table has against rows of the columns, by row
   */
  List<Reject> rejects(Map<Integer, StoreException> refused) throws IOException, StoreException {
    Set<Integer> before = rejects.keySet();
    List<Reject> all = new ArrayList<>(rejects.values());
    if (!refused.isEmpty()) {
      // Where a row came from was not kept for those that fit: they are read once more.
      DecodedRows rows = raw.decode();
      int row = 0;
      for (int read = 0; rows.next(); read++) {
        if (before.contains(read)) {
          continue;
        }
        @Nullable StoreException why = refused.get(row++);
        if (why != null) {
          String reason = String.valueOf(why.getMessage());
          all.add(
              new Reject(
                  rows.file(), rows.number(), rows.line(), "", why.code(), reason, rows.raw()));
        }
      }
      all.sort(Comparator.comparingLong(Reject::row));
    }
    return all;
  }
}
