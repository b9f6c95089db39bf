package io.versor.engine.exec;

import io.versor.engine.work.Reservation;
import io.versor.format.io.Scratch;
import io.versor.format.type.StoreException;
import io.versor.format.type.TensorType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Rows on the disk, parted by hashes of their keys, so that each partition can be worked on in less
 * memory. Rows of a partition are in the order in which they came.
 */
final class Partitions implements AutoCloseable {
  static final int COUNT = 32;
  private static final int BITS = 5;

  /** All blocks that wait to be written are a sixteenth of the limit at most. */
  private static final int SHARE_OF_BLOCK = 4;

  private final List<SpilledRows> parts = new ArrayList<>();
  private final Reservation memory;
  private final int shift;
  private final int[] starts = new int[COUNT + 1];
  private int[] numbers = {};
  private int[] sorted = {};
  private int[] some = {};

  /**
   * @param ways how many partitions; one if rows have no keys
   * @param depth how often the rows were parted before: other bits of their hashes are looked at
   */
  Partitions(List<TensorType> types, Scratch scratch, int ways, int depth, ExecContext context) {
    this.shift = depth * BITS % (Long.SIZE - BITS);
    this.memory = context.memory().openReservation();
    for (int i = 0; i < ways; i++) {
      int blockBytes = context.memory().blockBytes() / SHARE_OF_BLOCK;
      parts.add(new SpilledRows(types, scratch, blockBytes, context));
    }
  }

  /**
   * Adds rows.
   *
   * @param hashes of their keys, in the order of the rows
   */
  void add(Rows rows, long[] hashes) throws StoreException {
    int n = rows.count();
    if (n == 0) {
      return;
    }
    numbers = Predicate.room(numbers, n);
    sorted = Predicate.room(sorted, n);
    some = Predicate.room(some, n);
    Arrays.fill(starts, 0);
    for (int i = 0; i < n; i++) {
      numbers[i] = (int) (hashes[i] >>> shift) & parts.size() - 1;
      starts[numbers[i] + 1]++;
    }
    for (int p = 0; p < parts.size(); p++) {
      starts[p + 1] += starts[p];
    }
    for (int i = 0; i < n; i++) {
      sorted[starts[numbers[i]]++] = rows.at(i); // now they end where they began
    }
    for (int c = 0; c < parts.get(0).types().size(); c++) {
      rows.column(c); // once for all rows, not again for those of each partition
    }
    int from = 0;
    for (int p = 0; p < parts.size(); p++) {
      int count = starts[p] - from;
      if (count > 0) {
        System.arraycopy(sorted, from, some, 0, count);
        parts.get(p).add(rows.only(some, count));
      }
      from = starts[p];
    }
    // Whoever parts rows has taken what there was, and gives it back soon.
    memory.take(parts.stream().mapToLong(SpilledRows::memoryBytes).sum(), 0);
  }

  /** No more rows will be added. Caller closes what it gets. */
  List<SpilledRows> take() throws StoreException {
    for (SpilledRows part : parts) {
      part.finish();
    }
    List<SpilledRows> taken = List.copyOf(parts);
    parts.clear();
    memory.close();
    return taken;
  }

  @Override
  public void close() {
    parts.forEach(SpilledRows::close);
    memory.close();
  }
}
