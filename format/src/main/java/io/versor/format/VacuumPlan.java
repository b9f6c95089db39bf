package io.versor.format;

import io.versor.format.log.BranchLog;
import io.versor.format.log.Frame;
import io.versor.format.log.FrameAddress;
import io.versor.format.log.LogCursor;
import io.versor.format.pack.Address;
import io.versor.format.pack.ObjectKind;
import io.versor.format.pack.PackId;
import io.versor.format.record.NamedFrames;
import io.versor.format.record.Record;
import io.versor.format.record.RecordCodec;
import io.versor.format.ref.BranchEntry;
import io.versor.format.ref.Root;
import io.versor.format.ref.RunRef;
import io.versor.format.ref.TagEntry;
import io.versor.format.tree.ObjectVisitor;
import io.versor.format.type.StoreException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What a store holds that no version needs which a branch or tag reaches.
 *
 * @param dead packs
 * @param deadBranches dropped ones: no kept branch starts on them, and no frame of a kept log names
 *     one of theirs
 * @param orphans branches that the root does not have any more, while it still has their logs
 * @param indexIsToMove whether a run of the commit index lies in a pack that is dead but for it
 */
record VacuumPlan(
    Set<PackId> dead, Set<Long> deadBranches, Set<Long> orphans, boolean indexIsToMove) {

  static VacuumPlan of(Core core) throws StoreException {
    // What is there is listed before it is looked for, so that all that comes later is left alone.
    Set<PackId> packs = new TreeSet<>(core.packs.list());
    Set<Long> orphans = BranchLog.branches(core.objects);
    Root root = core.roots.current();
    root.branches().forEach(branch -> orphans.remove(branch.id()));
    orphans.removeIf(id -> id >= root.nextBranchId());
    Set<Long> kept = kept(core, root);
    Set<PackId> mixed = strikeOutIndex(core, root, packs);
    Marks marks = new Marks(packs);
    References references = new References(core);
    root.packMap().forEach(each -> packs.remove(each.to()));
    Set<Long> deadBranches = new TreeSet<>();
    for (BranchEntry branch : root.branches()) {
      if (kept.contains(branch.id())) {
        references.visit(branch, marks);
      } else {
        deadBranches.add(branch.id());
      }
    }
    mixed.retainAll(packs);
    return new VacuumPlan(packs, deadBranches, orphans, !mixed.isEmpty());
  }

  /**
   * Strikes out the packs that hold runs of the commit index and nothing else, and answers those
   * that hold more: a checkpoint puts a run into a pack with its trees, which the run shall not
   * keep.
   */
  private static Set<PackId> strikeOutIndex(Core core, Root root, Set<PackId> packs)
      throws StoreException {
    Map<PackId, Integer> runs = new HashMap<>();
    for (RunRef run : root.commitRuns()) {
      runs.merge(run.address().pack(), 1, Integer::sum);
    }
    Set<PackId> mixed = new HashSet<>();
    for (Map.Entry<PackId, Integer> each : runs.entrySet()) {
      if (core.packs.borrow(each.getKey()).objects() == each.getValue()) {
        packs.remove(each.getKey());
      } else {
        mixed.add(each.getKey());
      }
    }
    return mixed;
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

  /** Strikes out what is referred to; goes nowhere once nothing is left to strike out. */
  private static final class Marks implements ObjectVisitor {
    private final Set<PackId> packs;
    private final Set<Address> entered = new HashSet<>();

    /** Most chunks of a node lie in one pack. */
    private @Nullable PackId last;

    Marks(Set<PackId> packs) {
      this.packs = packs;
    }

    @Override
    public boolean visit(Address address, ObjectKind kind) {
      if (packs.isEmpty()) {
        return false;
      }
      named(address.pack());
      return kind != ObjectKind.CHUNK && entered.add(address);
    }

    @Override
    public void named(PackId pack) {
      if (!pack.equals(last)) {
        packs.remove(pack);
        last = pack;
      }
    }
  }
}
