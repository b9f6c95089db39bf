package io.versor.format.io;

import static io.versor.format.io.StoreErrors.expect;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.versor.format.type.StoreException;
import io.versor.format.type.StoreException.Code;
import java.lang.ref.Reference;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every storage promises. One subclass for each. */
@SuppressWarnings("try") // guards are held, not used
abstract class ObjectStoreContract {
  ObjectStore store;

  abstract ObjectStore open() throws Exception;

  @BeforeEach
  void openStore() throws Exception {
    store = open();
  }

  @AfterEach
  void closeStore() throws Exception {
    store.close();
  }

  // Swapped objects.

  @Test
  void absentObjectLoadsAsNothing() throws Exception {
    assertTrue(store.load("root", 10).isEmpty());
    assertEquals(0, store.stamp("root"));
    assertEquals(OptionalLong.empty(), store.findLength("root"));
  }

  @Test
  void swapReplacesOnlyWhatIsExpected() throws Exception {
    assertFalse(store.swap("root", Optional.of(text("a")), text("b")), "nothing is there yet");
    assertTrue(store.swap("root", Optional.empty(), text("a")));
    assertFalse(store.swap("root", Optional.empty(), text("b")), "something is there now");
    assertFalse(store.swap("root", Optional.of(text("x")), text("b")), "and it is not x");
    assertContent("root", "a");
    assertTrue(store.swap("root", Optional.of(text("a")), text("longer than before")));
    assertContent("root", "longer than before");
    assertTrue(store.swap("root", Optional.of(text("longer than before")), new byte[0]));
    assertContent("root", "");
    assertTrue(store.swap("root", Optional.of(new byte[0]), text("c")));
    assertContent("root", "c");
  }

  @Test
  void stampDiffersAfterEverySwapHoweverQuick() throws Exception {
    Set<Long> stamps = new HashSet<>(Set.of(0L));
    byte[] before = text("0000");
    store.swap("root", Optional.empty(), before);
    assertTrue(stamps.add(store.stamp("root")));
    assertEquals(store.stamp("root"), store.stamp("root"));
    for (int i = 1; i <= 200; i++) {
      byte[] next = text(String.format("%04d", i));
      assertTrue(store.swap("root", Optional.of(before), next));
      assertTrue(stamps.add(store.stamp("root")), "swap " + i + " has a stamp of its own");
      before = next;
    }
  }

  @Test
  void objectLargerThanTheCallersLimitIsRefused() throws Exception {
    store.swap("root", Optional.empty(), text("12345"));
    assertContent("root", "12345");
    StoreException e = expect(Code.CORRUPT, () -> store.load("root", 4));
    assertTrue(e.getMessage().contains("5") && e.getMessage().contains("4"), e.getMessage());
  }

  @Test
  void bytesHandedInAndOutAreCopies() throws Exception {
    byte[] bytes = text("abc");
    store.swap("root", Optional.empty(), bytes);
    bytes[0] = 'X';
    store.load("root", 10).orElseThrow()[1] = 'X';
    assertContent("root", "abc");
  }

  @Test
  void ofManySwapsFromTheSameContentOneWins() throws Exception {
    store.swap("root", Optional.empty(), text("0"));
    int threads = 4;
    int rounds = 25;
    AtomicInteger wins = new AtomicInteger();
    inParallel(
        threads,
        thread -> {
          for (int i = 0; i < rounds; ) {
            byte[] old = store.load("root", 100).orElseThrow();
            byte[] next = text(Integer.toString(Integer.parseInt(new String(old, UTF_8)) + 1));
            if (store.swap("root", Optional.of(old), next)) {
              wins.incrementAndGet();
              i++;
            }
          }
        });
    assertEquals(threads * rounds, wins.get());
    assertContent("root", Integer.toString(threads * rounds));
  }

  // Objects.

  @Test
  void objectIsSeenWhenFinishedAndNotBefore() throws Exception {
    try (ObjectWriter writer = store.create("pack/a.pack")) {
      writer.write(text("xhellox"), 1, 5);
      writer.write(ByteBuffer.wrap(text(" world")));
      assertEquals(11, writer.position());
      assertTrue(store.list("").isEmpty());
      assertEquals(OptionalLong.empty(), store.findLength("pack/a.pack"));
      expect(Code.CORRUPT, () -> store.openReader("pack/a.pack"));
      writer.finish();
      assertThrows(IllegalStateException.class, writer::finish);
      assertThrows(IllegalStateException.class, () -> writer.write(text("x"), 0, 1));
    }
    assertEquals(List.of("pack/a.pack"), store.list(""));
    assertEquals(OptionalLong.of(11), store.findLength("pack/a.pack"));
    assertContent("pack/a.pack", "hello world");
  }

