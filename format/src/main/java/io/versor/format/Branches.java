package io.versor.format;

import io.versor.format.io.Guard;
import io.versor.format.log.FrameAddress;
import io.versor.format.record.Record;
import io.versor.format.ref.BranchEntry;
import io.versor.format.ref.BranchName;
import io.versor.format.ref.CommitLocation;
import io.versor.format.ref.LockKeys;
import io.versor.format.ref.Refs;
import io.versor.format.ref.Root;
import io.versor.format.ref.Start;
import io.versor.format.table.BranchState;
import io.versor.format.table.FrameDraft;
import io.versor.format.table.LastSeal;
import io.versor.format.table.LiveBranch;
import io.versor.format.type.StoreException;
import io.versor.format.type.StoreException.Code;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Branches that come, go, and change their names. Thread-safe. */
final class Branches {
  private static final long DROP_TIMEOUT_MILLIS = 60_000;

  /** So often VACUUM may come between. */
  private static final int MOST_ATTEMPTS = 20;

  private final Core core;
  private final Revisions revisions;

  Branches(Core core, Revisions revisions) {
    this.core = core;
    this.revisions = revisions;
  }

  /** The branch with this name, else the one that differs from it only in case. */
  static BranchEntry entry(Root root, String name) throws StoreException {
    Optional<BranchEntry> similar = root.findBranchIgnoringCase(name);
    return similar.isPresent() ? similar.get() : root.branch(name);
  }

  /** What callers see of an entry. */
  Branch branch(Root root, BranchEntry entry) throws StoreException {
    Optional<Start> start = root.line(entry).get(0).start();
    Optional<BranchEntry> parent = start.flatMap(at -> root.heir(at.position().branchId()));
    return new Branch(
        entry.name().map(BranchName::value).orElse("#" + entry.id()),
        entry.id(),
        core.live(entry.id()).refresh(root).lastSeal().map(LastSeal::id),
        parent.flatMap(BranchEntry::name).map(BranchName::value),
        start.flatMap(Start::head));
  }

  LiveBranch live(String branch) throws StoreException {
    return core.live(entry(core.roots.current(), branch).id());
  }

  /** {@link Store#createBranch}. */
  Branch create(String name, BranchStart start) throws StoreException {
    BranchName checked = BranchName.parse(name);
    Root root = starting(start, (now, from) -> Refs.createBranch(now, checked, from));
    return branch(root, root.branch(checked.value()));
  }

  @FunctionalInterface
  private interface StartChange {
    Root apply(Root root, Optional<Start> start) throws StoreException;
  }

  /** Changes the root so that a branch starts somewhere. */
  private Root starting(BranchStart start, StartChange change) throws StoreException {
    for (int attempt = 1; ; attempt++) {
      long collected = core.roots.current().collected();
      Optional<Start> from = startOf(start);
      try {
        return core.roots.update(
            now -> {
              refuseCollected(start, collected, now);
              return change.apply(now, from);
            });
      } catch (StoreException e) {
        if (e.code() != Code.REF_MOVED || attempt == MOST_ATTEMPTS) {
          throw e;
        }
      }
    }
  }

  /**
   * A state that no commit has is kept for as long as it is the newest, and because a branch starts
   * on it: what was condemned in between may be what it needs.
   */
  private static void refuseCollected(BranchStart start, long collected, Root now)
      throws StoreException {
    if (now.collected() != collected && !(start instanceof BranchStart.OfCommit)) {
      throw new StoreException(
          Code.REF_MOVED, "VACUUM condemned garbage while a branch was made; try again");
    }
  }

  private Optional<Start> startOf(BranchStart start) throws StoreException {
    if (start instanceof BranchStart.OfCommit commit) {
      CommitLocation found = revisions.locate(commit.commit());
      core.live(found.seal().branchId()).force(found.seal().frame());
      return Optional.of(new Start(found.seal(), Optional.of(found.id())));
    }
    if (start instanceof BranchStart.WithChanges changes) {
      Root root = core.roots.current();
      BranchEntry entry = entry(root, changes.branch());
      BranchState state = core.live(entry.id()).refresh();
      if (state.last().isEmpty()) {
        return entry.start(); // nothing was ever written to it
      }
      core.live(entry.id()).force(state.position().frame());
      return Optional.of(new Start(state.last().get(), state.lastSeal().map(LastSeal::id)));
    }
    return Optional.empty();
  }

  /** {@link Store#dropBranch}. */
  void drop(String name, DropMode mode) throws StoreException {
    Guard lock = core.objects.lock(LockKeys.DROP, DROP_TIMEOUT_MILLIS);
    try {
      Root root = core.roots.current();
      BranchEntry entry = entry(root, name);
      if (root.branchNames().size() == 1) {
        throw new StoreException(
            Code.WRONG_STATE, entry.display() + " is the only branch; a store keeps at least one");
      }
      close(root, entry, mode, Optional.empty());
      core.roots.update(now -> without(now, entry));
    } finally {
      lock.close();
    }
  }

