package io.versor.format.ref;

import io.versor.format.log.FrameAddress;
import java.util.Comparator;

/**
 * Where a commit lies.
 *
 * @param seal the frame that made it
 */
public record CommitLocation(CommitId id, FrameAddress seal) implements Comparable<CommitLocation> {
  private static final Comparator<CommitLocation> ORDER =
      Comparator.comparing(CommitLocation::id)
          .thenComparingLong(l -> l.seal().branchId())
          .thenComparingLong(l -> l.seal().frame());

  /** By id, as in a run of the commit index. */
  @Override
  public int compareTo(CommitLocation other) {
    return ORDER.compare(this, other);
  }
}
