package io.versor.format;

import java.util.List;
import java.util.Optional;

/**
 * What a merge did.
 *
 * @param commit the commit it made
 * @param conflicts those that were decided by the strategy, or kept
 * @param rowsAdded rows the target got
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
    /** Conflicts are kept; nothing is committed until they are resolved. */
    PENDING
  }

  /**
   * A place that both sides changed differently.
   *
   * @param kind {@code modified}, {@code added}, {@code deleted here}, {@code deleted there} or
   *     {@code schema}
   * @param column empty when the whole row or table is meant
   * @param rowId 0 when the table or column is meant
   */
  public record Conflict(
      String kind, String table, Optional<String> column, long rowId, String what) {}
}
