package io.versor.format;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.versor.format.check.Damage;
import io.versor.format.io.DirectoryStore;
import io.versor.format.io.MemoryStore;
import io.versor.format.io.ObjectStore;
import io.versor.format.io.ObjectWriter;
import io.versor.format.io.OpenMode;
import io.versor.format.io.StopSignal;
import io.versor.format.ref.BranchEntry;
import io.versor.format.ref.CommitId;
import io.versor.format.type.StoreException;
import io.versor.format.type.StoreException.Code;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A clone has the history of its store, goes on for itself, and gives ids that no other gives. */
class CloneTest {
  private static final StoreOptions EXISTING = StoreOptions.defaults().withCreate(false);

  @TempDir Path directory;

  private static TestStore clone(TestStore opened) throws StoreException {
    MemoryStore target = new MemoryStore();
    assertEquals(List.of(), opened.store().cloneTo(target).damages());
    return new TestStore(target, EXISTING);
  }

  /** Commits by their ids with what is told of them, and what their tables hold. */
  private static Map<String, String> history(TestStore opened) throws StoreException {
    Map<String, String> seen = new TreeMap<>(StoreScript.describe(opened));
    Store store = opened.store();
    for (Branch branch : store.branches()) {
      seen.put(
          "branch " + branch.name(),
          branch.head() + " of " + branch.parent() + " " + branch.startCommit());
    }
    CommitCursor cursor = store.allCommits();
    for (Optional<Commit> next = cursor.next(); next.isPresent(); next = cursor.next()) {
      StringBuilder text = new StringBuilder(next.get().toString());
      Snapshot snapshot = store.at(next.get().id());
      for (TableSnapshot table : snapshot.tables()) {
        text.append(' ').append(table.hash());
      }
      seen.put(next.get().id().hex(), text.toString());
    }
    return seen;
  }

  @Test
  void cloneHasTheSameHistoryAndGoesOnForItself() throws Exception {
    MemoryStore objects = new MemoryStore();
    StoreScript.reference(objects);
    try (TestStore opened = new TestStore(objects, EXISTING)) {
      Map<String, String> before = history(opened);
      try (TestStore clone = clone(opened)) {
        assertEquals(before, history(clone));
        assertNotEquals(
            opened.store().core().roots.current().store(),
            clone.store().core().roots.current().store());
        for (Branch branch : clone.store().branches()) {
          if (clone.store().head(branch.name()).pendingMerge().isEmpty()) {
            StoreScript.insert(clone, branch.name(), 9_000, 3, "of the clone");
            StoreScript.commit(clone, branch.name(), "in the clone");
          }
        }
        clone.store().checkpoint(Store.MAIN);
        clone.store().vacuum(Duration.ZERO, false);
        Map<String, String> after = history(clone);
        clone.reopen();
        assertEquals(after, history(clone));
        assertEquals(List.of(), clone.store().check());
        for (Map.Entry<String, String> commit : before.entrySet()) {
          if (commit.getKey().matches("[0-9a-f]{40}")) {
            assertEquals(commit.getValue(), after.get(commit.getKey()));
          }
        }
      }
      assertEquals(before, history(opened));
      assertEquals(List.of(), opened.store().check());
    }
  }

  @Test
  void commitsOfTheCloneSayTheBranchTheyWereMadeOn() throws Exception {
    try (TestStore opened = new TestStore()) {
      opened.createTable();
      StoreScript.commit(opened, Store.MAIN, "one");
      opened.store().createBranch("dev", BranchStart.withChanges(Store.MAIN));
      StoreScript.insert(opened, "dev", 1, 1, "x");
      StoreScript.commit(opened, "dev", "two");
      try (TestStore clone = clone(opened)) {
        CommitId two = clone.store().branch("dev").head().orElseThrow();
        assertEquals("dev", clone.store().commit(two).branch());
        assertEquals(Optional.of(Store.MAIN), clone.store().branch("dev").parent());
        clone.store().renameBranch("dev", "development");
        assertEquals("development", clone.store().commit(two).branch());
        CommitId one = clone.store().commit(two).parents().get(0);
        assertEquals(Store.MAIN, clone.store().commit(one).branch());
        assertEquals(2, clone.store().reflog("development").size());
      }
    }
  }

