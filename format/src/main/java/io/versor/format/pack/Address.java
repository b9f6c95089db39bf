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

  @Override
  public String toString() {
    return pack + "/" + ordinal;
  }
}
