package io.versor.format.log;

import static io.versor.format.io.StoreErrors.expect;
import static io.versor.format.log.LogTestData.create;
import static io.versor.format.log.LogTestData.open;
import static io.versor.format.log.LogTestData.payload;
import static io.versor.format.log.LogTestData.readAll;
import static io.versor.format.log.LogTestData.same;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.versor.format.io.FaultStore;
import io.versor.format.io.FaultStore.Operation;
import io.versor.format.type.StoreException.Code;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Errors of storage: what the caller is told is true, and the log can be used again. */
class LogFailureTest {
  private final FaultStore store = new FaultStore();
  private final byte[] first = payload(1, 100);
  private final byte[] second = payload(2, 2000);
  private final byte[] third = payload(3, 700);

  private BranchLog withOneFrame() throws Exception {
    BranchLog log = create(store);
    log.append(first);
    log.sync();
    return log;
  }

  @Test
  void frameThatDidNotFitTheDiskIsNotThere() throws Exception {
    try (BranchLog log = withOneFrame()) {
      store.failWith(Operation.WRITE, 0, 1, Code.DISK_FULL);
      expect(Code.DISK_FULL, () -> log.append(second));
      assertTrue(same(readAll(store), List.of(first)));
      log.append(third);
      log.sync();
      assertTrue(same(readAll(store), List.of(first, third)));
      assertTrue(same(readAll(log), List.of(first, third)));
    }
  }

  /** Then the caller cannot be told that nothing is there, for half a frame is. */
  @Test
  void frameThatCannotBeTakenBackIsTakenBackByTheNextAppend() throws Exception {
    try (BranchLog log = withOneFrame()) {
      store.failWith(Operation.WRITE, 0, 2, Code.DISK_FULL);
      expect(Code.OUTCOME_UNKNOWN, () -> log.append(second));
      log.append(third);
      log.sync();
      assertTrue(same(readAll(store), List.of(first, third)));
    }
  }

  @Test
  void diskMayStayFullForAWhile() throws Exception {
    try (BranchLog log = withOneFrame()) {
      store.failWith(Operation.WRITE, 0, 9, Code.DISK_FULL);
      int failures = 0;
      for (boolean done = false; !done; ) {
        try {
          log.append(third);
          done = true;
        } catch (io.versor.format.type.StoreException e) {
          failures++;
          assertTrue(e.code() == Code.DISK_FULL || e.code() == Code.OUTCOME_UNKNOWN);
        }
      }
      log.sync();
      assertTrue(failures >= 4, failures + " failures");
      assertTrue(same(readAll(store), List.of(first, third)));
    }
  }

  @Test
  void growthThatFailsLeavesTheLogAsItWas() throws Exception {
    try (BranchLog log = withOneFrame()) {
      byte[] large = payload(4, 100_000);
      store.failWith(Operation.ALLOCATE, 0, 2, Code.DISK_FULL);
      expect(Code.DISK_FULL, () -> log.append(large));
      expect(Code.DISK_FULL, () -> log.append(large));
      assertTrue(same(readAll(store), List.of(first)));
      log.append(second);
      log.append(large);
      log.sync();
      assertTrue(same(readAll(store), List.of(first, second, large)));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "SYNC, 0, OUTCOME_UNKNOWN", // of the full segment
    "CREATE_SEGMENT, 0, DISK_FULL",
    "ALLOCATE, 0, DISK_FULL",
    "WRITE, 0, DISK_FULL", // of the header
    "SYNC, 1, OUTCOME_UNKNOWN"
  })
  void segmentThatCannotBeStartedIsTriedAgain(Operation operation, int skip, Code code)
      throws Exception {
    try (BranchLog log = withOneFrame()) {
      byte[] large = payload(4, 9_000_000);
      log.append(large);
      store.failWith(operation, skip, 1, Code.DISK_FULL);
      expect(code, () -> log.append(large));
      assertTrue(same(readAll(store), List.of(first, large)));
      log.append(large);
      log.sync();
      assertTrue(same(readAll(store), List.of(first, large, large)));
      assertSurvive(List.of(first, large, large), 3);
    }
  }

