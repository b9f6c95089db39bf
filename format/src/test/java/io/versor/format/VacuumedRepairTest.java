package io.versor.format;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.versor.format.check.Damage;
import io.versor.format.check.Damage.Severity;
import io.versor.format.io.DirectoryStore;
import io.versor.format.io.FaultStore;
import io.versor.format.io.FaultStore.PowerLoss;
import io.versor.format.io.MemoryStore;
import io.versor.format.io.OpenMode;
import io.versor.format.pack.PackId;
import io.versor.format.ref.Root;
import io.versor.format.type.StoreException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A store of which VACUUM took what nobody can ask for, and moved the rest, is damaged and
 * repaired: where packs went is known without the root, and what was freed is not missed.
 */
class VacuumedRepairTest {
  private static RepairTrial trial = new RepairTrial(Map.of());

  @BeforeAll
  static void live() throws Exception {
    MemoryStore objects = new MemoryStore();
    RepairTrial.Seen seen = new RepairTrial.Seen();
    try (TestStore opened = new TestStore(objects)) {
      VacuumRepackTest.live(opened, 24);
      seen.look(opened.store());
      vacuum(opened);
      Store store = opened.store();
      store.createBranch("side", BranchStart.ofCommit(store.branch("main").head().orElseThrow()));
      store.createBranch("between", BranchStart.withChanges("main"));
      seen.look(store);
      StoreScript.insert(opened, "between", 700, 2, "of a state between commits");
      StoreScript.commit(opened, "between", "between");
      for (int round = 0; round < 4; round++) {
        StoreScript.insert(opened, "side", 500 + round, 1, "s".repeat(300));
        store.checkpoint("side");
      }
      StoreScript.commit(opened, "side", "side");
      store.checkpoint("side");
      VacuumRepackTest.go(opened, 24, 12);
      seen.look(opened.store());
      vacuum(opened); // some of what was moved is moved once more
      VacuumRepackTest.go(opened, 36, 3);
      seen.look(opened.store());
    }
    trial = seen.of(objects);
    try (Store store = Store.open(objects, RepairTrial.OPTIONS)) {
      assertTrue(root(store).packMap().size() > 8, () -> root(store).packMap().toString());
      assertTrue(root(store).packMap().stream().anyMatch(each -> each.first() > 0));
      assertEquals(List.of(), store.check());
    }
    assertTrue(trial.whole().size() >= 7, () -> trial.whole().toString());
  }

  private static Root root(Store store) {
    try {
      return store.core().roots.current();
    } catch (StoreException e) {
      throw new AssertionError(e);
    }
  }

  private static void vacuum(TestStore opened) throws StoreException {
    opened.store().vacuum(Duration.ZERO, false);
  }

  private static Map<String, String> commits(Map<String, String> versions) {
    Map<String, String> commits = new TreeMap<>(versions);
    commits.keySet().removeIf(name -> name.startsWith("branch "));
    return commits;
  }

  private static Map<String, byte[]> without(String... names) {
    Map<String, byte[]> damaged = new TreeMap<>(trial.files());
    damaged.keySet().removeAll(List.of(names));
    return damaged;
  }

  private static Map<String, byte[]> flipped(String name, int at) {
    byte[] bytes = trial.files().get(name).clone();
    bytes[at] ^= 4;
    return trial.with(name, bytes);
  }

  @Test
  void storeThatIsWholeIsLeftAlone() throws Exception {
    MemoryStore objects = StoreFiles.plant(trial.files(), new MemoryStore());
    assertEquals(List.of(), Store.repair(objects, RepairTrial.OPTIONS));
    Map<String, byte[]> after = StoreFiles.of(objects);
    assertEquals(trial.files().keySet(), after.keySet());
    trial.files().forEach((name, bytes) -> assertTrue(Arrays.equals(bytes, after.get(name)), name));
  }

