package io.versor.format.key;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.versor.format.io.MemoryStore;
import io.versor.format.pack.Address;
import io.versor.format.pack.ObjectKind;
import io.versor.format.pack.Packs;
import io.versor.format.table.PackSink;
import io.versor.format.type.StoreException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** Runs in memory and in packs find what a map finds. */
class KeyRunTest {
  private static final long MOST_HASH = (1L << KeyHash.BITS) - 1;

  private final Packs packs = new Packs(new MemoryStore(), new UUID(1, 2), 8);

  private StoredKeyRun stored(byte[] bytes, int count) throws StoreException {
    Address address;
    try (PackSink sink = new PackSink(packs)) {
      address = sink.store(ObjectKind.KEY_RUN, bytes);
      sink.finish();
    }
    return new StoredKeyRun(packs, address, count);
  }

  private StoredKeyRun stored(HeapKeyRun run) throws StoreException {
    return stored(StoredKeyRun.bytes(run), run.count());
  }

  private static List<Long> found(KeyRun run, long hash) throws StoreException {
    List<Long> slots = new ArrayList<>();
    run.find(hash, slots::add);
    return slots;
  }

  @Test
  void bytesAreAsFormatSays() throws Exception {
    HeapKeyRun run =
        HeapKeyRun.of(
            new long[] {0xFEDCBA98765432L, 0x01020304050607L},
            new long[] {0x0908070605L, 3},
            (hash, slot, entries) -> true);
    String expected =
        "56534b52" // VSKR
            + "0100" // version
            + "0c00" // bytes of an entry
            + "02000000" // entries
            + "00000000"
            + "0007060504030201" // slot's upper byte, hash
            + "03000000"
            + "09325476"
            + "98badcfe"
            + "05060708";
    assertEquals(expected, HexFormat.of().formatHex(StoredKeyRun.bytes(run)));
    assertEquals(List.of(0x0908070605L), found(stored(run), 0xFEDCBA98765432L));
  }

  /** Hashes of a few shapes: spread as they should be, clustered, at both ends, many alike. */
  private static long hash(Random random, int shape) {
    return switch (shape) {
      case 0 -> random.nextLong() & MOST_HASH;
      case 1 -> random.nextInt(1_000);
      case 2 -> MOST_HASH - random.nextInt(50);
      default -> random.nextInt(3) == 0 ? 77 : random.nextLong() & MOST_HASH;
    };
  }

  @Property(tries = 20)
  void findsWhatAMapFinds(
      @ForAll long seed,
      @ForAll @IntRange(max = 3) int shape,
      @ForAll @IntRange(min = 1, max = 5_000) int size)
      throws Exception {
    Random random = new Random(seed);
    List<KeyRun> parts = new ArrayList<>();
    TreeMap<Long, TreeSet<Long>> map = new TreeMap<>();
    for (int part = 0; part < 3; part++) {
      long[] hashes = new long[size];
      long[] slots = new long[size];
      for (int i = 0; i < size; i++) {
        hashes[i] = hash(random, shape);
        slots[i] = random.nextInt(4) == 0 ? random.nextLong() >>> 24 : i;
        map.computeIfAbsent(hashes[i], h -> new TreeSet<>()).add(slots[i]);
      }
      HeapKeyRun run = HeapKeyRun.of(hashes, slots, (hash, slot, entries) -> true);
      parts.add(part == 1 ? run : stored(run));
    }
    HeapKeyRun merged = HeapKeyRun.merged(parts, (hash, slot, entries) -> true);
    StoredKeyRun read = stored(merged);
    assertEquals(map.values().stream().mapToInt(TreeSet::size).sum(), merged.count());
    for (int i = 0; i < 300; i++) {
      long hash =
          i % 2 == 0
              ? hash(random, shape)
              : map.floorKey(Math.max(map.firstKey(), random.nextLong() & MOST_HASH));
      List<Long> expected = List.copyOf(map.getOrDefault(hash, new TreeSet<>()));
      assertEquals(expected, found(merged, hash));
      assertEquals(expected, found(read, hash));
    }
  }

  /** Rows that are gone leave when runs are merged, where they would be in the way. */
  @Test
  void mergingDropsWhatIsOfNoUse() throws Exception {
    HeapKeyRun one = HeapKeyRun.of(new long[] {5, 6}, new long[] {1, 2}, (h, s, n) -> true);
    HeapKeyRun two = HeapKeyRun.of(new long[] {5, 5}, new long[] {3, 4}, (h, s, n) -> true);
    HeapKeyRun merged = HeapKeyRun.merged(List.of(one, two), (h, slot, n) -> slot == 4);
    assertEquals(List.of(4L), found(merged, 5));
    assertEquals(List.of(2L), found(merged, 6), "alone it costs nothing");
  }

  @Test
  void anotherRunThanTheTableSaysIsDamage() throws Exception {
    HeapKeyRun run = HeapKeyRun.of(new long[] {5, 6}, new long[] {1, 2}, (h, s, n) -> true);
    byte[] bytes = StoredKeyRun.bytes(run);
    for (int count : new int[] {1, 3, 2_000_000}) {
      StoreException e = assertThrows(StoreException.class, () -> found(stored(bytes, count), 5));
      assertEquals(StoreException.Code.CORRUPT, e.code());
    }
    byte[] newer = bytes.clone();
    newer[4] = 2;
    StoreException e = assertThrows(StoreException.class, () -> found(stored(newer, 2), 5));
    assertEquals(StoreException.Code.VERSION_TOO_NEW, e.code());
    assertArrayEquals(bytes, StoredKeyRun.bytes(stored(bytes, 2)));
  }
}
