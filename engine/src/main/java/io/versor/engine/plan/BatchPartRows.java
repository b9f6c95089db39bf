package io.versor.engine.plan;

import io.versor.engine.exec.BatchOperator;
import io.versor.engine.exec.ExecContext;
import io.versor.engine.exec.OperatorTree;
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
        return rows(run);
      }
    };
  }

  private Enumerator<@Nullable Object> rows(Run run) {
    ExecContext context = BatchExecution.openContext(run);
    try {
      BatchOperator operator =
          OperatorTree.compile(plan, BatchExecution.leaves(run), context)
              .orElseThrow(() -> new IllegalStateException("compiled before: " + plan));
      Rows rows = new Rows(run, context, operator);
      run.opened(rows);
      return rows;
    } catch (RuntimeException e) {
      context.close(); // nobody else has seen it yet
      throw e;
    }
  }

  private static final class Rows extends RowEnumerator {
    private final ExecContext context;
    private final BatchOperator operator;

    Rows(Run run, ExecContext context, BatchOperator operator) {
      super(run, operator.types());
      this.context = context;
      this.operator = operator;
    }

    @Override
    boolean nextBatch() throws StoreException {
      return operator.next();
    }

    @Override
    int selected() {
      return operator.batch().selected();
    }

    @Override
    int @Nullable [] selection() {
      return operator.batch().selection();
    }

    @Override
    Vector column(int i, int @Nullable [] rows, int selected) throws StoreException {
      return operator.batch().column(i);
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
