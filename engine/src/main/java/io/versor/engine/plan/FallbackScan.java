package io.versor.engine.plan;

import io.versor.engine.catalog.FieldScan;
import io.versor.engine.catalog.VersorTable;
import io.versor.engine.type.Carried;
import io.versor.format.chunk.Vector;
import io.versor.format.type.StoreException;
import java.util.List;
import org.apache.calcite.DataContext;
import org.apache.calcite.linq4j.AbstractEnumerable;
import org.apache.calcite.linq4j.Enumerable;
import org.apache.calcite.linq4j.Enumerator;
import org.apache.calcite.rex.RexNode;
import org.jspecify.annotations.Nullable;

/**
 * Gives the rows of a table to the fallback executor, one by one. Part of a cached plan: holds
 * nothing of one execution.
 */
public final class FallbackScan {
  /** Where generated code finds the {@link Run}. */
  static final String RUN = "versor.run";

  private final VersorTable table;
  private final List<Integer> fields;
  private final List<RexNode> conditions;

  FallbackScan(VersorTable table, List<Integer> fields, List<RexNode> conditions) {
    this.table = table;
    this.fields = fields;
    this.conditions = conditions;
  }

  /** Called by generated code. Rows of one column are the bare values. */
  public Enumerable<@Nullable Object> open(DataContext context) {
    Run run = (Run) context.get(RUN);
    return new AbstractEnumerable<>() {
      @Override
      public Enumerator<@Nullable Object> enumerator() {
        return Carried.through(() -> new Rows(run));
      }
    };
  }

  private final class Rows extends RowEnumerator {
    private final FieldScan scan;

    Rows(Run run) throws StoreException {
      super(run, fields.stream().map(field -> table.fields().get(field).type()).toList());
      this.scan =
          table.openScan(
              ScanBounds.request(table, fields, conditions, run), run.versions(), run.allocator());
      run.opened(this);
    }

    @Override
    boolean nextBatch() throws StoreException {
      return scan.next();
    }

    @Override
    int selected() {
      return scan.selected();
    }

    @Override
    int @Nullable [] selection() {
      return scan.selection();
    }

    @Override
    Vector column(int i, int @Nullable [] rows, int selected) throws StoreException {
      return rows == null ? scan.field(i) : scan.field(i, rows, selected);
    }

    @Override
    public void release() {
      scan.close();
    }
  }
}
