package io.versor.format;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.versor.format.io.DirectoryStore;
import io.versor.format.io.MemoryStore;
import io.versor.format.io.OpenMode;
import io.versor.format.type.StoreException;
import io.versor.format.type.StoreException.Code;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A backup is the store as it was at one moment, whole or not there. */
class BackupTest {
  private static final StoreOptions EXISTING = StoreOptions.defaults().withCreate(false);

  @TempDir Path directory;

  private static Map<String, String> see(Path place) throws Exception {
    try (TestStore opened = new TestStore(DirectoryStore.open(place, OpenMode.WRITE), EXISTING)) {
      return StoreScript.describe(opened);
    }
  }

  @Test
  void backupIsAStoreThatGoesOn() throws Exception {
    MemoryStore objects = new MemoryStore();
    StoreScript.reference(objects);
    try (TestStore opened = new TestStore(objects, EXISTING)) {
      Map<String, String> before = StoreScript.describe(opened);
      CopyResult result = opened.store().backup(directory.resolve("backups"));
      assertEquals(List.of(), result.damages());
      assertEquals(result.objects(), result.copiedObjects());
      Path place = Path.of(result.place());
      assertEquals(before, see(place));
      try (TestStore restored =
          new TestStore(DirectoryStore.open(place, OpenMode.WRITE), EXISTING)) {
        StoreScript.insert(restored, Store.MAIN, 9_000, 1, "more");
        StoreScript.commit(restored, Store.MAIN, "after the restore");
        restored.store().checkpoint(Store.MAIN);
        assertEquals(List.of(), restored.store().check());
      }
      assertEquals(before, StoreScript.describe(opened));
    }
  }

  @Test
  void nextBackupCopiesWhatIsNew() throws Exception {
    try (TestStore opened = new TestStore()) {
      opened.createTable();
      StoreScript.insert(opened, Store.MAIN, 1, 300, "y".repeat(5_000));
      StoreScript.commit(opened, Store.MAIN, "one");
      CopyResult first = opened.store().backup(directory);
      Map<String, String> then = StoreScript.describe(opened);
      StoreScript.insert(opened, Store.MAIN, 1_000, 1, "z");
      CopyResult second = opened.store().backup(directory);
      assertEquals(first.objects(), second.objects());
      assertTrue(second.copiedObjects() < first.copiedObjects(), second::toString);
      assertTrue(second.copiedBytes() < first.copiedBytes(), second::toString);
      assertEquals(then, see(Path.of(first.place())));
      assertEquals(StoreScript.describe(opened), see(Path.of(second.place())));
    }
  }

  @Test
  void unfinishedBackupIsNoStoreAndIsRemoved() throws Exception {
    try (TestStore opened = new TestStore()) {
      opened.createTable();
      Path unfinished = directory.resolve("20200101T000000.000000Z");
      Files.createDirectories(unfinished.resolve("pack"));
      Path foreign = Files.createDirectory(directory.resolve("mine"));
      opened.store().backup(directory);
      assertFalse(Files.exists(unfinished));
      assertTrue(Files.exists(foreign));
    }
  }

  @Test
  void foldersThatAreNotForBackupsOfThisStoreAreRefused() throws Exception {
    Path place = directory.resolve("store");
    Path folder = directory.resolve("backups");
    try (TestStore opened = new TestStore(DirectoryStore.open(place, OpenMode.CREATE));
        TestStore other = new TestStore()) {
      opened.createTable();
      refused(opened, place, "lies in the store");
      refused(opened, place.resolve("sub"), "lies in the store");
      opened.store().backup(folder);
      refused(other, folder, "another store");
      refused(other, place, "is a store");
    }
  }

  private static void refused(TestStore opened, Path folder, String why) {
    StoreException e = assertThrows(StoreException.class, () -> opened.store().backup(folder));
    assertEquals(Code.WRONG_STATE, e.code());
    assertTrue(e.getMessage().contains(why), e::getMessage);
  }

  @Test
  void powerLossLeavesNothingOrAWholeBackup() throws Exception {
    CopyTrial.powerLossLeavesNothingOrAll(
        (store, target) -> store.backup(target, Optional.empty()), new Random(3));
  }

