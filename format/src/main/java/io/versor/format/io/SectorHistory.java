package io.versor.format.io;

import io.versor.format.type.StoreException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/**
 * What the disk under one segment may hold: for each sector the content that is surely there, and
 * every content it was given since. Not thread-safe.
 *
 * <p>A sync makes the newest content of the sectors written since the last one sure. After a sync
 * that failed those sectors stay in doubt, and no later sync changes that unless they are written
 * again: so do operating systems behave, which report a lost page once and then call it clean.
 */
final class SectorHistory {
  static final int SECTOR_BYTES = 512;
  private static final byte[] ZEROS = new byte[SECTOR_BYTES];

  private byte[] durable;
  private int durableLength;
  private int length;
  private final Map<Integer, List<byte[]>> inDoubt = new TreeMap<>();
  private final BitSet dirty = new BitSet();

  /**
   * @param durable what the disk holds already
   */
  SectorHistory(byte[] durable) {
    this.durable = durable;
    this.durableLength = durable.length;
    this.length = durable.length;
  }

  /** Notes that a range was written; {@code written} shows it already. */
  void wrote(Segment written, long position, long bytes) throws StoreException {
    length = Math.toIntExact(written.length());
    int last = (int) ((position + bytes - 1) / SECTOR_BYTES);
    for (int sector = (int) (position / SECTOR_BYTES); bytes > 0 && sector <= last; sector++) {
      byte[] now = new byte[SECTOR_BYTES];
      written.read((long) sector * SECTOR_BYTES, now, 0, SECTOR_BYTES);
      byte[] kept = Arrays.equals(now, ZEROS) ? ZEROS : now;
      inDoubt.computeIfAbsent(sector, s -> new ArrayList<>()).add(kept);
      dirty.set(sector);
    }
  }

  void synced() {
    for (int sector = dirty.nextSetBit(0); sector >= 0; sector = dirty.nextSetBit(sector + 1)) {
      List<byte[]> versions = inDoubt.remove(sector);
      durable = put(durable, sector, versions.get(versions.size() - 1));
    }
    dirty.clear();
    durableLength = length;
  }

  void syncFailed() {
    dirty.clear();
  }

  /**
   * What is lost when the system drops what it could not write: the content the disk has, of the
   * sectors that were written before a sync that failed, and not since.
   */
  Map<Integer, byte[]> dropped() {
    Map<Integer, byte[]> old = new TreeMap<>();
    inDoubt
        .keySet()
        .removeIf(
            sector -> {
              if (dirty.get(sector)) {
                return false;
              }
              int start = sector * SECTOR_BYTES;
              byte[] content = new byte[SECTOR_BYTES];
              if (start < durable.length) {
                System.arraycopy(
                    durable, start, content, 0, Math.min(SECTOR_BYTES, durable.length - start));
              }
              old.put(sector, content);
              return true;
            });
    return old;
  }

  /** What could be found after a power loss now. */
  byte[] survivor(Random random) {
    byte[] result = Arrays.copyOf(durable, durable.length);
    int end = durableLength;
    int mood = random.nextInt(4); // all old and all new are likely cases, and rare ones by chance
    for (Map.Entry<Integer, List<byte[]>> entry : inDoubt.entrySet()) {
      List<byte[]> versions = entry.getValue();
      int newest = versions.size();
      int chosen = mood == 0 ? 0 : mood == 1 ? newest : random.nextInt(newest + 1);
      if (chosen > 0) {
        result = put(result, entry.getKey(), versions.get(chosen - 1));
        end = Math.max(end, Math.min(length, (entry.getKey() + 1) * SECTOR_BYTES));
      }
    }
    boolean lengthArrived = mood != 0 && random.nextBoolean();
    return Arrays.copyOf(result, lengthArrived ? Math.max(end, length) : end);
  }

  private static byte[] put(byte[] image, int sector, byte[] content) {
    int start = sector * SECTOR_BYTES;
    byte[] result = image;
    if (start + SECTOR_BYTES > image.length) {
      result = Arrays.copyOf(image, Math.max(start + SECTOR_BYTES, 2 * image.length));
    }
    System.arraycopy(content, 0, result, start, SECTOR_BYTES);
    return result;
  }
}
