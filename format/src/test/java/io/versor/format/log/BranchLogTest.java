package io.versor.format.log;

import static io.versor.format.io.StoreErrors.expect;
import static io.versor.format.log.LogTestData.BRANCH;
import static io.versor.format.log.LogTestData.STORE;
import static io.versor.format.log.LogTestData.create;
import static io.versor.format.log.LogTestData.open;
import static io.versor.format.log.LogTestData.payload;
import static io.versor.format.log.LogTestData.readAll;
import static io.versor.format.log.LogTestData.same;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.versor.format.io.DirectoryStore;
import io.versor.format.io.FaultStore;
import io.versor.format.io.FaultStore.Operation;
import io.versor.format.io.MemoryStore;
import io.versor.format.io.ObjectStore;
import io.versor.format.io.OpenMode;
import io.versor.format.type.StoreException;
import io.versor.format.type.StoreException.Code;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Frames go in at the end and come out as they were, and what that costs. */
class BranchLogTest {
  private final MemoryStore store = new MemoryStore();

  @Test
  void framesComeBackInOrder() throws Exception {
    List<byte[]> payloads = new ArrayList<>();
    try (BranchLog log = create(store)) {
      assertTrue(readAll(log).isEmpty());
      assertEquals(FrameAddress.first(BRANCH), log.end());
      for (int length : new int[] {0, 1, 7, 8, 9, 431, 432, 433, 471, 472, 473, 4096, 70_000}) {
        FrameAddress expected = log.end();
        byte[] payload = payload(payloads.size(), length);
        assertEquals(expected, log.append(payload));
        payloads.add(payload);
        assertTrue(same(readAll(log), payloads), "seen before it is synced");
      }
      log.sync();
      assertTrue(same(readAll(log), payloads));
    }
    assertTrue(same(readAll(store), payloads));
  }

  @Test
  void payloadOfZerosIsAFrameLikeAnyOther() throws Exception {
    List<byte[]> payloads = List.of(new byte[0], new byte[5000], new byte[1]);
    try (BranchLog log = create(store)) {
      for (byte[] payload : payloads) {
        log.append(payload);
      }
    }
    assertTrue(same(readAll(store), payloads));
  }

  @Test
  void anyFrameCanBeReadByItsAddressAndFromThereOn() throws Exception {
    try (BranchLog log = create(store)) {
      List<FrameAddress> addresses = new ArrayList<>();
      for (int i = 0; i < 40; i++) {
        addresses.add(log.append(payload(i, i * 131)));
      }
      for (int i = 39; i >= 0; i--) {
        Frame frame = log.read(addresses.get(i));
        assertEquals(addresses.get(i), frame.address());
        assertArrayEquals(payload(i, i * 131), frame.payload());
        try (LogCursor cursor = log.readFrom(addresses.get(i))) {
          for (int j = i; j < 40; j++) {
            assertEquals(addresses.get(j), cursor.position());
            Frame next = cursor.next().orElseThrow();
            assertArrayEquals(payload(j, j * 131), next.payload());
            assertEquals(next.next(), cursor.position());
          }
          assertTrue(cursor.next().isEmpty());
        }
      }
    }
  }

  @Test
  void addressWhereNoFrameBeginsIsRefused() throws Exception {
    try (BranchLog log = create(store)) {
      FrameAddress first = log.append(payload(1, 100));
      FrameAddress second = log.append(payload(2, 100));
      expect(Code.CORRUPT, () -> log.read(new FrameAddress(BRANCH, 0, 0, second.offset())));
      expect(Code.CORRUPT, () -> log.read(new FrameAddress(BRANCH, 1, 0, first.offset())));
      expect(Code.CORRUPT, () -> log.read(new FrameAddress(BRANCH, 1, 0, first.offset() + 8)));
      expect(Code.CORRUPT, () -> log.read(new FrameAddress(BRANCH, 1, 0, first.offset() + 3)));
      expect(Code.CORRUPT, () -> log.read(new FrameAddress(BRANCH, 2, 0, 1 << 20)));
      expect(Code.CORRUPT, () -> log.read(new FrameAddress(BRANCH, 2, 0, Long.MAX_VALUE - 7)));
      expect(Code.CORRUPT, () -> log.read(new FrameAddress(BRANCH, 9, 5, 64)));
      expect(Code.CORRUPT, () -> log.readFrom(new FrameAddress(BRANCH, 1, 0, 64)));
      expect(Code.CORRUPT, () -> log.readFrom(new FrameAddress(BRANCH, 1, 0, 99)));
      assertThrows(
          IllegalArgumentException.class, () -> log.read(new FrameAddress(BRANCH + 1, 0, 0, 64)));
    }
  }

