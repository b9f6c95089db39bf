package io.versor.format.tree;

import io.versor.format.chunk.SampleAppender;
import io.versor.format.pack.PackId;
import io.versor.format.type.StoreException;

/**
 * Chunks that records of a store name and no pack holds: samples in another format, which are read
 * where they are when somebody asks for them. A store that names such chunks is worth nothing
 * without them, so it lies in memory, and no longer than they are there. Thread-safe.
 */
public interface ForeignChunks {
  /** Stands for the pack in their addresses; no pack is called so, for none is of 1970. */
  PackId PACK = new PackId(0, 1);

  /** There are none. */
  ForeignChunks NONE =
      (ordinal, samples) -> {
        throw new StoreException(
            StoreException.Code.CORRUPT,
            "chunk " + ordinal + " of another format is referred to, but the store has none");
      };

  /**
   * Reads all samples of a chunk.
   *
   * @param ordinal of the address
   * @param samples takes them; empty, and of the type of the column that asks, which is the same
   *     each time
   * @throws StoreException {@code CORRUPT} or {@code IO}, with the file and the place
   */
  void read(int ordinal, SampleAppender samples) throws StoreException;
}
