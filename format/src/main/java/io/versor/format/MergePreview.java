package io.versor.format;

import java.util.List;

/**
 * What a merge would do.
 *
 * @param conflicts those that the strategy would decide, or that would refuse the merge
 * @param diff from what the target is to what it would be; where conflicts are undecided, with what
 *     is the target's
 */
public record MergePreview(Kind kind, List<MergeResult.Conflict> conflicts, Diff diff) {
  public MergePreview {
    conflicts = List.copyOf(conflicts);
  }

  /** How it would go. */
  public enum Kind {
    NOTHING_TO_MERGE,
    WOULD_MERGE,
    /** Conflicts would refuse it. */
    CONFLICTS,
    /** Conflicts would be kept. */
    PENDING
  }
}