  @Test
  void directBuffersAreWrittenToo() throws Exception {
    ByteBuffer direct = ByteBuffer.allocateDirect(8).put(text("abcdefgh")).position(2).limit(6);
    try (ObjectWriter writer = store.create("a")) {
      writer.write(direct);
      writer.finish();
    }
    assertEquals(0, direct.remaining());
    assertContent("a", "cdef");
  }

  @Test
  void unfinishedObjectLeavesNothing() throws Exception {
    try (ObjectWriter writer = store.create("a")) {
      writer.write(text("x"), 0, 1);
    }
    assertTrue(store.list("").isEmpty());
    assertTrue(store.load("a", 10).isEmpty());
  }

  @Test
  void objectIsNeverReplacedByAnother() throws Exception {
    put("a", text("first"));
    try (ObjectWriter writer = store.create("a")) {
      writer.write(text("second"), 0, 6);
      expect(Code.IO, writer::finish);
    }
    assertContent("a", "first");
  }

  @Test
  void readerReadsExactlyWhatIsThere() throws Exception {
    byte[] bytes = new byte[3_000_000];
    new Random(1).nextBytes(bytes);
    put("a", bytes);
    try (ObjectReader reader = store.openReader("a")) {
      assertEquals(bytes.length, reader.length());
      byte[] part = new byte[2_000_010];
      reader.readFully(900_000, part, 5, 2_000_000);
      for (int i = 0; i < 2_000_000; i += 997) {
        assertEquals(bytes[900_000 + i], part[5 + i]);
      }
      assertEquals(0, part[4]);
      assertEquals(0, part[2_000_005]);
      expect(Code.CORRUPT, () -> reader.readFully(2_999_999, part, 0, 2));
      expect(Code.CORRUPT, () -> reader.readFully(5_000_000, part, 0, 1));
    }
  }

  @Test
  void mappedBytesAreAlignedAndOutliveReaderAndName() throws Exception {
    byte[] bytes = new byte[200_001];
    new Random(2).nextBytes(bytes);
    put("a", bytes);
    MappedRegion region;
    try (ObjectReader reader = store.openReader("a")) {
      region = reader.map();
      region.ensure(0, bytes.length);
    }
    region.ensure(0, bytes.length);
    assertTrue(store.delete("a"));
    region.ensure(bytes.length, 0);
    region.ensure(0, bytes.length);
    assertEquals(0, region.address() % 64);
    byte[] copy = new byte[bytes.length];
    Memory.copy(region.address(), copy, 0, copy.length);
    Reference.reachabilityFence(region);
    assertArrayEquals(bytes, copy);
  }

  @Test
  void noByteOutsideTheRegionPasses() throws Exception {
    put("a", new byte[100]);
    try (ObjectReader reader = store.openReader("a")) {
      MappedRegion region = reader.map();
      assertEquals(100, region.length());
      expect(Code.CORRUPT, () -> region.ensure(-1, 1));
      expect(Code.CORRUPT, () -> region.ensure(0, 101));
      expect(Code.CORRUPT, () -> region.ensure(100, 1));
      expect(Code.CORRUPT, () -> region.ensure(0, -1));
      expect(Code.CORRUPT, () -> region.ensure(Long.MAX_VALUE, Long.MAX_VALUE));
      expect(Code.CORRUPT, () -> region.ensure(50, Long.MAX_VALUE));
    }
  }

  @Test
  void emptyObjectCanBeMapped() throws Exception {
    put("a", new byte[0]);
    try (ObjectReader reader = store.openReader("a")) {
      MappedRegion region = reader.map();
      assertEquals(0, region.length());
      region.ensure(0, 0);
      expect(Code.CORRUPT, () -> region.ensure(0, 1));
    }
  }

  // Segments.

  @Test
  void segmentMustExistUnlessItIsToBeCreated() throws Exception {
    expect(Code.CORRUPT, () -> store.openSegment("log/a", OpenMode.READ));
    expect(Code.CORRUPT, () -> store.openSegment("log/a", OpenMode.WRITE));
    store.openSegment("log/a", OpenMode.CREATE).close();
    store.openSegment("log/a", OpenMode.CREATE).close();
    store.openSegment("log/a", OpenMode.WRITE).close();
    try (Segment segment = store.openSegment("log/a", OpenMode.READ)) {
      assertEquals(0, segment.length());
    }
    assertEquals(List.of("log/a"), store.list("log/"));
    assertEquals(OptionalLong.of(0), store.findLength("log/a"));
  }

