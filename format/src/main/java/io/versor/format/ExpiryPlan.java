package io.versor.format;

import io.versor.format.CommitGraph.Node;
import io.versor.format.log.FrameAddress;
import io.versor.format.log.Position;
import io.versor.format.pack.Address;
import io.versor.format.record.PendingMerge;
import io.versor.format.record.Seal;
import io.versor.format.ref.BranchEntry;
import io.versor.format.ref.BranchName;
import io.versor.format.ref.CommitLocation;
import io.versor.format.ref.Root;
import io.versor.format.ref.Start;
import io.versor.format.ref.TagEntry;
import io.versor.format.table.BranchState;
import io.versor.format.table.LastSeal;
import io.versor.format.type.StoreException;
import io.versor.format.type.StoreException.Code;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Which commits expire, and why others of those that were asked for do not. Changes nothing. Used
 * by one thread.
 */
final class ExpiryPlan {
  /** As good as for ever. */
  private static final Duration LONGEST_AGE = Duration.ofDays(36_500);

  private final Core core;
  private final Revisions revisions;
  private final Root root;
  private final CommitGraph graph;
  private final ExpiryRequest request;

  /** By the id of a branch that has a name, what it was when the logs had been read. */
  private final Map<Long, BranchState> heads = new LinkedHashMap<>();

  private final Map<FrameAddress, String> kept = new HashMap<>();
  private final Set<FrameAddress> asked = new HashSet<>();

  /** Commits made before are old; 0 if age does not matter. */
  private final long cutoff;

  private ExpiryPlan(Core core, Revisions revisions, ExpiryRequest request) throws StoreException {
    this.core = core;
    this.revisions = revisions;
    this.request = request;
    this.root = core.roots.current();
    this.graph = CommitGraph.of(core, root);
    this.cutoff =
        request.selection() instanceof ExpiryRequest.OlderThan old
            ? Math.max(0, core.nowMicros() - micros(old.age()))
            : 0;
    for (BranchEntry branch : root.branches()) {
      if (branch.name().isPresent()) {
        core.unlessRemoved(branch.id(), live -> live.refresh())
            .ifPresent(head -> heads.put(branch.id(), head));
      }
    }
  }

  private static long micros(Duration age) {
    return age.compareTo(LONGEST_AGE) > 0 ? Long.MAX_VALUE : age.toNanos() / 1_000;
  }

  static ExpiryPlan of(Core core, Revisions revisions, ExpiryRequest request)
      throws StoreException {
    ExpiryPlan plan = new ExpiryPlan(core, revisions, request);
    plan.ask();
    plan.keep();
    return plan;
  }

  CommitGraph graph() {
    return graph;
  }

  /** The root that it was made for. */
  Root root() {
    return root;
  }

  /** Whether a commit expires that has not before. */
  boolean expires(Node commit) {
    return asked.contains(commit.address()) && !kept.containsKey(commit.address());
  }

  /** Whether it cannot be asked for any more then. */
  boolean isGone(Node commit) {
    return root.isExpired(commit.address()) || expires(commit);
  }

  /** Why a commit that was asked for does not expire. */
  Optional<String> reason(Node commit) {
    return Optional.ofNullable(kept.get(commit.address()));
  }

  /** Commits that were asked for, by log. */
  List<Node> asked() {
    return graph.nodes().stream().filter(node -> asked.contains(node.address())).toList();
  }

  /** Whether a commit was made on the branch that is meant. */
  private boolean isMeant(Node commit, Optional<Set<Long>> logs) {
    return (logs.isEmpty() || logs.get().contains(commit.address().branchId()))
        && !root.isExpired(commit.address());
  }

  // --- what is asked for

  private void ask() throws StoreException {
    Optional<Set<Long>> logs = Optional.empty();
    if (request.branch().isPresent()) {
      Set<Long> line = new HashSet<>();
      root.line(Branches.entry(root, request.branch().get())).forEach(each -> line.add(each.id()));
      logs = Optional.of(line);
    }
    Optional<Set<FrameAddress>> reached = Optional.empty();
    if (request.selection() instanceof ExpiryRequest.Before before) {
      reached = Optional.of(graph.before(locate(before.revision()).seal()));
    } else if (request.selection() instanceof ExpiryRequest.Between between) {
      reached = Optional.of(between(locate(between.older()), locate(between.newer())));
    }
    for (Node node : graph.nodes()) {
      boolean matches =
          reached.isPresent()
              ? reached.get().contains(node.address())
              : node.committedAt() < cutoff;
      if (matches && isMeant(node, logs)) {
        asked.add(node.address());
      }
    }
  }

  private CommitLocation locate(String revision) throws StoreException {
    return revisions.locate(revision, request.currentBranch());
  }