  /** By its id, since another may have renamed it, or given its name to a new one. */
  private static Root without(Root now, BranchEntry entry) throws StoreException {
    Optional<BranchName> name = now.findBranch(entry.id()).flatMap(BranchEntry::name);
    if (name.isEmpty()) {
      throw new StoreException(
          Code.NO_SUCH_REF, entry.display() + " was dropped by someone else meanwhile");
    }
    return Refs.dropBranch(now, name.get().value());
  }

  /** {@link Store#replaceBranch}. */
  Branch replace(String name, BranchStart start, DropMode mode) throws StoreException {
    BranchName checked = BranchName.parse(name);
    Guard lock = core.objects.lock(LockKeys.DROP, DROP_TIMEOUT_MILLIS);
    try {
      Root root = core.roots.current();
      BranchEntry entry = entry(root, name);
      Optional<Start> from = startOf(start);
      close(root, entry, mode, from);
      Root after =
          core.roots.update(
              now -> {
                refuseCollected(start, root.collected(), now);
                return Refs.createBranch(without(now, entry), checked, from);
              });
      return branch(after, after.branch(checked.value()));
    } finally {
      lock.close();
    }
  }

  /**
   * Branches take other names, all at once. A branch that has one of them is dropped, if the one
   * that takes it has what it has.
   *
   * @param names the new one by the present one
   * @throws StoreException {@code WRONG_STATE} if something would be lost
   */
  List<Branch> publish(Map<String, String> names) throws StoreException {
    Guard lock = core.objects.lock(LockKeys.DROP, DROP_TIMEOUT_MILLIS);
    try {
      Root root = core.roots.current();
      Map<BranchEntry, BranchEntry> successors = new LinkedHashMap<>();
      for (Map.Entry<String, String> each : names.entrySet()) {
        BranchEntry successor = root.branch(each.getKey());
        Optional<BranchEntry> before = root.findBranchIgnoringCase(each.getValue());
        if (before.isPresent()) {
          refuseLoss(
              root,
              before.get(),
              core.live(before.get().id()).refresh(),
              startOf(BranchStart.withChanges(each.getKey())));
          successors.put(before.get(), successor);
        }
      }
      for (Map.Entry<BranchEntry, BranchEntry> each : successors.entrySet()) {
        String name = each.getValue().name().orElseThrow().value();
        close(
            root, each.getKey(), DropMode.REFUSE_UNMERGED, startOf(BranchStart.withChanges(name)));
      }
      Root after =
          core.roots.update(
              now -> {
                Root changed = now;
                for (BranchEntry before : successors.keySet()) {
                  changed = without(changed, before);
                }
                for (Map.Entry<String, String> each : names.entrySet()) {
                  changed =
                      Refs.renameBranch(changed, each.getKey(), BranchName.parse(each.getValue()));
                }
                return changed;
              });
      List<Branch> published = new ArrayList<>();
      for (String name : names.values()) {
        published.add(branch(after, after.branch(name)));
      }
      return published;
    } finally {
      lock.close();
    }
  }

  /**
   * Nobody writes to it from now on. What is written while it is looked through is looked at, too.
   *
   * @param successor where the branch starts that takes this one's name
   */
  private void close(Root root, BranchEntry entry, DropMode mode, Optional<Start> successor)
      throws StoreException {
    LiveBranch live = core.live(entry.id());
    boolean closed = false;
    while (!closed) {
      BranchState seen = live.refresh();
      if (mode == DropMode.REFUSE_UNMERGED) {
        refuseLoss(root, entry, seen, successor);
      }
      // Closed already: somebody died, or failed, between this append and the change of the root.
      closed =
          !entry.hasLog()
              || seen.closed()
              || live.append(
                      (branch, head) ->
                          mode == DropMode.FORCE || head.last().equals(seen.last())
                              ? Optional.of(
                                  FrameDraft.of(
                                      core.history, branch, head, List.of(new Record.Closed())))
                              : Optional.empty())
                  .closed();
    }
  }

  private void refuseLoss(
      Root root, BranchEntry entry, BranchState state, Optional<Start> successor)
      throws StoreException {
    String hint = "; commit and merge it first, or drop it with FORCE";
    if (Changes.any(core, state)) {
      throw new StoreException(
          Code.WRONG_STATE, entry.display() + " has uncommitted changes" + hint);
    }
    if (state.lastSeal().isEmpty()) {
      return;
    }
    FrameAddress head = state.lastSeal().get().address();
    List<FrameAddress> others = new ArrayList<>(revisions.tips(root, entry.id()));
    if (successor.isPresent() && successor.get().head().isPresent()) {
      others.add(revisions.locate(successor.get().head().get()).seal());
    }
    for (FrameAddress other : others) {
      if (revisions.isAncestor(head, other)) {
        return;
      }
    }
    throw new StoreException(
        Code.WRONG_STATE,
        entry.display() + " has commits that no other branch or tag reaches" + hint);
  }

  /** {@link Store#renameBranch}. */
  Branch rename(String from, String to) throws StoreException {
    BranchName checked = BranchName.parse(to);
    String exact = entry(core.roots.current(), from).name().orElseThrow().value();
    Root root = core.roots.update(now -> Refs.renameBranch(now, exact, checked));
    return branch(root, root.branch(checked.value()));
  }
}
