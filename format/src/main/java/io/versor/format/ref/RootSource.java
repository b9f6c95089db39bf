package io.versor.format.ref;

import io.versor.format.type.StoreException;

/** The root as it is now, or as somebody shall see it. */
@FunctionalInterface
public interface RootSource {
  /**
   * A single moment of the store.
   *
   * @throws StoreException {@code NOT_A_STORE}, {@code CORRUPT}, {@code VERSION_TOO_NEW}
   */
  Root current() throws StoreException;
}