  private Set<FrameAddress> between(CommitLocation older, CommitLocation newer)
      throws StoreException {
    Set<FrameAddress> between = graph.before(newer.seal());
    if (!between.remove(older.seal())) {
      throw new StoreException(
          Code.WRONG_STATE,
          "commit "
              + Revisions.shortened(older.id())
              + " does not come before "
              + Revisions.shortened(newer.id())
              + "; name the older one first");
    }
    between.removeAll(graph.before(older.seal()));
    return between;
  }

  // --- what stays all the same

  private void keep() throws StoreException {
    for (TagEntry tag : root.tags()) {
      keep(tag.seal(), "tag " + tag.name());
    }
    Set<FrameAddress> tips = new HashSet<>(kept.keySet());
    for (Map.Entry<Long, BranchState> head : heads.entrySet()) {
      String name = root.findBranch(head.getKey()).flatMap(BranchEntry::name).get().value();
      Optional<FrameAddress> last = head.getValue().lastSeal().map(LastSeal::address);
      if (last.isPresent()) {
        tips.add(last.get());
        keepLast(last.get(), name);
      }
      if (head.getValue().pending().isPresent()) {
        keepPending(head.getValue().pending().get(), name);
      }
    }
    for (FrameAddress base : graph.mergeBases(tips)) {
      keep(base, "branches or tags are merged over it");
    }
    keepResets();
  }

  private void keep(FrameAddress commit, String why) {
    if (!root.isExpired(commit)) {
      kept.putIfAbsent(commit, why);
    }
  }

  /** As many as are to be kept of a branch, and what it was when the youth of commits begins. */
  private void keepLast(FrameAddress head, String branch) {
    boolean byAge = request.selection() instanceof ExpiryRequest.OlderThan;
    int count = 0;
    boolean old = !byAge;
    for (Optional<Node> at = graph.find(head);
        at.isPresent() && (count < request.keepLast() || !old);
        at = at.get().parent().flatMap(graph::find)) {
      boolean first = byAge && !old && at.get().committedAt() < cutoff;
      old |= first;
      if (root.isExpired(at.get().address())) {
        continue;
      }
      if (count < request.keepLast()) {
        keep(
            at.get().address(),
            count == 0 ? "last commit of branch " + branch : "recent commit of branch " + branch);
      } else if (first) {
        keep(at.get().address(), "what branch " + branch + " was at the beginning of what is kept");
      }
      count++;
    }
  }

  /** The merge goes on with them. */
  private void keepPending(PendingMerge merge, String branch) throws StoreException {
    String why = "branch " + branch + " has a merge with conflicts";
    merge.theirs().ifPresent(theirs -> keep(theirs, why));
    merge.parent().map(Seal.Parent::seal).ifPresent(parent -> keep(parent, why));
    merge.bases().forEach(base -> keep(base, why));
    graph.mergeBases(new HashSet<>(merge.bases())).forEach(base -> keep(base, why));
  }

  /**
   * A reset in the log needs its commit for as long as states behind it are read through it. That
   * keeps others in turn.
   */
  private void keepResets() throws StoreException {
    int before = -1;
    while (before != kept.size()) {
      before = kept.size();
      Map<Long, Long> lowest = lowestFrames();
      for (BranchEntry branch : root.branches()) {
        if (graph.resets(branch.id()).isEmpty()) {
          continue;
        }
        long from = readFrom(branch, lowest.getOrDefault(branch.id(), Long.MAX_VALUE));
        for (CommitGraph.Reset reset : graph.resets(branch.id())) {
          if (reset.frame() > from) {
            keep(reset.target(), name(branch) + " was reset to it");
          }
        }
      }
    }
  }

  /** By branch, the first frame whose state may be asked for. */
  private Map<Long, Long> lowestFrames() {
    Map<Long, Long> lowest = new HashMap<>();
    for (BranchEntry branch : root.branches()) {
      branch
          .start()
          .map(Start::position)
          .ifPresent(at -> lowest.merge(at.branchId(), at.frame(), Math::min));
    }
    for (Node node : graph.nodes()) {
      if (!isGone(node)) {
        lowest.merge(node.address().branchId(), node.address().frame(), Math::min);
      }
    }
    return lowest;
  }

  private static String name(BranchEntry branch) {
    return "branch " + branch.name().map(BranchName::value).orElse("#" + branch.id());
  }

  /** The frame whose state, with what follows, makes the state at {@code frame}; -1: the start. */
  private long readFrom(BranchEntry branch, long frame) throws StoreException {
    if (branch.checkpoint().isEmpty()) {
      return -1;
    }
    Optional<Address> checkpoint =
        core.checkpoints.findAtOrBefore(
            branch.checkpoint().get().address(), new Position(branch.id(), frame));
    return checkpoint.isEmpty()
        ? -1
        : core.checkpoints.head(checkpoint.get()).state().position().frame();
  }
}