  /** Frames of another process, of which this one has read nothing yet. */
  @Test
  void cloneHasWhatOthersWrote() throws Exception {
    MemoryStore objects = new MemoryStore();
    try (TestStore opened = new TestStore(objects);
        TestStore other = new TestStore(objects)) {
      opened.createTable();
      opened.lines(opened.store().head(Store.MAIN));
      StoreScript.insert(other, Store.MAIN, 1, 3, "of another");
      try (TestStore clone = clone(opened)) {
        assertEquals(StoreScript.describe(other), StoreScript.describe(clone));
      }
    }
  }

  // --- ids

  /** Every id of a row, table or column that was given, and every frame that was written. */
  private static Set<String> given(TestStore opened) throws StoreException {
    Set<String> ids = new HashSet<>();
    Store store = opened.store();
    for (Branch branch : store.branches()) {
      note(ids, store.head(branch.name()));
    }
    CommitCursor cursor = store.allCommits();
    for (Optional<Commit> next = cursor.next(); next.isPresent(); next = cursor.next()) {
      ids.add("commit " + next.get().id().hex());
      note(ids, store.at(next.get().id()));
    }
    for (BranchEntry branch : store.core().roots.current().branches()) {
      if (branch.hasLog()) {
        long frames = store.core().live(branch.id()).refresh().position().frame();
        for (long frame = 0; frame <= frames; frame++) {
          ids.add("frame " + branch.id() + " " + frame);
        }
      }
    }
    return ids;
  }

  private static void note(Set<String> ids, Snapshot snapshot) throws StoreException {
    for (TableSnapshot table : snapshot.tables()) {
      ids.add("table " + table.schema().id());
      table.schema().columns().forEach(column -> ids.add("column " + column.id()));
      for (long row = 0; row < table.rowCount(); row++) {
        long id = table.rowIdAt(row).orElseThrow();
        assertTrue(id >= 0, "row id " + id);
        ids.add("row " + id);
      }
    }
  }

  /** A store, clones of it and of its clones live on: nothing new in one is in another one. */
  @Test
  void storesAndClonesNeverGiveTheSameId() throws Exception {
    storesAndClones(1, 25, 12);
  }

  @Test
  @Tag("long")
  void storesAndClonesNeverGiveTheSameIdInLongLives() throws Exception {
    for (long seed = 2; seed <= 9; seed++) {
      storesAndClones(seed, 40, 25);
    }
  }

  private static void storesAndClones(long seed, int before, int after) throws Exception {
    Random random = new Random(seed);
    List<TestStore> stores = new ArrayList<>(List.of(new TestStore()));
    List<Set<String>> old = new ArrayList<>(List.of(Set.of()));
    try {
      live(stores.get(0), seed, before);
      for (int i = 0; i < 4; i++) {
        TestStore source = stores.get(random.nextInt(stores.size()));
        TestStore clone = clone(source);
        old.add(given(clone));
        stores.add(clone);
        // Each as the others: the same program gives the same rows.
        for (TestStore each : stores) {
          live(each, 100 * seed + i, after);
        }
      }
      for (int i = 0; i < stores.size(); i++) {
        for (int k = i + 1; k < stores.size(); k++) {
          Set<String> both = given(stores.get(i));
          both.retainAll(given(stores.get(k)));
          // What both have, the younger one had when it was made, or both had from another.
          both.removeAll(old.get(k));
          both.removeAll(old.get(i));
          assertEquals(Set.of(), both, "seed " + seed + ", stores " + i + " and " + k);
        }
        assertEquals(List.of(), stores.get(i).store().check(), "seed " + seed + ", store " + i);
      }
    } finally {
      for (TestStore each : stores) {
        each.close();
      }
    }
  }

