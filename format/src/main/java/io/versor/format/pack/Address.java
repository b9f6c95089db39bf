package io.versor.format.pack;

/**
 * Where an object lies: a pack and its place in the pack's table of objects. Stays true when the
 * pack is repacked.
 */
public record Address(PackId pack, int ordinal) {
  public Address {
    if (ordinal < 0) {
      throw new IllegalArgumentException("ordinal " + ordinal + ": expected 0 or more");
    }
  }

  // Written out, as that of PackId: caches are asked for addresses at every step down a tree.

  @Override
  public boolean equals(Object other) {
    return other instanceof Address that && ordinal == that.ordinal && pack.equals(that.pack);
  }

  @Override
  public int hashCode() {
    return 31 * pack.hashCode() + ordinal;
  }

  @Override
  public String toString() {
    return pack + "/" + ordinal;
  }
}
