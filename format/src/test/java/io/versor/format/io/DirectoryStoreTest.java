package io.versor.format.io;

import static io.versor.format.io.StoreErrors.expect;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.versor.format.type.StoreException;
import io.versor.format.type.StoreException.Code;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The contract in a directory, and what only a directory can suffer. */
@SuppressWarnings("try") // closed early, to see what then
class DirectoryStoreTest extends ObjectStoreContract {
  @TempDir Path directory;

  @Override
  ObjectStore open() throws Exception {
    return DirectoryStore.open(directory.resolve("deep/store"), OpenMode.CREATE);
  }

  private Path inStore(String name) {
    return directory.resolve("deep/store").resolve(name);
  }

  @Test
  void onlyCreateMakesADirectory() throws Exception {
    Path missing = directory.resolve("missing");
    StoreException e = expect(Code.NOT_A_STORE, () -> DirectoryStore.open(missing, OpenMode.WRITE));
    assertTrue(e.getMessage().contains(missing.toString()), e.getMessage());
    expect(Code.NOT_A_STORE, () -> DirectoryStore.open(missing, OpenMode.READ));
    assertFalse(Files.exists(missing));
    DirectoryStore.open(missing, OpenMode.CREATE).close();
    assertTrue(Files.isDirectory(missing));
    DirectoryStore.open(missing, OpenMode.WRITE).close();
  }

  @Test
  void aFileIsNoStore() throws Exception {
    Path file = Files.createFile(directory.resolve("file"));
    expect(Code.NOT_A_STORE, () -> DirectoryStore.open(file, OpenMode.CREATE));
  }

  @Test
  void linksInsideLeadNowhere() throws Exception {
    Path outside = Files.createDirectory(directory.resolve("outside"));
    Path old = Files.write(outside.resolve("old"), text("precious"));
    Files.setLastModifiedTime(old, FileTime.from(Instant.now().minus(Duration.ofDays(9))));
    try (ObjectStore store = open()) {
      Files.createSymbolicLink(inStore("tmp"), outside);
      Files.createSymbolicLink(inStore("folder"), outside);
      Files.createSymbolicLink(inStore("file"), old);
      Files.createSymbolicLink(inStore("nothing"), outside.resolve("new"));
      Files.createSymbolicLink(inStore("lock"), outside.resolve("lock"));

      expect(Code.CORRUPT, () -> store.sweepUnfinished(Instant.now()));
      expect(Code.CORRUPT, () -> store.create("x"));
      expect(Code.CORRUPT, store::openScratch);
      expect(Code.CORRUPT, () -> store.list("folder/"));
      expect(Code.CORRUPT, () -> store.delete("folder/old"));
      expect(Code.CORRUPT, () -> store.openReader("folder/old"));
      expect(Code.CORRUPT, () -> store.load("file", 100));
      expect(Code.CORRUPT, () -> store.openReader("file"));
      expect(Code.CORRUPT, () -> store.openSegment("file", OpenMode.WRITE));
      expect(Code.CORRUPT, () -> store.openSegment("nothing", OpenMode.CREATE));
      StoreException e =
          expect(Code.CORRUPT, () -> store.swap("file", Optional.empty(), text("mine")));
      assertTrue(e.getMessage().contains("is a symbolic link"), e.getMessage());
      assertTrue(e.getMessage().contains(inStore("lock").toString()), e.getMessage());
    }
    assertArrayEquals(text("precious"), Files.readAllBytes(old));
    try (Stream<Path> left = Files.list(outside)) {
      assertEquals(List.of(old), left.toList());
    }
  }

  @Test
  void readingCreatesNothing() throws Exception {
    Path empty = Files.createDirectory(directory.resolve("empty"));
    try (ObjectStore reader = DirectoryStore.open(empty, OpenMode.READ)) {
      assertTrue(reader.readOnly());
      assertTrue(reader.load("root", 10).isEmpty());
      assertTrue(reader.list("").isEmpty());
      expect(Code.READ_ONLY, () -> reader.swap("root", Optional.empty(), text("x")));
      expect(Code.READ_ONLY, () -> reader.create("a"));
      expect(Code.READ_ONLY, () -> reader.delete("a"));
      expect(Code.READ_ONLY, () -> reader.lock("k", 10));
      expect(Code.READ_ONLY, () -> reader.openSegment("s", OpenMode.CREATE));
      expect(Code.READ_ONLY, () -> reader.openSegment("s", OpenMode.WRITE));
      expect(Code.READ_ONLY, () -> reader.sweepUnfinished(Instant.now()));
    }
    try (Stream<Path> left = Files.list(empty)) {
      assertEquals(List.of(), left.toList());
    }
  }

  @Test
  void secondOpenerSeesWhatTheFirstWrote() throws Exception {
    put("a", text("abc"));
    store.swap("root", Optional.empty(), text("r"));
    try (ObjectStore other = DirectoryStore.open(inStore(""), OpenMode.READ)) {
      assertArrayEquals(text("abc"), other.load("a", 10).orElseThrow());
      assertEquals(store.stamp("root"), other.stamp("root"));
    }
  }

