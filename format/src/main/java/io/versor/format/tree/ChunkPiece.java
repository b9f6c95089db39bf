package io.versor.format.tree;

import io.versor.format.chunk.ChunkStats;
import java.util.Optional;

/**
 * Consecutive samples as they lie: rows of one chunk.
 *
 * @param hash of the whole chunk; empty where unknown
 * @param stats of the whole chunk, where known
 */
public record ChunkPiece(
    ChunkRef ref, int firstRow, long count, byte[] hash, Optional<ChunkStats> stats) {}
