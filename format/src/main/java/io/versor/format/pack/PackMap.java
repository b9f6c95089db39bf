package io.versor.format.pack;

import io.versor.format.type.StoreException;
import java.util.Optional;

/** Knows which packs were moved into others. Thread-safe. */
@FunctionalInterface
public interface PackMap {
  /** For stores of which nothing was moved. */
  PackMap NONE = pack -> Optional.empty();

  /** Where the objects of a pack are now; empty if they are where they were. */
  Optional<ServedPack> find(PackId pack) throws StoreException;
}
