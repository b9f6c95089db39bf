package io.versor.format;

import io.versor.format.CommitGraph.Node;
import io.versor.format.io.Guard;
import io.versor.format.io.StopSignal;
import io.versor.format.log.FrameAddress;
import io.versor.format.ref.BranchEntry;
import io.versor.format.ref.Expiry;
import io.versor.format.ref.FrameRanges;
import io.versor.format.ref.LockKeys;
import io.versor.format.ref.Root;
import io.versor.format.type.StoreException;
import io.versor.format.type.StoreException.Code;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * {@link Store#expireHistory}: one change of the root, which says of each log which of its commits
 * have expired. Nothing else is written.
 *
 * <p>What is kept depends on where branches are. So the change is made while nobody appends, and
 * only if nobody has since the logs were read; who appends later reads the new root first, and is
 * refused what has expired.
 */
final class HistoryExpiry {
  private static final long TIMEOUT_MILLIS = 60_000;

  /** So often others may write while logs are read; then they have to wait. */
  private static final int FREE_ATTEMPTS = 5;

  private static final int MOST_ATTEMPTS = 20;

  private final Core core;
  private final Revisions revisions;
  private final ExpiryRequest request;

  HistoryExpiry(Core core, Revisions revisions, ExpiryRequest request) {
    this.core = core;
    this.revisions = revisions;
    this.request = request;
  }

  List<ExpiredCommit> run() throws StoreException {
    if (request.dryRun()) {
      return told(ExpiryPlan.of(core, revisions, request));
    }
    Guard maintenance = core.objects.lock(LockKeys.MAINTENANCE, TIMEOUT_MILLIS);
    try {
      for (int attempt = 1; ; attempt++) {
        Optional<ExpiryPlan> plan =
            attempt > FREE_ATTEMPTS
                ? Optional.empty()
                : Optional.of(ExpiryPlan.of(core, revisions, request));
        Optional<ExpiryPlan> done = carriedOut(plan);
        if (done.isPresent()) {
          return told(done.get());
        }
        if (attempt == MOST_ATTEMPTS) {
          throw new StoreException(
              Code.REF_MOVED, "branches or tags were made all the while; try again");
        }
      }
    } finally {
      maintenance.close();
    }
  }

  /**
   * @param early made already, if it is not to be made while others wait
   * @return what was done; empty if the plan was not right any more
   */
  private Optional<ExpiryPlan> carriedOut(Optional<ExpiryPlan> early) throws StoreException {
    List<Guard> locks = new ArrayList<>();
    try {
      locks.add(core.objects.lock(LockKeys.DROP, TIMEOUT_MILLIS));
      for (BranchEntry branch : core.roots.current().branches()) {
        locks.add(core.objects.lock(LockKeys.branch(branch.id()), TIMEOUT_MILLIS));
      }
      ExpiryPlan plan = early.isPresent() ? early.get() : ExpiryPlan.of(core, revisions, request);
      StopSignal.settle(); // it may be stopped while it looks, not while it changes
      for (BranchEntry branch : plan.root().branches()) {
        if (branch.end().isEmpty()
            && core.live(branch.id()).refresh().position().frame()
                != plan.graph().end(branch.id())) {
          return Optional.empty();
        }
      }
      boolean[] late = {false};
      core.roots.update(
          latest -> {
            late[0] = !isSame(latest, plan.root());
            return late[0] ? latest : changed(latest, plan);
          });
      return late[0] ? Optional.empty() : Optional.of(plan);
    } finally {
      for (int i = locks.size() - 1; i >= 0; i--) {
        locks.get(i).close();
      }
    }
  }

  /** Whether both have the same names, and nothing else begins on a commit. */
  private static boolean isSame(Root latest, Root planned) {
    boolean same =
        latest.tags().equals(planned.tags())
            && latest.expiry().equals(planned.expiry())
            && latest.branches().size() == planned.branches().size();
    for (int i = 0; same && i < latest.branches().size(); i++) {
      BranchEntry one = latest.branches().get(i);
      BranchEntry other = planned.branches().get(i);
      same = one.id() == other.id() && one.name().equals(other.name());
    }
    return same;
  }

  private Root changed(Root latest, ExpiryPlan plan) throws StoreException {
    long expiring = plan.graph().nodes().stream().filter(plan::expires).count();
    if (expiring == 0) {
      return latest;
    }
    long depth = 0;
    long generation = Long.MAX_VALUE;
    for (Node node : plan.graph().nodes()) {
      if (plan.isGone(node)) {
        depth = Math.max(depth, node.depth() + 1);
      } else {
        generation = Math.min(generation, node.generation());
      }
    }
    Map<Long, FrameRanges> expired = ranges(plan);
    List<BranchEntry> branches = new ArrayList<>();
    for (BranchEntry branch : latest.branches()) {
      FrameRanges frames = expired.getOrDefault(branch.id(), FrameRanges.none());
      if (frames.text().length() > FrameRanges.MAX_CHARS) {
        throw new StoreException(
            Code.LIMIT,
            branch.display()
                + ": what stays of its history would be in too many pieces; let whole stretches"
                + " expire, drop tags, or keep more");
      }
      branches.add(branch.withExpired(frames));
    }
    return latest.withExpiry(
        branches,
        latest
            .expiry()
            .with(
                depth,
                generation,
                new Expiry.Act(core.nowMicros(), request.author(), request.operation(), expiring)));
  }

  /** Of each log, from one commit that is gone to the last one before the next that is not. */
  private static Map<Long, FrameRanges> ranges(ExpiryPlan plan) {
    Map<Long, List<FrameRanges.Range>> ranges = new HashMap<>();
    Optional<FrameAddress> before = Optional.empty(); // the commit before, if it is gone
    for (Node node : plan.graph().nodes()) {
      FrameAddress at = node.address();
      if (!plan.isGone(node)) {
        before = Optional.empty();
        continue;
      }
      List<FrameRanges.Range> known =
          ranges.computeIfAbsent(at.branchId(), id -> new ArrayList<>());
      boolean goesOn = before.isPresent() && before.get().branchId() == at.branchId();
      long first = goesOn ? known.remove(known.size() - 1).first() : at.frame();
      known.add(new FrameRanges.Range(first, at.frame()));
      before = Optional.of(at);
    }
    Map<Long, FrameRanges> all = new HashMap<>();
    ranges.forEach((branch, list) -> all.put(branch, FrameRanges.of(list)));
    return all;
  }

  private List<ExpiredCommit> told(ExpiryPlan plan) throws StoreException {
    List<ExpiredCommit> told = new ArrayList<>();
    for (Node node : plan.asked()) {
      told.add(
          new ExpiredCommit(
              node.id(),
              revisions.branchName(node.address().branchId()),
              Instant.EPOCH.plus(node.committedAt(), ChronoUnit.MICROS),
              plan.reason(node)));
    }
    return told;
  }
}
