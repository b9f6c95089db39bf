package io.versor.format.key;

import io.versor.format.pack.Address;
import io.versor.format.type.StoreException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** A run in memory. */
final class HeapKeyRun implements KeyRun {
  /** Of what is sorted: the number of the entry, below upper bits of its hash. */
  private static final int NUMBER_BITS = 24;

  /** Not the sign: sorting minds it. */
  private static final int SORTED_BITS = Long.SIZE - 1 - NUMBER_BITS;

  private final long[] hashes;
  private final long[] slots;

  private HeapKeyRun(long[] hashes, long[] slots) {
    this.hashes = hashes;
    this.slots = slots;
  }

  /** Tells which entries of equal hash are still of use. */
  @FunctionalInterface
  interface Keep {
    /**
     * @param entries how many share the hash
     */
    boolean keep(long hash, long slot, int entries) throws StoreException;
  }

  /** Entries in any order. */
  static HeapKeyRun of(long[] hashes, long[] slots, Keep keep) throws StoreException {
    return sorted(hashes, slots, keep);
  }

  /** The entries of several runs in one. */
  static HeapKeyRun merged(List<KeyRun> runs, Keep keep) throws StoreException {
    int total = 0;
    for (KeyRun run : runs) {
      total = Math.addExact(total, run.count());
    }
    long[] hashes = new long[total];
    long[] slots = new long[total];
    int at = 0;
    for (KeyRun run : runs) {
      run.copyTo(hashes, slots, at);
      at += run.count();
    }
    return sorted(hashes, slots, keep);
  }

  private static HeapKeyRun sorted(long[] hashes, long[] slots, Keep keep) throws StoreException {
    int n = hashes.length;
    if (n >= 1 << NUMBER_BITS) {
      throw new IllegalArgumentException(n + " entries in one run");
    }
    long[] order = new long[n];
    for (int i = 0; i < n; i++) {
      order[i] = hashes[i] >>> (KeyHash.BITS - SORTED_BITS) << NUMBER_BITS | i;
    }
    Arrays.sort(order);
    long[] sortedHashes = new long[n];
    long[] sortedSlots = new long[n];
    int count = 0;
    for (int i = 0; i < n; ) {
      int end = i + 1;
      while (end < n && order[end] >>> NUMBER_BITS == order[i] >>> NUMBER_BITS) {
        end++;
      }
      if (end == i + 1) {
        int number = (int) (order[i] & (1 << NUMBER_BITS) - 1);
        sortedHashes[count] = hashes[number];
        sortedSlots[count++] = slots[number];
      } else {
        count = group(order, i, end, hashes, slots, keep, sortedHashes, sortedSlots, count);
      }
      i = end;
    }
    return count == n
        ? new HeapKeyRun(sortedHashes, sortedSlots)
        : new HeapKeyRun(Arrays.copyOf(sortedHashes, count), Arrays.copyOf(sortedSlots, count));
  }

  /** Entries whose hashes begin alike: sorted out, each once, and without those of no use. */
  private static int group(
      long[] order,
      int from,
      int to,
      long[] hashes,
      long[] slots,
      Keep keep,
      long[] sortedHashes,
      long[] sortedSlots,
      int at)
      throws StoreException {
    Long[][] entries = new Long[to - from][];
    for (int i = from; i < to; i++) {
      int number = (int) (order[i] & (1 << NUMBER_BITS) - 1);
      entries[i - from] = new Long[] {hashes[number], slots[number]};
    }
    Arrays.sort(
        entries,
        (one, other) ->
            one[0].equals(other[0]) ? one[1].compareTo(other[1]) : one[0].compareTo(other[0]));
    int count = at;
    for (int i = 0; i < entries.length; ) {
      int end = i + 1;
      while (end < entries.length && entries[end][0].equals(entries[i][0])) {
        end++;
      }
      for (int k = i; k < end; k++) {
        boolean again = k > i && entries[k][1].equals(entries[k - 1][1]);
        if (!again && (end == i + 1 || keep.keep(entries[k][0], entries[k][1], end - i))) {
          sortedHashes[count] = entries[k][0];
          sortedSlots[count++] = entries[k][1];
        }
      }
      i = end;
    }
    return count;
  }

  @Override
  public int count() {
    return hashes.length;
  }

  @Override
  public void find(long hash, Slots found) throws StoreException {
    int at = Arrays.binarySearch(hashes, hash);
    if (at < 0) {
      return;
    }
    while (at > 0 && hashes[at - 1] == hash) {
      at--;
    }
    for (; at < hashes.length && hashes[at] == hash; at++) {
      found.slot(slots[at]);
    }
  }

  @Override
  public void copyTo(long[] targetHashes, long[] targetSlots, int at) {
    System.arraycopy(hashes, 0, targetHashes, at, hashes.length);
    System.arraycopy(slots, 0, targetSlots, at, slots.length);
  }

  @Override
  public Optional<Address> address() {
    return Optional.empty();
  }
}
