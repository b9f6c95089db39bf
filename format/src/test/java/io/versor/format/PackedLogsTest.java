package io.versor.format;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.versor.format.io.DirectoryStore;
import io.versor.format.io.FaultStore;
import io.versor.format.io.FaultStore.PowerLoss;
import io.versor.format.io.MemoryStore;
import io.versor.format.io.OpenMode;
import io.versor.format.log.FrameAddress;
import io.versor.format.ref.CommitId;
import io.versor.format.ref.RootJson;
import io.versor.format.type.StoreException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** VACUUM puts logs of branches that are gone into packs, and nobody sees a difference. */
class PackedLogsTest {
  /** More than VACUUM leaves as files of their own. */
  private static final int MANY = VacuumRepack.MOST_SMALL + 2;

  @TempDir private Path directory;

  @Test
  void historyIsReadOverLogsInPacks() throws StoreException {
    MemoryStore objects = new MemoryStore();
    try (TestStore opened = new TestStore(objects);
        TestStore other = new TestStore(objects)) {
      GoneBranches.begin(opened);
      GoneBranches.comeAndGo(opened, 0, MANY);
      Map<String, String> before = GoneBranches.describe(opened.store());
      assertTrue(before.size() > 150, () -> before.size() + " things are seen");
      assertEquals(before, GoneBranches.describe(other.store())); // which has logs open
      assertEquals(MANY + 1, GoneBranches.files(objects, "log/"));
      List<VacuumedObject> told = GoneBranches.vacuum(opened);
      assertEquals(MANY, told.stream().filter(each -> each.name().startsWith("log/")).count());
      assertEquals(1, GoneBranches.files(objects, "log/"));
      assertEquals(MANY, GoneBranches.packed(opened).size());
      assertEquals(before, GoneBranches.describe(opened.store()));
      assertEquals(before, GoneBranches.describe(other.store()));
      assertEquals(List.of(), opened.store().check());
      assertEquals(List.of(), GoneBranches.vacuum(opened));
      opened.reopen();
      assertEquals(before, GoneBranches.describe(opened.store()));
      assertEquals(List.of(), Store.repair(objects, StoreOptions.defaults()));
      assertTrue(
          new String(objects.load("root", RootJson.MAX_BYTES).orElseThrow())
              .contains("format\":3"));
    }
  }

  @Test
  void fewLogsStayWhereTheyAreAndLaterOnesFollow() throws StoreException {
    MemoryStore objects = new MemoryStore();
    try (TestStore opened = new TestStore(objects)) {
      GoneBranches.begin(opened);
      Map<String, String> before = Map.of();
      int branches = 0;
      for (int round = 0; round < 6; round++) {
        int more = 1 + round % 5;
        GoneBranches.comeAndGo(opened, branches, more);
        branches += more;
        if (round == 5) {
          before = GoneBranches.describe(opened.store());
        }
        GoneBranches.vacuum(opened);
        assertTrue(GoneBranches.files(objects, "log/") <= 1 + VacuumRepack.MOST_SMALL);
        assertTrue(GoneBranches.files(objects, "pack/") <= VacuumRepack.MOST_SMALL + 1);
      }
      assertEquals(before, GoneBranches.describe(opened.store()));
      assertTrue(GoneBranches.packed(opened).size() > branches - MANY);
      assertEquals(List.of(), opened.store().check());
    }
  }

  /** What needs frames on the disk finds that they are. */
  @Test
  void commitsInPacksAreStartedFromTaggedAndReset() throws StoreException {
    MemoryStore objects = new MemoryStore();
    try (TestStore opened = new TestStore(objects)) {
      GoneBranches.begin(opened);
      GoneBranches.comeAndGo(opened, 0, MANY);
      GoneBranches.vacuum(opened);
      opened.reopen(); // knows of no frame that it is on the disk
      Store store = opened.store();
      CommitId base = second(store, 3);
      String hash = TestStore.table(store.at(base)).hash();
      store.createBranch("again", BranchStart.ofCommit(base));
      store.createTag("was", second(store, 4), Optional.empty(), "ann");
      StoreScript.insert(opened, "again", 77_000, 1, "again");
      StoreScript.commit(opened, "again", "again");
      store.resetBranch("again", base.hex(), ResetMode.HARD, "ann");
      assertEquals(hash, TestStore.table(store.head("again")).hash());
      assertEquals(hash, TestStore.table(store.resolve("again", "main")).hash());
      StoreScript.insert(opened, "main", 78_000, 1, "main");
      StoreScript.commit(opened, "main", "main");
      store.revert(
          new PickRequest(
              base.hex(),
              Optional.empty(),
              "main",
              MergeRequest.Strategy.OURS,
              Optional.empty(),
              "ann"));
      assertEquals(List.of(), store.check());
    }
  }

