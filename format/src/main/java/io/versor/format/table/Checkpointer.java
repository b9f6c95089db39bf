package io.versor.format.table;

import io.versor.format.io.StopSignal;
import io.versor.format.pack.Address;
import io.versor.format.pack.ObjectKind;
import io.versor.format.pack.PackId;
import io.versor.format.pack.Packs;
import io.versor.format.ref.BranchEntry;
import io.versor.format.ref.CheckpointRef;
import io.versor.format.ref.CommitIndex;
import io.versor.format.ref.CommitLocation;
import io.versor.format.ref.CommitRun;
import io.versor.format.ref.Root;
import io.versor.format.ref.RootStore;
import io.versor.format.type.StoreException;
import io.versor.format.type.StoreException.Code;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Stores the state of a branch and names it in the root, together with the commits it brings into
 * the commit index. Changes no version, and readers and writers go on meanwhile. Thread-safe.
 */
public final class Checkpointer {
  /** Lost races for the commit index before giving up; the next checkpoint tries again. */
  private static final int MAX_ATTEMPTS = 20;

  private final RootStore roots;
  private final Packs packs;
  private final Checkpoints checkpoints;

  public Checkpointer(RootStore roots, Packs packs, Checkpoints checkpoints) {
    this.roots = roots;
    this.packs = packs;
    this.checkpoints = checkpoints;
  }

  /** The commit index as a root names it. */
  public CommitIndex index(Root root) {
    return new CommitIndex(
        root.commitRuns(),
        run -> {
          var object = packs.object(run.address(), ObjectKind.COMMIT_RUN);
          return CommitRun.open(object.load(), object.display());
        });
  }

  /**
   * Writes a checkpoint of what the branch is now. Does nothing when there is nothing new, or when
   * another writer of checkpoints was faster.
   */
  public void run(LiveBranch live) throws StoreException {
    long collected = roots.current().collected();
    BranchState state = live.refresh();
    Optional<BranchEntry> entry = entry(live, state);
    if (entry.isEmpty()) {
      return;
    }
    Optional<CheckpointRef> before = entry.get().checkpoint();
    if (before.isEmpty() || before.get().frame() < state.position().frame()) {
      write(live, new Source(state, collected), before, (same, sink) -> same);
    }
    adopt(live);
  }

  /** An equal state in other trees, whose new objects go to the sink. */
  @FunctionalInterface
  public interface Layout {
    BranchState of(BranchState state, PackSink sink) throws StoreException;
  }

  /**
   * Writes a checkpoint of what the branch is now in another layout, so that it is read from there
   * on. Does nothing for a branch that was never written to: its layout is that of its start.
   *
   * @throws StoreException {@code REF_MOVED} when other writers of checkpoints were faster
   */
  public void run(LiveBranch live, Layout layout) throws StoreException {
    for (int attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
      long collected = roots.current().collected();
      BranchState state = live.refresh();
      Optional<BranchEntry> entry = entry(live, state);
      if (entry.isEmpty()
          || write(live, new Source(state, collected), entry.get().checkpoint(), layout)) {
        adopt(live);
        return;
      }
    }
    throw new StoreException(
        Code.REF_MOVED,
        "branch number " + live.branchId() + ": other checkpoints are being written; try again");
  }

  private Optional<BranchEntry> entry(LiveBranch live, BranchState state) throws StoreException {
    boolean empty = state.position().frame() < 0 || state.closed();
    return empty ? Optional.empty() : roots.current().findBranch(live.branchId());
  }

  private void adopt(LiveBranch live) throws StoreException {
    Optional<BranchEntry> now = roots.current().findBranch(live.branchId());
    if (now.isPresent() && now.get().checkpoint().isPresent()) {
      Address address = now.get().checkpoint().get().address();
      live.adopt(checkpoints.read(address).state(), now.get().indexedFrame());
    }
  }

  /**
   * What a checkpoint is made of.
   *
   * @param collected {@link Root#collected} before the state was read: the nodes it shares may be
   *     on their way out if that has grown
   */
  private record Source(BranchState state, long collected) {}