  /** Two branches that are merged into each other all the time: no backup has half of that. */
  @Test
  void backupOfAStoreThatIsWrittenIsOneMoment() throws Exception {
    try (TestStore opened = new TestStore()) {
      opened.createTable();
      StoreScript.commit(opened, Store.MAIN, "table");
      opened.store().createBranch("dev", BranchStart.withChanges("main"));
      AtomicBoolean stop = new AtomicBoolean();
      AtomicReference<Throwable> failed = new AtomicReference<>();
      Thread writer = new Thread(() -> write(opened, stop, failed));
      writer.start();
      List<MemoryStore> backups = new ArrayList<>();
      try {
        for (int i = 0; i < 6; i++) {
          MemoryStore target = new MemoryStore();
          CopyResult result = opened.store().backup(target, Optional.empty());
          assertEquals(List.of(), result.damages());
          backups.add(target);
        }
      } finally {
        stop.set(true);
        writer.join();
      }
      assertEquals(null, failed.get());
      for (MemoryStore backup : backups) {
        try (TestStore found = new TestStore(backup, EXISTING)) {
          assertFalse(StoreScript.describe(found).isEmpty());
        }
      }
    }
  }

  /** What is laid out anew and deleted meanwhile is in a copy as it was, or as it is. */
  @Test
  void copiesBesideOptimizeAndVacuumAreWhole() throws Exception {
    try (TestStore opened = new TestStore()) {
      opened.createTable();
      StoreScript.insert(opened, Store.MAIN, 1, 1, "first");
      StoreScript.commit(opened, Store.MAIN, "table");
      AtomicBoolean stop = new AtomicBoolean();
      AtomicReference<Throwable> failed = new AtomicReference<>();
      Thread writer = new Thread(() -> maintain(opened, stop, failed));
      writer.start();
      List<MemoryStore> copies = new ArrayList<>();
      try {
        for (int i = 0; i < 8; i++) {
          MemoryStore target = new MemoryStore();
          CopyResult result =
              i % 2 == 0
                  ? opened.store().backup(target, Optional.empty())
                  : opened.store().cloneTo(target);
          assertEquals(List.of(), result.damages());
          copies.add(target);
        }
      } finally {
        stop.set(true);
        writer.join();
      }
      assertEquals(null, failed.get());
      for (MemoryStore copy : copies) {
        try (TestStore found = new TestStore(copy, EXISTING)) {
          CommitCursor log =
              found.store().log(found.store().branch(Store.MAIN).head().orElseThrow());
          for (Optional<Commit> c = log.next(); c.isPresent(); c = log.next()) {
            assertEquals(
                opened.lines(opened.store().at(c.get().id())),
                found.lines(found.store().at(c.get().id())));
          }
        }
      }
    }
  }

  private static void maintain(
      TestStore opened, AtomicBoolean stop, AtomicReference<Throwable> failed) {
    try {
      long table = TestStore.schema(opened.store().head(Store.MAIN)).id();
      for (int i = 1; !stop.get(); i++) {
        StoreScript.insert(opened, Store.MAIN, 1_000L * i, 1 + i % 3, "p".repeat(400_000));
        opened.update(Store.MAIN, 0, firstRow(opened), List.of("u" + i));
        StoreScript.commit(opened, Store.MAIN, "c" + i);
        opened.store().createBranch("b" + i, BranchStart.withChanges(Store.MAIN));
        StoreScript.insert(opened, "b" + i, 1_000L * i + 500, 3, "q".repeat(400_000));
        opened.store().dropBranch("b" + i, DropMode.FORCE);
        unlessInTheWay(() -> opened.store().optimize(Store.MAIN, table));
        unlessInTheWay(() -> opened.store().vacuum(Duration.ZERO, false));
      }
    } catch (StoreException | RuntimeException | Error e) {
      failed.set(e);
    }
  }

  private static long[] firstRow(TestStore opened) throws StoreException {
    return new long[] {TestStore.table(opened.store().head(Store.MAIN)).rowIdAt(0).orElseThrow()};
  }

  private interface Work {
    Object run() throws StoreException;
  }

  private static void unlessInTheWay(Work work) throws StoreException {
    try {
      work.run();
    } catch (StoreException e) {
      if (e.code() != Code.WRONG_STATE && e.code() != Code.REF_MOVED) {
        throw e;
      }
    }
  }

  static void write(TestStore opened, AtomicBoolean stop, AtomicReference<Throwable> failed) {
    try {
      for (int i = 0; !stop.get(); i++) {
        String to = i % 2 == 0 ? "main" : "dev";
        String from = i % 2 == 0 ? "dev" : "main";
        StoreScript.insert(opened, from, 10 + i, 1, "row " + i);
        StoreScript.commit(opened, from, "c" + i);
        StoreScript.merge(opened, from, to);
      }
    } catch (StoreException | RuntimeException | Error e) {
      failed.set(e);
    }
  }
}
