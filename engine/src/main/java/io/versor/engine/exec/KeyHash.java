package io.versor.engine.exec;

/**
 * Hashes of keys of several columns, to part rows by: 64 bits, of which each pass over the rows
 * looks at others. Keys that are equal have the same hash, NULL among them.
 */
final class KeyHash {
  private static final long NULL = 0x5851_F42D_4C95_7F2DL;

  private KeyHash() {}

  /** Adds one column of the keys to the hashes of some rows. */
  static void add(Lane lane, long[] hashes) {
    int n = lane.count;
    if (lane instanceof LongLane longs) {
      for (int i = 0; i < n; i++) {
        hashes[i] = mixed(hashes[i] + (lane.isNull(i) ? NULL : longs.values[i]));
      }
    } else if (lane instanceof DoubleLane doubles) {
      for (int i = 0; i < n; i++) {
        // -0.0 becomes the 0.0 it is equal to; all NaNs have the same bits here.
        long bits = Double.doubleToLongBits(doubles.values[i] + 0.0);
        hashes[i] = mixed(hashes[i] + (lane.isNull(i) ? NULL : bits));
      }
    } else {
      TextLane texts = (TextLane) lane;
      for (int i = 0; i < n; i++) {
        boolean none = lane.isNull(i);
        long text = none ? NULL : TextSet.hash(texts.addresses[i], texts.lengths[i]);
        hashes[i] = mixed(hashes[i] + text);
      }
    }
  }

  /** Spreads each bit over all, as the last step of splitmix does. */
  private static long mixed(long bits) {
    long x = bits + 0x9E37_79B9_7F4A_7C15L;
    x = (x ^ x >>> 30) * 0xBF58_476D_1CE4_E5B9L;
    x = (x ^ x >>> 27) * 0x94D0_49BB_1331_11EBL;
    return x ^ x >>> 31;
  }
}
