package io.versor.format.ref;

import io.versor.format.type.StoreException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Roots of a store and its clones. A clone has all branches anew, each with a number and an origin
 * of its own, which go on from what the store's were at one moment; those lose their names and are
 * never written to. So no two of these stores give the same row id, nor write the same frame.
 */
public final class Clones {
  private Clones() {}

  /**
   * The block of the next clone.
   *
   * @throws StoreException {@code LIMIT} when too few numbers are left
   */
  public static IdRange.Block block(Root root) throws StoreException {
    long next = Math.max(root.nextBranchId(), root.nextOrigin());
    return root.ids().nextBlock(next, root.branchNames().size());
  }

  /** The store goes on without it. */
  public static Root without(Root root, IdRange.Block block) {
    return root.withIds(root.ids().without(block));
  }

  /**
   * The root of a clone.
   *
   * @param root of the store it is of
   * @param ends where its branches were, by their number; none for those without a log
   */
  public static Root clone(
      Root root, StoreId store, long nowMicros, IdRange.Block block, Map<Long, Start> ends) {
    List<BranchEntry> branches = new ArrayList<>();
    List<BranchEntry> heirs = new ArrayList<>();
    long next = block.from();
    for (BranchEntry branch : root.branches()) {
      boolean hasLog = ends.containsKey(branch.id());
      if (branch.name().isPresent()) {
        BranchEntry heir =
            new BranchEntry(
                next,
                branch.name().get(),
                next,
                hasLog ? Optional.of(ends.get(branch.id())) : branch.start());
        heirs.add(hasLog ? heir.withContinues(branch.id()) : heir);
        next++;
      }
      if (hasLog || branch.name().isEmpty()) {
        branches.add(branch.withName(Optional.empty()));
      }
    }
    branches.addAll(heirs);
    return root.withStore(store, nowMicros)
        .withIds(IdRange.WHOLE.upTo(block.end()))
        .withBranches(branches, next, next);
  }
}
