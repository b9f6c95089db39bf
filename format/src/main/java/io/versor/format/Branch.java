package io.versor.format;

import io.versor.format.ref.CommitId;
import java.util.Optional;

/**
 * A branch as it was at one moment.
 *
 * @param id names it for good; the name may change
 * @param head its last commit; empty before the first
 * @param parent the branch it started from, under its present name; empty when it started with
 *     nothing or the parent was dropped
 * @param startCommit the last commit of the parent where it started
 */
public record Branch(
    String name,
    long id,
    Optional<CommitId> head,
    Optional<String> parent,
    Optional<CommitId> startCommit) {}