  @Test
  void leftOversOfACrashAreSweptWhenOldEnough() throws Exception {
    ObjectWriter crashed = store.create("a");
    crashed.write(text("x"), 0, 1);
    ObjectWriter alive = store.create("b");
    alive.write(text("y"), 0, 1);
    Instant now = Instant.now();
    try (Stream<Path> temporaries = Files.list(inStore("tmp"))) {
      for (Path file : (Iterable<Path>) temporaries::iterator) {
        if (Files.readString(file).equals("x")) {
          Files.setLastModifiedTime(file, FileTime.from(now.minus(Duration.ofDays(2))));
        }
      }
    }
    assertEquals(1, store.sweepUnfinished(now.minus(Duration.ofDays(1))));
    assertEquals(0, store.sweepUnfinished(now.minus(Duration.ofDays(1))));
    alive.finish();
    assertContent("b", "y");
    assertTrue(store.load("a", 10).isEmpty());
  }

  @Test
  void fileCutUnderAMappingIsNoticedBeforeItIsRead() throws Exception {
    put("a", new byte[100_000]);
    try (ObjectReader reader = store.openReader("a")) {
      MappedRegion region = reader.map();
      region.ensure(0, 100_000);
      cut("a", 5000);
      region.ensure(0, 5000);
      StoreException e = expect(Code.CORRUPT, () -> region.ensure(0, 5001));
      assertTrue(e.getMessage().contains("5000"), e.getMessage());
      expect(Code.CORRUPT, () -> region.ensure(99_999, 1));
      expect(Code.CORRUPT, () -> reader.readFully(99_999, new byte[1], 0, 1));
      reader.close();
      expect(Code.CORRUPT, () -> region.ensure(99_999, 1));
    }
  }

  @Test
  void fileCutBeforeMappingIsNotLengthenedByIt() throws Exception {
    put("a", new byte[100_000]);
    try (ObjectReader reader = store.openReader("a")) {
      cut("a", 10);
      expect(Code.CORRUPT, reader::map);
      assertEquals(10, Files.size(inStore("a")));
    }
  }

  private void cut(String name, long length) throws IOException {
    try (FileChannel channel = FileChannel.open(inStore(name), StandardOpenOption.WRITE)) {
      channel.truncate(length);
    }
  }

  /** An interrupt closes a FileChannel under everybody; the others must not notice. */
  @Test
  void interruptsOfOneThreadDoNotDisturbTheOthers() throws Exception {
    put("a", text("abcdefgh"));
    AtomicBoolean stop = new AtomicBoolean();
    try (ObjectReader reader = store.openReader("a");
        Segment segment = store.openSegment("s", OpenMode.CREATE)) {
      segment.write(0, text("0123"), 0, 4);
      Thread victim =
          new Thread(
              () -> {
                byte[] found = new byte[8];
                try {
                  while (!stop.get()) {
                    reader.readFully(0, found, 0, 8);
                    segment.write(0, text("0123"), 0, 4);
                  }
                } catch (StoreException e) {
                  throw new IllegalStateException(e);
                }
              });
      victim.start();
      byte[] found = new byte[8];
      for (int i = 0; i < 2000; i++) {
        victim.interrupt();
        reader.readFully(0, found, 0, 8);
        assertArrayEquals(text("abcdefgh"), found);
        assertEquals(4, segment.read(0, found, 0, 8));
      }
      assertTrue(victim.isAlive());
      stop.set(true);
      victim.join();
    }
  }

  @Test
  void everyFileIsClosedAgain() throws Exception {
    Path descriptors = Path.of("/proc/self/fd");
    assumeTrue(Files.isDirectory(descriptors), "only Linux lists them");
    useEverything(0); // whatever is opened once for good
    long before = count(descriptors);
    for (int i = 1; i <= 50; i++) {
      useEverything(i);
    }
    assertTrue(count(descriptors) < before + 10, "from " + before + " to " + count(descriptors));
  }

  private void useEverything(int i) throws Exception {
    try (ObjectStore other = DirectoryStore.open(inStore(""), OpenMode.WRITE)) {
      other.lock("k" + i, 1000).close();
      other.swap("r" + i, Optional.empty(), text("x"));
      try (ObjectWriter writer = other.create("p" + i)) {
        writer.write(text("x"), 0, 1);
        writer.finish();
      }
      try (ObjectWriter writer = other.create("p" + i)) {
        expect(Code.IO, writer::finish);
      }
      try (ObjectReader reader = other.openReader("p" + i)) {
        reader.map();
      }
      try (Segment segment = other.openSegment("s" + i, OpenMode.CREATE)) {
        segment.write(0, text("x"), 0, 1);
      }
      expect(Code.CORRUPT, () -> other.load("p" + i, 0));
      expect(Code.CORRUPT, () -> other.openReader("missing"));
      expect(Code.CORRUPT, () -> other.openSegment("missing", OpenMode.WRITE));
    }
  }

  private static long count(Path descriptors) throws IOException {
    try (Stream<Path> all = Files.list(descriptors)) {
      return all.count();
    }
  }
}
