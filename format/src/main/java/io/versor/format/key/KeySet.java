package io.versor.format.key;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Keys, each once, as bytes: some 25 bytes of memory for a key of 8, where a set of objects takes
 * five times as much. Used by one thread.
 */
public final class KeySet {
  private static final int SLAB_BITS = 16;
  private static final int SLAB_BYTES = 1 << SLAB_BITS;
  private static final int FIRST_PLACES = 16;

  /** Each of the first slabs is twice as large as the one before: most statements add one key. */
  private static final int FIRST_SLAB_BYTES = 128;

  /** Of a place: where the key is plus one, and above that bits of its hash. */
  private static final int WHERE_BITS = 40;

  private static final long WHERE = (1L << WHERE_BITS) - 1;

  /** Each key with its length before it; a long one has a slab of its own. */
  private final List<byte[]> slabs = new ArrayList<>();

  /** Free bytes of the last slab begin here. */
  private int end;

  private long[] places = new long[FIRST_PLACES];
  private int count;
  private long slabBytes;

  /** What it takes on the heap, about. */
  public long bytes() {
    return slabBytes + (long) Long.BYTES * places.length;
  }

  /** Adds a key; false if it is there already. */
  public boolean add(byte[] key) {
    if (3L * count >= 2L * places.length) {
      grow();
    }
    long hash = KeyHash.xxh64(key);
    int mask = places.length - 1;
    for (int at = (int) hash & mask; ; at = at + 1 & mask) {
      long place = places[at];
      if (place == 0) {
        places[at] = hash >>> WHERE_BITS << WHERE_BITS | put(key) + 1;
        count++;
        return true;
      }
      if (place >>> WHERE_BITS == hash >>> WHERE_BITS && isAt((place & WHERE) - 1, key)) {
        return false;
      }
    }
  }

  /** Whether a key was added. */
  public boolean contains(byte[] key) {
    long hash = KeyHash.xxh64(key);
    int mask = places.length - 1;
    for (int at = (int) hash & mask; places[at] != 0; at = at + 1 & mask) {
      long place = places[at];
      if (place >>> WHERE_BITS == hash >>> WHERE_BITS && isAt((place & WHERE) - 1, key)) {
        return true;
      }
    }
    return false;
  }

  private static int length(byte[] slab, int at) {
    return (slab[at] & 0xFF)
        | (slab[at + 1] & 0xFF) << 8
        | (slab[at + 2] & 0xFF) << 16
        | slab[at + 3] << 24;
  }

  private boolean isAt(long where, byte[] key) {
    byte[] slab = slabs.get((int) (where >>> SLAB_BITS));
    int at = (int) where & SLAB_BYTES - 1;
    int length = length(slab, at);
    at += Integer.BYTES;
    return Arrays.equals(slab, at, at + length, key, 0, key.length);
  }

  private long put(byte[] key) {
    int needed = Integer.BYTES + key.length;
    if (slabs.isEmpty() || end > slabs.get(slabs.size() - 1).length - needed) {
      int size = Math.min(SLAB_BYTES, FIRST_SLAB_BYTES << Math.min(SLAB_BITS, slabs.size()));
      slabs.add(new byte[Math.max(size, needed)]);
      slabBytes += Math.max(size, needed);
      end = 0;
    }
    byte[] slab = slabs.get(slabs.size() - 1);
    int at = end;
    for (int i = 0; i < Integer.BYTES; i++) {
      slab[at + i] = (byte) (key.length >>> 8 * i);
    }
    System.arraycopy(key, 0, slab, at + Integer.BYTES, key.length);
    end = at + needed;
    return (long) (slabs.size() - 1) << SLAB_BITS | at;
  }

  private void grow() {
    long[] old = places;
    places = new long[2 * old.length];
    int mask = places.length - 1;
    for (long place : old) {
      if (place != 0) {
        long where = (place & WHERE) - 1;
        byte[] slab = slabs.get((int) (where >>> SLAB_BITS));
        int start = (int) where & SLAB_BYTES - 1;
        int length = length(slab, start);
        byte[] key =
            Arrays.copyOfRange(slab, start + Integer.BYTES, start + Integer.BYTES + length);
        int at = (int) KeyHash.xxh64(key) & mask;
        while (places[at] != 0) {
          at = at + 1 & mask;
        }
        places[at] = place;
      }
    }
  }
}