  /** Who read a log long before it went into a pack goes on to its end. */
  @Test
  void framesThatCameLaterAreThereToo() throws StoreException {
    MemoryStore objects = new MemoryStore();
    try (TestStore opened = new TestStore(objects);
        TestStore other = new TestStore(objects)) {
      GoneBranches.begin(opened);
      GoneBranches.start(opened, "late");
      StoreScript.insert(opened, "late", 50_000, 1, "late");
      StoreScript.commit(opened, "late", "early");
      long late = other.store().core().roots.current().branches().get(1).id();
      assertEquals(5, other.lines(other.store().head("late")).size());
      StoreScript.insert(opened, "late", 51_000, 1, "late");
      StoreScript.commit(opened, "late", "late");
      CommitId last = opened.store().branch("late").head().orElseThrow();
      opened.store().checkpoint("late");
      StoreScript.merge(opened, "late", "main");
      opened.store().dropBranch("late", DropMode.REFUSE_UNMERGED);
      GoneBranches.comeAndGo(opened, 0, MANY);
      opened.store().checkpoint("main");
      GoneBranches.vacuum(opened);
      assertTrue(GoneBranches.packed(opened).stream().anyMatch(each -> each.id() == late));
      other.store().core().live(late).force(seal(opened, last).frame());
      other.store().createTag("late", last, Optional.empty(), "ann");
      assertEquals(List.of(), other.store().check());
    }
  }

  private static FrameAddress seal(TestStore opened, CommitId commit) throws StoreException {
    opened.store().createTag("known", commit, Optional.empty(), "ann");
    return opened.store().core().roots.current().tags().get(0).seal();
  }

  /** The last commit of a branch that was merged by the merge that came as the n-th. */
  private static CommitId second(Store store, int n) throws StoreException {
    CommitCursor cursor = store.log(store.branch("main").head().orElseThrow());
    int seen = 0;
    for (Optional<Commit> c = cursor.next(); c.isPresent(); c = cursor.next()) {
      if (c.get().parents().size() == 2 && ++seen == n) {
        return c.get().parents().get(1);
      }
    }
    throw new AssertionError("only " + seen + " merges");
  }

  @Test
  void whatNobodyNeedsAnyMoreGoesOutOfPacks() throws StoreException {
    MemoryStore objects = new MemoryStore();
    try (TestStore opened = new TestStore(objects)) {
      GoneBranches.begin(opened);
      Store store = opened.store();
      for (int i = 0; i < MANY; i++) {
        String name = "side" + i;
        GoneBranches.start(opened, name);
        StoreScript.insert(opened, name, 100L * i, 20, VacuumRepackTest.noise(200));
        StoreScript.commit(opened, name, name);
        store.createTag(
            "tag" + i, store.branch(name).head().orElseThrow(), Optional.empty(), "ann");
        store.dropBranch(name, DropMode.FORCE);
      }
      GoneBranches.vacuum(opened);
      assertEquals(MANY, GoneBranches.packed(opened).size());
      long bytes = bytes(objects);
      for (int i = 0; i < MANY - 2; i++) {
        store.dropTag("tag" + i);
      }
      String hash = TestStore.table(store.resolve("tag" + (MANY - 1), "main")).hash();
      GoneBranches.vacuum(opened);
      assertEquals(2, GoneBranches.packed(opened).size());
      assertTrue(bytes(objects) < bytes / 2, () -> bytes + " bytes before");
      assertEquals(hash, TestStore.table(store.resolve("tag" + (MANY - 1), "main")).hash());
      assertEquals(List.of(), store.check());
      store.dropTag("tag" + (MANY - 2));
      store.dropTag("tag" + (MANY - 1));
      GoneBranches.vacuum(opened);
      assertEquals(List.of(), GoneBranches.packed(opened));
      assertEquals(0, GoneBranches.files(objects, "pack/"));
      assertEquals(List.of(), store.check());
    }
  }

