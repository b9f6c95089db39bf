package io.versor.format.key;

import io.versor.format.pack.ObjectKind;
import io.versor.format.pack.Packs;
import io.versor.format.tree.NodeSink;
import io.versor.format.type.StoreException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One key of a table in one version. Every live row whose key has no NULL has an entry in a run,
 * but for those that are named as not looked at yet. Entries may be too many: of rows that are
 * deleted, or that had another key once. Immutable.
 *
 * @param runs those that are stored first; each more than twice as large as the next, or full
 * @param slots rows in this slot and behind were not looked at yet
 * @param changed rows before it that were not looked at since their key changed; null = none
 */
record KeyIndex(List<KeyRun> runs, long slots, @Nullable Changed changed) {
  /** How many rows are read at once: at most a run's worth. */
  private static final int PART_SLOTS = KeyRun.MAX_ENTRIES / 2;

  static final KeyIndex EMPTY = new KeyIndex(List.of(), 0, null);

  /** Slots, those that came before, and how many they are together. */
  record Changed(long[] slots, long total, @Nullable Changed before) {}

  KeyIndex {
    runs = List.copyOf(runs);
  }

  KeyIndex changedAt(long[] more) {
    long before = changed == null ? 0 : changed.total();
    return new KeyIndex(runs, slots, new Changed(more, before + more.length, changed));
  }

  /** Whether its runs are as few as can be, and have nothing that is not needed. */
  boolean isCompact(long rows) {
    long entries = runs.stream().mapToLong(KeyRun::count).sum();
    long least = (rows + PART_SLOTS - 1) / PART_SLOTS;
    return entries <= rows && runs.size() <= Math.max(1, least);
  }

  /** Rows that have to be read before anything can be found. */
  long pending(long tableSlots) {
    return tableSlots - slots + (changed == null ? 0 : changed.total());
  }

  private long[] changedSlots() {
    if (changed == null) {
      return new long[0];
    }
    long[] all = new long[Math.toIntExact(changed.total())];
    int at = 0;
    for (Changed each = changed; each != null; each = each.before()) {
      System.arraycopy(each.slots(), 0, all, at, each.slots().length);
      at += each.slots().length;
    }
    // What lies behind is read with the rest.
    return Arrays.stream(all).filter(slot -> slot < slots).sorted().distinct().toArray();
  }

  /** The same with every row looked at. */
  KeyIndex complete(List<Long> columnIds, KeyedRows table) throws StoreException {
    long end = table.rows().slots();
    if (pending(end) == 0) {
      return this;
    }
    try (KeyReader reader = new KeyReader(columnIds, table)) {
      return new KeyIndex(
          read(reader, end, runs, (open, fresh) -> with(open, fresh, true, reader)), end, null);
    }
  }

  /** Takes up a run of rows that were just read. */
  @FunctionalInterface
  private interface Step {
    List<KeyRun> with(List<KeyRun> open, HeapKeyRun fresh) throws StoreException;
  }

  /** Reads all rows that were not looked at, so many at once that they are one run. */
  private List<KeyRun> read(KeyReader reader, long end, List<KeyRun> before, Step step)
      throws StoreException {
    List<KeyRun> open = before;
    long[] single = changedSlots();
    for (int at = 0; at < single.length; at += PART_SLOTS) {
      int to = Math.min(single.length, at + PART_SLOTS);
      open = step.with(open, reader.run(Arrays.copyOfRange(single, at, to)));
    }
    for (long from = slots; from < end; from += PART_SLOTS) {
      open = step.with(open, reader.run(from, Math.min(end, from + PART_SLOTS)));
    }
    return open;
  }

  /**
   * Takes up the last runs as long as that at least doubles what is rewritten.
   *
   * @param settled whether stored ones are left alone
   */
  private static List<KeyRun> with(
      List<KeyRun> runs, HeapKeyRun fresh, boolean settled, KeyReader reader)
      throws StoreException {
    if (fresh.count() == 0) {
      return runs;
    }
    List<KeyRun> kept = new ArrayList<>(runs);
    List<KeyRun> taken = new ArrayList<>(List.of(fresh));
    long total = fresh.count();
    while (!kept.isEmpty()) {
      KeyRun last = kept.get(kept.size() - 1);
      boolean left = settled && last.address().isPresent();
      if (left || last.count() > 2 * total || last.count() + total > KeyRun.MAX_ENTRIES) {
        break;
      }
      taken.add(kept.remove(kept.size() - 1));
      total += last.count();
    }
    kept.add(taken.size() == 1 ? fresh : HeapKeyRun.merged(taken, reader::keep));
    return kept;
  }

  /** The same with every row looked at and every run stored. */
  KeyIndex stored(List<Long> columnIds, KeyedRows table, NodeSink sink, Packs packs)
      throws StoreException {
    long end = table.rows().slots();
    List<KeyRun> heap = runs.stream().filter(run -> run.address().isEmpty()).toList();
    if (pending(end) == 0 && heap.isEmpty()) {
      return this;
    }
    List<KeyRun> done = new ArrayList<>();
    try (KeyReader reader = new KeyReader(columnIds, table)) {
      List<KeyRun> open = runs.subList(0, runs.size() - heap.size());
      for (KeyRun run : heap) {
        open = with(open, (HeapKeyRun) run, false, reader);
      }
      Step step =
          (runs, fresh) -> settle(with(runs, fresh, false, reader), done, PART_SLOTS, sink, packs);
      settle(read(reader, end, open, step), done, 0, sink, packs);
    }
    return new KeyIndex(done, end, null);
  }

  /**
   * Stores the runs up to the last one that has more entries than that, so that no more are held in
   * memory. They cannot be read before the sink is done, so they are merged no more.
   *
   * @return the runs behind
   */
  private static List<KeyRun> settle(
      List<KeyRun> open, List<KeyRun> done, long above, NodeSink sink, Packs packs)
      throws StoreException {
    int settled = open.size();
    while (settled > 0 && open.get(settled - 1).count() <= above) {
      settled--;
    }
    for (KeyRun run : open.subList(0, settled)) {
      done.add(
          run.address().isPresent()
              ? run
              : new StoredKeyRun(
                  packs, sink.store(ObjectKind.KEY_RUN, StoredKeyRun.bytes(run)), run.count()));
    }
    return open.subList(settled, open.size());
  }
}
