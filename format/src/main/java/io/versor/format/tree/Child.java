package io.versor.format.tree;

import io.versor.format.io.StopSignal;
import io.versor.format.pack.Address;
import io.versor.format.type.StoreException;
import java.lang.ref.WeakReference;
import java.util.Objects;
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

  /** The node as it was loaded last, for as long as the cache keeps it. */
  private volatile @Nullable WeakReference<Node<E>> loaded;

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
    WeakReference<Node<E>> before = loaded;
    Node<E> known = before == null ? null : before.get();
    if (known != null) {
      StopSignal.check(); // as the source does
      return known;
    }
    return load(kind, source);
  }

  /** The same from the source, whatever was loaded before. */
  Node<E> load(EntryKind<E> kind, NodeSource source) throws StoreException {
    if (node != null) {
      return node;
    }
    Node<E> found = source.load(kind, Objects.requireNonNull(address));
    if (found.summary().slots() != summary.slots()
        || found.summary().weight() != summary.weight()) {
      throw new StoreException(
          StoreException.Code.CORRUPT,
          kind.display()
              + " node "
              + address
              + ": holds "
              + found.summary().slots()
              + " slots, its parent says "
              + summary.slots());
    }
    loaded = new WeakReference<>(found);
    return found;
  }

  /** Whether both are surely the same node; false says nothing. */
  boolean same(Child<E> other) {
    if (this == other) {
      return true;
    }
    return node != null ? node == other.node : address != null && address.equals(other.address);
  }
}
