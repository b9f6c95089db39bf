package io.versor.format.change;

import io.versor.format.tree.RowRun;
import io.versor.format.tree.RowTree;
import io.versor.format.tree.RowTree.LocatedRun;
import io.versor.format.type.StoreException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.roaringbitmap.longlong.Roaring64Bitmap;

/**
 * Which slots of two states of a table hold the same rows.
 *
 * @param shared ranges of rows that both have, deleted or not
 * @param added slots of the newer state whose rows are live there and not live in the older
 * @param removed slots of the older state whose rows are live there and not live in the newer
 */
record RowAlignment(List<Range> shared, Roaring64Bitmap added, Roaring64Bitmap removed) {
  /**
   * The rows of slots {@code from ..} of the older state are those of {@code to ..} of the newer.
   */
  record Range(long from, long to, long count) {}

  static RowAlignment of(RowTree older, RowTree newer) throws StoreException {
    return new Finder(older, newer).find();
  }

  private static final class Finder {
    private final RowTree older;
    private final RowTree newer;
    private final List<Range> shared = new ArrayList<>();
    private final Roaring64Bitmap added = new Roaring64Bitmap();
    private final Roaring64Bitmap removed = new Roaring64Bitmap();

    Finder(RowTree older, RowTree newer) {
      this.older = older;
      this.newer = newer;
    }

    RowAlignment find() throws StoreException {
      long prefix = walkPrefix();
      restOfOlder(prefix);
      restOfNewer(prefix);
      return new RowAlignment(List.copyOf(shared), added, removed);
    }

    /** Slots at the beginning that hold the same rows in both: all of the older, on one branch. */
    private long walkPrefix() throws StoreException {
      long prefix =
          RowTree.walkDifferent(
              older,
              newer,
              (start, olderRun, olderStart, newerRun, newerStart) -> {
                long olderFirst = olderRun.firstRowId() + (start - olderStart);
                long newerFirst = newerRun.firstRowId() + (start - newerStart);
                if (olderFirst != newerFirst) {
                  return 0;
                }
                long end = Math.min(olderStart + olderRun.count(), newerStart + newerRun.count());
                if (olderRun.deleted() != null || newerRun.deleted() != null) {
                  compare(
                      olderRun,
                      start - olderStart,
                      newerRun,
                      start - newerStart,
                      start,
                      start,
                      end - start);
                }
                return end - start;
              });
      if (prefix > 0) {
        shared.add(new Range(0, 0, prefix));
      }
      return prefix;
    }

    private void compare(
        RowRun olderRun,
        long olderFrom,
        RowRun newerRun,
        long newerFrom,
        long olderSlot,
        long newerSlot,
        long count) {
      for (int i = 0; i < count; i++) {
        boolean was = !olderRun.isDeleted((int) (olderFrom + i));
        boolean is = !newerRun.isDeleted((int) (newerFrom + i));
        if (was && !is) {
          removed.addLong(olderSlot + i);
        } else if (is && !was) {
          added.addLong(newerSlot + i);
        }
      }
    }

    /** Behind the common beginning, rows are found by their ids. */
    private void restOfOlder(long prefix) throws StoreException {
      for (LocatedRun located : older.runs(prefix, older.slots())) {
        RowRun run = located.run();
        long slot = Math.max(prefix, located.start());
        long end = located.start() + run.count();
        if (!newer.hasAny(run.firstRowId(), run.count())) {
          addLive(removed, run, slot, located.start());
          continue;
        }
        while (slot < end) {
          long rowId = run.firstRowId() + (slot - located.start());
          OptionalLong there = newer.findSlot(rowId);
          if (there.isEmpty()) {
            if (!run.isDeleted((int) (slot - located.start()))) {
              removed.addLong(slot);
            }
            slot++;
            continue;
          }
          LocatedRun other = newer.runs(there.getAsLong(), there.getAsLong() + 1).get(0);
          long count =
              Math.min(end - slot, other.start() + other.run().count() - there.getAsLong());
          shared.add(new Range(slot, there.getAsLong(), count));
          compare(
              run,
              slot - located.start(),
              other.run(),
              there.getAsLong() - other.start(),
              slot,
              there.getAsLong(),
              count);
          slot += count;
        }
      }
    }

    /** The live rows of a run from a slot on. */
    private static void addLive(Roaring64Bitmap slots, RowRun run, long from, long start) {
      SlotRanges.add(slots, from, start + run.count());
      if (run.deleted() != null) {
        for (int deleted : run.deleted()) {
          if (start + deleted >= from) {
            slots.removeLong(start + deleted);
          }
        }
      }
    }

    private void restOfNewer(long prefix) throws StoreException {
      for (LocatedRun located : newer.runs(prefix, newer.slots())) {
        RowRun run = located.run();
        long end = located.start() + run.count();
        if (!older.hasAny(run.firstRowId(), run.count())) {
          addLive(added, run, Math.max(prefix, located.start()), located.start());
          continue;
        }
        for (long slot = Math.max(prefix, located.start()); slot < end; slot++) {
          long rowId = run.firstRowId() + (slot - located.start());
          if (!run.isDeleted((int) (slot - located.start())) && older.findSlot(rowId).isEmpty()) {
            added.addLong(slot);
          }
        }
      }
    }
  }
}
