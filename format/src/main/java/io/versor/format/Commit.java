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
 * @param parents ours first; none for a first commit
 * @param committedAt to the microsecond; rises along first parents
 * @param generation 1 + the highest of its parents
 * @param tables what changed against the first parent
 */
public record Commit(
    CommitId id,
    String branch,
    List<CommitId> parents,
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
