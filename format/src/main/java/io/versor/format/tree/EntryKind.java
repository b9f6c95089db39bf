package io.versor.format.tree;

import io.versor.format.chunk.ChunkStats;
import io.versor.format.type.StoreException;
import java.util.Optional;

/**
 * What a tree must know of its entries: how many slots one covers, what it adds to the aggregates
 * of inner nodes, and its bytes.
 *
 * @param <E> the immutable entry
 */
interface EntryKind<E> {
  /** For messages: {@code row run}. */
  String display();

  /** Stable number on disk; a node read as another kind is corrupt. */
  int code();

  long slots(E entry);

  /** A second count that inner nodes add up: live rows, or stored bytes. */
  long weight(E entry);

  /** Smallest key in the entry, for trees searched by key; 0 where there is none. */
  long key(E entry);

  /** Statistics of the samples below, where the tree keeps them. */
  Optional<ChunkStats> stats(E entry);

  void write(E entry, NodeOutput output);

  E read(NodeInput input) throws StoreException;
}
