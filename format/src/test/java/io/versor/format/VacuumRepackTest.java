package io.versor.format;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.versor.format.io.DirectoryStore;
import io.versor.format.io.FaultStore;
import io.versor.format.io.FaultStore.PowerLoss;
import io.versor.format.io.MemoryStore;
import io.versor.format.io.ObjectStore;
import io.versor.format.io.OpenMode;
import io.versor.format.type.StoreException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What no version can be asked for any more goes with VACUUM though its branch stays: checkpoints
 * between which there is no commit, layouts from before OPTIMIZE, and objects in packs of which
 * others are needed.
 */
class VacuumRepackTest {
  private static final Random RANDOM = new Random(3);

  @TempDir private Path directory;

  /** Text that does not become small. */
  static String noise(int chars) {
    StringBuilder text = new StringBuilder();
    RANDOM.ints(chars, 32, 127).forEach(c -> text.append((char) c));
    return text.toString();
  }

  /** Rows that stay, commits now and then, and checkpoints of states that nobody can ask for. */
  static void live(TestStore opened, int rounds) throws StoreException {
    opened.createTable();
    StoreScript.insert(opened, "main", 0, 40, noise(5_000));
    StoreScript.commit(opened, "main", "cold");
    go(opened, 0, rounds);
  }

  static void go(TestStore opened, int from, int rounds) throws StoreException {
    long first = TestStore.table(opened.store().head("main")).rowIdAt(0).orElseThrow();
    for (int round = from; round < from + rounds; round++) {
      opened.update("main", 1, new long[] {first + round % 3}, List.of(noise(6_000)));
      opened.store().checkpoint("main");
      if (round % 10 == 9) {
        StoreScript.commit(opened, "main", "round " + round);
      }
    }
  }

  private static long bytes(ObjectStore objects, String prefix) throws StoreException {
    long bytes = 0;
    for (String name : objects.list(prefix)) {
      bytes += objects.findLength(name).orElse(0);
    }
    return bytes;
  }

  /** The hash of the table in each commit and in the present state. */
  private static Map<String, String> hashes(Store store) throws StoreException {
    Map<String, String> hashes = new TreeMap<>();
    for (Branch branch : store.branches()) {
      hashes.put(branch.name(), TestStore.table(store.head(branch.name())).hash());
      CommitCursor cursor = store.log(branch.head().orElseThrow());
      for (var commit = cursor.next(); commit.isPresent(); commit = cursor.next()) {
        Snapshot then = store.at(commit.get().id());
        if (then.findTable(TestStore.TABLE).isPresent()) {
          hashes.put(commit.get().id().hex(), TestStore.table(then).hash());
        }
      }
    }
    return hashes;
  }

  private static void vacuum(TestStore opened) throws StoreException {
    opened.store().vacuum(Duration.ZERO, false);
  }

  @Test
  void whatLiesBetweenCommitsGoesAndVersionsStay() throws StoreException {
    MemoryStore objects = new MemoryStore();
    try (TestStore opened = new TestStore(objects);
        TestStore other = new TestStore(objects)) {
      live(opened, 100);
      Map<String, String> before = hashes(opened.store());
      assertEquals(12, before.size());
      assertEquals(before, hashes(other.store())); // with states in memory that stand on all that
      long packs = bytes(objects, "pack/");
      List<VacuumedObject> told = opened.store().vacuum(Duration.ZERO, true);
      vacuum(opened);
      assertTrue(told.size() > 50, told::toString);
      long left = bytes(objects, "pack/");
      assertTrue(left * 2 < packs, packs + " bytes became " + left);
      assertTrue(objects.list("pack/").size() <= 9, () -> objects.list("pack/").toString());
      for (Store store : List.of(opened.store(), other.store())) {
        assertEquals(before, hashes(store));
      }
      assertEquals(List.of(), opened.store().check());
      assertEquals(List.of(), opened.store().vacuum(Duration.ZERO, false));
      go(other, 100, 25);
      go(opened, 125, 10);
      before = hashes(other.store());
      vacuum(other);
      opened.reopen();
      assertEquals(before, hashes(opened.store()));
      assertEquals(before, hashes(other.store()));
      assertEquals(List.of(), opened.store().check());
    }
  }

  @Test
  void layoutsFromBeforeOptimizeGo() throws StoreException {
    MemoryStore objects = new MemoryStore();
    try (TestStore opened = new TestStore(objects)) {
      live(opened, 9);
      StoreScript.commit(opened, "main", "last");
      Store store = opened.store();
      store.checkpoint("main");
      Snapshot reader = store.head("main");
      List<String> lines = opened.lines(reader);
      store.optimize("main", TestStore.schema(reader).id());
      Map<String, String> before = hashes(store);
      long packs = bytes(objects, "pack/");
      vacuum(opened);
      assertTrue(bytes(objects, "pack/") < packs * 3 / 4, "the older layout of the last state");
      assertEquals(before, hashes(store));
      assertEquals(lines, opened.lines(store.head("main")));
      assertEquals(List.of(), store.check());
    }
  }

  /** The grace period is a reader's lease: before it is over all is where it was. */
  @Test
  void readersThatBeganBeforeEndWell() throws StoreException {
    Clock later = Clock.offset(Clock.systemUTC(), Duration.ofHours(2));
    try (TestStore opened =
        new TestStore(
            DirectoryStore.open(directory, OpenMode.CREATE),
            StoreOptions.defaults().withClock(later))) {
      live(opened, 35);
      List<String> lines;
      Snapshot between;
      try (TestStore other = new TestStore(DirectoryStore.open(directory, OpenMode.CREATE))) {
        between = other.store().head("main"); // of which no commit will tell
        lines = opened.lines(opened.store().head("main"));
        go(opened, 35, 5);
        List<VacuumedObject> told = opened.store().vacuum(Duration.ofHours(1), false);
        assertTrue(told.stream().anyMatch(each -> !each.deleted()), told::toString);
        assertEquals(lines, other.lines(between));
        go(other, 40, 3); // goes on with a state that was read before
        assertEquals(List.of(), opened.store().check());
      }
    }
  }

