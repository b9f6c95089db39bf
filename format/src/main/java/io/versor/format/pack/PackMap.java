package io.versor.format.pack;

import io.versor.format.type.StoreException;
import java.util.Optional;

/** Knows what became of packs. Thread-safe. */
@FunctionalInterface
public interface PackMap {
  /** For stores of which nothing was moved. */
  PackMap NONE = pack -> Optional.empty();

  /** Where the objects of a pack are now; empty if they are where they were. */
  Optional<ServedPack> find(PackId pack) throws StoreException;

  /**
   * Whether a pack was deleted as garbage, at least in part. Who is looking for damage does not ask
   * for excuses: then none was.
   */
  default boolean wasFreed(PackId pack) throws StoreException {
    return false;
  }
}
