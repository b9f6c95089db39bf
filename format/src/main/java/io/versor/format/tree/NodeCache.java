package io.versor.format.tree;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.versor.format.io.StopSignal;
import io.versor.format.pack.Address;
import io.versor.format.pack.ObjectKind;
import io.versor.format.pack.PackObject;
import io.versor.format.pack.Packs;
import io.versor.format.type.StoreException;

/** Nodes and overlays of a store's packs, those last used kept decoded. Thread-safe. */
public final class NodeCache implements NodeSource {
  /** Stored bytes of what is kept; decoded it takes a few times as much. */
  private static final long MAX_BYTES = 32L << 20;

  private record Held(Object value, int bytes) {}

  private final Packs packs;
  private final Cache<Address, Held> held =
      Caffeine.newBuilder()
          .maximumWeight(MAX_BYTES)
          .weigher((Address address, Held one) -> one.bytes())
          .executor(Runnable::run)
          .build();

  public NodeCache(Packs packs) {
    this.packs = packs;
  }

  @Override
  @SuppressWarnings("unchecked") // the kind is written in the node, and was compared
  public <E> Node<E> load(EntryKind<E> kind, Address address) throws StoreException {
    StopSignal.check();
    Held known = held.getIfPresent(address);
    if (known == null) {
      PackObject object = packs.object(address, ObjectKind.NODE);
      byte[] bytes = object.load();
      NodeInput input = new NodeInput(bytes, object.display());
      Node<E> node = NodeCodec.read(kind, input);
      input.body().expectEnd();
      held.put(address, new Held(new Typed(kind, node), bytes.length));
      return node;
    }
    if (known.value() instanceof Typed typed && typed.kind() == kind) {
      return (Node<E>) typed.node();
    }
    throw new StoreException(
        StoreException.Code.CORRUPT, "node " + address + ": is not a " + kind.display() + " node");
  }

  private record Typed(EntryKind<?> kind, Node<?> node) {}

  @Override
  public Overlay loadOverlay(Address address) throws StoreException {
    StopSignal.check();
    Held known = held.getIfPresent(address);
    if (known != null && known.value() instanceof Overlay overlay) {
      return overlay;
    }
    PackObject object = packs.object(address, ObjectKind.OVERLAY);
    byte[] bytes = object.load();
    NodeInput input = new NodeInput(bytes, object.display());
    Overlay overlay = Overlay.read(input);
    input.body().expectEnd();
    held.put(address, new Held(overlay, bytes.length));
    return overlay;
  }
}