  private static long bytes(MemoryStore objects) throws StoreException {
    long bytes = 0;
    for (String name : objects.list("pack/")) {
      bytes += objects.findLength(name).orElse(0);
    }
    return bytes;
  }

  /** Large logs have files, and a log that is damaged stays where a repair finds it. */
  @Test
  void largeAndDamagedLogsKeepTheirFiles() throws StoreException {
    MemoryStore objects = new MemoryStore();
    try (TestStore opened = new TestStore(objects)) {
      GoneBranches.begin(opened);
      GoneBranches.start(opened, "large");
      for (int i = 0; i < 12; i++) {
        StoreScript.insert(opened, "large", 50_000 + 100 * i, 50, VacuumRepackTest.noise(2_000));
      }
      StoreScript.commit(opened, "large", "large");
      StoreScript.merge(opened, "large", "main");
      opened.store().dropBranch("large", DropMode.FORCE);
      GoneBranches.comeAndGo(opened, 0, MANY);
      String damaged = objects.list("log/").get(MANY);
      try (var segment = objects.openSegment(damaged, OpenMode.WRITE)) {
        segment.write(150, new byte[] {1, 2, 3}, 0, 3);
        segment.sync();
      }
      GoneBranches.vacuum(opened);
      assertEquals(MANY - 1, GoneBranches.packed(opened).size());
      assertEquals(3, GoneBranches.files(objects, "log/"));
      assertTrue(objects.list("log/").contains(damaged));
    }
  }

  @Test
  void powerLossAtEachStepIsHarmless() throws StoreException {
    Random random = new Random(5);
    MemoryStore made = new MemoryStore();
    Map<String, String> before;
    try (TestStore opened = new TestStore(made)) {
      GoneBranches.begin(opened);
      GoneBranches.comeAndGo(opened, 0, MANY);
      before = GoneBranches.describe(opened.store());
    }
    Map<String, byte[]> files = StoreFiles.of(made);
    int operations = 0;
    for (boolean done = false; !done; operations++) {
      FaultStore objects = StoreFiles.plant(files, new FaultStore());
      TestStore opened = new TestStore(objects);
      objects.crashAfter(operations);
      try {
        GoneBranches.vacuum(opened);
        opened.close();
        done = true;
      } catch (PowerLoss lost) {
        VacuumRepackTest.closeDead(opened);
      }
      String where = "after " + operations + " operations";
      FaultStore survivor = objects.survivor(random);
      Map<String, byte[]> left = StoreFiles.of(survivor);
      try (TestStore again = new TestStore(survivor)) {
        assertEquals(before, GoneBranches.describe(again.store()), where);
        GoneBranches.vacuum(again);
        assertEquals(List.of(), again.store().check(), where);
        assertEquals(List.of(), GoneBranches.vacuum(again), where);
        assertEquals(1, GoneBranches.files(survivor, "log/"), where);
      }
      if (operations % 4 == 0) { // besides
        left.remove("root");
        MemoryStore rootless = StoreFiles.plant(left, new MemoryStore());
        Store.repair(rootless, RepairTrial.OPTIONS);
        try (TestStore again = new TestStore(rootless, RepairTrial.OPTIONS)) {
          assertEquals(before, GoneBranches.describe(again.store()), where);
        }
      }
    }
    assertTrue(operations > MANY, operations + " operations");
  }

  /** Who wrote the logs has their files open, and begins anew when states between commits go. */
  @Test
  void whoMadeTheLogsFindsThemInPacks() throws StoreException {
    MemoryStore objects = new MemoryStore();
    try (TestStore opened = new TestStore(objects);
        TestStore writer = new TestStore(objects)) {
      GoneBranches.begin(opened);
      GoneBranches.comeAndGo(writer, 0, MANY);
      Map<String, String> before = GoneBranches.describe(writer.store());
      long collected = opened.store().core().roots.current().collected();
      VacuumRepackTest.go(opened, 0, 24);
      GoneBranches.vacuum(opened);
      GoneBranches.vacuum(opened);
      assertEquals(MANY, GoneBranches.packed(opened).size());
      assertTrue(opened.store().core().roots.current().collected() > collected);
      for (String line : before.keySet()) {
        if (line.matches("[0-9a-f]{40}")) {
          writer.store().resolveCommit(line, Store.MAIN);
        }
      }
    }
  }

