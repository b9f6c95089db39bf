package io.versor.format.tree;

import io.versor.format.log.Position;
import io.versor.format.type.StoreException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.roaringbitmap.RoaringBitmap;

/**
 * The rows of a table: slot order with row ids, births and deletions, and the way back from row id
 * to slot. Immutable; edits answer a new tree in O(log n).
 *
 * <p>Thread-safe.
 */
public final class RowTree {
  private final CountedTree<RowRun> runs;
  private final CountedTree<SlotRun> index;

  RowTree(CountedTree<RowRun> runs, CountedTree<SlotRun> index) {
    this.runs = runs;
    this.index = index;
  }

  /** No rows yet. */
  public static RowTree empty(NodeSource source) {
    return new RowTree(
        CountedTree.empty(RowRun.KIND, source), CountedTree.empty(SlotRun.KIND, source));
  }

  CountedTree<RowRun> runs() {
    return runs;
  }

  CountedTree<SlotRun> index() {
    return index;
  }

  /** All slots, those of deleted rows too. */
  public long slots() {
    return runs.slots();
  }

  /** Live rows. */
  public long rowCount() {
    return runs.weight();
  }

  public boolean same(RowTree other) {
    return runs.same(other.runs);
  }

  /** Rows at the end, born together in one frame. */
  public RowTree append(long firstRowId, long count, Position birth) throws StoreException {
    CountedTree<RowRun> grown = runs;
    for (long done = 0; done < count; ) {
      int part = (int) Math.min(RowRun.MAX_SLOTS, count - done);
      RowRun run = new RowRun(firstRowId + done, part, birth.branchId(), birth.frame(), 0, null);
      grown = appended(grown, run);
      done += part;
    }
    return new RowTree(grown, indexed(firstRowId, count, runs.slots()));
  }

  private static CountedTree<RowRun> appended(CountedTree<RowRun> tree, RowRun run)
      throws StoreException {
    if (tree.slots() > 0) {
      var last = tree.at(tree.slots() - 1);
      var joined = last.entry().joined(run);
      if (joined.isPresent()) {
        return tree.replace(last.start(), List.of(joined.get()));
      }
    }
    return tree.append(run);
  }

  private CountedTree<SlotRun> indexed(long firstRowId, long count, long firstSlot)
      throws StoreException {
    var before = index.floor(firstRowId);
    if (before.isEmpty()) {
      return index.insertBefore(0, new SlotRun(firstRowId, count, firstSlot));
    }
    SlotRun run = before.get().entry();
    if (Long.compareUnsigned(firstRowId - run.firstRowId(), run.count()) < 0) {
      throw new StoreException(
          StoreException.Code.CORRUPT,
          "row id " + Long.toUnsignedString(firstRowId) + " is given twice in one table");
    }
    if (run.firstRowId() + run.count() == firstRowId
        && run.firstSlot() + run.count() == firstSlot) {
      return index.replace(
          before.get().start(),
          List.of(new SlotRun(run.firstRowId(), run.count() + count, run.firstSlot())));
    }
    return index.insertBefore(
        before.get().start() + run.count(), new SlotRun(firstRowId, count, firstSlot));
  }

  /** The slot of a row id, of a deleted row too; empty when the table never had it. */
  public OptionalLong findSlot(long rowId) throws StoreException {
    var found = index.floor(rowId);
    if (found.isEmpty()) {
      return OptionalLong.empty();
    }
    SlotRun run = found.get().entry();
    long offset = rowId - run.firstRowId();
    return Long.compareUnsigned(offset, run.count()) < 0
        ? OptionalLong.of(run.firstSlot() + offset)
        : OptionalLong.empty();
  }

  /** Whether the table ever had any of {@code count} consecutive row ids. */
  public boolean hasAny(long firstRowId, long count) throws StoreException {
    var found = index.floor(firstRowId + count - 1);
    return found.isPresent()
        && Long.compareUnsigned(
                found.get().entry().firstRowId() + found.get().entry().count(), firstRowId)
            > 0;
  }

  /** The slot of a row that is there and not deleted. */
  public OptionalLong findLiveSlot(long rowId) throws StoreException {
    OptionalLong slot = findSlot(rowId);
    return slot.isPresent() && isLive(slot.getAsLong()) ? slot : OptionalLong.empty();
  }

  public boolean isLive(long slot) throws StoreException {
    var run = runs.at(slot);
    return !run.entry().isDeleted((int) (slot - run.start()));
  }

  public long rowIdAt(long slot) throws StoreException {
    var run = runs.at(slot);
    return run.entry().firstRowId() + (slot - run.start());
  }

  /** The frame that appended the row of a slot. */
  public Position birthAt(long slot) throws StoreException {
    var found = runs.at(slot);
    RowRun run = found.entry();
    return new Position(
        run.birthBranch(), run.birthFrame() + (slot - found.start()) * run.stride());
  }

  /** Position of a slot among the live rows. */
  public long indexOfSlot(long slot) throws StoreException {
    if (slot == slots()) {
      return rowCount();
    }
    var run = runs.at(slot);
    return run.weightBefore() + run.entry().liveBefore((int) (slot - run.start()));
  }

