package io.versor.format;

import io.versor.format.ref.CommitId;
import java.time.Instant;
import java.util.Optional;

/**
 * A commit that was asked to expire.
 *
 * @param branch the present name of the branch it was made on; {@code #7} for a dropped branch
 * @param kept why it did not; empty: it has expired, or would if this were not a dry run
 */
public record ExpiredCommit(
    CommitId id, String branch, Instant committedAt, Optional<String> kept) {}
