package io.versor.format.ref;

import io.versor.format.pack.PackId;

/**
 * An entry of the pack map: what was addressed in one pack is served by another since repacking.
 */
public record PackRedirect(PackId from, PackId to, UnknownKeys unknown) {
  public PackRedirect(PackId from, PackId to) {
    this(from, to, UnknownKeys.none());
  }
}
