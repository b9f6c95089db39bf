package io.versor.format;

import java.time.Instant;
import java.util.Optional;

/**
 * What a row was from one commit on.
 *
 * @param commit the one that made it so; its snapshot has the row
 * @param validUntil when a commit replaced or deleted it; empty = it is so still
 */
public record RowVersion(long rowId, Commit commit, Optional<Instant> validUntil) {}
