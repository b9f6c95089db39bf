package io.versor.format;

import java.util.Optional;

/**
 * The changes of one commit, to be made again or to be taken back on a branch.
 *
 * @param commit a revision
 * @param parent which of its parents the changes are counted from, 1 for the first; needed for a
 *     merge commit only
 * @param branch the branch that gets a new commit
 * @param strategy what to do where the branch has changed the same since
 * @param message empty: one that names the commit
 */
public record PickRequest(
    String commit,
    Optional<Integer> parent,
    String branch,
    MergeRequest.Strategy strategy,
    Optional<String> message,
    String author) {}
