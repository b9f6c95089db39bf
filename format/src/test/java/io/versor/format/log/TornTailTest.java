package io.versor.format.log;

import static io.versor.format.io.StoreErrors.expect;
import static io.versor.format.log.LogTestData.FIRST_SEGMENT;
import static io.versor.format.log.LogTestData.bytes;
import static io.versor.format.log.LogTestData.create;
import static io.versor.format.log.LogTestData.open;
import static io.versor.format.log.LogTestData.payload;
import static io.versor.format.log.LogTestData.plant;
import static io.versor.format.log.LogTestData.readAll;
import static io.versor.format.log.LogTestData.same;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.versor.format.io.MemoryStore;
import io.versor.format.type.StoreException;
import io.versor.format.type.StoreException.Code;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every combination of sectors that may have reached the disk before power went. */
class TornTailTest {
  private static final int SECTOR = 512;

  /**
   * Two synced frames, then frames that were not. Whatever subset of the sectors written since the
   * sync arrived, the log holds the synced frames and those after them that are complete.
   *
   * @param lead length of the payload before, which moves the torn frames through their sectors
   */
  @ParameterizedTest
  @ValueSource(ints = {0, 100, 264, 272, 280, 288, 296, 304, 312, 320, 400})
  void logEndsBeforeTheFirstFrameThatLacksASector(int lead) throws Exception {
    byte[] holes = payload(3, 1400);
    Arrays.fill(holes, 500, 1350, (byte) 0); // a sector that is zero because it was written so
    List<List<byte[]>> tails =
        List.of(
            List.of(payload(1, 0)),
            List.of(payload(1, 440)),
            List.of(payload(1, 2500)),
            List.of(holes),
            List.of(new byte[2000]),
            List.of(payload(1, 300), payload(2, 1200)),
            List.of(payload(1, 1), payload(2, 2), holes),
            List.of(new byte[700], payload(2, 700)));
    for (List<byte[]> tail : tails) {
      checkAllSurvivors(List.of(payload(8, 50), payload(9, lead)), tail);
    }
  }

  private static void checkAllSurvivors(List<byte[]> synced, List<byte[]> tail) throws Exception {
    MemoryStore store = new MemoryStore();
    byte[] before;
    List<byte[]> states = new ArrayList<>();
    try (BranchLog log = create(store)) {
      for (byte[] payload : synced) {
        log.append(payload);
      }
      log.sync();
      before = bytes(store, FIRST_SEGMENT);
      for (byte[] payload : tail) {
        log.append(payload);
        states.add(bytes(store, FIRST_SEGMENT));
      }
    }
    byte[] after = states.get(states.size() - 1);
    List<Integer> sectors = changed(before, after);
    for (int arrived = 0; arrived < 1 << sectors.size(); arrived++) {
      byte[] survivor = before.clone();
      for (int i = 0; i < sectors.size(); i++) {
        if ((arrived & 1 << i) != 0) {
          int at = sectors.get(i) * SECTOR;
          System.arraycopy(after, at, survivor, at, SECTOR);
        }
      }
      List<byte[]> expected = new ArrayList<>(synced);
      for (int i = 0; i < tail.size(); i++) {
        if (!startsLike(survivor, states.get(i), before)) {
          break;
        }
        expected.add(tail.get(i));
      }
      checkSurvivor(survivor, expected);
    }
  }

  /** Whether all that was written up to this state is there. */
  private static boolean startsLike(byte[] survivor, byte[] state, byte[] before) {
    for (int i = 0; i < state.length; i++) {
      if (state[i] != before[i] && survivor[i] != state[i]) {
        return false;
      }
    }
    return true;
  }

  private static void checkSurvivor(byte[] survivor, List<byte[]> expected) throws Exception {
    MemoryStore store = new MemoryStore();
    plant(store, FIRST_SEGMENT, survivor);
    assertTrue(same(readAll(store), expected), "a reader sees the whole frames");
    assertArrayEquals(survivor, bytes(store, FIRST_SEGMENT), "and mends nothing");
    byte[] next = payload(4, 333);
    try (BranchLog log = open(store)) {
      log.append(next);
      log.sync();
    }
    List<byte[]> more = new ArrayList<>(expected);
    more.add(next);
    assertTrue(same(readAll(store), more), "a writer goes on behind them");
    try (BranchLog log = open(store)) {
      int end = (int) log.end().offset();
      byte[] repaired = bytes(store, FIRST_SEGMENT);
      byte[] rest = Arrays.copyOfRange(repaired, end, repaired.length);
      assertArrayEquals(new byte[rest.length], rest, "nothing is left behind the end");
    }
  }

