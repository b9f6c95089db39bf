package io.versor.format.tree;

import java.util.List;
import java.util.function.ToLongFunction;

/**
 * Where the entries or children of a node begin, counted in slots and in weight from the node's own
 * start: a place is found by halving, where adding up would pass half of the node. Immutable.
 */
final class Starts {
  /** One more than there are parts: the last is the node's end. */
  private final long[] slots;

  private final long[] weights;

  private Starts(long[] slots, long[] weights) {
    this.slots = slots;
    this.weights = weights;
  }

  static <T> Starts of(List<T> parts, ToLongFunction<T> slots, ToLongFunction<T> weights) {
    return new Starts(sums(parts, slots), sums(parts, weights));
  }

  private static <T> long[] sums(List<T> parts, ToLongFunction<T> size) {
    long[] sums = new long[parts.size() + 1];
    for (int i = 0; i < parts.size(); i++) {
      sums[i + 1] = sums[i] + size.applyAsLong(parts.get(i));
    }
    return sums;
  }

  long slot(int part) {
    return slots[part];
  }

  long weight(int part) {
    return weights[part];
  }

  /** The part that covers a slot; the first before the node, as many as there are behind it. */
  int partOfSlot(long slot) {
    return part(slots, slot);
  }

  /** The part in which the running weight first passes {@code weight}. */
  int partOfWeight(long weight) {
    return part(weights, weight);
  }

  /** The first part that ends behind a place. */
  private static int part(long[] starts, long place) {
    int low = 0;
    int high = starts.length - 1;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (starts[middle + 1] > place) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return low;
  }
}
