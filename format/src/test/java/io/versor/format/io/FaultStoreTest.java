package io.versor.format.io;

import static io.versor.format.io.StoreErrors.expect;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.versor.format.io.FaultStore.Operation;
import io.versor.format.io.FaultStore.PowerLoss;
import io.versor.format.type.StoreException;
import io.versor.format.type.StoreException.Code;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The tester is tested: it must be able to lose what can be lost, and nothing else. */
class FaultStoreTest {
  private static final int SURVIVORS = 400;

  private final FaultStore store = new FaultStore();
  private final Random random = new Random(5);

  @Test
  void syncedBytesSurviveAlways() throws Exception {
    try (Segment segment = store.openSegment("s", OpenMode.CREATE)) {
      segment.write(0, filled(1500, 'a'), 0, 1500);
      segment.sync();
    }
    assertEquals(Set.of("a".repeat(1500)), outcomes("s"));
  }

  @Test
  void unsyncedSectorsSurviveOneByOneOrNot() throws Exception {
    try (Segment segment = store.openSegment("s", OpenMode.CREATE)) {
      segment.write(0, filled(1024, 'a'), 0, 1024);
      segment.sync();
      segment.write(0, filled(1024, 'b'), 0, 1024);
    }
    String a = "a".repeat(512);
    String b = "b".repeat(512);
    assertEquals(Set.of(a + a, a + b, b + a, b + b), outcomes("s"));
  }

  @Test
  void sectorWrittenTwiceMayHaveAnyOfItsContents() throws Exception {
    try (Segment segment = store.openSegment("s", OpenMode.CREATE)) {
      segment.write(0, filled(10, 'a'), 0, 10);
      segment.sync();
      segment.write(0, filled(5, 'b'), 0, 5);
      segment.write(5, filled(5, 'c'), 0, 5);
    }
    assertEquals(Set.of("aaaaaaaaaa", "bbbbbaaaaa", "bbbbbccccc"), outcomes("s"));
  }

  @Test
  void unsyncedGrowthMayBeLostOrLeaveHoles() throws Exception {
    try (Segment segment = store.openSegment("s", OpenMode.CREATE)) {
      segment.write(0, filled(512, 'a'), 0, 512);
      segment.sync();
      segment.write(512, filled(1024, 'b'), 0, 1024);
    }
    Set<String> outcomes = outcomes("s");
    String a = "a".repeat(512);
    String b = "b".repeat(512);
    String zero = "\0".repeat(512);
    assertTrue(outcomes.contains(a), "nothing arrived");
    assertTrue(outcomes.contains(a + b), "the file is shorter than it was");
    assertTrue(outcomes.contains(a + zero + b), "the later sector arrived first");
    assertTrue(outcomes.contains(a + zero + zero), "only the length arrived");
    assertTrue(outcomes.contains(a + b + b));
    outcomes.forEach(outcome -> assertTrue(outcome.startsWith(a)));
  }

  @Test
  void failedSyncLeavesDoubtThatOnlyRewritingEnds() throws Exception {
    try (Segment segment = store.openSegment("s", OpenMode.CREATE)) {
      segment.write(0, filled(512, 'a'), 0, 512);
      segment.sync();
      segment.write(0, filled(512, 'b'), 0, 512);
      store.failWith(Operation.SYNC, 0, 1, Code.IO);
      expect(Code.OUTCOME_UNKNOWN, segment::sync);
      segment.sync();
      assertEquals(2, outcomes("s").size(), "the second sync proves nothing");
      segment.write(0, filled(512, 'b'), 0, 512);
      segment.sync();
      assertEquals(Set.of("b".repeat(512)), outcomes("s"));
    }
  }

