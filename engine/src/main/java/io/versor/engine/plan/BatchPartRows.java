package io.versor.engine.plan;

import io.versor.engine.exec.Batch;
import io.versor.engine.exec.BatchOperator;
import io.versor.engine.exec.ExecContext;
import io.versor.engine.exec.OperatorTree;
import io.versor.engine.type.Carried;
import io.versor.format.chunk.Vector;
import io.versor.format.type.StoreException;
import org.apache.calcite.DataContext;
import org.apache.calcite.linq4j.AbstractEnumerable;
import org.apache.calcite.linq4j.Enumerable;
import org.apache.calcite.linq4j.Enumerator;
import org.apache.calcite.rel.RelNode;
import org.jspecify.annotations.Nullable;

/**
 * Gives the rows of a plan that runs on batches to the fallback executor, one by one. Part of a
 * cached plan: holds nothing of one execution.
 */
public final class BatchPartRows {
  private final RelNode plan;

  BatchPartRows(RelNode plan) {
    this.plan = plan;
  }

  /** Called by generated code. Rows of one column are the bare values. */
  public Enumerable<@Nullable Object> open(DataContext context) {
    Run run = (Run) context.get(FallbackScan.RUN);
    return new AbstractEnumerable<>() {
      @Override
      public Enumerator<@Nullable Object> enumerator() {
        return new Rows(run);
      }
    };
  }

  private final class Rows implements Enumerator<@Nullable Object>, Run.Open {
    private final Run run;
    private final ExecContext context;
    private final BatchOperator operator;
    private final RowValues.Reader[] readers;
    private final Vector[] vectors;
    private int at;
    private int count;
    private int @Nullable [] selection;
    private @Nullable Object current;

    Rows(Run run) {
      this.run = run;
      this.context = BatchExecution.openContext(run);
      try {
        this.operator =
            OperatorTree.compile(plan, BatchExecution.leaves(run), context)
                .orElseThrow(() -> new IllegalStateException("compiled before: " + plan));
      } catch (RuntimeException e) {
        context.close(); // nobody else has seen it yet
        throw e;
      }
      this.readers = new RowValues.Reader[operator.types().size()];
      for (int i = 0; i < readers.length; i++) {
        readers[i] = RowValues.reader(operator.types().get(i));
      }
      this.vectors = new Vector[readers.length];
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
        if (!operator.next()) {
          current = null;
          return false;
        }
        Batch batch = operator.batch();
        at = 0;
        count = batch.selected();
        selection = batch.selection();
        for (int i = 0; i < vectors.length && count > 0; i++) {
          vectors[i] = batch.column(i);
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
      try {
        operator.close();
      } finally {
        context.close();
      }
    }
  }
}
