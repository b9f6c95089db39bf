package io.versor.format.record;

import io.versor.format.chunk.ChunkStats;
import io.versor.format.pack.Address;
import java.util.List;
import java.util.Optional;

/** Samples in a record: inside the frame, or in packs that were forced before it. */
public sealed interface Cells {
  long count();

  /**
   * An encoded chunk inside the frame.
   *
   * @param chunk bytes of FORMAT.md, "Chunk", log layout
   */
  record Inline(byte[] chunk, long count) implements Cells {}

  /** Slices of chunks in packs, one after the other. */
  record Packed(List<Slice> slices) implements Cells {
    public Packed {
      slices = List.copyOf(slices);
    }

    @Override
    public long count() {
      return slices.stream().mapToLong(Slice::count).sum();
    }
  }

  /** NULLs. */
  record Nulls(long count) implements Cells {}

  /**
   * Rows of a chunk in a pack.
   *
   * @param rows samples in the whole chunk
   * @param bytes stored bytes of the whole chunk
   * @param hash first 16 bytes of the SHA-256 of the whole chunk; empty where unknown
   * @param stats of the whole chunk, where known
   */
  record Slice(
      Address address,
      int rows,
      long bytes,
      int firstRow,
      long count,
      byte[] hash,
      Optional<ChunkStats> stats) {}
}