  /** The slot of the n-th live row. */
  public long slotOfIndex(long liveIndex) throws StoreException {
    var run = runs.atWeight(liveIndex);
    return run.start() + run.entry().slotOfLive((int) (liveIndex - run.weightBefore()));
  }

  /** Marks the rows of ascending slots as deleted. */
  public RowTree delete(long[] slots) throws StoreException {
    return marked(slots);
  }

  /**
   * Takes the deletion of ascending slots back. The rows are born again, so that history can tell
   * when they came back.
   */
  public RowTree undelete(long[] slots, Position birth) throws StoreException {
    CountedTree<RowRun> tree = runs;
    for (int i = 0; i < slots.length; ) {
      var found = tree.at(slots[i]);
      RowRun run = found.entry();
      long end = found.start() + run.count();
      List<RowRun> parts = new ArrayList<>();
      long done = found.start();
      while (i < slots.length && slots[i] < end) {
        int from = i++;
        while (i < slots.length && slots[i] < end && slots[i] == slots[i - 1] + 1) {
          i++;
        }
        addPart(parts, run, done - found.start(), slots[from] - found.start());
        parts.add(
            new RowRun(
                run.firstRowId() + (slots[from] - found.start()),
                i - from,
                birth.branchId(),
                birth.frame(),
                0,
                null));
        done = slots[i - 1] + 1;
      }
      addPart(parts, run, done - found.start(), run.count());
      tree = tree.replace(found.start(), parts);
    }
    return new RowTree(tree, index);
  }

  private static void addPart(List<RowRun> parts, RowRun run, long from, long to) {
    if (from < to) {
      parts.add(run.part((int) from, (int) to));
    }
  }

  private RowTree marked(long[] slots) throws StoreException {
    CountedTree<RowRun> tree = runs;
    for (int i = 0; i < slots.length; ) {
      var found = tree.at(slots[i]);
      RowRun run = found.entry();
      RoaringBitmap bits = run.deleted() == null ? new RoaringBitmap() : run.deleted().clone();
      long end = found.start() + run.count();
      while (i < slots.length && slots[i] < end) {
        int slot = (int) (slots[i++] - found.start());
        bits.add(slot);
      }
      bits.runOptimize();
      tree = tree.replace(found.start(), List.of(run.withDeleted(bits)));
    }
    return new RowTree(tree, index);
  }

  /** Compares the slots of two trees from the first on. */
  @FunctionalInterface
  public interface RunVisitor {
    /**
     * Two runs that both hold {@code slot}, and where each starts.
     *
     * @return how many slots from there on hold the same rows; 0 ends the walk
     */
    long visit(long slot, RowRun olderRun, long olderStart, RowRun newerRun, long newerStart)
        throws StoreException;
  }

  /** Visits what is not surely the same in both; answers the slot at which the walk ended. */
  public static long walkDifferent(RowTree older, RowTree newer, RunVisitor visitor)
      throws StoreException {
    TreeWalk<RowRun> a = older.runs.walk();
    TreeWalk<RowRun> b = newer.runs.walk();
    long count = Math.min(older.slots(), newer.slots());
    long done = 0;
    while (done < count) {
      while (a.end() <= done) {
        a.skip();
      }
      while (b.end() <= done) {
        b.skip();
      }
      if (!a.isEntry() && !b.isEntry()) {
        if (a.start() == b.start() && a.subtree().same(b.subtree())) {
          done = a.end();
        } else if (a.end() - a.start() >= b.end() - b.start()) {
          a.descend();
        } else {
          b.descend();
        }
      } else if (!a.isEntry()) {
        a.descend();
      } else if (!b.isEntry()) {
        b.descend();
      } else {
        long same =
            a.entry() == b.entry() && a.start() == b.start()
                ? a.end() - done
                : visitor.visit(done, a.entry(), a.start(), b.entry(), b.start());
        if (same == 0) {
          return done;
        }
        done += same;
      }
    }
    return done;
  }

  /** Runs that overlap slots {@code from .. to}, in order, with where each starts. */
  public List<LocatedRun> runs(long from, long to) throws StoreException {
    List<LocatedRun> found = new ArrayList<>();
    if (from >= to) {
      return found;
    }
    TreeWalk<RowRun> walk = runs.walk();
    walk.seek(from);
    while (walk.isPresent() && walk.start() < to) {
      found.add(new LocatedRun(walk.entry(), walk.start(), walk.weightBefore()));
      walk.skip();
      walk.descendToEntry();
    }
    return found;
  }

  /**
   * A run and where it stands.
   *
   * @param start its first slot
   * @param liveBefore live rows before it
   */
  public record LocatedRun(RowRun run, long start, long liveBefore) {
    /** Whether all slots of a range are of this run. */
    public boolean covers(long from, long to) {
      return start <= from && to <= start + run.count();
    }

    /** Position among the live rows of a slot of this run. */
    public long indexOfSlot(long slot) {
      return liveBefore + run.liveBefore((int) (slot - start));
    }
  }
}
