package io.versor.format;

import io.versor.format.log.FrameAddress;
import io.versor.format.log.Position;
import io.versor.format.record.Seal;
import io.versor.format.ref.BranchEntry;
import io.versor.format.ref.BranchName;
import io.versor.format.ref.CommitId;
import io.versor.format.ref.CommitIndex;
import io.versor.format.ref.CommitLocation;
import io.versor.format.ref.CommitPrefix;
import io.versor.format.ref.Ref;
import io.versor.format.ref.RevisionExpression;
import io.versor.format.ref.Root;
import io.versor.format.ref.TagEntry;
import io.versor.format.table.BranchState;
import io.versor.format.table.LastSeal;
import io.versor.format.table.LiveBranch;
import io.versor.format.type.StoreException;
import io.versor.format.type.StoreException.Code;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Set;

/** Finds commits: by id, by what a user writes, and along their parents. Thread-safe. */
final class Revisions {
  /** Enough to tell that a prefix is ambiguous, and to name some of what it may mean. */
  private static final int PREFIX_CANDIDATES = 8;

  private static final int SHORT_DIGITS = 12;

  private final Core core;

  Revisions(Core core) {
    this.core = core;
  }

  // --- finding

  /** Where the commit with this id is; {@code NO_SUCH_REF} if there is none. */
  CommitLocation locate(CommitId id) throws StoreException {
    return locate(new CommitPrefix(id.hex()));
  }

  private CommitLocation locate(CommitPrefix prefix) throws StoreException {
    while (true) {
      Root root = core.roots.current();
      try {
        return locate(root, prefix);
      } catch (StoreException e) {
        if (e.code() != Code.CORRUPT || core.roots.current().number() == root.number()) {
          throw e;
        }
        // The index may have been moved away by VACUUM: look again where it is now.
      }
    }
  }

  private CommitLocation locate(Root root, CommitPrefix prefix) throws StoreException {
    List<CommitLocation> candidates = new ArrayList<>();
    CommitIndex index = core.checkpointer.index(root);
    candidates.addAll(index.findPrefix(prefix, PREFIX_CANDIDATES));
    if (!prefix.isComplete() || candidates.isEmpty()) {
      for (BranchEntry entry : root.branches()) {
        if (entry.hasLog()) {
          core.unlessRemoved(entry.id(), LiveBranch::recentCommits).ifPresent(candidates::addAll);
        }
      }
    }
    // Commits of branches that are gone for good may still be in the index.
    candidates.removeIf(commit -> root.findBranch(commit.seal().branchId()).isEmpty());
    return prefix.only(candidates);
  }

  /** The branch whose uncommitted state a text names; empty when it names a commit. */
  Optional<String> workingBranch(String revision, String currentBranch) throws StoreException {
    return RevisionExpression.parse(revision) instanceof RevisionExpression.Working working
        ? Optional.of(working.branch().map(BranchName::value).orElse(currentBranch))
        : Optional.empty();
  }

  /** The commit a text names. */
  CommitLocation locate(String revision, String currentBranch) throws StoreException {
    RevisionExpression parsed = RevisionExpression.parse(revision);
    if (!(parsed instanceof RevisionExpression.OfCommit commit)) {
      throw new StoreException(
          Code.WRONG_STATE,
          "revision '" + revision + "' is an uncommitted state; a commit is needed here");
    }
    CommitLocation found = from(commit.from(), currentBranch);
    for (RevisionExpression.Step step : commit.steps()) {
      found =
          step instanceof RevisionExpression.Ancestor ancestor
              ? ancestor(found, ancestor.generations(), revision)
              : parent(found, ((RevisionExpression.Parent) step).ordinal(), revision);
    }
    return found;
  }

