package io.versor.format.ref;

import io.versor.format.log.FrameAddress;
import io.versor.format.type.StoreException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The frames of logs whose states somebody may ask for: those that made commits that have not
 * expired, and those on which branches start. What is behind a branch's last checkpoint may be
 * asked for, too, and is not told of here. Immutable.
 */
public final class RetainedFrames {
  private static final long[] NONE = {};

  private final Map<Long, long[]> byBranch;

  private RetainedFrames(Map<Long, long[]> byBranch) {
    this.byBranch = byBranch;
  }

  /**
   * What a root and its commit index say.
   *
   * @param runs all runs of the root
   * @param others commits that the index may lack
   */
  public static RetainedFrames of(Root root, List<CommitRun> runs, List<CommitLocation> others)
      throws StoreException {
    Collector collector = new Collector();
    for (CommitRun run : runs) {
      run.forEach(commit -> collector.addCommit(root, commit.seal()));
    }
    others.forEach(commit -> collector.addCommit(root, commit.seal()));
    for (BranchEntry branch : root.branches()) {
      branch.start().ifPresent(start -> collector.add(start.position()));
    }
    root.tags().forEach(tag -> collector.add(tag.seal()));
    return collector.toFrames();
  }

  /** Whether there is one from {@code from} on and before {@code to}. */
  public boolean any(long branchId, long from, long to) {
    long[] frames = byBranch.getOrDefault(branchId, NONE);
    int at = Arrays.binarySearch(frames, from);
    int next = at < 0 ? -at - 1 : at;
    return next < frames.length && frames[next] < to;
  }

  private static final class Collector {
    private final Map<Long, long[]> frames = new HashMap<>();
    private final Map<Long, Integer> counts = new HashMap<>();

    void addCommit(Root root, FrameAddress seal) {
      if (!root.isExpired(seal)) {
        add(seal);
      }
    }

    void add(FrameAddress frame) {
      int count = counts.merge(frame.branchId(), 1, Integer::sum) - 1;
      long[] known = frames.getOrDefault(frame.branchId(), NONE);
      if (count == known.length) {
        known = Arrays.copyOf(known, Math.max(8, 2 * count));
        frames.put(frame.branchId(), known);
      }
      known[count] = frame.frame();
    }

    RetainedFrames toFrames() {
      Map<Long, long[]> sorted = new HashMap<>();
      frames.forEach(
          (branch, list) -> {
            long[] cut = Arrays.copyOf(list, counts.get(branch));
            Arrays.sort(cut);
            sorted.put(branch, cut);
          });
      return new RetainedFrames(sorted);
    }
  }
}
