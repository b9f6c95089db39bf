package io.versor.format.chunk;

import io.versor.format.type.StoreException;
import java.util.Arrays;

/** For a fuzzer: the first byte says what type a chunk is of, the others are the chunk. */
public final class ChunkFuzz {
  private ChunkFuzz() {}

  public static void fuzzerTestOneInput(byte[] input) {
    if (input.length > 0) {
      byte[] chunk = Arrays.copyOfRange(input, 1, input.length);
      int type = (input[0] & 0xFF) % Model.TYPES.size();
      ChunkCorruptionTest.assertRefusedOrReadable(chunk, Model.TYPES.get(type));
    }
  }

  /** Statistics, and back. */
  public static final class Statistics {
    private Statistics() {}

    public static void fuzzerTestOneInput(byte[] input) {
      try {
        ChunkStats stats = StatsCodec.fromBytes(input, "input");
        if (!StatsCodec.fromBytes(StatsCodec.toBytes(stats), "again").equals(stats)) {
          throw new AssertionError("statistics differ when they are written again: " + stats);
        }
      } catch (StoreException e) {
        requireText(e);
      }
    }

    private static void requireText(StoreException e) {
      if (e.getMessage().length() < 10) {
        throw new AssertionError("says too little", e);
      }
    }
  }
}