  /** Others read and write while logs go into packs, also those that had them open. */
  @Test
  void readersAndWritersGoOnMeanwhile() throws Exception {
    ExecutorService others = Executors.newFixedThreadPool(2);
    try (TestStore opened = new TestStore(DirectoryStore.open(directory, OpenMode.CREATE));
        TestStore reader = new TestStore(DirectoryStore.open(directory, OpenMode.CREATE));
        TestStore writer = new TestStore(DirectoryStore.open(directory, OpenMode.CREATE))) {
      GoneBranches.begin(opened);
      GoneBranches.comeAndGo(opened, 0, MANY);
      CommitId head = opened.store().branch("main").head().orElseThrow();
      Map<CommitId, String> hashes = new HashMap<>();
      CommitCursor all = opened.store().allCommits();
      for (Optional<Commit> c = all.next(); c.isPresent(); c = all.next()) {
        hashes.put(c.get().id(), TestStore.table(opened.store().at(c.get().id())).hash());
      }
      Future<?> writing =
          others.submit(
              () -> {
                for (int i = 0; i < 10; i++) {
                  StoreScript.insert(writer, "main", 100_000 + i, 1, "meanwhile");
                  StoreScript.commit(writer, "main", "meanwhile");
                }
                return null;
              });
      Future<?> reading =
          others.submit(
              () -> {
                for (Map.Entry<CommitId, String> each : hashes.entrySet()) {
                  assertEquals(
                      each.getValue(), TestStore.table(reader.store().at(each.getKey())).hash());
                  assertTrue(reader.store().mergeBase(each.getKey(), head).isPresent());
                }
                return null;
              });
      GoneBranches.vacuum(opened);
      reading.get();
      writing.get();
      assertEquals(MANY, GoneBranches.packed(opened).size());
      assertEquals(1, directory.resolve("log").toFile().list().length); // folders go, too
      assertEquals(GoneBranches.describe(opened.store()), GoneBranches.describe(reader.store()));
      assertEquals(List.of(), opened.store().check());
    } finally {
      others.shutdownNow();
    }
  }

  @Test
  void backupsAndClonesTakeThemAlong() throws Exception {
    Map<String, String> before;
    Path backup;
    MemoryStore clone = new MemoryStore();
    try (TestStore opened = new TestStore()) {
      GoneBranches.begin(opened);
      GoneBranches.comeAndGo(opened, 0, MANY);
      GoneBranches.vacuum(opened);
      before = GoneBranches.describe(opened.store());
      opened.store().backup(directory.resolve("backups"));
      CopyResult later = opened.store().backup(directory.resolve("backups"));
      assertEquals(List.of(), later.damages());
      assertTrue(later.copiedObjects() <= 3, later::toString);
      backup = Path.of(later.place());
      assertEquals(List.of(), opened.store().cloneTo(clone).damages());
    }
    try (TestStore copy = new TestStore(DirectoryStore.open(backup, OpenMode.READ))) {
      assertEquals(before, GoneBranches.describe(copy.store()));
    }
    try (TestStore copy = new TestStore(clone)) {
      assertEquals(before, GoneBranches.describe(copy.store()));
      GoneBranches.comeAndGo(copy, 100, MANY);
      Map<String, String> more = GoneBranches.describe(copy.store());
      GoneBranches.vacuum(copy);
      assertEquals(more, GoneBranches.describe(copy.store()));
      // the log that main goes on from is gone, too
      assertEquals(2 * MANY + 1, GoneBranches.packed(copy).size());
      assertEquals(List.of(), copy.store().check());
    }
  }

  @Test
  void historyThatExpiresIsReadOverThem() throws StoreException {
    MemoryStore objects = new MemoryStore();
    try (TestStore opened = new TestStore(objects)) {
      GoneBranches.begin(opened);
      GoneBranches.comeAndGo(opened, 0, MANY);
      GoneBranches.vacuum(opened);
      Map<String, String> before = GoneBranches.describe(opened.store());
      List<ExpiredCommit> gone =
          StoreScript.expire(opened, new ExpiryRequest.Before("main~3"), Optional.empty());
      assertFalse(gone.isEmpty());
      Map<String, String> after = GoneBranches.describe(opened.store());
      int compared = 0;
      for (String hex : before.keySet()) {
        if (hex.length() == 40 && !gone(gone, hex)) {
          assertEquals(before.get(hex), after.get(hex));
          compared++;
        }
      }
      assertTrue(compared > 3, compared + " commits are left");
      GoneBranches.vacuum(opened);
      assertEquals(List.of(), opened.store().check());
    }
  }

