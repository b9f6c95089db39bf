package io.versor.format.change;

import org.roaringbitmap.longlong.Roaring64Bitmap;

/** Ranges of slots in bitmaps. */
final class SlotRanges {
  /**
   * Shorter ranges are added slot by slot: {@code Roaring64Bitmap.addRange} takes the longer the
   * shorter its range is, seven milliseconds for a single value.
   */
  private static final long LEAST_RANGE = 256;

  private SlotRanges() {}

  /** Adds the slots from {@code from} to before {@code to}. */
  static void add(Roaring64Bitmap slots, long from, long to) {
    if (to - from >= LEAST_RANGE) {
      slots.addRange(from, to);
      return;
    }
    for (long slot = from; slot < to; slot++) {
      slots.addLong(slot);
    }
  }
}
