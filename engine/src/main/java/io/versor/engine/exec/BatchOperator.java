package io.versor.engine.exec;

import io.versor.format.type.StoreException;
import io.versor.format.type.TensorType;
import java.util.List;

/**
 * A step of a running query, pulled batch by batch. One thread. Closing closes what it pulls from.
 */
public interface BatchOperator extends AutoCloseable {
  /** Rows of a batch, at most, where the operator has the choice. */
  int BATCH_ROWS = 2_048;

  /** Types of the columns; their vectors hold these, sometimes as a dictionary. */
  List<TensorType> types();

  /** Goes to the next batch that has a row; false at the end. */
  boolean next() throws StoreException;

  /** The batch that {@link #next} went to. */
  Batch batch();

  @Override
  void close();
}
