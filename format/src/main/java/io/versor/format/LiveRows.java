package io.versor.format;

import io.versor.format.record.RowIds;
import io.versor.format.tree.RowRun;
import io.versor.format.tree.RowTree;
import io.versor.format.type.StoreException;
import java.util.ArrayList;
import java.util.List;

/** The ids of all rows of a table that are not deleted, in slot order. */
final class LiveRows {
  private LiveRows() {}

  static RowIds of(RowTree rows) throws StoreException {
    List<RowIds.Run> runs = new ArrayList<>();
    for (RowTree.LocatedRun located : rows.runs(0, rows.slots())) {
      RowRun run = located.run();
      int from = 0;
      while (from < run.count()) {
        if (run.isDeleted(from)) {
          from++;
          continue;
        }
        int to = from + 1;
        while (to < run.count() && !run.isDeleted(to)) {
          to++;
        }
        runs.add(new RowIds.Run(run.firstRowId() + from, to - from));
        from = to;
      }
    }
    return new RowIds(runs);
  }
}