  private CommitLocation from(RevisionExpression.From from, String currentBranch)
      throws StoreException {
    if (from instanceof RevisionExpression.Abbreviated abbreviated) {
      Optional<CommitId> elsewhere = core.commitNames.find(abbreviated.prefix().hex());
      return elsewhere.isPresent() ? locate(elsewhere.get()) : locate(abbreviated.prefix());
    }
    Root root = core.roots.current();
    if (from instanceof RevisionExpression.Head) {
      Optional<BranchEntry> current = root.findBranchIgnoringCase(currentBranch);
      return head(current.isPresent() ? current.get() : root.branch(currentBranch));
    }
    String name = ((RevisionExpression.Named) from).name();
    Optional<Ref> ref = root.findRef(name);
    if (ref.isEmpty()) {
      ref = root.findBranchIgnoringCase(name).map(Ref.OfBranch::new);
    }
    if (ref.isEmpty()) {
      ref = root.findTagIgnoringCase(name).map(Ref.OfTag::new);
    }
    if (ref.isEmpty()) {
      Optional<CommitId> elsewhere = core.commitNames.find(name);
      if (elsewhere.isPresent()) {
        return locate(elsewhere.get());
      }
      throw root.noSuchRevision(name);
    }
    return ref.get() instanceof Ref.OfBranch branch
        ? head(branch.branch())
        : tagged(((Ref.OfTag) ref.get()).tag());
  }

  private static CommitLocation tagged(TagEntry tag) {
    return new CommitLocation(tag.commit(), tag.seal());
  }

  private CommitLocation head(BranchEntry branch) throws StoreException {
    Optional<LastSeal> last = core.live(branch.id()).refresh().lastSeal();
    if (last.isEmpty()) {
      throw new StoreException(
          Code.NO_SUCH_REF, branch.display() + " has no commit yet; commit something first");
    }
    return new CommitLocation(last.get().id(), last.get().address());
  }

  /** So many first parents back: a few reads, however many. */
  private CommitLocation ancestor(CommitLocation start, long generations, String revision)
      throws StoreException {
    CommitLocation at = start;
    Seal seal = core.history.seal(at.seal());
    long target = seal.depth() - generations;
    if (target < 0) {
      throw new StoreException(
          Code.NO_SUCH_REF,
          "revision '"
              + revision
              + "' goes back "
              + generations
              + (generations == 1 ? " commit, but " : " commits, but ")
              + shortened(start.id())
              + " has only "
              + seal.depth()
              + " before it");
    }
    while (seal.depth() > target) {
      FrameAddress next =
          seal.jump().isPresent() && seal.jump().get().depth() >= target
              ? seal.jump().get().seal()
              : seal.parents().get(0).seal();
      seal = core.history.seal(next);
      at = new CommitLocation(seal.id(), next);
    }
    return at;
  }

  private CommitLocation parent(CommitLocation start, int ordinal, String revision)
      throws StoreException {
    if (ordinal == 0) {
      return start;
    }
    List<Seal.Parent> parents = core.history.seal(start.seal()).parents();
    if (ordinal > parents.size()) {
      throw new StoreException(
          Code.NO_SUCH_REF,
          "revision '"
              + revision
              + "': commit "
              + shortened(start.id())
              + " has "
              + parents.size()
              + (parents.size() == 1 ? " parent" : " parents"));
    }
    Seal.Parent parent = parents.get(ordinal - 1);
    return new CommitLocation(parent.id(), parent.seal());
  }

  static String shortened(CommitId id) {
    return id.hex().substring(0, SHORT_DIGITS);
  }

  // --- reading

  /** The state a commit made. */
  Snapshot snapshot(CommitLocation commit) throws StoreException {
    return new Snapshot(core, core.history.at(commit.seal()), "commit " + shortened(commit.id()));
  }

  /** The same where it is known already. */
  Snapshot snapshot(FrameAddress seal, CommitId id) throws StoreException {
    return snapshot(new CommitLocation(id, seal));
  }

  Commit commit(FrameAddress address) throws StoreException {
    Seal seal = core.history.seal(address);
    return new Commit(
        seal.id(),
        branchName(address.branchId()),
        seal.parents().stream().map(Seal.Parent::id).toList(),
        seal.author(),
        Instant.EPOCH.plus(seal.committedAt(), ChronoUnit.MICROS),
        seal.message(),
        seal.generation(),
        seal.tables().stream()
            .map(
                table ->
                    new Commit.TableChange(
                        table.tableId(), table.added(), table.updated(), table.deleted()))
            .toList(),
        seal.properties());
  }

  private String branchName(long branchId) throws StoreException {
    return core.roots
        .current()
        .heir(branchId)
        .flatMap(BranchEntry::name)
        .map(BranchName::value)
        .orElse("#" + branchId);
  }

