package io.versor.format;

import io.versor.format.log.BranchLog;
import io.versor.format.log.Frame;
import io.versor.format.log.FrameAddress;
import io.versor.format.log.LogCursor;
import io.versor.format.pack.PackId;
import io.versor.format.record.NamedFrames;
import io.versor.format.record.Record;
import io.versor.format.record.RecordCodec;
import io.versor.format.ref.BranchEntry;
import io.versor.format.ref.PackRedirect;
import io.versor.format.ref.Root;
import io.versor.format.ref.TagEntry;
import io.versor.format.type.StoreException;
import java.util.ArrayDeque;
import java.util.BitSet;
import java.util.Deque;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * What a store holds that no version needs which a branch or tag reaches.
 *
 * @param dead packs, wherever their objects are now
 * @param needed packs of which at least something is
 * @param thin of packs that are needed, the objects that are not
 * @param left files whose objects were moved into others
 * @param deadBranches dropped ones: no kept branch starts on them, and no frame of a kept log names
 *     one of theirs
 * @param orphans branches that the root does not have any more, while it still has their logs
 * @param logs branches whose logs have files
 * @param indexIsToMove whether a run of the commit index lies in a pack that is dead but for it
 */
record VacuumPlan(
    Set<PackId> dead,
    Set<PackId> needed,
    Map<PackId, Thin> thin,
    Set<PackId> left,
    Set<Long> deadBranches,
    Set<Long> orphans,
    Set<Long> logs,
    boolean indexIsToMove) {

  /** What is not needed is at least one of so many parts of a pack that is worth moving. */
  private static final int WORTH = 4;

  /**
   * What a pack has that is not needed.
   *
   * @param dead objects
   * @param deadBytes what they take in the file
   * @param bytes what all objects of the pack take
   */
  record Thin(BitSet dead, long deadBytes, long bytes) {
    /** Whether the pack is worth moving without them. */
    boolean isWorth() {
      return isWorth(deadBytes, bytes);
    }

    static boolean isWorth(long deadBytes, long bytes) {
      return deadBytes > 0 && deadBytes * WORTH >= bytes;
    }
  }

  static VacuumPlan of(Core core) throws StoreException {
    // What is there is listed before it is looked for, so that all that comes later is left alone.
    Set<PackId> files = new TreeSet<>(core.packs.list());
    Set<Long> logs = BranchLog.branches(core.objects);
    Set<Long> orphans = new TreeSet<>(logs);
    Root root = core.roots.current();
    Set<PackId> packs = new TreeSet<>(files);
    Set<PackId> left = new TreeSet<>();
    for (PackRedirect each : root.packMap()) {
      packs.remove(each.to());
      packs.add(each.from());
      if (files.contains(each.from()) && files.contains(each.to())) {
        left.add(each.from());
      }
    }
    root.branches().forEach(branch -> orphans.remove(branch.id()));
    orphans.removeIf(id -> id >= root.nextBranchId());
    Set<Long> kept = kept(core, root);
    ObjectMarks marks = new ObjectMarks();
    References references = new References(core, root);
    Set<Long> deadBranches = new TreeSet<>();
    for (BranchEntry branch : root.branches()) {
      if (kept.contains(branch.id())) {
        references.visit(branch, marks);
      } else {
        deadBranches.add(branch.id());
      }
    }
    boolean move = marks.addIndex(core.packs, root);
    Set<PackId> dead = marks.unmarked(packs);
    Map<PackId, Thin> thin = marks.partly(core.packs, packs);
    packs.removeAll(dead);
    return new VacuumPlan(dead, packs, thin, left, deadBranches, orphans, logs, move);
  }

  /** Branches with a name, a tag or damage, and those they start on. */
  static Set<Long> neededByRoot(Root root) {
    Set<Long> needed = new HashSet<>();
    for (BranchEntry branch : root.branches()) {
      if (branch.end().isPresent()) {
        needed.add(branch.id()); // a damaged log is kept for who may still make something of it
      }
    }
    for (TagEntry tag : root.tags()) {
      needed.add(tag.seal().branchId());
    }
    for (int i = root.branches().size() - 1; i >= 0; i--) { // a branch comes after its parent
      BranchEntry branch = root.branches().get(i);
      if (branch.name().isPresent() || needed.contains(branch.id())) {
        needed.add(branch.id());
        branch.start().ifPresent(start -> needed.add(start.position().branchId()));
      }
    }
    return needed;
  }

  /** Whether a branch starts on this one. */
  static boolean isStart(Root root, long branchId) {
    return root.branches().stream()
        .flatMap(branch -> branch.start().stream())
        .anyMatch(start -> start.position().branchId() == branchId);
  }

  private static Set<Long> kept(Core core, Root root) throws StoreException {
    Set<Long> kept = neededByRoot(root);
    Deque<Long> unread = new ArrayDeque<>(kept);
    // Logs are read only while there is a dropped branch of which it is not known.
    while (!unread.isEmpty() && kept.size() < root.branches().size()) {
      Optional<BranchEntry> branch = root.findBranch(unread.remove());
      if (branch.isPresent() && branch.get().end().isPresent()) {
        root.branches().forEach(each -> kept.add(each.id())); // what it names cannot be told
      } else if (branch.isPresent() && branch.get().hasLog()) {
        read(core, root, branch.get(), kept, unread);
      }
    }
    return kept;
  }

  private static void read(
      Core core, Root root, BranchEntry branch, Set<Long> kept, Deque<Long> unread)
      throws StoreException {
    BranchLog log = core.history.log(branch.id());
    try (LogCursor cursor = log.readFrom(log.start())) {
      for (Optional<Frame> frame = cursor.next(); frame.isPresent(); frame = cursor.next()) {
        String display = frame.get().address().toString();
        for (Record record : RecordCodec.read(frame.get().payload(), display)) {
          for (FrameAddress named : NamedFrames.of(record)) {
            keep(root, named.branchId(), kept, unread);
          }
        }
      }
    }
  }

  private static void keep(Root root, long branchId, Set<Long> kept, Deque<Long> unread) {
    for (Optional<BranchEntry> branch = root.findBranch(branchId);
        branch.isPresent() && kept.add(branch.get().id());
        branch =
            branch.get().start().flatMap(start -> root.findBranch(start.position().branchId()))) {
      unread.add(branch.get().id());
    }
  }
}
