package io.versor.format;

import io.versor.format.io.Guard;
import io.versor.format.io.StopSignal;
import io.versor.format.log.BranchLog;
import io.versor.format.pack.Address;
import io.versor.format.pack.FreedPacks;
import io.versor.format.pack.ObjectKind;
import io.versor.format.pack.PackId;
import io.versor.format.pack.PackMover;
import io.versor.format.pack.Packs;
import io.versor.format.pack.ServedPack;
import io.versor.format.ref.BranchEntry;
import io.versor.format.ref.CommitIndex;
import io.versor.format.ref.CondemnedPack;
import io.versor.format.ref.LockKeys;
import io.versor.format.ref.Ordinals;
import io.versor.format.ref.PackRedirect;
import io.versor.format.ref.Refs;
import io.versor.format.ref.Root;
import io.versor.format.table.BranchState;
import io.versor.format.table.PackSink;
import io.versor.format.type.StoreException;
import io.versor.format.type.StoreException.Code;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * {@link Store#vacuum}. Two steps, each of which may be the last one of a process that dies: what
 * nothing refers to is condemned in the root, from where on nothing may come to refer to it; what
 * was condemned long enough ago, and by a second look is still not needed, is deleted. A pack of
 * which only objects are condemned is moved without them.
 *
 * <p>Between the two looks the lock of each branch is taken once. Who held it had perhaps read a
 * root without the condemned, and has appended its frame now, so that the second look sees it; who
 * takes it later reads the root with the condemned.
 */
final class Vacuum {
  private static final long TIMEOUT_MILLIS = 60_000;

  /** So often others may add commits to the index while it is written. */
  private static final int MOST_ATTEMPTS = 20;

  /** As good as for ever. */
  private static final Duration LONGEST_AGE = Duration.ofDays(36_500);

  private static final String UNREFERENCED = "no version refers to it";
  private static final String PARTLY = "no version refers to some of its objects";
  private static final String MOVED = "moved into a larger file";

  private final Core core;
  private final boolean dryRun;
  private final long now;

  /** What was condemned until then may go. */
  private final long until;

  private final Map<String, VacuumedObject> found = new TreeMap<>();

  /** Whether more is to be condemned than the root can name at once. */
  private boolean full;

  Vacuum(Core core, Duration age, boolean dryRun) {
    if (age.isNegative()) {
      throw new IllegalArgumentException("an age of " + age);
    }
    this.core = core;
    this.dryRun = dryRun;
    this.now = core.nowMicros();
    this.until = age.compareTo(LONGEST_AGE) > 0 ? 0 : now - age.toNanos() / 1_000;
  }

  List<VacuumedObject> run() throws StoreException {
    Guard lock = core.objects.lock(LockKeys.MAINTENANCE, TIMEOUT_MILLIS);
    try {
      boolean more = true;
      while (more) {
        more = pass();
      }
    } finally {
      lock.close();
    }
    return List.copyOf(found.values());
  }

  /** Answers whether there was more than could be condemned at once, and room has been made. */
  private boolean pass() throws StoreException {
    VacuumPlan plan = VacuumPlan.of(core);
    if (!dryRun) {
      StopSignal.settle(); // it may be stopped while it looks, not between changes
    }
    if (plan.indexIsToMove() && !dryRun) {
      moveIndex();
      plan = VacuumPlan.of(core);
    }
    if (!dryRun) {
      cutLogs(plan);
      List<VacuumedObject> packed = new VacuumLogs(core, plan).run();
      if (!packed.isEmpty()) {
        packed.forEach(each -> found.put(each.name(), each));
        plan = VacuumPlan.of(core);
      }
    }
    VacuumPlan last = plan;
    Root condemned = condemned(core.roots.current(), plan);
    tell(condemned, plan);
    if (dryRun) {
      return false;
    }
    core.roots.update(latest -> condemned(latest, last));
    return free(plan) && full;
  }

  private void tell(Root condemned, VacuumPlan plan) throws StoreException {
    for (CondemnedPack pack : condemned.condemned()) {
      boolean due = pack.atMicros() <= until;
      String name = Packs.name(file(condemned, pack.pack()));
      if (pack.isWhole() && name.equals(Packs.name(pack.pack()))) {
        add(name, UNREFERENCED, due);
      } else {
        addPart(name, bytes(pack), due);
      }
    }
    for (BranchEntry branch : condemned.branches()) {
      if (branch.condemnedAt().isPresent()) {
        addLog(branch.id(), branch.condemnedAt().getAsLong() <= until);
      }
    }
    for (long orphan : plan.orphans()) {
      addLog(orphan, true);
    }
    for (PackId file : plan.left()) {
      add(Packs.name(file), MOVED, true);
    }
  }

  private long bytes(CondemnedPack pack) throws StoreException {
    return PackMover.bytes(core.packs, pack.pack(), pack.objects().map(Ordinals::bits));
  }

  private void addPart(String name, long bytes, boolean due) {
    found.merge(
        name,
        new VacuumedObject(name, bytes, PARTLY, due),
        (one, other) ->
            new VacuumedObject(name, one.bytes() + other.bytes(), PARTLY, one.deleted() || due));
  }

  private static PackId file(Root root, PackId pack) {
    return root.findRedirect(pack).map(PackRedirect::to).orElse(pack);
  }

  /** Writes the commit index into packs of its own, without commits of branches that are gone. */
  private void moveIndex() throws StoreException {
    for (int attempt = 1; ; attempt++) {
      Root root = core.roots.current();
      CommitIndex index = core.checkpointer.index(root);
      List<byte[]> runs = index.rewritten(branch -> root.findBranch(branch).isPresent());
      try (PackSink sink = new PackSink(core.packs)) {
        List<Address> addresses = new ArrayList<>();
        for (byte[] run : runs) {
          addresses.add(sink.store(ObjectKind.COMMIT_RUN, run));
        }
        sink.finish();
        core.roots.update(latest -> index.replacedIn(latest, runs, addresses));
        return;
      } catch (StoreException e) {
        if (e.code() != Code.REF_MOVED || attempt == MOST_ATTEMPTS) {
          throw e;
        }
      }
    }
  }

  private void addLog(long branchId, boolean deleted) throws StoreException {
    for (String name : BranchLog.names(core.objects, branchId)) {
      add(name, "log of dropped branch number " + branchId, deleted);
    }
  }

  private void add(String name, String why, boolean deleted) throws StoreException {
    OptionalLong bytes = core.objects.findLength(name);
    if (bytes.isPresent()) {
      found.put(name, new VacuumedObject(name, bytes.getAsLong(), why, deleted));
    }
  }

  /** The root with what is not needed condemned, and what is needed not. */
  private Root condemned(Root root, VacuumPlan plan) throws StoreException {
    Condemnation packs = new Condemnation(plan);
    root.condemned().forEach(packs::keep);
    packs.add(now, until);
    full = packs.isFull();
    Root changed = root.withPacks(root.packMap(), packs.list());
    Set<Long> needed = VacuumPlan.neededByRoot(root);
    for (BranchEntry branch : root.branches()) {
      boolean dead = plan.deadBranches().contains(branch.id()) && !needed.contains(branch.id());
      OptionalLong since =
          !dead
              ? OptionalLong.empty()
              : branch.condemnedAt().isPresent() ? branch.condemnedAt() : OptionalLong.of(now);
      if (!since.equals(branch.condemnedAt())) {
        changed = changed.withBranch(branch.withCondemnedAt(since));
      }
    }
    return packs.isGrown() ? changed.withCollection() : changed;
  }

  /** Deletes what may go, if a second look says so, and moves what is left. */
  private boolean free(VacuumPlan first) throws StoreException {
    VacuumPlan plan = first;
    Root root = core.roots.current();
    boolean due =
        root.condemned().stream().anyMatch(pack -> pack.atMicros() <= until)
            || root.branches().stream().anyMatch(this::isDue)
            || !first.orphans().isEmpty();
    if (due) {
      for (BranchEntry branch : root.branches()) {
        core.objects.lock(LockKeys.branch(branch.id()), TIMEOUT_MILLIS).close();
      }
      plan = VacuumPlan.of(core);
    }
    Set<Long> branches = forgetBranches(plan);
    for (long branch : branches) { // before their packs: else a log without them might be found
      core.forget(branch);
      BranchLog.remove(core.objects, branch);
    }
    boolean gone = freePacks(plan);
    correct();
    return gone;
  }

  /** Logs of dropped branches that are needed have no use for the room they took. */
  private void cutLogs(VacuumPlan plan) throws StoreException {
    for (BranchEntry branch : core.roots.current().branches()) {
      boolean kept = branch.condemnedAt().isEmpty() && !plan.deadBranches().contains(branch.id());
      if (kept
          && branch.name().isEmpty()
          && branch.hasLog()
          && branch.packed().isEmpty()
          && BranchLog.hasRoom(core.objects, branch.id())) {
        Guard lock = core.objects.lock(LockKeys.branch(branch.id()), TIMEOUT_MILLIS);
        try {
          BranchState state = core.live(branch.id()).refresh();
          if (state.closed()) {
            BranchLog.cut(core.objects, state.next());
          }
        } finally {
          lock.close();
        }
      }
    }
  }

  private Set<Long> forgetBranches(VacuumPlan plan) throws StoreException {
    Set<Long> branches = new TreeSet<>(plan.orphans());
    core.roots.update(
        root -> {
          branches.retainAll(plan.orphans()); // it may be tried again
          return withoutBranches(root, plan, branches);
        });
    return branches;
  }

  /** Answers whether anything was freed. */
  private boolean freePacks(VacuumPlan plan) throws StoreException {
    Root before = core.roots.current();
    Map<PackId, Optional<BitSet>> due = Condemnation.due(before.condemned(), plan, until);
    Set<PackId> dead = new TreeSet<>();
    Map<PackId, BitSet> parts = new TreeMap<>();
    due.forEach(
        (pack, objects) ->
            objects.ifPresentOrElse(some -> parts.put(pack, some), () -> dead.add(pack)));
    Map<PackId, ServedPack> moved = new VacuumRepack(core, plan).run(before, dead, parts);
    Set<PackId> freed = new TreeSet<>(parts.keySet());
    freed.retainAll(moved.keySet()); // what stays where it is has all its objects
    freed.addAll(dead);
    FreedPacks.add(core.objects, freed); // before anybody can miss them
    Root after = core.roots.update(root -> withMap(root, moved, dead, parts));
    Set<PackId> files = new TreeSet<>(plan.left());
    files.addAll(dead);
    files.addAll(moved.keySet());
    before.packMap().forEach(each -> files.add(each.to()));
    after.packMap().forEach(each -> files.remove(each.to()));
    for (PackId file : files) {
      if (moved.containsKey(file)) {
        found.putIfAbsent(
            Packs.name(file),
            new VacuumedObject(
                Packs.name(file),
                core.objects.findLength(Packs.name(file)).orElse(0),
                MOVED,
                true));
      }
      core.packs.delete(file);
    }
    core.roots.update(
        root -> {
          Condemnation rest = new Condemnation(plan); // less what turned out to be needed
          root.condemned().stream().filter(each -> !dead.contains(each.pack())).forEach(rest::keep);
          return root.withPacks(root.packMap(), rest.list());
        });
    return !files.isEmpty();
  }

  /** The root that says where packs are now, without condemned objects that are gone. */
  private static Root withMap(
      Root root, Map<PackId, ServedPack> moved, Set<PackId> dead, Map<PackId, BitSet> parts) {
    List<PackRedirect> map = new ArrayList<>();
    for (PackRedirect each : root.packMap()) {
      if (!moved.containsKey(each.from()) && !dead.contains(each.from())) {
        map.add(each);
      }
    }
    moved.forEach((from, to) -> map.add(new PackRedirect(from, to.by(), to.first(), to.count())));
    List<CondemnedPack> condemned = new ArrayList<>();
    for (CondemnedPack each : root.condemned()) {
      if (each.isWhole() || !moved.containsKey(each.pack())) {
        condemned.add(each);
        continue;
      }
      BitSet rest = each.objects().get().bits();
      rest.andNot(parts.getOrDefault(each.pack(), new BitSet()));
      if (!rest.isEmpty()) {
        condemned.add(new CondemnedPack(each.pack(), each.atMicros(), Ordinals.firstOf(rest)));
      }
    }
    return root.withPacks(map, condemned);
  }

  private boolean isDue(BranchEntry branch) {
    return branch.condemnedAt().isPresent() && branch.condemnedAt().getAsLong() <= until;
  }

  /** Forgets branches whose time has come, those that start on others first. */
  private Root withoutBranches(Root root, VacuumPlan plan, Set<Long> gone) {
    Root changed = root;
    for (int i = root.branches().size() - 1; i >= 0; i--) {
      BranchEntry branch = root.branches().get(i);
      if (isDue(branch)
          && plan.deadBranches().contains(branch.id())
          && !VacuumPlan.isStart(changed, branch.id())) {
        changed = Refs.forgetBranch(changed, branch.id());
        gone.add(branch.id());
      }
    }
    return changed;
  }

  /** What turned out to be needed by the second look is not told as gone. */
  private void correct() throws StoreException {
    Set<String> there = new HashSet<>();
    for (VacuumedObject object : found.values()) {
      if (object.deleted() && core.objects.findLength(object.name()).isPresent()) {
        there.add(object.name());
      }
    }
    found.keySet().removeAll(there);
  }
}
