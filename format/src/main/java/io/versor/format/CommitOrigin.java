package io.versor.format;

import io.versor.format.ref.CommitId;
import java.time.Instant;
import java.util.Optional;

/**
 * Where a commit comes from that was made elsewhere and is made here again.
 *
 * @param committedAt when it was made; moved on if its first parent is not older
 * @param mergedFrom its second parent, a commit of this store
 */
public record CommitOrigin(Instant committedAt, Optional<CommitId> mergedFrom) {}
