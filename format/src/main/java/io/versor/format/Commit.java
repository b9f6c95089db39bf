package io.versor.format;

import io.versor.format.ref.CommitId;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A version.
 *
 * @param branch the present name of the branch it was made on; {@code #7} for a dropped branch
 * @param parents ours first; none for a first commit. Those that expired are passed over
 * @param expiredBefore whether one of those it was made on has expired: it says what it and they
 *     changed
 * @param committedAt to the microsecond; rises along first parents
 * @param generation 1 + the highest of its parents
 * @param tables what changed against the first parent, expired or not
 */
public record Commit(
    CommitId id,
    String branch,
    List<CommitId> parents,
    boolean expiredBefore,
    String author,
    Instant committedAt,
    Optional<String> message,
    long generation,
    List<TableChange> tables,
    Map<String, String> properties) {
  public Commit {
    parents = List.copyOf(parents);
    tables = List.copyOf(tables);
    properties = Map.copyOf(properties);
  }

  /** Rows of one table that differ from the first parent. */
  public record TableChange(long tableId, long added, long updated, long deleted) {}
}
