package io.versor.format;

import java.util.Optional;

/**
 * A merge to be made.
 *
 * @param source a revision: a branch, a tag, a commit
 * @param target the branch that gets a new commit
 * @param message empty: one that names source and target
 * @param squash the commit gets one parent, as if the changes had been made on the target
 */
public record MergeRequest(
    String source,
    String target,
    Strategy strategy,
    Optional<String> message,
    String author,
    boolean squash) {
  /** What to do where both sides changed the same thing differently. */
  public enum Strategy {
    /** Nothing at all: an error that lists the conflicts. */
    FAIL,
    /** Keep the target's. */
    OURS,
    /** Take the source's. */
    THEIRS,
    /** Keep the target's for the time being, and the conflicts until they are resolved. */
    CONFLICTS
  }
}
