package io.versor.format.table;

import io.versor.format.pack.PackId;
import java.util.HashSet;
import java.util.Set;

/**
 * What lies between the nearest checkpoint of a state's lineage and the state: the work of reading
 * it.
 *
 * @param packs packs that frames in it name; a checkpoint lists them, so that a collector of
 *     garbage need not read logs
 */
public record Interval(long frames, long bytes, long rows, Set<PackId> packs) {
  /** A checkpoint is due when any of these is reached. */
  public static final long FRAMES = 1_000;

  public static final long BYTES = 16L << 20;
  public static final long ROWS = 1_000_000;

  static final Interval NONE = new Interval(0, 0, 0, Set.of());

  /** How many times over a checkpoint is due; below 1 it is not. */
  public double due() {
    return Math.max(
        frames / (double) FRAMES, Math.max(bytes / (double) BYTES, rows / (double) ROWS));
  }

  Interval withFrame(long payloadBytes, long moreRows, Set<PackId> morePacks) {
    Set<PackId> all = packs;
    if (!packs.containsAll(morePacks)) {
      all = new HashSet<>(packs);
      all.addAll(morePacks);
    }
    return new Interval(frames + 1, bytes + payloadBytes, rows + moreRows, all);
  }

  /** After a reset to a state that itself lies behind its checkpoint. */
  Interval after(Interval target) {
    Set<PackId> all = new HashSet<>(packs);
    all.addAll(target.packs);
    return new Interval(frames + target.frames, bytes + target.bytes, rows + target.rows, all);
  }
}
