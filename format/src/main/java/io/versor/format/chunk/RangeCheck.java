package io.versor.format.chunk;

import io.versor.format.type.StoreException;

/** Makes sure that bytes of a stored chunk are there and are what was written. */
@FunctionalInterface
public interface RangeCheck {
  /**
   * Called before the range is touched, more than once for some; {@code CORRUPT} if it is damaged.
   *
   * @param offset from the start of the chunk
   */
  void check(long offset, long bytes) throws StoreException;
}
