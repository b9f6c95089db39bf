package io.versor.format.tree;

import io.versor.format.chunk.ChunkStats;
import java.util.Optional;

/**
 * What a subtree holds, kept in its parent: a walk counts and skips without reading it.
 *
 * @param slots slots below
 * @param weight sum of the entries' weights (live rows, or stored bytes)
 * @param firstKey smallest key below, unsigned
 * @param stats statistics that hold for every sample below; empty = nothing is known
 */
record Summary(long slots, long weight, long firstKey, Optional<ChunkStats> stats) {
  static <E> Summary of(EntryKind<E> kind, E entry) {
    return new Summary(kind.slots(entry), kind.weight(entry), kind.key(entry), kind.stats(entry));
  }

  Summary and(Summary next) {
    return new Summary(
        Math.addExact(slots, next.slots),
        Math.addExact(weight, next.weight),
        firstKey,
        stats.flatMap(mine -> next.stats.map(mine::and)));
  }
}
