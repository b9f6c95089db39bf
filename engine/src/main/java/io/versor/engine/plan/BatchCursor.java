package io.versor.engine.plan;

import io.versor.engine.StatementException;
import io.versor.engine.exec.Batch;
import io.versor.engine.exec.BatchOperator;
import io.versor.engine.exec.ExecContext;
import io.versor.engine.work.Work;
import io.versor.format.chunk.Vector;
import io.versor.format.type.StoreException;
import io.versor.format.type.TensorType;
import java.util.List;
import org.apache.calcite.rel.type.RelDataType;
import org.jspecify.annotations.Nullable;

/** The rows of batches, one by one. Closes the operator and what it ran in. */
final class BatchCursor implements RowCursor, Work.Owner {
  private final BatchOperator operator;
  private final ExecContext context;
  private final List<RelDataType> types;
  private final RowValues.Reader[] readers;
  private final Vector[] vectors;
  private int @Nullable [] selection;
  private int at = -1;
  private int count;
  private int row;

  private final @Nullable Work detached;
  private boolean left;

  /**
   * @param detached who makes the batches; null for the caller's own thread
   */
  BatchCursor(
      BatchOperator operator,
      ExecContext context,
      List<RelDataType> types,
      @Nullable Work detached) {
    this.detached = detached;
    this.operator = operator;
    this.context = context;
    this.types = types;
    this.vectors = new Vector[types.size()];
    this.readers = new RowValues.Reader[types.size()];
    List<TensorType> stored = operator.types();
    for (int i = 0; i < readers.length; i++) {
      readers[i] = StoredValues.reader(stored.get(i));
    }
  }

  @Override
  public boolean next() throws StoreException, StatementException {
    if (++at >= count && !nextBatch()) {
      return false;
    }
    row = selection == null ? at : selection[at];
    return true;
  }

  private boolean nextBatch() throws StoreException, StatementException {
    if (detached == null) {
      return makeBatch();
    }
    return detached.call(this::makeBatch, this);
  }

  private boolean makeBatch() throws StoreException, StatementException {
    try {
      do {
        if (!operator.next()) {
          at = 0;
          count = 0;
          return false;
        }
        Batch batch = operator.batch();
        selection = batch.selection();
        count = batch.selected();
        for (int i = 0; i < vectors.length && count > 0; i++) {
          vectors[i] = batch.column(i);
        }
        at = 0;
      } while (count == 0);
      return true;
    } catch (RuntimeException e) {
      throw SqlErrors.of(e, (wrong, schema) -> "");
    }
  }

  @Override
  public @Nullable Object objectAt(int column) throws StoreException {
    return StoredValues.of(readers[column], vectors[column], row, types.get(column));
  }

  @Override
  public void close() {
    if (!left) {
      release();
    }
  }

  @Override
  public void left() {
    left = true;
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