  @Test
  void whatAFailedSyncLeftCanBeForgotten() throws Exception {
    try (Segment segment = store.openSegment("s", OpenMode.CREATE)) {
      segment.write(0, filled(512, 'a'), 0, 512);
      segment.sync();
      segment.write(0, filled(700, 'b'), 0, 700);
      store.dropUnsyncedPages();
      assertEquals("b".repeat(700), content(store, "s"), "no sync has failed");
      store.failWith(Operation.SYNC, 0, 1, Code.IO);
      expect(Code.OUTCOME_UNKNOWN, segment::sync);
      segment.write(512, filled(100, 'c'), 0, 100);
      store.dropUnsyncedPages();
      String kept = "a".repeat(512) + "c".repeat(100) + "b".repeat(88);
      assertEquals(kept, content(store, "s"), "what was written since is kept");
      segment.sync();
      assertEquals(Set.of(kept), outcomes("s"));
    }
  }

  @Test
  void finishedObjectsAndSwapsAreDurable() throws Exception {
    store.swap("root", Optional.empty(), filled(3, 'a'));
    put("p", "object");
    ObjectWriter unfinished = store.create("q");
    unfinished.write(filled(3, 'z'), 0, 3);
    for (int i = 0; i < 50; i++) {
      FaultStore survivor = store.survivor(random);
      assertEquals("aaa", content(survivor, "root"));
      assertEquals("object", content(survivor, "p"));
      assertTrue(survivor.findLength("q").isEmpty());
    }
  }

  @Test
  void powerGoesDuringTheOperationAfterTheLast() throws Exception {
    put("a", "1"); // two operations: write, finish
    store.crashAfter(3);
    put("b", "2");
    ObjectWriter writer = store.create("c");
    writer.write(filled(1, '3'), 0, 1);
    assertThrows(PowerLoss.class, writer::finish);
    assertTrue(store.crashed());
    assertThrows(PowerLoss.class, () -> store.load("a", 10));
    assertThrows(PowerLoss.class, () -> store.lock("k", 10));
    Set<Boolean> came = new HashSet<>();
    for (int i = 0; i < 50; i++) {
      FaultStore survivor = store.survivor(random);
      assertEquals("1", content(survivor, "a"));
      assertEquals("2", content(survivor, "b"));
      came.add(survivor.findLength("c").isPresent());
    }
    assertEquals(Set.of(true, false), came, "what was under way may have come through");
  }

  @Test
  void interruptedSwapLeavesOldOrNew() throws Exception {
    store.swap("root", Optional.empty(), filled(1, 'a'));
    store.crashAfter(0);
    assertThrows(
        PowerLoss.class, () -> store.swap("root", Optional.of(filled(1, 'a')), filled(1, 'b')));
    assertEquals(Set.of("a", "b"), outcomes("root"));
  }

  @Test
  void interruptedWriteMayHaveArrivedInPart() throws Exception {
    Segment segment = store.openSegment("s", OpenMode.CREATE);
    store.crashAfter(0);
    assertThrows(PowerLoss.class, () -> segment.write(0, filled(1024, 'a'), 0, 1024));
    Set<String> outcomes = outcomes("s");
    assertTrue(outcomes.contains(""));
    assertTrue(outcomes.contains("a".repeat(512)));
    assertTrue(outcomes.contains("a".repeat(1024)));
  }

  @Test
  void removedObjectMayComeBackUntilItsDirectoryIsForced() throws Exception {
    put("d/a", "1");
    store.delete("d/a");
    assertEquals(Set.of("", "1"), outcomes("d/a"));
    put("other/x", "2");
    assertEquals(Set.of("", "1"), outcomes("d/a"));
    put("d/b", "2");
    assertEquals(Set.of(""), outcomes("d/a"));
  }

