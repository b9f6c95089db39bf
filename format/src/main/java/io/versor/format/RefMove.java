package io.versor.format;

import io.versor.format.ref.CommitId;
import java.time.Instant;
import java.util.Optional;

/**
 * A branch came to another last commit.
 *
 * @param operation {@code branch}, {@code commit}, {@code merge}, {@code reset hard}, {@code reset
 *     soft}
 * @param at empty where nobody took note: when a branch was made
 */
public record RefMove(
    CommitId commit,
    Optional<Instant> at,
    String operation,
    Optional<String> author,
    Optional<String> message) {}