  private static void live(TestStore opened, long seed, int steps) throws StoreException {
    List<StoreScript.Step> program = RandomLife.steps(seed, steps);
    boolean made = opened.store().head(Store.MAIN).findTable(TestStore.TABLE).isPresent();
    for (StoreScript.Step step : program) {
      if (!made || !Set.of("create table", "keys", "commit").contains(step.name())) {
        step.deed().on(opened);
      }
    }
    // Branches that were only made give ids, too.
    for (Branch branch : opened.store().branches()) {
      if (opened.store().head(branch.name()).pendingMerge().isEmpty()) {
        StoreScript.insert(opened, branch.name(), 1_000_000 + seed * 10, 2, "end");
      }
    }
  }

  @Test
  void aLineOfClonesHasIdsAndThenIsRefused() throws Exception {
    List<TestStore> line = new ArrayList<>(List.of(new TestStore()));
    try {
      line.get(0).createTable();
      StoreScript.insert(line.get(0), Store.MAIN, 0, 1, "x");
      StoreException refused = null;
      while (refused == null && line.size() < 30) {
        try {
          TestStore next = clone(line.get(line.size() - 1));
          StoreScript.insert(next, Store.MAIN, line.size(), 1, "x");
          next.store().createBranch("b" + line.size(), BranchStart.withChanges(Store.MAIN));
          line.add(next);
        } catch (StoreException e) {
          refused = e;
        }
      }
      assertEquals(Code.LIMIT, refused.code());
      assertTrue(line.size() > 8, line.size() + " clones in a line");
      assertEquals(
          line.size(),
          line.get(line.size() - 1)
              .lines(line.get(line.size() - 1).store().head(Store.MAIN))
              .size());
    } finally {
      for (TestStore each : line) {
        each.close();
      }
    }
  }

  // --- places

  @Test
  void placesThatAreNotEmptyOrInTheStoreAreRefused() throws Exception {
    Path place = directory.resolve("store");
    Path full = Files.createDirectories(directory.resolve("full/sub"));
    Files.writeString(full.resolve("file"), "mine");
    Path link = Files.createSymbolicLink(directory.resolve("link"), place);
    Path file = Files.writeString(directory.resolve("file"), "mine");
    try (TestStore opened = new TestStore(DirectoryStore.open(place, OpenMode.CREATE))) {
      opened.createTable();
      refused(opened, Code.WRONG_STATE, full, "is not empty");
      refused(opened, Code.WRONG_STATE, full.getParent(), "is not empty");
      refused(opened, Code.WRONG_STATE, directory, "is not empty");
      refused(opened, Code.WRONG_STATE, place, "lies in the store");
      refused(opened, Code.WRONG_STATE, place.resolve("a/b"), "lies in the store");
      refused(opened, Code.WRONG_STATE, link.resolve("a"), "lies in the store");
      refused(opened, Code.NOT_A_STORE, file, "is a file");
      Path first = directory.resolve("first");
      opened.store().cloneTo(first);
      refused(opened, Code.WRONG_STATE, first, "is not empty");
      opened.store().cloneTo(Files.createDirectory(directory.resolve("second")));
      try (ObjectStore readOnly = DirectoryStore.open(place, OpenMode.READ);
          TestStore reader = new TestStore(readOnly, StoreOptions.defaults().withReadOnly(true))) {
        refused(reader, Code.READ_ONLY, directory.resolve("third"), "");
      }
    }
    assertEquals("mine", Files.readString(file));
    assertEquals("mine", Files.readString(full.resolve("file")));
  }

  private static void refused(TestStore opened, Code code, Path place, String why) {
    StoreException e = assertThrows(StoreException.class, () -> opened.store().cloneTo(place));
    assertEquals(code, e.code(), e::getMessage);
    assertTrue(e.getMessage().contains(why), e::getMessage);
  }

  // --- accidents

  @Test
  void powerLossLeavesNothingOrAWholeClone() throws Exception {
    CopyTrial.powerLossLeavesNothingOrAll(Store::cloneTo, new Random(4));
  }

