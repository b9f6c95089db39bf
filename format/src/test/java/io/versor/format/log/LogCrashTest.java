package io.versor.format.log;

import static io.versor.format.log.LogTestData.BRANCH;
import static io.versor.format.log.LogTestData.STORE;
import static io.versor.format.log.LogTestData.payload;
import static io.versor.format.log.LogTestData.readAll;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.versor.format.io.FaultStore;
import io.versor.format.io.FaultStore.PowerLoss;
import io.versor.format.type.StoreException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Power goes after each single operation of a life of a log, and many times at each, with other
 * sectors arriving each time. What was synced is there; what was not is there whole or not at all.
 */
class LogCrashTest {
  private static final int SURVIVORS = 12;

  /** What a writer did and was told. */
  private static final class Life {
    /** Payloads in the order they were given to append, the last one perhaps in vain. */
    final List<byte[]> appended = new ArrayList<>();

    int synced;
  }

  private interface Script {
    void live(BranchLog log, Life life) throws StoreException;
  }

  private static void append(BranchLog log, Life life, int length) throws StoreException {
    byte[] payload = payload(life.appended.size(), length);
    life.appended.add(payload);
    log.append(payload);
  }

  private static void sync(BranchLog log, Life life) throws StoreException {
    int before = life.appended.size();
    log.sync();
    life.synced = before;
  }

  /** One sync per frame, frames of many sizes. */
  private static void smallFrames(BranchLog log, Life life) throws StoreException {
    for (int i = 0; i < 12; i++) {
      append(log, life, i * i * 37);
      sync(log, life);
    }
  }

  /** Several frames to a sync. */
  private static void groups(BranchLog log, Life life) throws StoreException {
    for (int group = 1; group < 6; group++) {
      for (int i = 0; i < group; i++) {
        append(log, life, 100 + 300 * i);
      }
      sync(log, life);
    }
    append(log, life, 10);
  }

  /** Large frames that fill segments. */
  private static void segments(BranchLog log, Life life) throws StoreException {
    for (int i = 0; i < 6; i++) {
      append(log, life, i % 2 == 0 ? 9_000_000 : 300);
      if (i != 2) {
        sync(log, life);
      }
    }
  }

  @Test
  void powerLossWithOneSyncPerFrame() throws Exception {
    matrix(LogCrashTest::smallFrames, SURVIVORS);
  }

  @Test
  void powerLossWithGroupsOfFrames() throws Exception {
    matrix(LogCrashTest::groups, SURVIVORS);
  }

  @Test
  void powerLossWhileSegmentsFill() throws Exception {
    matrix(LogCrashTest::segments, 3);
  }

  private static void matrix(Script script, int survivors) throws Exception {
    Random random = new Random(11);
    int crashes = 0;
    for (int operations = 0; ; operations++) {
      FaultStore store = new FaultStore();
      store.crashAfter(operations);
      Life life = new Life();
      try (BranchLog log = LogTestData.create(store)) {
        script.live(log, life);
      } catch (PowerLoss expected) {
        crashes++;
      }
      for (int i = 0; i < survivors; i++) {
        checkSurvivor(store, life, random);
      }
      if (!store.crashed()) {
        assertTrue(crashes > 10, crashes + " crashes");
        return;
      }
    }
  }

  private static void checkSurvivor(FaultStore dead, Life life, Random random) throws Exception {
    FaultStore survivor = dead.survivor(random);
    int found = checkFrames(survivor, life);
    // Power may go once more while the next process takes up the log.
    survivor.crashAfter(random.nextInt(8));
    byte[] next = payload(1000, 700);
    boolean acknowledged = false;
    try (BranchLog log = openOrCreate(survivor)) {
      log.append(next);
      log.sync();
      acknowledged = true;
    } catch (PowerLoss again) {
      assertTrue(survivor.crashed());
    }
    List<Frame> frames = frames(survivor.survivor(random));
    assertTrue(frames.size() == found || frames.size() == found + 1, "no frame but the new one");
    if (acknowledged) {
      assertEquals(found + 1, frames.size());
    }
    for (int i = 0; i < frames.size(); i++) {
      byte[] expected = i < found ? life.appended.get(i) : next;
      assertArrayEquals(expected, frames.get(i).payload());
    }
  }

  private static int checkFrames(FaultStore survivor, Life life) throws StoreException {
    List<Frame> frames = frames(survivor);
    assertTrue(frames.size() >= life.synced, "a frame that was synced is lost");
    assertTrue(frames.size() <= life.appended.size());
    for (int i = 0; i < frames.size(); i++) {
      assertEquals(i, frames.get(i).address().frame());
      assertArrayEquals(life.appended.get(i), frames.get(i).payload());
    }
    return frames.size();
  }

  private static List<Frame> frames(FaultStore store) throws StoreException {
    Optional<BranchLog> found = BranchLog.find(store, STORE, BRANCH);
    if (found.isEmpty()) {
      return List.of();
    }
    try (BranchLog log = found.get()) {
      return readAll(log);
    }
  }

  private static BranchLog openOrCreate(FaultStore store) throws StoreException {
    Optional<BranchLog> found = BranchLog.find(store, STORE, BRANCH);
    return found.isPresent() ? found.get() : LogTestData.create(store);
  }

  @Test
  void powerLossAfterManySyncedFramesLosesNoneOfThem() throws Exception {
    for (int operations = 0; operations < 30; operations++) {
      FaultStore store = new FaultStore();
      Life life = new Life();
      try (BranchLog log = LogTestData.create(store)) {
        smallFrames(log, life);
        store.crashAfter(operations % 3);
        assertThrows(
            PowerLoss.class,
            () -> {
              append(log, life, 5000);
              sync(log, life);
              append(log, life, 5000);
            });
      }
      FaultStore next = store.survivor(new Random(operations));
      int found = checkFrames(next, life);
      try (BranchLog log = LogTestData.open(next)) {
        assertEquals(found, log.end().frame());
        log.repairTail();
        assertEquals(found, log.end().frame());
      }
      assertEquals(found, frames(next).size());
    }
  }
}