  /** Whether nobody was faster. */
  private boolean write(
      LiveBranch live, Source source, Optional<CheckpointRef> before, Layout layout)
      throws StoreException {
    BranchState state = source.state();
    long branchId = live.branchId();
    List<CommitLocation> commits =
        live.recentCommits().stream()
            .filter(commit -> commit.seal().frame() <= state.position().frame())
            .toList();
    live.force(state.position().frame()); // read, but perhaps not yet on the disk
    Optional<CheckpointLink> previous =
        before.isEmpty() ? Optional.empty() : Optional.of(checkpoints.link(before.get().address()));
    try (PackSink sink = new PackSink(packs)) {
      Address address;
      try {
        BranchState laid = layout.of(state, sink);
        StopSignal.settle();
        address = checkpoints.write(laid, previous, sink);
      } catch (StoreException e) {
        if (e.code() != Code.REF_MOVED) {
          throw e;
        }
        return false; // what the state stands on was collected while it was read
      }
      List<PackId> written = new ArrayList<>();
      for (int attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
        Root root = roots.current();
        try {
          Optional<Stored> run = storeRun(root, commits, sink);
          written.addAll(sink.finish());
          roots.update(now -> named(now, branchId, source, before, address, run, written));
          return true;
        } catch (StoreException e) {
          if (e.code() != Code.REF_MOVED) {
            throw e;
          }
          boolean overtaken =
              !roots
                  .current()
                  .findBranch(branchId)
                  .map(BranchEntry::checkpoint)
                  .equals(Optional.of(before));
          boolean condemned =
              anyGone(roots.current(), written)
                  || roots.current().collected() != source.collected();
          if (overtaken || condemned || attempt == MAX_ATTEMPTS - 1) {
            for (PackId pack : written) {
              packs.delete(pack); // no root names it, and none will
            }
            return false;
          }
        }
      }
      return false;
    }
  }

  private record Stored(CommitIndex.Addition addition, Address address) {}

  private Optional<Stored> storeRun(Root root, List<CommitLocation> commits, PackSink sink)
      throws StoreException {
    if (commits.isEmpty()) {
      return Optional.empty();
    }
    CommitIndex.Addition addition;
    try {
      addition = index(root).add(commits);
    } catch (StoreException e) {
      if (roots.current().commitRuns().equals(root.commitRuns())) {
        throw e;
      }
      throw new StoreException(Code.REF_MOVED, "the commit index was moved meanwhile", e);
    }
    return Optional.of(new Stored(addition, sink.store(ObjectKind.COMMIT_RUN, addition.bytes())));
  }

  private boolean anyGone(Root root, List<PackId> written) throws StoreException {
    for (PackId pack : written) {
      if (root.isCondemned(pack) || !packs.exists(pack)) {
        return true;
      }
    }
    return false;
  }

  private Root named(
      Root root,
      long branchId,
      Source source,
      Optional<CheckpointRef> before,
      Address address,
      Optional<Stored> run,
      List<PackId> written)
      throws StoreException {
    Optional<BranchEntry> entry = root.findBranch(branchId);
    if (entry.isEmpty() || !entry.get().checkpoint().equals(before)) {
      throw new StoreException(
          Code.REF_MOVED,
          "branch number " + branchId + ": another checkpoint was written meanwhile");
    }
    // After the root was read: what was deleted before is no longer among the condemned.
    if (anyGone(root, written) || root.collected() != source.collected()) {
      throw new StoreException(
          Code.REF_MOVED,
          "a checkpoint of branch number " + branchId + " was condemned before it was named");
    }
    Root indexed = run.isPresent() ? run.get().addition().applyTo(root, run.get().address()) : root;
    long frame = source.state().position().frame();
    return indexed.withBranch(
        entry
            .get()
            .withCheckpoint(new CheckpointRef(address, branchId, frame))
            .withIndexedFrame(frame + 1));
  }
}
