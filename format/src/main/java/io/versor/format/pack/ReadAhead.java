package io.versor.format.pack;

import java.util.concurrent.atomic.AtomicLongArray;

/**
 * What is read of a pack together with pages that are asked for. A request to a disk takes as long
 * as 64 KiB more do in one that is made anyway, and who waits for it has to be woken up. So an
 * object that is not much larger is read whole at first, since a sample takes its header, offsets
 * and a block; and of a larger one, all of a region that is asked for a second time. Where single
 * rows are read, the columns beside it come along, which lie there in the order of the table, and
 * the header of the next.
 *
 * <p>It is advice: threads that race let the disk read something twice, or not yet. Thread-safe.
 */
final class ReadAhead {
  private static final int WHOLE_BYTES = 128 << 10;
  private static final int REGION_BYTES = 64 << 10;

  /** How much more than an object that is needed. */
  private static final int BESIDE_BYTES = 64 << 10;

  /** About what a chunk's header takes. */
  private static final int HEADER_BYTES = 4 << 10;

  private final long[] offsets;
  private final int[] lengths;

  /** A bit for each object that was read whole. */
  private final AtomicLongArray objects;

  /** A bit for each region that was asked for once, and then one for each that was read whole. */
  private final AtomicLongArray regions;

  private final int regionCount;

  /**
   * @param offsets where the pack's objects are, rising
   * @param bytes before the pack's footer
   */
  ReadAhead(long[] offsets, int[] lengths, long bytes) {
    this.offsets = offsets;
    this.lengths = lengths;
    this.objects = new AtomicLongArray(words(offsets.length));
    this.regionCount = PackFooter.pages(bytes, REGION_BYTES);
    this.regions = new AtomicLongArray(words(2 * regionCount));
  }

  /** From a place in the pack to another, which is not in it. */
  record Range(long from, long to) {
    static final Range NONE = new Range(0, 0);

    boolean isEmpty() {
      return from >= to;
    }

    private Range with(Range other) {
      return new Range(Math.min(from, other.from), Math.max(to, other.to));
    }

    private Range within(Range other) {
      return new Range(Math.max(from, other.from), Math.min(to, other.to));
    }
  }

  /**
   * What to read where a part of an object is needed: that, and more of the object; nothing if the
   * object was read whole.
   *
   * @param row whether it is for a single row, which will take other columns' objects too
   */
  Range of(int object, Range part, boolean row) {
    Range whole = whole(object);
    if (whole.to() - whole.from() <= WHOLE_BYTES) {
      if (!set(objects, object)) {
        return Range.NONE;
      }
      return part.with(row ? beside(object, whole) : whole);
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

  private Range whole(int object) {
    return new Range(offsets[object], offsets[object] + lengths[object]);
  }

  /** An object and those around it that were not read yet. */
  private Range beside(int object, Range whole) {
    Range all = whole;
    long most = whole.to() - whole.from() + BESIDE_BYTES;
    int next = object + 1;
    for (; next < offsets.length; next++) {
      Range more = all.with(whole(next));
      if (more.to() - more.from() > most || !set(objects, next)) {
        break;
      }
      all = more;
    }
    for (int before = object - 1; before >= 0; before--) {
      Range more = all.with(whole(before));
      if (more.to() - more.from() > most || !set(objects, before)) {
        break;
      }
      all = more;
    }
    return next < offsets.length && lengths[next] > WHOLE_BYTES
        ? all.with(new Range(offsets[next], offsets[next] + HEADER_BYTES))
        : all;
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
