package io.versor.engine.catalog;

import io.versor.format.chunk.Vector;
import io.versor.format.type.StoreException;
import org.jspecify.annotations.Nullable;

/** Batches of a table. Vectors are borrowed until the next call of next() or close(). */
public interface FieldScan extends AutoCloseable {
  boolean next() throws StoreException;

  /** Rows of the window, deleted ones included. */
  int length();

  int selected();

  /** Positions of the live rows, ascending; null for all. Only the first selected() count. */
  int @Nullable [] selection();

  /** One of the requested fields, by its place in the request. */
  Vector field(int i) throws StoreException;

  /** The same, but only these positions are sure to be filled. */
  Vector field(int i, int[] rows, int count) throws StoreException;

  @Override
  void close();
}
