package io.versor.format;

import io.versor.format.change.CellCopier;
import io.versor.format.change.Strategy;
import io.versor.format.change.TableMerge;
import io.versor.format.log.FrameAddress;
import io.versor.format.log.Position;
import io.versor.format.record.Seal;
import io.versor.format.ref.CommitLocation;
import io.versor.format.table.BranchState;
import io.versor.format.table.FrameDraft;
import io.versor.format.table.LastSeal;
import io.versor.format.type.StoreException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;

/**
 * What two commits are merged over: their nearest common ancestor. After mutual merges there may be
 * several, none of which reaches another; those are merged themselves, in memory, and where they
 * conflict, what was there before them stands. Used by one thread.
 */
final class MergeBases {
  private static final int OURS = 1;
  private static final int THEIRS = 2;

  /** Reached from another common ancestor. */
  private static final int STALE = 4;

  private final Core core;

  MergeBases(Core core) {
    this.core = core;
  }

  /**
   * What two sides are compared with.
   *
   * @param commits none = the empty store; several were merged into the state
   */
  record Base(BranchState state, List<FrameAddress> commits) {}

  /** What to merge {@code theirs} into a branch over; empty when the branch has it already. */
  Optional<Base> base(BranchState head, CommitLocation theirs) throws StoreException {
    if (head.lastSeal().isEmpty()) {
      return Optional.of(new Base(empty(), List.of()));
    }
    FrameAddress ours = head.lastSeal().map(LastSeal::address).orElseThrow();
    List<FrameAddress> bases = nearest(List.of(ours), theirs.seal());
    if (bases.size() == 1 && position(bases.get(0)).equals(position(theirs.seal()))) {
      return Optional.empty();
    }
    return Optional.of(new Base(merged(bases), bases));
  }

  /** The state before the first commit of all. */
  static BranchState empty() {
    return BranchState.empty(0, 0);
  }

  private static Position position(FrameAddress address) {
    return new Position(address.branchId(), address.frame());
  }

  /** A commit on the way through the graph. */
  private record Visit(FrameAddress address, Seal seal) {
    static final Comparator<Visit> NEWEST =
        Comparator.comparingLong((Visit visit) -> visit.seal().generation())
            .thenComparing(visit -> visit.seal().id())
            .reversed();
  }

  /**
   * The commits that both reach and that no other such commit reaches, by commit id.
   *
   * @param ours one commit, or those that were merged in memory
   */
  List<FrameAddress> nearest(List<FrameAddress> ours, FrameAddress theirs) throws StoreException {
    PriorityQueue<Visit> open = new PriorityQueue<>(Visit.NEWEST);
    Map<Position, Integer> marks = new HashMap<>();
    for (FrameAddress each : ours) {
      mark(each, OURS, open, marks);
    }
    mark(theirs, THEIRS, open, marks);
    List<Visit> found = new ArrayList<>();
    // A commit comes after all that reach it, for its generation is lower: its marks are complete.
    while (open.stream().anyMatch(visit -> (marks(marks, visit) & STALE) == 0)) {
      Visit next = open.remove();
      int mark = marks(marks, next);
      if (mark == (OURS | THEIRS)) {
        found.add(next);
        mark |= STALE;
      }
      for (Seal.Parent parent : next.seal().parents()) {
        mark(parent.seal(), mark, open, marks);
      }
    }
    found.sort(Comparator.comparing(visit -> visit.seal().id()));
    return found.stream().map(Visit::address).toList();
  }

  private static int marks(Map<Position, Integer> marks, Visit visit) {
    return marks.getOrDefault(position(visit.address()), 0);
  }

  private void mark(
      FrameAddress address, int mark, PriorityQueue<Visit> open, Map<Position, Integer> marks)
      throws StoreException {
    Integer before = marks.get(position(address));
    marks.put(position(address), before == null ? mark : before | mark);
    if (before == null) {
      open.add(new Visit(address, core.history.seal(address)));
    }
  }

  /** The state that commits have in common: none is the empty store, several are merged. */
  BranchState merged(List<FrameAddress> bases) throws StoreException {
    if (bases.isEmpty()) {
      return empty();
    }
    core.kept().checkBases(bases);
    BranchState state = core.history.at(bases.get(0));
    List<FrameAddress> done = new ArrayList<>(List.of(bases.get(0)));
    for (FrameAddress next : bases.subList(1, bases.size())) {
      BranchState before = merged(nearest(done, next));
      state = merged(before, state, core.history.at(next));
      done.add(next);
    }
    return state;
  }

  private BranchState merged(BranchState base, BranchState ours, BranchState theirs)
      throws StoreException {
    TableMerge merge =
        new TableMerge(
            core.chunks,
            core.allocator,
            Strategy.BASE,
            CellCopier.inMemory(core.chunks, core.allocator));
    merge.merge(base, ours, theirs);
    return FrameDraft.preview(core.history, ours, merge.records()).state();
  }
}
