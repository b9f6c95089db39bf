package io.versor.format.key;

import io.versor.format.io.StopSignal;
import io.versor.format.pack.Address;
import io.versor.format.type.StoreException;
import io.versor.format.type.StoreException.Code;
import java.util.List;
import java.util.function.Predicate;

/** Compares the stored runs of one key with the rows of the table. Used by one thread. */
final class KeyRunCheck {
  /** So many rows are read at once. */
  private static final int PART_SLOTS = 1 << 16;

  private final List<Long> columns;
  private final KeyIndex index;
  private final KeyedRows table;

  KeyRunCheck(List<Long> columns, KeyIndex index, KeyedRows table) {
    this.columns = columns;
    this.index = index;
    this.table = table;
  }

  boolean check(Predicate<Address> known, boolean complete, KeyIndexes.Visitor visitor)
      throws StoreException {
    boolean right = true;
    for (KeyRun run : index.runs()) {
      Address address = run.address().orElseThrow();
      StopSignal.check();
      try {
        if (!known.test(address)) {
          checkOrder(run);
        }
      } catch (StoreException e) {
        visitor.damaged(address, e);
        right = false;
      }
    }
    if (right && complete && !index.runs().isEmpty()) {
      right = checkRows(visitor);
    }
    return right;
  }

  private void checkOrder(KeyRun run) throws StoreException {
    long[] hashes = new long[run.count()];
    long[] slots = new long[run.count()];
    run.copyTo(hashes, slots, 0);
    for (int i = 1; i < hashes.length; i++) {
      if (hashes[i] < hashes[i - 1] || (hashes[i] == hashes[i - 1] && slots[i] < slots[i - 1])) {
        throw corrupt("a run of keys is out of order at entry " + i);
      }
    }
    for (long slot : slots) {
      if (slot >= table.rows().slots()) {
        throw corrupt("a run of keys names slot " + slot + " of " + table.rows().slots());
      }
    }
  }

  /** Every live row must be found by its key. */
  private boolean checkRows(KeyIndexes.Visitor visitor) throws StoreException {
    long end = Math.min(index.slots(), table.rows().slots());
    try (KeyReader reader = new KeyReader(columns, table)) {
      for (long from = 0; from < end; from += PART_SLOTS) {
        StopSignal.check();
        HeapKeyRun rows = reader.run(from, Math.min(end, from + PART_SLOTS));
        long[] hashes = new long[rows.count()];
        long[] slots = new long[rows.count()];
        rows.copyTo(hashes, slots, 0);
        for (int i = 0; i < hashes.length; i++) {
          if (table.rows().isLive(slots[i]) && !isFound(hashes[i], slots[i])) {
            visitor.damaged(
                index.runs().get(0).address().orElseThrow(),
                corrupt("the row in slot " + slots[i] + " is in no run of its key"));
            return false;
          }
        }
      }
    }
    return true;
  }

  private boolean isFound(long hash, long slot) throws StoreException {
    boolean[] found = {false};
    for (KeyRun run : index.runs()) {
      run.find(hash, each -> found[0] |= each == slot);
      if (found[0]) {
        return true;
      }
    }
    return false;
  }

  private StoreException corrupt(String problem) {
    return new StoreException(Code.CORRUPT, "table " + table.schema().name() + ": " + problem);
  }
}
