package io.versor.format.pack;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.versor.format.io.MemoryStore;
import io.versor.format.type.StoreException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The note of what was deleted keeps the newest, and what is none is taken for empty. */
class FreedPacksTest {
  private static final int MAX_BYTES = 8 + FreedPacks.MOST * 16 + 4;

  private final MemoryStore objects = new MemoryStore();

  private static PackId id(long number) {
    return new PackId(0x0192a4c5d6e7f809L, number);
  }

  @Test
  void theNewestAreKept() throws StoreException {
    List<PackId> many = new ArrayList<>();
    for (int i = 0; i < FreedPacks.MOST; i++) {
      many.add(id(i));
    }
    FreedPacks.add(objects, many);
    assertEquals(MAX_BYTES, objects.findLength(FreedPacks.NAME).orElseThrow());
    FreedPacks.add(objects, List.of(id(0), id(-1)));
    assertEquals(MAX_BYTES, objects.findLength(FreedPacks.NAME).orElseThrow());
    assertTrue(FreedPacks.has(objects, id(0))); // told once more
    assertTrue(FreedPacks.has(objects, id(-1)));
    assertFalse(FreedPacks.has(objects, id(1)));
    assertTrue(FreedPacks.has(objects, id(2)));
  }

  @Test
  void whatIsDamagedOrTooLongIsTakenForEmptyAndWrittenAnew() throws StoreException {
    FreedPacks.add(objects, List.of(id(1), id(2)));
    byte[] whole = objects.load(FreedPacks.NAME, MAX_BYTES).orElseThrow();
    byte[] flipped = whole.clone();
    flipped[20] ^= 1;
    byte[] tooLong = new byte[MAX_BYTES + 1];
    System.arraycopy(whole, 0, tooLong, 0, whole.length);
    for (byte[] damaged : List.of(flipped, tooLong, new byte[0], new byte[11])) {
      objects.delete(FreedPacks.NAME);
      assertTrue(objects.swap(FreedPacks.NAME, Optional.empty(), damaged));
      assertFalse(FreedPacks.has(objects, id(1)), damaged.length + " bytes");
      FreedPacks.add(objects, List.of(id(3)));
      assertTrue(FreedPacks.has(objects, id(3)), damaged.length + " bytes");
      assertFalse(FreedPacks.has(objects, id(1)), damaged.length + " bytes");
    }
  }
}
