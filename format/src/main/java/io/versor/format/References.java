package io.versor.format;

import io.versor.format.pack.Address;
import io.versor.format.pack.ObjectKind;
import io.versor.format.pack.PackId;
import io.versor.format.ref.BranchEntry;
import io.versor.format.ref.CheckpointRef;
import io.versor.format.ref.Root;
import io.versor.format.ref.RunRef;
import io.versor.format.table.BranchState;
import io.versor.format.tree.ObjectVisitor;
import io.versor.format.type.StoreException;
import java.util.Optional;

/**
 * What in packs is referred to: by every version of a branch, and by the root itself. Costs a read
 * of each node that the visitor goes into, and none of chunks or logs. Thread-safe.
 */
final class References {
  private final Core core;

  References(Core core) {
    this.core = core;
  }

  /**
   * Tells of everything that states of a branch need, whichever frame they are of: its checkpoints,
   * newest first, and what its frames name. Where it starts is its parent's.
   */
  void visit(BranchEntry branch, ObjectVisitor visitor) throws StoreException {
    if (branch.isLost()) {
      return;
    }
    BranchState head = core.live(branch.id()).refresh();
    for (PackId pack : head.interval().packs()) {
      visitor.named(pack);
    }
    // Read after the head: what a checkpoint took out of the head's frames in between is in it.
    Optional<Address> checkpoint =
        core.roots
            .current()
            .findBranch(branch.id())
            .flatMap(BranchEntry::checkpoint)
            .map(CheckpointRef::address);
    while (checkpoint.isPresent()) {
      checkpoint = core.checkpoints.visit(checkpoint.get(), visitor);
    }
  }

  /** Tells of the runs of the commit index. */
  void visitIndex(Root root, ObjectVisitor visitor) throws StoreException {
    for (RunRef run : root.commitRuns()) {
      visitor.visit(run.address(), ObjectKind.COMMIT_RUN);
    }
  }
}