  /** The packs say themselves what they have, and nothing counts as lost that was freed. */
  @Test
  void rootIsMadeAgain() throws Exception {
    Map<PackId, PackId> map = new TreeMap<>();
    try (Store store =
        Store.open(StoreFiles.plant(trial.files(), new MemoryStore()), RepairTrial.OPTIONS)) {
      root(store).packMap().forEach(each -> map.put(each.from(), each.to()));
    }
    for (Map<String, byte[]> damaged : List.of(without("root"), flipped("root", 50))) {
      List<Damage> told = trial.repair(damaged, "root");
      assertEquals(2, told.size(), told::toString); // root and commit index
      assertTrue(told.stream().allMatch(each -> each.severity() == Severity.REPAIRED));
      MemoryStore objects = StoreFiles.plant(damaged, new MemoryStore());
      Store.repair(objects, RepairTrial.OPTIONS);
      try (TestStore opened = new TestStore(objects, RepairTrial.OPTIONS)) {
        Store store = opened.store();
        Map<PackId, PackId> again = new TreeMap<>();
        root(store).packMap().forEach(each -> again.put(each.from(), each.to()));
        assertEquals(map, again);
        assertEquals(commits(trial.whole()), commits(trial.see(store)));
        assertEquals(
            new TreeSet<>(trial.whole().values()), new TreeSet<>(trial.see(store).values()));
        assertEquals(List.of(), store.check());
        vacuum(opened);
        VacuumRepackTest.go(opened, 40, 12);
        vacuum(opened);
        assertEquals(commits(trial.whole()), commits(trial.see(store)));
        assertEquals(List.of(), store.check());
      }
    }
  }

  /** A check without the index asks the logs for what is retained. */
  @Test
  void commitIndexIsMadeAgain() throws Exception {
    String name;
    try (Store store =
        Store.open(StoreFiles.plant(trial.files(), new MemoryStore()), RepairTrial.OPTIONS)) {
      var run = root(store).commitRuns().get(0).address();
      name = io.versor.format.pack.Packs.name(store.core().packs.file(run.pack()));
      int at = (int) store.core().packs.object(run).offset() + 20;
      Map<String, byte[]> damaged = flipped(name, at);
      MemoryStore objects = StoreFiles.plant(damaged, new MemoryStore());
      try (Store hit = Store.open(objects, RepairTrial.OPTIONS)) {
        for (Damage damage : hit.check()) {
          assertTrue(damage.toString().contains(name), damage::toString);
        }
      }
      trial.repair(damaged, "commit index");
    }
  }

  private static void each(int flips, int cuts, int seed) throws Exception {
    Random random = new Random(seed);
    for (Map.Entry<String, byte[]> file : trial.files().entrySet()) {
      String name = file.getKey();
      int used = StoreFiles.used(file.getValue());
      for (int i = 0; i < flips; i++) {
        int at = i == 0 ? used - 1 - random.nextInt(Math.min(used, 40)) : random.nextInt(used);
        trial.repair(flipped(name, at), "flip in " + name + " at " + at);
      }
      for (int i = 0; i < cuts; i++) {
        int length = i == 0 ? used - 1 : random.nextInt(used);
        byte[] bytes = Arrays.copyOf(file.getValue(), length);
        trial.repair(trial.with(name, bytes), name + " cut to " + length);
      }
    }
  }

  @Test
  void filesThatAreHitCostNoOtherVersions() throws Exception {
    each(2, 1, 1);
    for (String name : trial.files().keySet()) {
      trial.repair(without(name), name + " missing");
    }
  }

  @Test
  @Tag("long")
  void manyPlacesThatAreHitCostNoOtherVersions() throws Exception {
    each(12, 6, 2);
  }

