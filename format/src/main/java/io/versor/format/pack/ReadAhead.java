package io.versor.format.pack;

import java.util.concurrent.atomic.AtomicLongArray;

/**
 * What is read of a pack together with pages that are asked for. A request to a disk takes as long
 * as 64 KiB more do in one that is made anyway, and who waits for it has to be woken up. So an
 * object that is not much larger is read whole at first, since a sample takes its header, offsets
 * and a block; and of a larger one, all of a region that is asked for a second time.
 *
 * <p>It is advice: threads that race let the disk read something twice, or not yet. Thread-safe.
 */
final class ReadAhead {
  private static final int WHOLE_BYTES = 128 << 10;
  private static final int REGION_BYTES = 64 << 10;

  /** A bit for each object that was read whole. */
  private final AtomicLongArray objects;

  /** A bit for each region that was asked for once, and then one for each that was read whole. */
  private final AtomicLongArray regions;

  private final int regionCount;

  /**
   * @param bytes before the pack's footer
   */
  ReadAhead(int objects, long bytes) {
    this.objects = new AtomicLongArray(words(objects));
    this.regionCount = PackFooter.pages(bytes, REGION_BYTES);
    this.regions = new AtomicLongArray(words(2 * regionCount));
  }

  /** From a place in the pack to another, which is not in it. */
  record Range(long from, long to) {
    private Range with(Range other) {
      return new Range(Math.min(from, other.from), Math.max(to, other.to));
    }

    private Range within(Range other) {
      return new Range(Math.max(from, other.from), Math.min(to, other.to));
    }
  }

  /**
   * What to read where a part of an object is needed: that, and more of the object.
   *
   * @param whole where the object is
   */
  Range of(int object, Range whole, Range part) {
    if (whole.to() - whole.from() <= WHOLE_BYTES) {
      return set(objects, object) ? part.with(whole) : part;
    }
    if (part.to() - part.from() >= REGION_BYTES) {
      return part;
    }
    int first = (int) (part.from() / REGION_BYTES);
    int last = (int) ((part.to() - 1) / REGION_BYTES);
    Range all = part;
    for (int region = first; region <= last; region++) {
      if (isAgain(region)) {
        long start = (long) region * REGION_BYTES;
        all = all.with(new Range(start, start + REGION_BYTES).within(whole));
      }
    }
    return all;
  }

  /** Whether a region is asked for the second time. */
  private boolean isAgain(int region) {
    return !set(regions, region) && set(regions, regionCount + region);
  }

  /** Sets a bit; whether it was not set. */
  private static boolean set(AtomicLongArray bits, int index) {
    long bit = 1L << index;
    return (bits.get(index >> 6) & bit) == 0
        && (bits.getAndAccumulate(index >> 6, bit, (before, more) -> before | more) & bit) == 0;
  }

  private static int words(int bits) {
    return bits + 63 >> 6;
  }
}
