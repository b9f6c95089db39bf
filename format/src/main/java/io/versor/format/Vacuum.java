package io.versor.format;

import io.versor.format.io.Guard;
import io.versor.format.io.StopSignal;
import io.versor.format.log.BranchLog;
import io.versor.format.pack.Address;
import io.versor.format.pack.ObjectKind;
import io.versor.format.pack.PackId;
import io.versor.format.pack.Packs;
import io.versor.format.ref.BranchEntry;
import io.versor.format.ref.CommitIndex;
import io.versor.format.ref.CondemnedPack;
import io.versor.format.ref.LockKeys;
import io.versor.format.ref.Refs;
import io.versor.format.ref.Root;
import io.versor.format.table.PackSink;
import io.versor.format.type.StoreException;
import io.versor.format.type.StoreException.Code;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * {@link Store#vacuum}. Two steps, each of which may be the last one of a process that dies: what
 * nothing refers to is condemned in the root, from where on nothing may come to refer to it; what
 * was condemned long enough ago, and by a second look is still not needed, is deleted.
 *
 * <p>Between the two looks the lock of each branch is taken once. Who held it had perhaps read a
 * root without the condemned, and has appended its frame now, so that the second look sees it; who
 * takes it later reads the root with the condemned.
 */
final class Vacuum {
  private static final long TIMEOUT_MILLIS = 60_000;

  /** The root names what is condemned, and everybody reads the root. */
  private static final int MOST_CONDEMNED = 2_000;

  /** So often others may add commits to the index while it is written. */
  private static final int MOST_ATTEMPTS = 20;

  /** As good as for ever. */
  private static final Duration LONGEST_AGE = Duration.ofDays(36_500);

  private static final String UNREFERENCED = "no version refers to it";

  private final Core core;
  private final boolean dryRun;
  private final long now;

  /** What was condemned until then may go. */
  private final long until;

  private final Map<String, VacuumedObject> found = new TreeMap<>();

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
    VacuumPlan last = plan;
    Root condemned = condemned(core.roots.current(), plan);
    for (CondemnedPack pack : condemned.condemned()) {
      add(pack.pack(), pack.atMicros() <= until);
    }
    for (BranchEntry branch : condemned.branches()) {
      if (branch.condemnedAt().isPresent()) {
        addLog(branch.id(), branch.condemnedAt().getAsLong() <= until);
      }
    }
    for (long orphan : plan.orphans()) {
      addLog(orphan, true);
    }
    if (dryRun) {
      return false;
    }
    core.roots.update(latest -> condemned(latest, last));
    boolean due = found.values().stream().anyMatch(VacuumedObject::deleted);
    return due && delete() && condemned.condemned().size() == MOST_CONDEMNED;
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

  private void add(PackId pack, boolean deleted) throws StoreException {
    add(Packs.name(pack), UNREFERENCED, deleted);
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
  private Root condemned(Root root, VacuumPlan plan) {
    List<CondemnedPack> packs = new ArrayList<>();
    Set<PackId> known = new HashSet<>();
    for (CondemnedPack pack : root.condemned()) {
      if (plan.dead().contains(pack.pack())) {
        packs.add(pack);
        known.add(pack.pack());
      }
    }
    for (PackId pack : plan.dead()) {
      // A young one may be named by a transaction that goes on.
      boolean old = pack.createdMillis() * 1_000 <= until;
      if (old && !known.contains(pack) && packs.size() < MOST_CONDEMNED) {
        packs.add(new CondemnedPack(pack, now));
      }
    }
    Root changed = root.withPacks(root.packMap(), packs);
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
    return changed;
  }

  /** Looks again, and deletes. Answers whether a pack has gone. */
  private boolean delete() throws StoreException {
    for (BranchEntry branch : core.roots.current().branches()) {
      core.objects.lock(LockKeys.branch(branch.id()), TIMEOUT_MILLIS).close();
    }
    VacuumPlan plan = VacuumPlan.of(core);
    Set<Long> branches = new TreeSet<>(plan.orphans());
    core.roots.update(
        root -> {
          branches.retainAll(plan.orphans()); // it may be tried again
          return withoutBranches(root, plan, branches);
        });
    Set<PackId> packs = new TreeSet<>();
    for (CondemnedPack pack : core.roots.current().condemned()) {
      if (pack.atMicros() <= until && plan.dead().contains(pack.pack())) {
        core.packs.delete(pack.pack());
        packs.add(pack.pack());
      }
    }
    for (long branch : branches) {
      core.forget(branch);
      BranchLog.delete(core.objects, branch);
    }
    core.roots.update(
        root ->
            root.withPacks(
                root.packMap(),
                root.condemned().stream()
                    .filter(pack -> plan.dead().contains(pack.pack()))
                    .filter(pack -> !packs.contains(pack.pack()))
                    .toList()));
    correct();
    return !packs.isEmpty();
  }

  /** Forgets branches whose time has come, those that start on others first. */
  private Root withoutBranches(Root root, VacuumPlan plan, Set<Long> gone) {
    Root changed = root;
    for (int i = root.branches().size() - 1; i >= 0; i--) {
      BranchEntry branch = root.branches().get(i);
      boolean due = branch.condemnedAt().isPresent() && branch.condemnedAt().getAsLong() <= until;
      if (due
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
