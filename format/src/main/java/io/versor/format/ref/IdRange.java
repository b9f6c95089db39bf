package io.versor.format.ref;

import io.versor.format.type.StoreException;
import io.versor.format.type.StoreException.Code;

/**
 * Which numbers a store may give to branches, and to origins of row ids: those below an end. What
 * is above it belongs to its clones, so that none of them ever gives a number that another one
 * gives.
 *
 * @param end behind the last one
 * @param clones how many blocks it has given away
 */
public record IdRange(long end, long clones, UnknownKeys unknown) {
  /** Of a store that nobody was cloned from. */
  public static final IdRange WHOLE = new IdRange(Root.MAX_ORIGIN + 1, 0, UnknownKeys.none());

  /** What even a late clone gets, if it can be had; each branch takes one. */
  private static final long FAIR_SHARE = 4_096;

  /** With less a clone would soon not be able to make branches. */
  private static final long LEAST_SHARE = 64;

  public IdRange {
    Checks.within("end of ids", end, 1, Root.MAX_ORIGIN + 1);
    Checks.notNegative("clones", clones);
  }

  /** With the same or less. */
  public IdRange upTo(long newEnd) {
    return new IdRange(Math.min(end, newEnd), clones, unknown);
  }

  IdRange without(Block block) {
    return new IdRange(block.from(), clones + 1, unknown);
  }

  /** Numbers that one store gives to another, for good. */
  public record Block(long from, long end) {}

  /**
   * The block that the next clone gets: the k-th one 1 / (k + 1)² of what is left, so that half of
   * it stays however many there are, and clones of clones of clones get many; later ones a small
   * part that is the same for each.
   *
   * @param next the first number that was not given yet
   * @param branches how many numbers the clone takes at once
   * @throws StoreException {@code LIMIT} when too few are left
   */
  Block nextBlock(long next, long branches) throws StoreException {
    long room = end - next;
    long divisor = Math.multiplyExact(clones + 2, clones + 2);
    long share = Math.max(room / divisor, Math.min(FAIR_SHARE, room / 16));
    long size = Math.max(share, 2 * branches + LEAST_SHARE);
    if (share < LEAST_SHARE || size > room / 2) {
      throw new StoreException(
          Code.LIMIT,
          "this store has given "
              + clones
              + " clones numbers of their own, and has "
              + room
              + " left, of which a clone would need "
              + size
              + "; clone the store that it was cloned from, or use BACKUP");
    }
    return new Block(end - size, end);
  }
}