  private static List<Integer> changed(byte[] before, byte[] after) {
    List<Integer> sectors = new ArrayList<>();
    for (int at = 0; at < after.length; at += SECTOR) {
      if (!Arrays.equals(before, at, at + SECTOR, after, at, at + SECTOR)) {
        sectors.add(at / SECTOR);
      }
    }
    return sectors;
  }

  /** A file system may also lose the growth of the file. */
  @Test
  void fileThatEndsWithinTheUnsyncedFrameIsTorn() throws Exception {
    MemoryStore store = new MemoryStore();
    FrameAddress torn;
    try (BranchLog log = create(store)) {
      log.append(payload(1, 100));
      log.sync();
      torn = log.append(payload(2, 3000));
    }
    byte[] whole = bytes(store, FIRST_SEGMENT);
    for (int end = 1024; end < torn.offset() + 3040; end += SECTOR) {
      checkSurvivor(Arrays.copyOf(whole, end), List.of(payload(1, 100)));
    }
  }

  /** A later frame is a witness: what it calls durable cannot have been torn. */
  @Test
  void lostSectorOfADurableFrameIsDamage() throws Exception {
    MemoryStore store = new MemoryStore();
    List<FrameAddress> addresses = new ArrayList<>();
    try (BranchLog log = create(store)) {
      for (int i = 0; i < 4; i++) {
        addresses.add(log.append(payload(i, 1500)));
        log.sync();
      }
    }
    byte[] whole = bytes(store, FIRST_SEGMENT);
    long witness = addresses.get(3).offset();
    for (int at = 0; at + SECTOR <= witness; at += SECTOR) {
      byte[] damaged = whole.clone();
      Arrays.fill(damaged, at, at + SECTOR, (byte) 0);
      MemoryStore copy = new MemoryStore();
      plant(copy, FIRST_SEGMENT, damaged);
      StoreException e = expect(Code.CORRUPT, () -> readAll(copy));
      assertTrue(e.getMessage().contains(FIRST_SEGMENT), e.getMessage());
      expect(
          Code.CORRUPT,
          () -> {
            try (BranchLog log = open(copy)) {
              log.append(payload(1, 1));
            }
          });
    }
  }

  @Test
  void tornFrameBeforeALaterSegmentIsDamage() throws Exception {
    MemoryStore store = new MemoryStore();
    FrameAddress last;
    try (BranchLog log = create(store)) {
      log.append(payload(0, 9_000_000));
      last = log.append(payload(1, 5_000_000));
      log.append(payload(2, 5_000_000)); // does not fit any more
      assertEquals(List.of(0L, 2L), log.segments());
    }
    byte[] damaged = bytes(store, FIRST_SEGMENT);
    Arrays.fill(damaged, (int) last.offset() + 1024, (int) last.offset() + 2048, (byte) 0);
    plant(store, FIRST_SEGMENT, damaged);
    expect(Code.CORRUPT, () -> readAll(store));
    Arrays.fill(damaged, (int) last.offset(), damaged.length, (byte) 0);
    plant(store, FIRST_SEGMENT, damaged);
    expect(Code.CORRUPT, () -> readAll(store));
  }

  @Test
  void segmentWithoutItsHeaderIsNoSegmentUnlessFramesAreInIt() throws Exception {
    MemoryStore store = new MemoryStore();
    try (BranchLog log = create(store)) {
      log.append(payload(0, 12_000_000));
      log.append(payload(1, 5_000_000));
      log.sync();
    }
    String second = "log/00000007/0000000000000001.log";
    byte[] bytes = bytes(store, second);
    plant(store, second, new byte[65_536]); // created, and then power went
    assertTrue(same(readAll(store), List.of(payload(0, 12_000_000))));
    try (BranchLog log = open(store)) {
      log.append(payload(2, 5_000_000));
    }
    assertTrue(same(readAll(store), List.of(payload(0, 12_000_000), payload(2, 5_000_000))));
    Arrays.fill(bytes, 0, 64, (byte) 0);
    plant(store, second, bytes);
    expect(Code.CORRUPT, () -> readAll(store));
  }
}
