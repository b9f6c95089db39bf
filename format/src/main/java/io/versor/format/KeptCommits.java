package io.versor.format;

import io.versor.format.log.FrameAddress;
import io.versor.format.record.Seal;
import io.versor.format.ref.BranchEntry;
import io.versor.format.ref.CommitId;
import io.versor.format.ref.FrameRanges;
import io.versor.format.ref.Root;
import io.versor.format.table.History;
import io.versor.format.type.StoreException;
import io.versor.format.type.StoreException.Code;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The commits that can be asked for, and how they follow each other: expired ones are passed over.
 * What happened in them counts as done by the next commit that is kept. Immutable.
 */
final class KeptCommits {
  private final History history;
  private final Root root;
  private final Map<Long, FrameRanges> expired = new HashMap<>();

  KeptCommits(History history, Root root) {
    this.history = history;
    this.root = root;
    if (!root.expiry().isNone()) {
      for (BranchEntry branch : root.branches()) {
        if (!branch.expired().isEmpty()) {
          expired.put(branch.id(), branch.expired());
        }
      }
    }
  }

  private Seal seal(FrameAddress commit) throws StoreException {
    return history.seal(commit);
  }

  /** Whether a commit is kept. */
  boolean has(FrameAddress commit) {
    return !isExpired(commit);
  }

  private boolean isExpired(FrameAddress commit) {
    FrameRanges frames = expired.get(commit.branchId());
    return frames != null && frames.contains(commit.frame());
  }

  /** The nearest commit before this one along first parents. */
  Optional<FrameAddress> parent(FrameAddress commit) throws StoreException {
    return parent(commit, 0);
  }

  /**
   * What a commit was made on, by its place among the parents: the parent, or what is left of the
   * line of commits that it ended.
   */
  Optional<FrameAddress> parent(FrameAddress commit, int place) throws StoreException {
    return line(seal(commit).parents(), place).map(Seal.Parent::seal);
  }

  /** Reads only what has expired: what a commit says of its parents is enough for the others. */
  private Optional<Seal.Parent> line(List<Seal.Parent> parents, int place) throws StoreException {
    if (place >= parents.size()) {
      return Optional.empty();
    }
    Optional<Seal.Parent> at = Optional.of(parents.get(place));
    while (at.isPresent() && isExpired(at.get().seal())) {
      Seal expired = seal(at.get().seal());
      at =
          expired.generation() < root.expiry().generation()
              ? Optional.empty() // nothing before it is left
              : expired.parents().stream().findFirst();
    }
    return at;
  }

  /** What is left of the lines that a commit joined, ours first, each once. */
  List<CommitId> parents(Seal seal) throws StoreException {
    List<CommitId> left = new ArrayList<>();
    for (int place = 0; place < seal.parents().size(); place++) {
      line(seal.parents(), place)
          .map(Seal.Parent::id)
          .filter(each -> !left.contains(each))
          .ifPresent(left::add);
    }
    return left;
  }

  /** The parents of a commit, expired or not, that are kept or have something kept before them. */
  List<Seal.Parent> parentsThatLead(FrameAddress commit) throws StoreException {
    Seal seal = seal(commit);
    boolean ends = isExpired(commit) && seal.generation() < root.expiry().generation();
    return ends ? List.of() : seal.parents();
  }

  /** Whether commits have expired between a commit and one of those before it, or all before it. */
  boolean isBoundary(FrameAddress commit) throws StoreException {
    return seal(commit).parents().stream().anyMatch(parent -> isExpired(parent.seal()));
  }

  /** A leap along first parents over commits that are all kept. */
  Optional<Seal.Jump> jump(FrameAddress commit) throws StoreException {
    return seal(commit).jump().filter(jump -> jump.depth() >= root.expiry().depth());
  }

  /** {@code WRONG_STATE} unless what two commits have in common is kept. */
  void checkBases(List<FrameAddress> bases) throws StoreException {
    for (FrameAddress base : bases) {
      if (!has(base)) {
        throw new StoreException(
            Code.WRONG_STATE,
            "commit "
                + Revisions.shortened(seal(base).id())
                + ", the last one that both have, has expired; without it nobody can tell which of"
                + " them changed what. Merge both into what they should become by hand, or use"
                + " CHERRY PICK");
      }
    }
  }
}