  @Test
  void framesOfAFailedSyncAreWrittenAgainByTheNextOne() throws Exception {
    try (BranchLog log = withOneFrame()) {
      log.append(second);
      store.failWith(Operation.SYNC, 0, 1, Code.IO);
      expect(Code.OUTCOME_UNKNOWN, log::sync);
      log.sync();
      assertSurvive(List.of(first, second), 60);
      log.append(third);
      log.sync();
      assertSurvive(List.of(first, second, third), 60);
    }
  }

  @Test
  void appendAfterAFailedSyncCarriesTheFramesBefore() throws Exception {
    try (BranchLog log = withOneFrame()) {
      log.append(second);
      store.failWith(Operation.SYNC, 0, 1, Code.IO);
      expect(Code.OUTCOME_UNKNOWN, log::sync);
      log.append(third);
      log.sync();
      assertSurvive(List.of(first, second, third), 60);
    }
  }

  /** Another process cannot know that a sync failed, but what it builds on must be durable. */
  @Test
  void anotherProcessMakesDurableWhatItBuildsOn() throws Exception {
    try (BranchLog log = withOneFrame();
        BranchLog other = open(store)) {
      readAll(other);
      log.append(second);
      store.failWith(Operation.SYNC, 0, 1, Code.IO);
      expect(Code.OUTCOME_UNKNOWN, log::sync);
      other.append(third);
      other.sync();
      assertSurvive(List.of(first, second, third), 60);
    }
  }

  @Test
  void syncByAnotherProcessCoversFramesItDidNotWrite() throws Exception {
    try (BranchLog log = withOneFrame();
        BranchLog other = open(store)) {
      log.append(second);
      store.failWith(Operation.SYNC, 0, 1, Code.IO);
      expect(Code.OUTCOME_UNKNOWN, log::sync);
      other.sync();
      assertSurvive(List.of(first, second), 60);
    }
  }

  /** A cursor that began in the middle has told where the log ends and what is durable. */
  @Test
  void logReadFromTheMiddleCanBeAppendedTo() throws Exception {
    FrameAddress middle;
    try (BranchLog log = withOneFrame()) {
      middle = log.append(second);
      log.sync();
    }
    try (BranchLog log = open(store)) {
      try (LogCursor cursor = log.readFrom(middle)) {
        assertTrue(cursor.next().isPresent());
        assertTrue(cursor.next().isEmpty());
      }
      log.append(third);
      store.failWith(Operation.SYNC, 0, 1, Code.IO);
      expect(Code.OUTCOME_UNKNOWN, log::sync);
      log.append(first);
      log.sync();
      assertSurvive(List.of(first, second, third, first), 20);
    }
  }

  /** What was read but never synced may be taken back; nothing may be put behind the gap. */
  @Test
  void framesThatTheSystemDroppedAreNoticedByWhoReadThem() throws Exception {
    try (BranchLog log = withOneFrame();
        BranchLog other = open(store)) {
      log.append(second);
      assertTrue(same(readAll(other), List.of(first, second)));
      store.failWith(Operation.SYNC, 0, 1, Code.IO);
      expect(Code.OUTCOME_UNKNOWN, log::sync);
      store.dropUnsyncedPages();
      expect(Code.REF_MOVED, () -> other.append(third));
      other.append(third);
      other.sync();
      assertSurvive(List.of(first, third), 20);
      expect(Code.REF_MOVED, () -> log.append(second));
      log.append(second);
      log.sync();
      assertSurvive(List.of(first, third, second), 20);
    }
  }

  @Test
  void rollingOverMakesTheFullSegmentDurableFirst() throws Exception {
    byte[] large = payload(4, 9_000_000);
    try (BranchLog log = withOneFrame()) {
      log.append(large);
      log.append(large); // the next segment
      for (int i = 0; i < 5; i++) {
        List<Frame> frames = readAll(store.survivor(new Random(i)));
        assertTrue(frames.size() >= 2, "the full segment is whole");
      }
    }
  }

  private void assertSurvive(List<byte[]> payloads, int survivors) throws Exception {
    Random random = new Random(3);
    for (int i = 0; i < survivors; i++) {
      assertTrue(same(readAll(store.survivor(random)), payloads), "survivor " + i);
    }
  }
}
