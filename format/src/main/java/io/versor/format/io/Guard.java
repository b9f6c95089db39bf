package io.versor.format.io;

import io.versor.format.type.StoreException;

/** A lock that is held until closed; from any thread, and closing twice does no harm. */
public interface Guard extends AutoCloseable {
  @Override
  void close() throws StoreException;
}
