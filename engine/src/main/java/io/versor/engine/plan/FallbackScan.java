package io.versor.engine.plan;

import io.versor.engine.catalog.Field;
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

  private final class Rows implements Enumerator<@Nullable Object>, Run.Open {
    private final Run run;
    private final FieldScan scan;
    private final RowValues.Reader[] readers;
    private final Vector[] vectors;
    private int at;
    private int count;
    private int @Nullable [] selection;
    private @Nullable Object current;

    Rows(Run run) throws StoreException {
      this.run = run;
      this.readers = new RowValues.Reader[fields.size()];
      this.vectors = new Vector[fields.size()];
      for (int i = 0; i < readers.length; i++) {
        Field field = table.fields().get(fields.get(i));
        readers[i] = RowValues.reader(field.type());
      }
      this.scan =
          table.openScan(
              ScanBounds.request(table, fields, conditions, run), run.versions(), run.allocator());
      run.opened(this);
    }

    @Override
    public @Nullable Object current() {
      return current;
    }

    @Override
    public boolean moveNext() {
      return Carried.through(this::advance);
    }

    private boolean advance() throws StoreException {
      while (at == count) {
        run.check();
        if (!scan.next()) {
          current = null;
          return false;
        }
        at = 0;
        count = scan.selected();
        selection = scan.selection();
        for (int i = 0; i < vectors.length && count > 0; i++) {
          vectors[i] = selection == null ? scan.field(i) : scan.field(i, selection, count);
        }
      }
      int row = selection == null ? at : selection[at];
      at++;
      if (vectors.length == 1) {
        current = RowValues.read(readers[0], vectors[0], row);
        return true;
      }
      @Nullable Object[] values = new Object[vectors.length];
      for (int i = 0; i < values.length; i++) {
        values[i] = RowValues.read(readers[i], vectors[i], row);
      }
      current = values;
      return true;
    }

    @Override
    public void reset() {
      throw new UnsupportedOperationException("rows are read once");
    }

    @Override
    public void close() {
      run.close(this);
    }

    @Override
    public void release() {
      scan.close();
    }
  }
}
