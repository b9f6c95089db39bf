package io.versor.format;

/**
 * A run of a tensor's samples that lie together.
 *
 * @param firstSlot the first of its slots, from 0; deleted rows keep theirs
 * @param slots how many
 * @param bytes stored bytes of the chunk, or bytes in memory of samples that only the log has
 * @param place where it lies
 * @param isOverwritten whether some of its cells were written anew elsewhere since
 */
public record ChunkInfo(
    long firstSlot, long slots, long bytes, Place place, boolean isOverwritten) {
  /** Where samples lie. */
  public enum Place {
    /** In a pack. */
    PACK,
    /** In the log, until the next checkpoint. */
    LOG,
    /** Nowhere: all are NULL. */
    NULLS
  }
}