  private static boolean gone(List<ExpiredCommit> gone, String hex) {
    return gone.stream().anyMatch(each -> each.kept().isEmpty() && each.id().hex().equals(hex));
  }

  /** Nothing is known of an age before it is over. */
  @Test
  void graceDoesNotHoldLogsUp() throws StoreException {
    MemoryStore objects = new MemoryStore();
    try (TestStore opened = new TestStore(objects)) {
      GoneBranches.begin(opened);
      GoneBranches.comeAndGo(opened, 0, MANY);
      opened.store().vacuum(Duration.ofDays(1), true);
      assertEquals(MANY + 1, GoneBranches.files(objects, "log/"));
      opened.store().vacuum(Duration.ofDays(1), false);
      assertEquals(1, GoneBranches.files(objects, "log/"));
      assertEquals(List.of(), opened.store().check());
    }
  }

  /** Branches of all fates, tags, and VACUUM: every commit is what it was when it was made. */
  @Test
  void commitsStayWhatTheyWere() throws StoreException {
    int packed = 0;
    for (int seed = 0; seed < 2; seed++) {
      Random random = new Random(seed);
      MemoryStore objects = new MemoryStore();
      Map<CommitId, String> model = new HashMap<>();
      try (TestStore opened = new TestStore(objects)) {
        GoneBranches.begin(opened);
        for (int step = 0; step < 180; step++) {
          step(opened, random, step, model);
        }
        GoneBranches.vacuum(opened);
        packed += GoneBranches.packed(opened).size();
        compare(opened.store(), model);
        assertEquals(List.of(), opened.store().check());
      }
    }
    assertTrue(packed > 6, packed + " logs lie in packs");
  }

  private static void step(TestStore opened, Random random, int step, Map<CommitId, String> model)
      throws StoreException {
    Store store = opened.store();
    List<Branch> branches = store.branches();
    Branch any = branches.get(random.nextInt(branches.size()));
    boolean main = any.name().equals("main");
    switch (random.nextInt(12)) {
      case 0, 1, 2 -> {
        if (branches.size() < 6) {
          store.createBranch("b" + step, BranchStart.ofCommit(any.head().orElseThrow()));
        }
      }
      case 3, 4, 5, 6 -> {
        StoreScript.insert(opened, any.name(), 10L * step, 1 + random.nextInt(3), "s" + step);
        StoreScript.commit(opened, any.name(), "c" + step);
        CommitId id = store.branch(any.name()).head().orElseThrow();
        model.put(id, TestStore.table(store.at(id)).hash());
      }
      case 7, 8 -> {
        if (!main) {
          if (!store.isAncestor(any.head().orElseThrow(), store.branch("main").head().get())) {
            StoreScript.merge(opened, any.name(), "main");
          }
          store.dropBranch(any.name(), DropMode.REFUSE_UNMERGED);
        }
      }
      case 9 -> {
        if (!main && random.nextBoolean()) {
          store.createTag("t" + step, any.head().orElseThrow(), Optional.empty(), "ann");
          store.dropBranch(any.name(), DropMode.FORCE);
        }
      }
      case 10 -> {
        if (!store.tags().isEmpty()) {
          store.dropTag(store.tags().get(0).name());
        } else {
          store.checkpoint(any.name());
        }
      }
      default -> {
        if (random.nextBoolean()) {
          GoneBranches.vacuum(opened);
          compare(store, model);
        } else if (random.nextInt(4) == 0) {
          opened.reopen();
        }
      }
    }
  }

  /** Commits that a branch or tag reaches, each by its id. */
  private static void compare(Store store, Map<CommitId, String> model) throws StoreException {
    List<CommitId> ends = new ArrayList<>();
    for (Branch branch : store.branches()) {
      ends.add(branch.head().orElseThrow());
    }
    store.tags().forEach(tag -> ends.add(tag.commit()));
    for (CommitId end : ends) {
      CommitCursor log = store.log(end);
      for (Optional<Commit> c = log.next(); c.isPresent(); c = log.next()) {
        CommitId id = c.get().id();
        if (model.containsKey(id)) {
          assertEquals(model.get(id), TestStore.table(store.at(id)).hash(), id::hex);
        }
      }
    }
  }
}
