package io.versor.format.chunk;

import io.versor.format.io.Memory;
import io.versor.format.type.StoreException;
import org.jspecify.annotations.Nullable;

/**
 * Single offsets of a stored chunk. Those that are stored as lengths are summed up from the last
 * one that was asked for on, or from a mark. One thread; the marks are shared with others.
 */
final class OffsetReader {
  /** Lengths between two marks. */
  private static final int STEP = 1_024;

  private static final int[] NO_MARKS = {};

  private final ChunkSource source;
  private final ChunkHeader header;
  private final Stored stored;
  private final int dataBytes;

  /**
   * Every so many values, the offset; 0 where it is not known yet. Threads that write the same one
   * write the same number.
   */
  private final int[] marks;

  private int knownIndex;
  private long known;

  /**
   * @param role of the offsets; not a zstd frame
   */
  OffsetReader(ChunkSource source, ChunkHeader header, int role) {
    this(source, header, header.buffer(role), header.buffer(data(role)).rawBytes(), null);
  }

  private OffsetReader(
      ChunkSource source,
      ChunkHeader header,
      Stored stored,
      int dataBytes,
      int @Nullable [] marks) {
    boolean summed = stored.encoding() == ChunkFormat.BIT_PACKED;
    this.marks = marks != null ? marks : summed ? new int[stored.values() / STEP + 1] : NO_MARKS;
    this.source = source;
    this.header = header;
    this.stored = stored;
    this.dataBytes = dataBytes;
  }

  /** What offsets point into. */
  private static int data(int role) {
    return role == ChunkFormat.DICTIONARY_OFFSETS ? ChunkFormat.DICTIONARY_DATA : ChunkFormat.DATA;
  }

  /** Of the same offsets, for another thread. */
  OffsetReader another() {
    return new OffsetReader(source, header, stored, dataBytes, marks);
  }

  /** What it keeps on the heap, about. */
  long bytes() {
    return (long) Integer.BYTES * marks.length;
  }

  /** How many offsets there are, but for the first, which is 0. */
  int values() {
    return stored.values();
  }

  /**
   * Where value {@code index} starts, and the one before it ends.
   *
   * @throws StoreException {@code CORRUPT} if that is not within the data
   */
  int at(int index) throws StoreException {
    long offset =
        switch (stored.encoding()) {
          case ChunkFormat.RAW -> number(index);
          case ChunkFormat.ENDS -> index == 0 ? 0 : number(index - 1);
          case ChunkFormat.CONSTANT -> (long) index * number(0);
          default -> sum(index);
        };
    if (offset < 0 || offset > dataBytes) {
      throw header.corrupt(
          ChunkFormat.roleName(stored.role())
              + ": "
              + offset
              + " at "
              + index
              + ", expected 0 to "
              + dataBytes);
    }
    return (int) offset;
  }

  private int number(int i) throws StoreException {
    source.check().check(stored.offset() + (long) Integer.BYTES * i, Integer.BYTES);
    return Memory.getInt(source.address() + stored.offset() + (long) Integer.BYTES * i);
  }

  private long sum(int index) throws StoreException {
    if (index < knownIndex) {
      knownIndex = 0;
      known = 0;
    }
    int mark = index / STEP;
    while (mark * STEP > knownIndex && marks[mark] == 0) {
      mark--;
    }
    if (mark * STEP > knownIndex) {
      knownIndex = mark * STEP;
      known = marks[mark];
    }
    long words = source.address() + stored.offset();
    int bits = stored.bits();
    while (knownIndex < index) {
      int end = Math.min(index, (knownIndex / STEP + 1) * STEP);
      long from = (long) knownIndex * bits >>> 6 << 3;
      long to = ((long) end * bits + 63) >>> 6 << 3;
      source.check().check(stored.offset() + from, to - from);
      int count = end - knownIndex;
      known += BitPacking.sum(words, to, bits, knownIndex, count) + stored.base() * count;
      knownIndex = end;
      if (end % STEP == 0 && known > 0 && known <= dataBytes) {
        marks[end / STEP] = (int) known;
      }
    }
    return known;
  }
}