  /** What began after something was condemned never misses it when it goes. */
  @Test
  void readersOptimizeAndBackupsGoOnMeanwhile() throws Exception {
    MovingClock clock = new MovingClock();
    StoreOptions options = StoreOptions.defaults().withClock(clock);
    Path place = directory.resolve("store");
    ExecutorService others = Executors.newFixedThreadPool(3);
    int deleted = 0;
    try (TestStore opened = new TestStore(DirectoryStore.open(place, OpenMode.CREATE), options);
        TestStore other = new TestStore(DirectoryStore.open(place, OpenMode.CREATE), options)) {
      live(opened, 10);
      for (int round = 1; round <= 5; round++) {
        go(opened, 10 * round, 10);
        clock.ahead = Duration.ofHours(2 * round);
        Snapshot now = other.store().head("main");
        List<String> lines = opened.lines(opened.store().head("main"));
        Future<?> optimize =
            others.submit(
                () -> {
                  other.store().optimize("main", TestStore.schema(now).id());
                  return null;
                });
        Future<CopyResult> backup =
            others.submit(() -> other.store().backup(directory.resolve("backups")));
        Future<List<String>> reader = others.submit(() -> other.lines(now));
        for (VacuumedObject each : opened.store().vacuum(Duration.ofHours(1), false)) {
          deleted += each.deleted() ? 1 : 0;
        }
        optimize.get();
        assertEquals(List.of(), backup.get().damages());
        assertEquals(lines, reader.get());
        assertEquals(lines, opened.lines(opened.store().head("main")));
        assertEquals(List.of(), opened.store().check());
      }
      assertTrue(deleted > 10, deleted + " files were deleted or moved");
    } finally {
      others.shutdownNow();
    }
  }

  @Test
  void smallFilesBecomeOneAndBackupsOpen() throws StoreException {
    Path store = directory.resolve("store");
    try (TestStore opened = new TestStore(DirectoryStore.open(store, OpenMode.CREATE))) {
      for (int round = 0; round < 3; round++) {
        if (round == 0) {
          live(opened, 40);
        } else {
          go(opened, 40 * round, 40);
        }
        CopyResult first = opened.store().backup(directory.resolve("backups"));
        Map<String, String> before = hashes(opened.store());
        vacuum(opened);
        CopyResult second = opened.store().backup(directory.resolve("backups"));
        for (CopyResult backup : List.of(first, second)) {
          try (TestStore copy =
              new TestStore(DirectoryStore.open(Path.of(backup.place()), OpenMode.READ))) {
            assertEquals(before, hashes(copy.store()));
            assertEquals(List.of(), copy.store().check());
          }
        }
        assertEquals(before, hashes(opened.store()));
        assertTrue(opened.store().core().packs.list().size() <= 9);
        assertFalse(opened.store().core().roots.current().packMap().isEmpty());
      }
    }
  }

  /** Power goes after each single operation of a VACUUM that deletes, moves and merges files. */
  @Test
  void powerLossAtEachStepIsHarmless() throws StoreException {
    Random random = new Random(5);
    int operations = 0;
    for (boolean done = false; !done; operations++) {
      FaultStore objects = new FaultStore();
      Map<String, String> before = new HashMap<>();
      TestStore opened = new TestStore(objects);
      live(opened, 24);
      before.putAll(hashes(opened.store()));
      objects.crashAfter(operations);
      try {
        vacuum(opened);
        opened.close();
        done = true;
      } catch (PowerLoss lost) {
        closeDead(opened);
      }
      for (int i = 0; i < 2; i++) {
        FaultStore survivor = objects.survivor(random);
        try (TestStore again = new TestStore(survivor)) {
          String where = "after " + operations + " operations";
          assertEquals(before, hashes(again.store()), where);
          assertEquals(List.of(), again.store().check(), where);
          vacuum(again);
          assertEquals(before, hashes(again.store()), where);
          assertEquals(List.of(), again.store().check(), where);
          assertEquals(List.of(), again.store().vacuum(Duration.ZERO, false), where);
        }
      }
    }
    assertTrue(operations > 20, operations + " operations");
  }

  static void closeDead(TestStore opened) {
    try {
      opened.close();
    } catch (PowerLoss | IllegalStateException | StoreException dead) {
      return; // memory was given back; files cannot be closed any more
    }
  }

  /** Frames and files of a store after many commits on branches that come and go. */
  @Test
  void bytesStayNearWhatVersionsHold() throws StoreException {
    MemoryStore objects = new MemoryStore();
    try (TestStore opened = new TestStore(objects)) {
      List<String> figures = new ArrayList<>();
      new VacuumSoak(opened, 600, 150).run(figures::add);
      assertEquals(4, figures.size(), figures::toString);
      assertEquals(List.of(), opened.store().check());
    }
  }

  @Test
  @Tag("long")
  void bytesStayNearWhatVersionsHoldAfterManyCommits() throws StoreException {
    try (TestStore opened = new TestStore(DirectoryStore.open(directory, OpenMode.CREATE))) {
      new VacuumSoak(opened, 100_000, 5_000).run(System.out::println);
      assertEquals(List.of(), opened.store().check());
    }
  }
}
