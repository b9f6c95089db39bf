package io.versor.format.io;

import io.versor.format.type.StoreException;

/** Bytes that lie in several arrays, one piece behind the other; they stay as they are. */
public interface Pieces {
  /** Takes one piece after the other. */
  @FunctionalInterface
  interface Taker {
    void take(byte[] bytes, int offset, int length) throws StoreException;
  }

  /** Bytes of all pieces together. */
  int length();

  void forEach(Taker taker) throws StoreException;
}
