package io.versor.deeplake;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A commit, or the uncommitted state at the end of a branch (its HEAD).
 *
 * @param id as Deep Lake gave it: mostly 40 hex digits
 * @param branch where it was made
 * @param parent the node before it; empty for the first. Deep Lake stores one parent only: see
 *     {@link #mergedFrom}
 * @param message empty for a HEAD, and where none was given
 * @param author who committed; empty for a HEAD
 * @param committedAt to the microsecond; empty for a HEAD
 */
public record VersionNode(
    String id,
    String branch,
    Optional<String> parent,
    List<String> children,
    Optional<String> message,
    Optional<String> author,
    Optional<Instant> committedAt) {
  private static final String MERGE = "Merge ";
  private static final String INTO = " into ";

  public VersionNode {
    children = List.copyOf(children);
  }

  /** Whether this is the uncommitted state of a branch. */
  public boolean isHead() {
    return committedAt.isEmpty();
  }

  /**
   * The id that the message names as merged, where Deep Lake wrote the message: {@code Merge <id>
   * into <branch>}. Nobody has looked whether there is such a node.
   */
  public Optional<String> mergedFrom() {
    return message
        .filter(text -> text.startsWith(MERGE) && text.indexOf(INTO, MERGE.length()) > 0)
        .map(text -> text.substring(MERGE.length(), text.indexOf(INTO, MERGE.length())))
        .filter(id -> id.chars().noneMatch(Character::isWhitespace));
  }
}
