package io.versor.format.tree;

import io.versor.format.pack.Address;
import io.versor.format.type.StoreException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A parent's pointer to a node: held in memory, or stored in a pack and loaded when asked for.
 *
 * @param <E> the entry
 */
final class Child<E> {
  private final Summary summary;
  private final @Nullable Node<E> node;
  private final @Nullable Address address;

  private Child(Summary summary, @Nullable Node<E> node, @Nullable Address address) {
    this.summary = summary;
    this.node = node;
    this.address = address;
  }

  static <E> Child<E> inMemory(Node<E> node) {
    return new Child<>(node.summary(), node, null);
  }

  static <E> Child<E> stored(Summary summary, Address address) {
    return new Child<>(summary, null, address);
  }

  Summary summary() {
    return summary;
  }

  /** Where the node is stored; empty while it lives in memory only. */
  Optional<Address> address() {
    return Optional.ofNullable(address);
  }

  Node<E> node(EntryKind<E> kind, NodeSource source) throws StoreException {
    if (node != null) {
      return node;
    }
    Node<E> loaded = source.load(kind, java.util.Objects.requireNonNull(address));
    if (loaded.summary().slots() != summary.slots()
        || loaded.summary().weight() != summary.weight()) {
      throw new StoreException(
          StoreException.Code.CORRUPT,
          kind.display()
              + " node "
              + address
              + ": holds "
              + loaded.summary().slots()
              + " slots, its parent says "
              + summary.slots());
    }
    return loaded;
  }

  /** Whether both are surely the same node; false says nothing. */
  boolean same(Child<E> other) {
    if (this == other) {
      return true;
    }
    return node != null ? node == other.node : address != null && address.equals(other.address);
  }
}