  CommitCursor log(FrameAddress from) {
    return new CommitCursor() {
      private Optional<FrameAddress> next = Optional.of(from);

      @Override
      public Optional<Commit> next() throws StoreException {
        if (next.isEmpty()) {
          return Optional.empty();
        }
        FrameAddress at = next.get();
        next = core.history.seal(at).parents().stream().findFirst().map(Seal.Parent::seal);
        return Optional.of(commit(at));
      }
    };
  }

  // --- the graph

  /** Last commits of all branches and tags but one branch. */
  List<FrameAddress> tips(Root root, long exceptBranch) throws StoreException {
    List<FrameAddress> tips = new ArrayList<>();
    for (BranchEntry entry : root.branches()) {
      if (entry.name().isPresent() && entry.id() != exceptBranch) {
        core.unlessRemoved(entry.id(), LiveBranch::refresh)
            .flatMap(BranchState::lastSeal)
            .ifPresent(seal -> tips.add(seal.address()));
      }
    }
    root.tags().forEach(tag -> tips.add(tag.seal()));
    return tips;
  }

  private static Position position(FrameAddress address) {
    return new Position(address.branchId(), address.frame());
  }

  /** A commit on the way through the graph. */
  private record Visit(FrameAddress address, Seal seal) {}

  private static final Comparator<Visit> NEWEST_GENERATION =
      Comparator.comparingLong((Visit visit) -> visit.seal().generation())
          .thenComparing(visit -> visit.seal().id())
          .reversed();

  private static final Comparator<Visit> NEWEST_INSTANT =
      Comparator.comparingLong((Visit visit) -> visit.seal().committedAt())
          .thenComparing(visit -> visit.seal().generation())
          .thenComparing(visit -> visit.seal().id())
          .reversed();

  private Visit visit(FrameAddress address) throws StoreException {
    return new Visit(address, core.history.seal(address));
  }

  CommitCursor all() throws StoreException {
    while (true) {
      Root root = core.roots.current();
      try {
        return walk(tips(root, -1), Optional.empty());
      } catch (StoreException e) {
        if (core.roots.current().number() == root.number()) {
          throw e;
        }
        // VACUUM may have removed a branch between its tip and its commit: look again.
      }
    }
  }

  /** What {@code to} reaches and {@code from} does not. */
  CommitCursor range(FrameAddress from, FrameAddress to) throws StoreException {
    return walk(List.of(to), Optional.of(from));
  }

  /**
   * Commits that some reach and one does not. They are met before all that they reach, for a commit
   * is younger than its parents: so it is known of each whether it is left out when its turn comes.
   */
  private CommitCursor walk(List<FrameAddress> tips, Optional<FrameAddress> except)
      throws StoreException {
    PriorityQueue<Visit> open = new PriorityQueue<>(NEWEST_INSTANT);
    Set<Position> seen = new HashSet<>();
    Set<Position> leftOut = new HashSet<>();
    List<FrameAddress> starts = new ArrayList<>(tips);
    except.ifPresent(starts::add);
    except.ifPresent(address -> leftOut.add(position(address)));
    for (FrameAddress start : starts) {
      if (seen.add(position(start))) {
        open.add(visit(start));
      }
    }
    return () -> {
      while (open.stream().anyMatch(visit -> !leftOut.contains(position(visit.address())))) {
        Visit next = open.remove();
        boolean out = leftOut.contains(position(next.address()));
        for (Seal.Parent parent : next.seal().parents()) {
          Position at = position(parent.seal());
          if (out) {
            leftOut.add(at);
          }
          if (seen.add(at)) {
            open.add(visit(parent.seal()));
          }
        }
        if (!out) {
          return Optional.of(commit(next.address()));
        }
      }
      return Optional.empty();
    };
  }

  /** Whether {@code older} is {@code newer} or reached from it through parents. */
  boolean isAncestor(FrameAddress older, FrameAddress newer) throws StoreException {
    long generation = core.history.seal(older).generation();
    PriorityQueue<Visit> open = new PriorityQueue<>(NEWEST_GENERATION);
    Set<Position> seen = new HashSet<>();
    open.add(visit(newer));
    while (!open.isEmpty() && open.peek().seal().generation() >= generation) {
      Visit next = open.remove();
      if (position(next.address()).equals(position(older))) {
        return true;
      }
      for (Seal.Parent parent : next.seal().parents()) {
        if (seen.add(position(parent.seal()))) {
          open.add(visit(parent.seal()));
        }
      }
    }
    return false;
  }
}
