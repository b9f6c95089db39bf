package io.versor.format;

/**
 * Slots of a table that follow each other.
 *
 * @param from the first
 * @param to behind the last
 */
public record SlotRange(long from, long to) {
  public long slots() {
    return to - from;
  }
}
