package io.versor.format.ref;

import io.versor.format.log.FrameAddress;
import io.versor.format.type.StoreException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Changes of branches and tags, each from one root to the next. Pure, so that {@link
 * RootStore#update} can repeat them when it lost a race; several can be chained in one update,
 * which makes them one step ({@code CREATE OR REPLACE} is a drop and a create).
 */
public final class Refs {
  private Refs() {}

  /**
   * Adds a branch, with an id and an origin of its own. {@link Root#branch} of the result finds it.
   *
   * @param start empty for a branch that starts with nothing
   * @throws StoreException {@code REF_EXISTS} when a branch has the name or one that differs only
   *     in case; {@code LIMIT} when ids have run out; {@code NO_SUCH_REF} when it starts where
   *     nothing is to be kept
   */
  public static Root createBranch(Root root, BranchName name, Optional<Start> start)
      throws StoreException {
    refuseClash(root, name, Optional.empty());
    if (start.isPresent()) {
      refuseCondemned(root, start.get().position());
      if (start.get().head().isPresent()) {
        refuseExpired(root, start.get().head().get(), start.get().position());
      }
    }
    if (root.nextBranchId() >= root.ids().end()) {
      throw new StoreException(
          StoreException.Code.LIMIT,
          "branch "
              + name
              + ": this store has made all the branches it can number, up to "
              + (root.ids().end() - 1)
              + "; copy what is needed into a new store");
    }
    long origin = nextOrigin(root, "branch " + name);
    List<BranchEntry> branches = new ArrayList<>(root.branches());
    branches.add(new BranchEntry(root.nextBranchId(), name, origin, start));
    return root.withBranches(branches, root.nextBranchId() + 1, origin + 1);
  }

  /**
   * Gives a branch another name; a change of case alone is one.
   *
   * @throws StoreException {@code NO_SUCH_REF}, {@code REF_EXISTS}
   */
  public static Root renameBranch(Root root, String from, BranchName to) throws StoreException {
    BranchEntry branch = root.branch(from);
    refuseClash(root, to, Optional.of(branch));
    return root.withBranch(branch.withName(Optional.of(to)));
  }

  /**
   * Takes the name from a branch. The entry stays, since commits on its log can still be asked for
   * by id and others may start there; {@link #forgetBranch} removes it.
   *
   * @throws StoreException {@code NO_SUCH_REF}
   */
  public static Root dropBranch(Root root, String name) throws StoreException {
    return root.withBranch(root.branch(name).withName(Optional.empty()));
  }

  /**
   * Removes a dropped branch for good, once nothing on its log is to be kept.
   *
   * @throws IllegalArgumentException when it has a name, or a branch or tag still depends on its
   *     log
   */
  public static Root forgetBranch(Root root, long id) {
    BranchEntry branch =
        root.findBranch(id)
            .orElseThrow(() -> new IllegalArgumentException("no branch with id " + id));
    Checks.that(branch.name().isEmpty(), branch.display() + ": has a name, so it is not dropped");
    // The root's own invariants refuse a start or a tag left without its branch.
    return root.withBranches(
        root.branches().stream().filter(b -> b.id() != id).toList(),
        root.nextBranchId(),
        root.nextOrigin());
  }

  /**
   * Gives a branch a fresh origin, when the sequence numbers under its own have run out.
   *
   * @throws StoreException {@code LIMIT} when origins have run out; {@code NO_SUCH_REF} when the
   *     branch is gone
   */
  public static Root leaseOrigin(Root root, long branchId) throws StoreException {
    BranchEntry branch = root.findBranch(branchId).orElseThrow(() -> gone(branchId));
    long origin = nextOrigin(root, branch.display());
    return root.withBranches(root.branches(), root.nextBranchId(), origin + 1)
        .withBranch(branch.withOrigin(origin));
  }

  /**
   * Adds a tag.
   *
   * @throws StoreException {@code REF_EXISTS} when a tag has the name or one that differs only in
   *     case
   */
  public static Root createTag(Root root, TagEntry tag) throws StoreException {
    Optional<TagEntry> clash = root.findTagIgnoringCase(tag.name().value());
    if (clash.isPresent()) {
      throw exists("tag", tag.name().value(), clash.get().name().value());
    }
    refuseCondemned(root, tag.seal());
    refuseExpired(root, tag.commit(), tag.seal());
    List<TagEntry> tags = new ArrayList<>(root.tags());
    tags.add(tag);
    return root.withTags(tags);
  }

  /**
   * Removes a tag; its commit stays.
   *
   * @throws StoreException {@code NO_SUCH_REF}
   */
  public static Root dropTag(Root root, String name) throws StoreException {
    TagEntry tag = root.tag(name);
    return root.withTags(root.tags().stream().filter(t -> !t.equals(tag)).toList());
  }

  /**
   * Refuses what would need a log that is about to go.
   *
   * @throws StoreException {@code NO_SUCH_REF}
   */
  public static void refuseCondemned(Root root, FrameAddress frame) throws StoreException {
    Optional<BranchEntry> branch = root.findBranch(frame.branchId());
    if (branch.isEmpty()) {
      throw gone(frame.branchId());
    }
    if (branch.get().condemnedAt().isPresent()) {
      throw new StoreException(
          StoreException.Code.NO_SUCH_REF,
          "a commit on "
              + branch.get().display()
              + " is being removed by VACUUM, since no branch and no tag reached it; copy what is"
              + " needed of it while it can be read");
    }
  }

  /** What is told of a branch that the root does not have any more. */
  public static StoreException gone(long branchId) {
    return new StoreException(
        StoreException.Code.NO_SUCH_REF,
        "branch number " + branchId + " was dropped, and VACUUM has removed it from the store");
  }

  /**
   * Refuses what would need a commit that nobody can ask for any more.
   *
   * @throws StoreException {@code NO_SUCH_REF}
   */
  public static void refuseExpired(Root root, CommitId id, FrameAddress seal)
      throws StoreException {
    if (root.isExpired(seal)) {
      throw expired(root, id);
    }
  }

  /** The error for a commit that has expired: {@code NO_SUCH_REF}, with the last time any did. */
  public static StoreException expired(Root root, CommitId id) {
    List<Expiry.Act> acts = root.expiry().acts();
    String last =
        acts.isEmpty()
            ? ""
            : "; history expired last at "
                + Instant.EPOCH.plus(acts.get(acts.size() - 1).atMicros(), ChronoUnit.MICROS)
                + " by "
                + acts.get(acts.size() - 1).author();
    return new StoreException(
        StoreException.Code.NO_SUCH_REF,
        "commit " + id.hex().substring(0, 12) + " has expired" + last + ", see versor.expiries");
  }

  private static void refuseClash(Root root, BranchName name, Optional<BranchEntry> renamed)
      throws StoreException {
    Optional<BranchEntry> clash = root.findBranchIgnoringCase(name.value());
    if (clash.isEmpty() || clash.equals(renamed)) {
      return;
    }
    throw exists("branch", name.value(), clash.get().name().orElseThrow().value());
  }

  private static StoreException exists(String what, String name, String existing) {
    String fault =
        name.equals(existing)
            ? what + " " + name + " exists already"
            : what
                + " "
                + name
                + " differs from the existing "
                + what
                + " "
                + existing
                + " only in case; choose another name";
    return new StoreException(StoreException.Code.REF_EXISTS, fault);
  }

  private static long nextOrigin(Root root, String forWhom) throws StoreException {
    if (root.nextOrigin() >= root.ids().end()) {
      throw new StoreException(
          StoreException.Code.LIMIT,
          forWhom
              + ": this store has leased all its origins of row ids, up to "
              + (root.ids().end() - 1)
              + "; copy what is needed into a new store");
    }
    return root.nextOrigin();
  }
}