  @Test
  void cursorAtTheEndGoesOnWhenTheLogHasGrown() throws Exception {
    try (BranchLog log = create(store);
        BranchLog other = open(store);
        LogCursor cursor = other.readFrom(other.end())) {
      assertFalse(other.grown());
      for (int i = 0; i < 30; i++) {
        assertTrue(cursor.next().isEmpty());
        assertFalse(other.grown());
        log.append(payload(i, 5000));
        assertTrue(other.grown());
        assertArrayEquals(payload(i, 5000), cursor.next().orElseThrow().payload());
      }
      assertTrue(cursor.next().isEmpty());
      assertEquals(log.end(), other.end());
    }
  }

  @Test
  void frameTooLargeIsRefusedAndTheLargestFits() throws Exception {
    try (BranchLog log = create(store)) {
      StoreException e =
          expect(Code.LIMIT, () -> log.append(new byte[BranchLog.MAX_PAYLOAD_BYTES + 1]));
      assertTrue(e.getMessage().contains("15728640"), e.getMessage());
      byte[] largest = payload(1, BranchLog.MAX_PAYLOAD_BYTES);
      log.append(largest);
      log.append(payload(2, 10));
      log.append(largest);
      log.sync();
      assertTrue(same(readAll(store), List.of(largest, payload(2, 10), largest)));
    }
  }

  @Test
  void fullSegmentIsFollowedByAnother() throws Exception {
    List<byte[]> payloads = new ArrayList<>();
    List<FrameAddress> addresses = new ArrayList<>();
    try (BranchLog log = create(store);
        BranchLog follower = open(store);
        LogCursor cursor = follower.readFrom(follower.start())) {
      for (int i = 0; i < 60; i++) {
        payloads.add(payload(i, 1_000_000 + i));
        addresses.add(log.append(payloads.get(i)));
        log.sync();
        assertArrayEquals(payloads.get(i), cursor.next().orElseThrow().payload());
        assertFalse(cursor.next().isPresent());
      }
      assertEquals(List.of(0L, 16L, 32L, 48L), log.segments());
      assertEquals(16, addresses.get(16).segment());
      assertEquals(64, addresses.get(16).offset());
      assertEquals(log.end(), follower.end());
      assertArrayEquals(payloads.get(20), follower.read(addresses.get(20)).payload());
      // Behind the last frame of a segment is where the next segment begins.
      try (LogCursor across = follower.readFrom(log.read(addresses.get(15)).next())) {
        assertEquals(addresses.get(16), across.next().orElseThrow().address());
      }
      for (String name : store.list("log/")) {
        assertTrue(store.findLength(name).orElseThrow() <= BranchLog.SEGMENT_BYTES);
      }
    }
    assertTrue(same(readAll(store), payloads));
  }

  @Test
  void secondLogMayAppendInTurn() throws Exception {
    List<byte[]> payloads = new ArrayList<>();
    try (BranchLog one = create(store);
        BranchLog two = open(store)) {
      for (int i = 0; i < 100; i++) {
        BranchLog log = i % 3 == 0 ? two : one;
        payloads.add(payload(i, 20_000 * i % 777_777));
        log.append(payloads.get(i));
        if (i % 2 == 0) {
          log.sync();
        }
      }
      assertTrue(one.grown());
      assertTrue(same(readAll(one), payloads));
      assertEquals(one.end(), two.end());
    }
    assertTrue(same(readAll(store), payloads));
  }

  @Test
  void logBelongsToItsStoreAndBranch() throws Exception {
    assertTrue(BranchLog.find(store, STORE, BRANCH).isEmpty());
    expect(Code.CORRUPT, () -> open(store));
    create(store).close();
    expect(Code.CORRUPT, () -> BranchLog.open(store, new UUID(1, 2), BRANCH));
    byte[] bytes = LogTestData.bytes(store, LogTestData.FIRST_SEGMENT);
    LogTestData.plant(store, "log/00000008/0000000000000000.log", bytes);
    expect(Code.CORRUPT, () -> BranchLog.open(store, STORE, BRANCH + 1));
    LogTestData.plant(store, "log/00000007/0000000000000005.log", bytes);
    expect(Code.CORRUPT, () -> open(store));
    BranchLog.remove(store, BRANCH);
    assertEquals(List.of("log/00000008/0000000000000000.log"), store.list(""));
  }