  @Test
  void segmentIsWrittenInPlaceAndSeenByOthersAtOnce() throws Exception {
    try (Segment writer = store.openSegment("log/a", OpenMode.CREATE);
        Segment reader = store.openSegment("log/a", OpenMode.READ)) {
      writer.write(0, text("0123456789"), 0, 10);
      writer.write(4, text("xABx"), 1, 2);
      byte[] found = new byte[20];
      assertEquals(10, reader.read(0, found, 0, 20), "a short read at the end");
      assertEquals("0123AB6789", new String(found, 0, 10, UTF_8));
      assertEquals(0, reader.read(10, found, 0, 1));
      assertEquals(0, reader.read(99, found, 0, 1));
      assertEquals(3, reader.read(7, found, 2, 3));
      assertEquals('7', found[2]);
      writer.sync();
      assertEquals(10, reader.length());
    }
  }

  @Test
  void allocatedSpaceIsZeroAndNothingIsCutOff() throws Exception {
    try (Segment segment = store.openSegment("log/a", OpenMode.CREATE)) {
      segment.write(0, text("abc"), 0, 3);
      segment.allocate(200_000);
      assertEquals(200_000, segment.length());
      byte[] found = new byte[200_000];
      assertEquals(200_000, segment.read(0, found, 0, 200_000));
      assertEquals('c', found[2]);
      for (int i = 3; i < found.length; i++) {
        assertEquals(0, found[i]);
      }
      segment.allocate(10);
      assertEquals(200_000, segment.length());
    }
  }

  @Test
  void segmentOpenedForReadingCannotBeWritten() throws Exception {
    store.openSegment("log/a", OpenMode.CREATE).close();
    try (Segment segment = store.openSegment("log/a", OpenMode.READ)) {
      expect(Code.READ_ONLY, () -> segment.write(0, text("x"), 0, 1));
      expect(Code.READ_ONLY, () -> segment.allocate(10));
      assertEquals(0, segment.length());
    }
  }

  @Test
  void writesOfManyMebibytesArriveWhole() throws Exception {
    byte[] bytes = new byte[5_000_003];
    new Random(3).nextBytes(bytes);
    try (Segment segment = store.openSegment("log/a", OpenMode.CREATE)) {
      segment.write(777, bytes, 0, bytes.length);
      byte[] found = new byte[bytes.length];
      assertEquals(bytes.length, segment.read(777, found, 0, found.length));
      assertArrayEquals(bytes, found);
    }
  }

  // Names.

  @Test
  void listIsSortedAndGoesByDirectory() throws Exception {
    put("pack/b/2.pack", text("x"));
    put("pack/a/1.pack", text("x"));
    store.openSegment("log/00/1.log", OpenMode.CREATE).close();
    store.swap("root", Optional.empty(), text("x"));
    try (Guard held = store.lock("k", 1000)) {
      assertEquals(
          List.of("log/00/1.log", "pack/a/1.pack", "pack/b/2.pack", "root"), store.list(""));
    }
    assertEquals(List.of("pack/a/1.pack", "pack/b/2.pack"), store.list("pack/"));
    assertEquals(List.of("pack/a/1.pack"), store.list("pack/a/"));
    assertTrue(store.list("nothing/").isEmpty());
  }

