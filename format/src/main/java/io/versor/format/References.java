package io.versor.format;

import io.versor.format.pack.Address;
import io.versor.format.pack.ObjectKind;
import io.versor.format.pack.PackId;
import io.versor.format.ref.BranchEntry;
import io.versor.format.ref.CheckpointRef;
import io.versor.format.ref.RetainedFrames;
import io.versor.format.ref.Root;
import io.versor.format.ref.RunRef;
import io.versor.format.table.BranchState;
import io.versor.format.table.CheckpointLink;
import io.versor.format.table.Checkpoints.Need;
import io.versor.format.tree.ObjectVisitor;
import io.versor.format.type.StoreException;
import java.util.List;
import java.util.Optional;

/**
 * What in packs is referred to: by every version of a branch that can be asked for, and by the root
 * itself. Costs a read of each node that the visitor goes into, and none of chunks or logs.
 * Thread-safe.
 */
final class References {
  private final Core core;
  private final RetainedFrames retained;

  /**
   * @param root what it has is told of; what comes to it later is only if it is needed by a branch
   */
  References(Core core, Root root) throws StoreException {
    this.core = core;
    this.retained = RetainedFrames.of(root, core.checkpointer.index(root).open(), List.of());
  }

  /**
   * Tells of everything that commits of a branch, branches that start on it, and its present state
   * need: its checkpoints, newest first, and what its frames name. Where it starts is its parent's.
   *
   * <p>A checkpoint is where reading begins for all frames up to the next one. So where none of
   * those is retained nothing is needed of it but its place in the list of checkpoints.
   *
   * @param branch as the root has it that this was made for
   */
  void visit(BranchEntry branch, ObjectVisitor visitor) throws StoreException {
    if (branch.packed().isPresent()) {
      visitor.visit(branch.packed().get(), ObjectKind.LOG);
    }
    if (branch.isLost()) {
      return;
    }
    BranchState head = core.live(branch.id()).refresh();
    for (PackId pack : head.interval().packs()) {
      visitor.named(pack);
    }
    // Read after the head: what a checkpoint took out of the head's frames in between is in it.
    Optional<Address> next =
        core.roots
            .current()
            .findBranch(branch.id())
            .flatMap(BranchEntry::checkpoint)
            .map(CheckpointRef::address);
    long[] after = {Long.MAX_VALUE};
    while (next.isPresent()) {
      Optional<CheckpointLink> before =
          core.checkpoints.visit(
              next.get(),
              (frame, previous) -> {
                Need need = need(branch, previous, frame, after[0]);
                after[0] = frame;
                return need;
              },
              visitor);
      next = before.map(CheckpointLink::address);
    }
  }

  /**
   * @param previous last frame of the checkpoint before
   * @param after that of the one after; the largest number for the newest
   */
  private Need need(BranchEntry branch, long previous, long frame, long after) {
    return new Need(isRetained(branch, frame, after), isRetained(branch, previous + 1, frame));
  }

  private boolean isRetained(BranchEntry branch, long from, long to) {
    // Commits that came after the root was read are not known, nor what else did.
    boolean known = to <= branch.indexedFrame();
    return from < to && (!known || retained.any(branch.id(), from, to));
  }

  /** Tells of the runs of the commit index. */
  void visitIndex(Root root, ObjectVisitor visitor) throws StoreException {
    for (RunRef run : root.commitRuns()) {
      visitor.visit(run.address(), ObjectKind.COMMIT_RUN);
    }
  }
}
