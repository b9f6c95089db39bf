package io.versor.deeplake;

import io.versor.format.type.StoreException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Which samples are cut into tiles, and how. Immutable. */
final class TileIndex {
  private final Map<Long, Tiling> tilings;

  /**
   * How a sample is cut: into tiles of one shape, smaller ones at its ends, in row-major order.
   *
   * @param shape of the sample
   * @param tile shape of the tiles
   */
  record Tiling(int[] shape, int[] tile) {
    /** Tiles along an extent. */
    int along(int dimension) {
      return (int) (((long) shape[dimension] + tile[dimension] - 1) / tile[dimension]);
    }

    long tiles() {
      long tiles = 1;
      for (int i = 0; i < shape.length; i++) {
        tiles = Math.min(Integer.MAX_VALUE, tiles * along(i));
      }
      return tiles;
    }
  }

  private TileIndex(Map<Long, Tiling> tilings) {
    this.tilings = tilings;
  }

  static TileIndex read(Optional<FileBytes> file) throws StoreException {
    Map<Long, Tiling> tilings = new HashMap<>();
    if (file.isPresent()) {
      FileBytes in = file.get().skipVersion();
      long count = in.remaining() == 0 ? 0 : in.i64("the number of tiled samples");
      if (count != 0) {
        long rank = in.i64("the extents of tiled samples");
        if (rank < 1 || rank > TensorMeta.MAX_RANK) {
          throw in.corrupt(in.position() - 8, rank + " extents, expected 1 to 32");
        }
        int entry = 8 + 16 * (int) rank;
        if (count < 0 || count > in.remaining() / entry) {
          throw in.corrupt(in.position() - 16, count + " tiled samples in " + in.remaining());
        }
        for (long i = 0; i < count; i++) {
          long sample = in.i64("a tiled sample");
          int[] shape = extents(in, (int) rank);
          tilings.put(sample, new Tiling(shape, extents(in, (int) rank)));
        }
      }
      in.expectEnd();
    }
    return new TileIndex(tilings);
  }

  private static int[] extents(FileBytes in, int rank) throws StoreException {
    int[] extents = new int[rank];
    for (int i = 0; i < rank; i++) {
      long extent = in.i64("an extent");
      if (extent < 1 || extent > Integer.MAX_VALUE) {
        throw in.corrupt(in.position() - 8, "an extent of " + extent);
      }
      extents[i] = (int) extent;
    }
    return extents;
  }

  Optional<Tiling> find(long sample) {
    return Optional.ofNullable(tilings.get(sample));
  }
}