  @Test
  void deleteTellsWhetherThereWasSomething() throws Exception {
    put("a", text("x"));
    store.openSegment("s", OpenMode.CREATE).close();
    assertTrue(store.delete("a"));
    assertFalse(store.delete("a"));
    assertTrue(store.delete("s"));
    assertFalse(store.delete("s"));
    assertTrue(store.list("").isEmpty());
    expect(Code.CORRUPT, () -> store.openReader("a"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "", "/", "/a", "a/", "a//b", ".", "..", "../a", "a/../b", ".a", "a/.b", "-a", "a b", "a\\b",
        "a:b", "ä", "a\u0000", "lock", "tmp", "tmp/x", "lock/x", "a/-b"
      })
  void namesThatMightLeaveTheDirectoryAreMistakes(String name) {
    assertThrows(IllegalArgumentException.class, () -> store.load(name, 1));
    assertThrows(IllegalArgumentException.class, () -> store.create(name));
    assertThrows(IllegalArgumentException.class, () -> store.openReader(name));
    assertThrows(IllegalArgumentException.class, () -> store.openSegment(name, OpenMode.CREATE));
    assertThrows(IllegalArgumentException.class, () -> store.delete(name));
    assertThrows(IllegalArgumentException.class, () -> store.stamp(name));
    assertThrows(
        IllegalArgumentException.class, () -> store.swap(name, Optional.empty(), text("x")));
  }

  @Test
  void namesHaveALimit() throws Exception {
    assertTrue(store.load("a".repeat(200), 1).isEmpty());
    assertThrows(IllegalArgumentException.class, () -> store.load("a".repeat(201), 1));
    assertThrows(IllegalArgumentException.class, () -> store.list("no-slash"));
  }

  // Locks.

  @Test
  void lockExcludesOthersUntilClosed() throws Exception {
    Guard held = store.lock("branch/1", 1000);
    StoreException e = expect(Code.WRONG_STATE, () -> store.lock("branch/1", 20));
    assertTrue(e.getMessage().contains("branch/1"), e.getMessage());
    store.lock("branch/2", 1000).close();
    held.close();
    held.close();
    try (Guard again = store.lock("branch/1", 1000)) {
      held.close(); // of the one before: must not free this one
      expect(Code.WRONG_STATE, () -> store.lock("branch/1", 20));
    }
    store.lock("branch/1", 1000).close();
  }

  @Test
  void neverAreTwoThreadsInside() throws Exception {
    AtomicInteger inside = new AtomicInteger();
    int[] count = new int[1];
    inParallel(
        4,
        thread -> {
          for (int i = 0; i < 200; i++) {
            try (Guard guard = store.lock("k", 30_000)) {
              assertEquals(1, inside.incrementAndGet());
              count[0]++;
              inside.decrementAndGet();
            }
          }
        });
    assertEquals(800, count[0]);
  }

  @Test
  void lockMayBeClosedByAnotherThread() throws Exception {
    Guard held = store.lock("k", 1000);
    inParallel(1, thread -> held.close());
    store.lock("k", 1000).close();
  }

  @Test
  void interruptEndsWaitingForALock() throws Exception {
    AtomicReference<StoreException> thrown = new AtomicReference<>();
    AtomicReference<Boolean> flag = new AtomicReference<>();
    try (Guard held = store.lock("k", 1000)) {
      Thread waiting =
          new Thread(
              () -> {
                try {
                  store.lock("k", 60_000).close();
                } catch (StoreException e) {
                  thrown.set(e);
                }
                flag.set(Thread.currentThread().isInterrupted());
              });
      waiting.start();
      Thread.sleep(20);
      waiting.interrupt();
      waiting.join(10_000);
      assertFalse(waiting.isAlive());
    }
    assertEquals(Code.CANCELLED, thrown.get().code());
    assertTrue(flag.get(), "the interrupt is still there for the caller");
    store.lock("k", 1000).close();
  }

  @Test
  void interruptedThreadsDoTheirWorkAndStayInterrupted() throws Exception {
    put("a", text("abc"));
    try (Segment segment = store.openSegment("s", OpenMode.CREATE);
        ObjectReader reader = store.openReader("a")) {
      Thread.currentThread().interrupt();
      segment.write(0, text("xyz"), 0, 3);
      segment.sync();
      byte[] found = new byte[3];
      assertEquals(3, segment.read(0, found, 0, 3));
      reader.readFully(0, found, 0, 3);
      assertTrue(store.swap("root", Optional.empty(), text("r")));
      put("b", text("def"));
      assertTrue(Thread.interrupted());
      assertContent("b", "def");
      reader.readFully(0, found, 0, 3);
      assertEquals("abc", new String(found, UTF_8));
    } finally {
      Thread.interrupted();
    }
  }

  // Helpers.

  static byte[] text(String text) {
    return text.getBytes(UTF_8);
  }

  void put(String name, byte[] bytes) throws StoreException {
    try (ObjectWriter writer = store.create(name)) {
      writer.write(bytes, 0, bytes.length);
      writer.finish();
    }
  }

  void assertContent(String name, String expected) throws StoreException {
    assertEquals(expected, new String(store.load(name, 1_000_000).orElseThrow(), UTF_8));
    assertNotEquals(0, store.stamp(name));
  }

  /** A deed of one thread. */
  interface Deed {
    void run(int thread) throws Exception;
  }

  static void inParallel(int threads, Deed deed) throws Exception {
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    try {
      List<Callable<Void>> tasks = new ArrayList<>();
      for (int i = 0; i < threads; i++) {
        int thread = i;
        tasks.add(
            () -> {
              deed.run(thread);
              return null;
            });
      }
      for (Future<Void> done : pool.invokeAll(tasks)) {
        done.get();
      }
    } finally {
      pool.shutdownNow();
    }
  }
}