  @Test
  void whatFailsIsRemoved() throws Exception {
    Path place = directory.resolve("clone");
    try (TestStore opened = new TestStore()) {
      opened.createTable();
      StoreScript.insert(opened, Store.MAIN, 1, 400, "p".repeat(5_000));
      StoreScript.commit(opened, Store.MAIN, "one");
      for (int looks = 0; ; looks++) {
        int most = looks;
        int[] seen = {0};
        try {
          StopSignal.during(
              () -> {
                if (seen[0]++ == most) {
                  throw new StoreException(Code.CANCELLED, "stopped");
                }
              },
              () -> opened.store().cloneTo(place));
          assertTrue(looks > 5, looks + " looks");
          break;
        } catch (StoreException e) {
          assertEquals(Code.CANCELLED, e.code());
          if (Files.exists(place)) {
            try (var files = Files.walk(place)) {
              assertEquals(
                  List.of(),
                  files
                      .filter(each -> !Files.isDirectory(each) && !each.endsWith("lock"))
                      .toList());
            }
          }
        }
      }
      try (TestStore clone = new TestStore(DirectoryStore.open(place, OpenMode.WRITE), EXISTING)) {
        assertEquals(StoreScript.describe(opened), StoreScript.describe(clone));
      }
    }
  }

  /** A clone takes damage along, and says so; its checksums do not hide it. */
  @Test
  void damageIsNotHidden() throws Exception {
    MemoryStore objects = new MemoryStore();
    try (TestStore opened = new TestStore(objects)) {
      opened.createTable();
      StoreScript.insert(opened, Store.MAIN, 1, 400, "p".repeat(5_000));
      StoreScript.commit(opened, Store.MAIN, "one");
    }
    String pack = objects.list("pack/").get(0);
    for (int at : new int[] {70, 200, 5_000}) {
      MemoryStore damaged = copy(objects, pack, at);
      try (TestStore opened = new TestStore(damaged, EXISTING)) {
        List<Damage> damages = opened.store().cloneTo(new MemoryStore()).damages();
        assertFalse(damages.isEmpty(), "byte " + at);
        assertTrue(damages.get(0).file().endsWith(pack), () -> damages.toString());
      }
    }
  }

  private static MemoryStore copy(ObjectStore from, String pack, int at) throws StoreException {
    MemoryStore copy = new MemoryStore();
    for (String name : from.list("")) {
      byte[] bytes = from.load(name, Integer.MAX_VALUE).orElseThrow();
      if (name.equals(pack)) {
        bytes[at] ^= 4;
      }
      if (name.equals("root")) {
        copy.swap(name, Optional.empty(), bytes);
      } else if (name.endsWith(".log")) {
        try (var segment = copy.openSegment(name, OpenMode.CREATE)) {
          segment.write(0, bytes, 0, bytes.length);
          segment.sync();
        }
      } else {
        try (ObjectWriter out = copy.create(name)) {
          out.write(bytes, 0, bytes.length);
          out.finish();
        }
      }
    }
    return copy;
  }

  // --- beside writers

  @Test
  void cloneOfAStoreThatIsWrittenIsOneMoment() throws Exception {
    try (TestStore opened = new TestStore()) {
      opened.createTable();
      StoreScript.commit(opened, Store.MAIN, "table");
      opened.store().createBranch("dev", BranchStart.withChanges("main"));
      AtomicBoolean stop = new AtomicBoolean();
      AtomicReference<Throwable> failed = new AtomicReference<>();
      Thread writer = new Thread(() -> BackupTest.write(opened, stop, failed));
      writer.start();
      List<TestStore> clones = new ArrayList<>();
      try {
        for (int i = 0; i < 6; i++) {
          clones.add(clone(opened));
        }
      } finally {
        stop.set(true);
        writer.join();
      }
      assertEquals(null, failed.get());
      for (TestStore clone : clones) {
        assertFalse(StoreScript.describe(clone).isEmpty());
        StoreScript.insert(clone, Store.MAIN, 90_000, 1, "x");
        assertEquals(List.of(), clone.store().check());
        clone.close();
      }
    }
  }
}
