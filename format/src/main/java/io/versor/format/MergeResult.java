package io.versor.format;

import java.util.List;
import java.util.Optional;

/**
 * What a merge did, or would do.
 *
 * @param commit the commit it made
 * @param conflicts those that were decided by the strategy, or found by a dry run
 * @param rowsAdded rows the target gets
 */
public record MergeResult(
    Kind kind,
    Optional<Commit> commit,
    List<Conflict> conflicts,
    long rowsAdded,
    long rowsUpdated,
    long rowsDeleted) {
  public MergeResult {
    conflicts = List.copyOf(conflicts);
  }

  /** How it went. */
  public enum Kind {
    NOTHING_TO_MERGE,
    MERGED,
    WOULD_MERGE,
    /** Only of a dry run; otherwise conflicts are an error. */
    CONFLICTS
  }

  /**
   * A place that both sides changed differently.
   *
   * @param column empty when the whole row or table is meant
   * @param rowId 0 when the table is meant
   */
  public record Conflict(String table, Optional<String> column, long rowId, String what) {}
}
