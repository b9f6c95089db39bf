package io.versor.format.chunk;

import io.versor.format.type.StoreException;
import java.util.Arrays;
import java.util.List;

/**
 * Texts or byte strings that repeat, found while a chunk is encoded: each once, in the order met.
 */
final class Dictionary {
  /** Fewer samples are not worth a dictionary. */
  private static final int LEAST_ROWS = 16;

  /** More entries would not stay in the cache of a reader. */
  private static final int MAX_ENTRIES = 1 << 16;

  /** On average each must occur so often. */
  private static final int LEAST_REPEATS = 4;

  /** After so many samples a chunk without repetition is given up. */
  private static final int TRIAL_ROWS = 1_024;

  /** Against raw texts. Codes are quicker to group and compare, so zstd is not asked first. */
  private static final double WORTH_BELOW = 0.8;

  private final byte[] data;
  private final int[] offsets;

  /** Row of the first occurrence of each entry. */
  private int[] firstRows = new int[64];

  private int entries;

  /** Entry + 1 by hash, 0 = free; never more than half full. */
  private int[] slots = new int[256];

  private Dictionary(HeapColumn column) {
    this.data = column.data();
    this.offsets = column.offsets();
  }

  /** Adds the buffers of the dictionary form to a list, if they are smaller than the raw ones. */
  static boolean find(
      HeapColumn column, int from, int count, int nulls, long plainBytes, List<Encoded> buffers)
      throws StoreException {
    if (count - nulls < LEAST_ROWS) {
      return false;
    }
    Dictionary dictionary = new Dictionary(column);
    int[] codes = new int[count];
    int most = Math.min(MAX_ENTRIES, (count - nulls) / LEAST_REPEATS);
    for (int i = 0; i < count; i++) {
      codes[i] = column.isNull(from + i) ? 0 : dictionary.code(from + i);
      if (dictionary.entries > most || (i == TRIAL_ROWS && dictionary.entries > TRIAL_ROWS / 2)) {
        return false;
      }
    }
    return dictionary.addTo(buffers, codes, plainBytes);
  }

  private boolean addTo(List<Encoded> buffers, int[] codes, long plainBytes) throws StoreException {
    int[] ends = new int[entries + 1];
    for (int i = 0; i < entries; i++) {
      ends[i + 1] = ends[i] + offsets[firstRows[i] + 1] - offsets[firstRows[i]];
    }
    byte[] texts = new byte[ends[entries]];
    for (int i = 0; i < entries; i++) {
      System.arraycopy(data, offsets[firstRows[i]], texts, ends[i], ends[i + 1] - ends[i]);
    }
    Encoded entryOffsets = DataEncoder.lengths(ends, 0, entries);
    Encoded entryData = DataEncoder.bytes(texts, 0, texts.length);
    int bits = BitPacking.bitsFor(entries - 1);
    long codeBytes = ChunkFormat.packedBytes(codes.length, bits);
    if (codeBytes + entryOffsets.bytes() + entryData.bytes() > plainBytes * WORTH_BELOW) {
      return false;
    }
    buffers.add(codes(codes, bits).as(ChunkFormat.DATA));
    buffers.add(entryOffsets.as(ChunkFormat.DICTIONARY_OFFSETS));
    buffers.add(entryData.as(ChunkFormat.DICTIONARY_DATA));
    return true;
  }

  private static Encoded codes(int[] codes, int bits) {
    int rawBytes = Integer.BYTES * codes.length;
    if (bits == 0) {
      return Encoded.constant(new byte[Integer.BYTES], 0, Integer.BYTES, rawBytes);
    }
    BitPacking.Packer packer = new BitPacking.Packer(codes.length, bits);
    for (int code : codes) {
      packer.add(code);
    }
    return Encoded.packed(packer.finish(), bits, Integer.BYTES, 0, rawBytes);
  }

  private int code(int row) {
    int mask = slots.length - 1;
    int slot = hash(row) & mask;
    while (slots[slot] != 0) {
      int entry = slots[slot] - 1;
      if (same(firstRows[entry], row)) {
        return entry;
      }
      slot = slot + 1 & mask;
    }
    if (entries == firstRows.length) {
      firstRows = Arrays.copyOf(firstRows, 2 * entries);
    }
    firstRows[entries] = row;
    slots[slot] = ++entries;
    if (2 * entries > slots.length) {
      rehash();
    }
    return entries - 1;
  }

  private void rehash() {
    slots = new int[4 * slots.length];
    int mask = slots.length - 1;
    for (int i = 0; i < entries; i++) {
      int slot = hash(firstRows[i]) & mask;
      while (slots[slot] != 0) {
        slot = slot + 1 & mask;
      }
      slots[slot] = i + 1;
    }
  }

  private boolean same(int left, int right) {
    return Arrays.equals(
        data, offsets[left], offsets[left + 1], data, offsets[right], offsets[right + 1]);
  }

  private int hash(int row) {
    int at = offsets[row];
    int end = offsets[row + 1];
    long hash = end - at;
    for (; at <= end - Long.BYTES; at += Long.BYTES) {
      hash = (hash ^ Bytes.getLong(data, at)) * 0x9E37_79B9_7F4A_7C15L;
      hash ^= hash >>> 32;
    }
    for (; at < end; at++) {
      hash = (hash ^ data[at]) * 0x9E37_79B9_7F4A_7C15L;
    }
    return (int) (hash ^ hash >>> 29 ^ hash >>> 47);
  }
}
