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
import io.versor.format.ref.Refs;
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

  /** Where the commit with this id is; {@code NO_SUCH_REF} if there is none, or it has expired. */
  CommitLocation locate(CommitId id) throws StoreException {
    return locate(new CommitPrefix(id.hex()));
  }

  private CommitLocation locate(CommitPrefix prefix) throws StoreException {
    while (true) {
      Root root = core.roots.current();
      try {
        return locate(root, prefix);
      } catch (StoreException e) {
        boolean missing = e.code() == Code.CORRUPT || e.code() == Code.REF_MOVED;
        if (!missing || core.roots.current().number() == root.number()) {
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
    candidates.removeIf(commit -> !prefix.matches(commit.id()));
    if (candidates.stream().anyMatch(commit -> !root.isExpired(commit.seal()))) {
      candidates.removeIf(commit -> root.isExpired(commit.seal()));
    }
    CommitLocation found = prefix.only(candidates);
    Refs.refuseExpired(root, found.id(), found.seal());
    return found;
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

  /**
   * So many first parents back: a few reads, however many. Before a commit that expired it is one
   * read for each.
   */
  private CommitLocation ancestor(CommitLocation start, long generations, String revision)
      throws StoreException {
    KeptCommits kept = core.kept();
    FrameAddress at = start.seal();
    long left = generations;
    while (left > 0) {
      long depth = core.history.seal(at).depth();
      Optional<Seal.Jump> jump = kept.jump(at);
      if (jump.isPresent() && depth - jump.get().depth() <= left) {
        left -= depth - jump.get().depth();
        at = jump.get().seal();
        continue;
      }
      Optional<FrameAddress> parent = kept.parent(at);
      if (parent.isEmpty()) {
        throw tooFar(start, generations, generations - left, kept.isBoundary(at), revision);
      }
      left--;
      at = parent.get();
    }
    return new CommitLocation(core.history.seal(at).id(), at);
  }

  private static StoreException tooFar(
      CommitLocation start, long generations, long found, boolean expired, String revision) {
    return new StoreException(
        Code.NO_SUCH_REF,
        "revision '"
            + revision
            + "' goes back "
            + generations
            + (generations == 1 ? " commit, but " : " commits, but ")
            + shortened(start.id())
            + " has only "
            + found
            + " before it"
            + (expired ? ": what was before them has expired" : ""));
  }

  private CommitLocation parent(CommitLocation start, int ordinal, String revision)
      throws StoreException {
    if (ordinal == 0) {
      return start;
    }
    int parents = core.history.seal(start.seal()).parents().size();
    Optional<FrameAddress> parent =
        ordinal > parents ? Optional.empty() : core.kept().parent(start.seal(), ordinal - 1);
    if (parent.isEmpty()) {
      throw new StoreException(
          Code.NO_SUCH_REF,
          "revision '"
              + revision
              + "': commit "
              + shortened(start.id())
              + (ordinal <= parents
                  ? ": all before it has expired"
                  : " has " + parents + (parents == 1 ? " parent" : " parents")));
    }
    return new CommitLocation(core.history.seal(parent.get()).id(), parent.get());
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
    return commit(address, core.kept());
  }

  private Commit commit(FrameAddress address, KeptCommits kept) throws StoreException {
    Seal seal = core.history.seal(address);
    return new Commit(
        seal.id(),
        branchName(address.branchId()),
        kept.parents(seal),
        kept.isBoundary(address),
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

  /** What its branch is called now; {@code #7} for a dropped one. */
  String branchName(long branchId) throws StoreException {
    return core.roots
        .current()
        .heir(branchId)
        .flatMap(BranchEntry::name)
        .map(BranchName::value)
        .orElse("#" + branchId);
  }

  CommitCursor log(FrameAddress from) throws StoreException {
    KeptCommits kept = core.kept();
    return new CommitCursor() {
      private Optional<FrameAddress> next = Optional.of(from);

      @Override
      public Optional<Commit> next() throws StoreException {
        if (next.isEmpty()) {
          return Optional.empty();
        }
        FrameAddress at = next.get();
        next = kept.parent(at);
        return Optional.of(commit(at, kept));
      }
    };
  }

  /**
   * The last commit at or before an instant, from one back along first parents; empty before all.
   *
   * @throws StoreException {@code NO_SUCH_REF} if it has expired: an older one was not what the
   *     branch was then
   */
  Optional<Commit> at(FrameAddress from, Instant instant) throws StoreException {
    FrameAddress at = from;
    Seal seal = core.history.seal(at);
    while (isAfter(seal, instant)) {
      Optional<FrameAddress> leap = seal.jump().map(Seal.Jump::seal);
      if (leap.isEmpty() || !isAfter(core.history.seal(leap.get()), instant)) {
        if (seal.parents().isEmpty()) {
          return Optional.empty();
        }
        leap = Optional.of(seal.parents().get(0).seal());
      }
      at = leap.get();
      seal = core.history.seal(at);
    }
    Refs.refuseExpired(core.roots.current(), seal.id(), at);
    return Optional.of(commit(at));
  }

  private static boolean isAfter(Seal seal, Instant instant) {
    return Instant.EPOCH.plus(seal.committedAt(), ChronoUnit.MICROS).isAfter(instant);
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
    KeptCommits kept = core.kept();
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
        for (Seal.Parent parent : kept.parentsThatLead(next.address())) {
          Position at = position(parent.seal());
          if (out) {
            leftOut.add(at);
          }
          if (seen.add(at)) {
            open.add(visit(parent.seal()));
          }
        }
        if (!out && kept.has(next.address())) {
          return Optional.of(commit(next.address(), kept));
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
