package io.versor.engine.plan;

import io.versor.engine.StatementException;
import io.versor.format.type.StoreException;
import org.jspecify.annotations.Nullable;

/** Rows of a running query, in the objects of {@link io.versor.engine.Result}. One thread. */
public interface RowCursor extends AutoCloseable {
  boolean next() throws StoreException, StatementException;

  /** Of the current row; columns count from 0. */
  @Nullable Object objectAt(int column) throws StoreException;

  /** Whether {@link #objectAt} of the column is null. */
  default boolean isNull(int column) throws StoreException {
    return objectAt(column) == null;
  }

  @Override
  void close() throws StoreException;
}
