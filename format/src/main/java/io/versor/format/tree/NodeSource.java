package io.versor.format.tree;

import io.versor.format.pack.Address;
import io.versor.format.type.StoreException;

/** Loads stored nodes and overlays, through a cache. Thread-safe. */
public interface NodeSource {
  /** The node at an address; {@code CORRUPT} when its bytes are not a node of that kind. */
  <E> Node<E> load(EntryKind<E> kind, Address address) throws StoreException;

  /** The overlay at an address. */
  Overlay loadOverlay(Address address) throws StoreException;
}
