package io.versor.format.tree;

import io.versor.format.pack.Address;
import io.versor.format.type.StoreException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An entry's overlay: in memory, or an object of its own that is loaded when a cell is asked for.
 */
final class OverlayRef {
  private final @Nullable Overlay overlay;
  private final @Nullable Address address;

  private OverlayRef(@Nullable Overlay overlay, @Nullable Address address) {
    this.overlay = overlay;
    this.address = address;
  }

  static OverlayRef inMemory(Overlay overlay) {
    return new OverlayRef(overlay, null);
  }

  static OverlayRef stored(Address address) {
    return new OverlayRef(null, address);
  }

  Optional<Address> address() {
    return Optional.ofNullable(address);
  }

  /** The overlay, which must not be stored apart. */
  Overlay inMemory() {
    return java.util.Objects.requireNonNull(overlay, "an overlay stored apart");
  }

  Overlay load(NodeSource source) throws StoreException {
    return overlay != null
        ? overlay
        : source.loadOverlay(java.util.Objects.requireNonNull(address));
  }

  boolean same(@Nullable OverlayRef other) {
    if (this == other) {
      return true;
    }
    return other != null && address != null && address.equals(other.address);
  }
}
