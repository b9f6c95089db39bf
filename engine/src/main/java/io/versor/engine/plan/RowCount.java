package io.versor.engine.plan;

import io.versor.engine.catalog.TensorScan;
import io.versor.engine.catalog.TensorTable;
import io.versor.format.type.StoreException;
import java.util.Optional;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.AggregateCall;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.sql.SqlKind;

/** {@code SELECT COUNT(*)} of a whole table, which every version knows: nothing is read. */
final class RowCount {
  private final TensorTable table;
  private final int columns;

  private RowCount(TensorTable table, int columns) {
    this.table = table;
    this.columns = columns;
  }

  /** The plan as such a query, if it is one. */
  static Optional<RowCount> of(RelNode plan) {
    if (!(plan instanceof Aggregate aggregate)
        || !aggregate.getGroupSet().isEmpty()
        || aggregate.getGroupType() != Aggregate.Group.SIMPLE
        || !aggregate.getAggCallList().stream().allMatch(RowCount::isOfRows)) {
      return Optional.empty();
    }
    RelNode below = aggregate.getInput();
    while (below instanceof Project project && !project.containsOver()) {
      below = project.getInput();
    }
    return below instanceof TensorScan scan && scan.source() instanceof TensorTable table
        ? Optional.of(new RowCount(table, aggregate.getAggCallList().size()))
        : Optional.empty();
  }

  private static boolean isOfRows(AggregateCall call) {
    return call.getAggregation().getKind() == SqlKind.COUNT
        && call.getArgList().isEmpty()
        && call.filterArg < 0
        && !call.isDistinct();
  }

  /** One row of as many numbers as the query counts. */
  RowCursor open(Run run) throws StoreException {
    run.check();
    long rows = table.snapshot(run.versions()).rowCount();
    return new RowCursor() {
      private int next;

      @Override
      public boolean next() {
        return next++ == 0;
      }

      @Override
      public Object objectAt(int column) {
        if (column < 0 || column >= columns) {
          throw new IndexOutOfBoundsException(column);
        }
        return rows;
      }

      @Override
      public void close() {}
    };
  }
}
