package io.versor.format.ref;

import io.versor.format.type.StoreException;

/**
 * A step from one root to the next. It may be applied many times, each time to a newer root, so it
 * must compute from what it is given and do nothing else.
 */
@FunctionalInterface
public interface RootChange {
  /**
   * The changed root, or the same when there is nothing to do.
   *
   * @throws StoreException to give up; nothing is changed then
   */
  Root apply(Root root) throws StoreException;
}