  /** Power goes in a VACUUM that moves packs, and what it leaves has no root. */
  @Test
  void rootIsLostInAVacuum() throws Exception {
    Random random = new Random(7);
    for (int operations = 0; ; operations += 2) {
      FaultStore objects = StoreFiles.plant(trial.files(), new FaultStore());
      TestStore opened = new TestStore(objects, RepairTrial.OPTIONS);
      VacuumRepackTest.go(opened, 39, 11);
      Map<String, String> before = commits(trial.see(opened.store()));
      before.remove(opened.store().branch("side").head().orElseThrow().hex());
      opened.store().dropBranch("side", DropMode.FORCE);
      objects.crashAfter(operations);
      boolean done = false;
      try {
        vacuum(opened);
        opened.close();
        done = true;
      } catch (PowerLoss lost) {
        VacuumRepackTest.closeDead(opened);
      }
      FaultStore survivor = objects.survivor(random);
      Map<String, byte[]> left = StoreFiles.of(survivor);
      left.remove("root");
      MemoryStore rootless = StoreFiles.plant(left, new MemoryStore());
      Store.repair(rootless, RepairTrial.OPTIONS);
      String where = "after " + operations + " operations";
      try (TestStore again = new TestStore(rootless, RepairTrial.OPTIONS)) {
        assertTrue(
            commits(trial.see(again.store())).entrySet().containsAll(before.entrySet()), where);
        assertEquals(List.of(), again.store().check(), where);
        vacuum(again);
        assertEquals(before, commits(trial.see(again.store())), where);
        assertEquals(List.of(), again.store().check(), where);
      }
      if (done) {
        assertTrue(operations > 10, operations + " operations");
        return;
      }
    }
  }

  /** A backup of a store in which packs were moved since the last one is restored. */
  @Test
  void backupsTakeMovedPacksAlong(@TempDir Path directory) throws Exception {
    Path place = directory.resolve("store");
    StoreFiles.plant(trial.files(), DirectoryStore.open(place, OpenMode.CREATE)).close();
    Path backups = directory.resolve("backups");
    try (TestStore opened =
        new TestStore(DirectoryStore.open(place, OpenMode.CREATE), RepairTrial.OPTIONS)) {
      List<Long> keys = new ArrayList<>();
      List<String[]> rows = new ArrayList<>();
      for (long key = 9_000; key < 9_400; key++) {
        keys.add(key);
        rows.add(new String[] {VacuumRepackTest.noise(4_000), null});
      }
      opened.insert("main", keys, rows);
      StoreScript.commit(opened, "main", "a pack that is not moved");
      opened.store().checkpoint("main");
      assertEquals(List.of(), opened.store().backup(backups).damages());
      VacuumRepackTest.go(opened, 39, 12);
      vacuum(opened);
      assertFalse(root(opened.store()).packMap().isEmpty());
      CopyResult later = opened.store().backup(backups);
      assertEquals(List.of(), later.damages());
      assertTrue(later.copiedObjects() < later.objects(), later::toString);
      Map<String, String> now = trial.see(opened.store()); // without the commits that came here
      Path restored = directory.resolve("restored");
      try (DirectoryStore from = DirectoryStore.open(Path.of(later.place()), OpenMode.READ)) {
        StoreFiles.plant(StoreFiles.of(from), DirectoryStore.open(restored, OpenMode.CREATE))
            .close();
      }
      try (TestStore copy =
          new TestStore(DirectoryStore.open(restored, OpenMode.CREATE), RepairTrial.OPTIONS)) {
        assertEquals(now, trial.see(copy.store()));
        VacuumRepackTest.go(copy, 60, 11);
        vacuum(copy);
        assertEquals(commits(now), commits(trial.see(copy.store())));
        assertEquals(List.of(), copy.store().check());
      }
    }
  }

  /** A clone has the packs under its own id, and collects garbage of its own. */
  @Test
  void clonesTakeMovedPacksAlong() throws Exception {
    MemoryStore target = new MemoryStore();
    Map<String, String> now;
    try (TestStore opened =
        new TestStore(StoreFiles.plant(trial.files(), new MemoryStore()), RepairTrial.OPTIONS)) {
      now = trial.see(opened.store());
      assertEquals(List.of(), opened.store().cloneTo(target).damages());
    }
    try (TestStore clone = new TestStore(target, RepairTrial.OPTIONS)) {
      assertEquals(now, trial.see(clone.store()));
      VacuumRepackTest.go(clone, 39, 12);
      vacuum(clone);
      assertEquals(commits(now), commits(trial.see(clone.store())));
      assertEquals(List.of(), clone.store().check());
    }
    target.delete("root");
    Store.repair(target, RepairTrial.OPTIONS);
    try (Store clone = Store.open(target, RepairTrial.OPTIONS)) {
      assertEquals(commits(now), commits(trial.see(clone)));
      assertEquals(List.of(), clone.check());
    }
  }
}
