package io.versor.engine.exec;

import io.versor.format.type.StoreException;
import java.util.Arrays;

/** Numbers the different texts it is given, from 0, and keeps them. */
final class TextTable implements AutoCloseable {
  private static final int START = 64;

  /** Texts put in new places without asking whether to go on: some milliseconds. */
  private static final int PER_CHECK = 1 << 16;

  private final TextArena arena;
  private final ExecContext context;

  /** Number of the text at a place, plus one; 0 = free. */
  private int[] places = new int[START];

  private long[] addresses = new long[START / 2];
  private int[] lengths = new int[START / 2];
  private int[] hashes = new int[START / 2];
  private int size;

  /** A number that stands for no text; -1 = there is none. */
  private int textless = -1;

  TextTable(ExecContext context) {
    this.arena = new TextArena(context);
    this.context = context;
  }

  int size() {
    return size;
  }

  long address(int id) {
    return addresses[id];
  }

  int length(int id) {
    return lengths[id];
  }

  /** What it takes; when it is nearly full, what it will take while it grows. */
  long heapBytes() {
    long bytes = 4L * places.length + 16L * addresses.length;
    boolean nearlyFull = size > addresses.length - addresses.length / LongTable.NEARLY_FULL;
    return nearlyFull ? 3 * bytes : bytes;
  }

  long bytes() {
    return arena.bytes();
  }

  /** The number of a text; -1 if it was never seen. */
  int find(long address, int length) {
    int hash = TextSet.hash(address, length);
    int mask = places.length - 1;
    int at = hash & mask;
    while (places[at] != 0) {
      int id = places[at] - 1;
      if (hashes[id] == hash
          && lengths[id] == length
          && TextOrder.same(addresses[id], address, length)) {
        return id;
      }
      at = (at + 1) & mask;
    }
    return -1;
  }

  /** The number of a text, a new one if it was never seen. */
  int id(long address, int length) throws StoreException {
    int hash = TextSet.hash(address, length);
    int mask = places.length - 1;
    int at = hash & mask;
    while (places[at] != 0) {
      int id = places[at] - 1;
      if (hashes[id] == hash
          && lengths[id] == length
          && TextOrder.same(addresses[id], address, length)) {
        return id;
      }
      at = (at + 1) & mask;
    }
    if (size == addresses.length) {
      grow();
      return id(address, length);
    }
    addresses[size] = arena.keep(address, length);
    lengths[size] = length;
    hashes[size] = hash;
    places[at] = ++size;
    return size - 1;
  }

  /** The number of what is no text; -1 if there was none. */
  int findTextless() {
    return textless;
  }

  /** The number of what is no text, the same each time. */
  int textless() throws StoreException {
    if (textless < 0) {
      if (size == addresses.length) {
        grow();
      }
      textless = size++;
    }
    return textless;
  }

  boolean isTextless(int id) {
    return id == textless;
  }

  private void grow() throws StoreException {
    int capacity = Math.multiplyExact(addresses.length, 2);
    addresses = Arrays.copyOf(addresses, capacity);
    lengths = Arrays.copyOf(lengths, capacity);
    hashes = Arrays.copyOf(hashes, capacity);
    places = new int[Math.multiplyExact(places.length, 2)];
    int mask = places.length - 1;
    for (int id = 0; id < size; id++) {
      if (id % PER_CHECK == 0) {
        context.check();
      }
      if (id == textless) {
        continue;
      }
      int at = hashes[id] & mask;
      while (places[at] != 0) {
        at = (at + 1) & mask;
      }
      places[at] = id + 1;
    }
  }

  @Override
  public void close() {
    arena.close();
  }
}