  @Test
  void creationThatWasCutShortCanBeRepeated() throws Exception {
    LogTestData.plant(store, LogTestData.FIRST_SEGMENT, new byte[0]);
    assertTrue(BranchLog.find(store, STORE, BRANCH).isEmpty());
    LogTestData.plant(store, LogTestData.FIRST_SEGMENT, new byte[65_536]);
    assertTrue(BranchLog.find(store, STORE, BRANCH).isEmpty());
    for (int i = 0; i < 2; i++) { // the second time a frame is there that nobody was told of
      try (BranchLog log = create(store)) {
        log.append(payload(i, 10));
        log.sync();
      }
      assertTrue(same(readAll(store), List.of(payload(i, 10))));
    }
  }

  // What it costs.

  @Test
  void appendIsOneWriteOfItsOwnBytesAndSyncOneSync() throws Exception {
    FaultStore counting = new FaultStore();
    try (BranchLog log = create(counting)) {
      log.append(payload(0, 100));
      log.sync();
      for (int i = 1; i < 20_000; i++) {
        counting.resetCounts();
        int length = i % 300;
        log.append(payload(1, length));
        log.sync();
        Map<Operation, Long> counts = counting.counts();
        assertEquals(1, counts.get(Operation.WRITE), "frame " + i);
        assertEquals((40 + length + 7) / 8 * 8, counting.bytes(Operation.WRITE));
        assertEquals(1, counts.get(Operation.SYNC), "frame " + i);
        assertTrue(
            counts.size() == 2
                || counts.equals(
                    Map.of(Operation.WRITE, 1L, Operation.SYNC, 1L, Operation.ALLOCATE, 1L)),
            counts::toString);
      }
    }
  }

  @Test
  void fileGrowsInStepsThatGrow() throws Exception {
    FaultStore counting = new FaultStore();
    try (BranchLog log = create(counting)) {
      counting.resetCounts();
      for (int i = 0; i < 15_000; i++) {
        log.append(payload(1, 960)); // 15 MB in all
      }
      long steps = counting.counts().get(Operation.ALLOCATE);
      assertTrue(steps < 40, steps + " steps");
      assertTrue(counting.counts().get(Operation.CREATE_SEGMENT) == null);
    }
  }

  @Test
  void syncOfWhatIsDurableCostsNothing() throws Exception {
    FaultStore counting = new FaultStore();
    try (BranchLog log = create(counting)) {
      log.append(payload(1, 10));
      log.append(payload(2, 10));
      log.sync();
      counting.resetCounts();
      log.sync();
      log.sync();
      assertEquals(Map.of(), counting.counts());
    }
  }

  @Test
  void readingWritesNothing() throws Exception {
    FaultStore counting = new FaultStore();
    create(counting).close();
    try (BranchLog log = open(counting)) {
      log.append(payload(1, 10));
    }
    counting.resetCounts();
    assertEquals(1, readAll(counting).size());
    assertEquals(Map.of(), counting.counts());
  }

  // Many at once.

  @Test
  void readersSeeWholeFramesWhileOthersAreAppended(@TempDir Path directory) throws Exception {
    int frames = 3000;
    try (ObjectStore shared = DirectoryStore.open(directory, OpenMode.CREATE);
        BranchLog log = create(shared)) {
      AtomicBoolean failed = new AtomicBoolean();
      ExecutorService pool = Executors.newFixedThreadPool(3);
      List<Future<Integer>> readers = new ArrayList<>();
      for (int r = 0; r < 3; r++) {
        boolean own = r > 0; // one reads what the writer's object knows, two open their own
        readers.add(pool.submit(() -> follow(own ? open(shared) : log, own, frames, failed)));
      }
      for (int i = 0; i < frames; i++) {
        log.append(payload(i, i * 37 % 9000));
      }
      for (Future<Integer> reader : readers) {
        assertEquals(frames, reader.get());
      }
      pool.shutdown();
    }
  }

  private static int follow(BranchLog log, boolean close, int frames, AtomicBoolean failed)
      throws StoreException {
    int seen = 0;
    try (LogCursor cursor = log.readFrom(FrameAddress.first(BRANCH))) {
      while (seen < frames && !failed.get()) {
        Optional<Frame> frame = cursor.next();
        if (frame.isPresent()) {
          assertArrayEquals(payload(seen, seen * 37 % 9000), frame.get().payload());
          assertEquals(seen, frame.get().address().frame());
          seen++;
        } else {
          log.grown();
        }
      }
      return seen;
    } catch (StoreException | RuntimeException | AssertionError e) {
      failed.set(true);
      throw e;
    } finally {
      if (close) {
        log.close();
      }
    }
  }
}
