package io.versor.format.pack;

/**
 * What a pack says of another one whose objects were moved into it: so the pack map can be made
 * again if the root is lost.
 *
 * @param pack whose objects they are, by their addresses
 * @param first ordinal in this pack of the one that was the first
 * @param count number of objects
 */
public record MovedPack(PackId pack, int first, int count) {
  /** Whether an object of this pack is one of those. */
  boolean has(int ordinal) {
    return ordinal >= first && ordinal - first < count;
  }
}