  @Test
  void survivorCanCrashAgainAndIsOtherwiseSound() throws Exception {
    try (Segment segment = store.openSegment("s", OpenMode.CREATE)) {
      segment.write(0, filled(10, 'a'), 0, 10);
      segment.sync();
    }
    FaultStore survivor = store.survivor(random);
    assertFalse(survivor.crashed());
    try (Segment segment = survivor.openSegment("s", OpenMode.WRITE)) {
      segment.write(0, filled(10, 'b'), 0, 10);
      survivor.crashAfter(0);
      assertThrows(PowerLoss.class, segment::sync);
    }
    Set<String> outcomes = new HashSet<>();
    for (int i = 0; i < SURVIVORS; i++) {
      outcomes.add(content(survivor.survivor(random), "s"));
    }
    assertEquals(Set.of("aaaaaaaaaa", "bbbbbbbbbb"), outcomes);
    assertEquals("aaaaaaaaaa", content(store, "s"), "the first store did not notice");
  }

  @Test
  void failuresComeWhenToldAndLeaveHalfAWrite() throws Exception {
    try (Segment segment = store.openSegment("s", OpenMode.CREATE)) {
      store.failWith(Operation.WRITE, 1, 2, Code.DISK_FULL);
      segment.write(0, filled(4, 'a'), 0, 4);
      StoreException e = expect(Code.DISK_FULL, () -> segment.write(4, filled(4, 'b'), 0, 4));
      assertTrue(e.getMessage().contains("s"), e.getMessage());
      expect(Code.DISK_FULL, () -> segment.write(4, filled(4, 'c'), 0, 4));
      segment.write(6, filled(1, 'd'), 0, 1);
      assertEquals("aaaaccd", content(store, "s"));
    }
    store.failWith(Operation.SWAP, 0, Long.MAX_VALUE, Code.IO);
    expect(Code.IO, () -> store.swap("root", Optional.empty(), filled(1, 'a')));
    assertTrue(store.load("root", 10).isEmpty());
    store.heal();
    store.failWith(Operation.SWAP, 0, 1, Code.OUTCOME_UNKNOWN);
    expect(Code.OUTCOME_UNKNOWN, () -> store.swap("root", Optional.empty(), filled(1, 'a')));
    assertEquals("a", content(store, "root"));
  }

  @Test
  void everyOperationIsCounted() throws Exception {
    try (Segment segment = store.openSegment("s", OpenMode.CREATE)) {
      segment.allocate(1000);
      segment.write(0, filled(7, 'a'), 0, 7);
      segment.write(7, filled(7, 'a'), 0, 7);
      segment.sync();
    }
    put("p", "12345");
    store.swap("root", Optional.empty(), filled(9, 'a'));
    store.swap("root", Optional.empty(), filled(9, 'a')); // does not find what it expects
    store.delete("p");
    store.delete("p");
    assertEquals(
        Map.of(
            Operation.CREATE_SEGMENT, 1L,
            Operation.ALLOCATE, 1L,
            Operation.WRITE, 2L,
            Operation.SYNC, 1L,
            Operation.WRITE_OBJECT, 1L,
            Operation.FINISH, 1L,
            Operation.SWAP, 1L,
            Operation.DELETE, 1L),
        store.counts());
    assertEquals(9, store.operations());
    assertEquals(2, store.appends());
    assertEquals(1, store.syncs());
    assertEquals(1, store.swaps());
    assertEquals(14, store.bytes(Operation.WRITE));
    assertEquals(9, store.bytes(Operation.SWAP));
    store.resetCounts();
    assertEquals(Map.of(), store.counts());
  }

  private Set<String> outcomes(String name) throws StoreException {
    Set<String> outcomes = new HashSet<>();
    for (int i = 0; i < SURVIVORS; i++) {
      outcomes.add(content(store.survivor(random), name));
    }
    return outcomes;
  }

  private static String content(ObjectStore store, String name) throws StoreException {
    return new String(store.load(name, 1_000_000).orElse(new byte[0]), UTF_8);
  }

  private static byte[] filled(int length, char with) {
    byte[] bytes = new byte[length];
    Arrays.fill(bytes, (byte) with);
    return bytes;
  }

  private void put(String name, String content) throws StoreException {
    try (ObjectWriter writer = store.create(name)) {
      writer.write(content.getBytes(UTF_8), 0, content.length());
      writer.finish();
    }
  }
}
