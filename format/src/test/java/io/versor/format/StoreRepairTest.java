package io.versor.format;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.versor.format.check.Damage;
import io.versor.format.check.Damage.Severity;
import io.versor.format.io.FaultStore;
import io.versor.format.io.FaultStore.PowerLoss;
import io.versor.format.io.MemoryStore;
import io.versor.format.pack.ObjectKind;
import io.versor.format.ref.CommitId;
import io.versor.format.type.StoreException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Bytes of a store are changed, cut off or taken away, and it is repaired: every version that is
 * not hit is what it was, what is lost is said, and the store goes on.
 */
class StoreRepairTest {
  private static RepairTrial trial = new RepairTrial(Map.of());

  /** Packs that are made of the log: checkpoints and what they alone have. */
  private static final Set<String> DERIVED = new TreeSet<>();

  @BeforeAll
  static void live() throws Exception {
    MemoryStore objects = new MemoryStore();
    RepairTrial.Seen seen = new RepairTrial.Seen();
    Set<String> named = new HashSet<>();
    try (TestStore opened = new TestStore(objects)) {
      for (StoreScript.Step step : StoreScript.STEPS) {
        step.deed().on(opened);
        seen.look(opened.store());
      }
      for (String name : objects.list("pack/")) {
        var pack =
            opened
                .store()
                .core()
                .packs
                .borrow(
                    io.versor.format.pack.PackId.parse(
                        name.substring(name.lastIndexOf('/') + 1, name.lastIndexOf('.'))));
        boolean checkpoint = false;
        for (int i = 0; i < pack.objects(); i++) {
          checkpoint |= pack.object(i).kind() == ObjectKind.CHECKPOINT;
        }
        if (checkpoint) {
          DERIVED.add(name);
        } else {
          named.add(name);
        }
      }
    }
    trial = seen.of(objects);
    assertTrue(DERIVED.size() > 3, DERIVED::toString);
    assertTrue(named.size() > 1, named::toString);
  }

  private static void checkDerived(String name, Map<String, byte[]> damaged, String what)
      throws Exception {
    List<Damage> told = trial.repair(damaged, what);
    if (!DERIVED.contains(name)) {
      return;
    }
    MemoryStore objects = StoreFiles.plant(damaged, new MemoryStore());
    Store.repair(objects, RepairTrial.OPTIONS);
    try (Store store = Store.open(objects, RepairTrial.OPTIONS)) {
      assertEquals(trial.whole(), trial.see(store), what + ": " + told);
      assertEquals(List.of(), RepairTrial.only(store.check(), Severity.LOST), what);
      assertEquals(List.of(), RepairTrial.only(store.check(), Severity.DERIVED), what);
    }
  }

  @Test
  void storeThatIsWholeIsLeftAlone() throws Exception {
    MemoryStore objects = StoreFiles.plant(trial.files(), new MemoryStore());
    assertEquals(List.of(), Store.repair(objects, RepairTrial.OPTIONS));
    Map<String, byte[]> after = StoreFiles.of(objects);
    assertEquals(trial.files().keySet(), after.keySet());
    trial.files().forEach((name, bytes) -> assertTrue(Arrays.equals(bytes, after.get(name)), name));
  }

  private static void flips(int perFile, int seed) throws Exception {
    Random random = new Random(seed);
    for (Map.Entry<String, byte[]> file : trial.files().entrySet()) {
      int used = StoreFiles.used(file.getValue());
      for (int i = 0; i < perFile; i++) {
        int at = i % 3 == 0 ? Math.min(used - 1, i * 5) : random.nextInt(used);
        byte[] bytes = file.getValue().clone();
        bytes[at] ^= (byte) (1 << random.nextInt(8));
        checkDerived(
            file.getKey(),
            trial.with(file.getKey(), bytes),
            "flip in " + file.getKey() + " at " + at);
      }
    }
  }

  private static void cuts(int perFile, int seed) throws Exception {
    Random random = new Random(seed);
    for (Map.Entry<String, byte[]> file : trial.files().entrySet()) {
      int used = StoreFiles.used(file.getValue());
      for (int i = 0; i < perFile; i++) {
        int length = i == 0 ? 0 : i == 1 ? used - 1 : random.nextInt(used);
        byte[] bytes = Arrays.copyOf(file.getValue(), length);
        checkDerived(
            file.getKey(), trial.with(file.getKey(), bytes), file.getKey() + " cut to " + length);
      }
    }
  }

  @Test
  void flippedBytes() throws Exception {
    flips(4, 1);
  }

  @Test
  void cutFiles() throws Exception {
    cuts(3, 2);
  }

  @Test
  @Tag("long")
  void manyFlippedBytes() throws Exception {
    flips(10, 3);
  }

  @Test
  @Tag("long")
  void manyCutFiles() throws Exception {
    cuts(8, 4);
  }

  @Test
  void missingFiles() throws Exception {
    for (String name : trial.files().keySet()) {
      Map<String, byte[]> damaged = new TreeMap<>(trial.files());
      damaged.remove(name);
      checkDerived(name, damaged, name + " missing");
    }
  }

  /** Two commits, and rows that are in none; the last frame is damaged. */
  @Test
  void damagedHeadCostsWhatWasNotCommitted() throws Exception {
    MemoryStore objects = new MemoryStore();
    Map<String, String> commits = new TreeMap<>();
    try (TestStore opened = new TestStore(objects)) {
      opened.createTable();
      for (int i = 0; i < 2; i++) {
        StoreScript.insert(opened, Store.MAIN, i, 1, "row");
        StoreScript.commit(opened, Store.MAIN, "commit " + i);
        CommitId id = opened.store().branch(Store.MAIN).head().orElseThrow();
        commits.put(id.hex(), RepairTrial.hash(opened.store().at(id)));
      }
      StoreScript.insert(opened, Store.MAIN, 8, 1, "uncommitted");
      StoreScript.insert(opened, Store.MAIN, 9, 1, "after");
    }
    Map<String, byte[]> damaged = StoreFiles.of(objects);
    String log = damaged.keySet().stream().filter(n -> n.startsWith("log/")).findFirst().get();
    byte[] bytes = damaged.get(log).clone();
    int at = new String(bytes, java.nio.charset.StandardCharsets.ISO_8859_1).indexOf("uncommitted");
    bytes[at] ^= 1;
    damaged.put(log, bytes);
    MemoryStore repaired = StoreFiles.plant(damaged, new MemoryStore());
    List<Damage> told = Store.repair(repaired, RepairTrial.OPTIONS);
    assertEquals(1, told.size(), told::toString);
    assertEquals(Severity.REPAIRED, told.get(0).severity());
    assertTrue(told.get(0).file().endsWith("log/00000001"), told::toString);
    String last = new ArrayList<>(commits.keySet()).toString();
    assertTrue(told.get(0).action().contains("commit "), told::toString);
    try (TestStore opened = new TestStore(repaired, RepairTrial.OPTIONS)) {
      for (Map.Entry<String, String> commit : commits.entrySet()) {
        CommitId id = CommitId.parse(commit.getKey());
        assertEquals(commit.getValue(), RepairTrial.hash(opened.store().at(id)), last);
      }
      assertFalse(opened.store().hasChanges(Store.MAIN));
      assertEquals(List.of(), opened.store().check());
      StoreScript.insert(opened, Store.MAIN, 10, 1, "on");
      StoreScript.commit(opened, Store.MAIN, "on");
      assertEquals(3, commitsOf(opened.store()));
      assertEquals(List.of(), opened.store().check());
    }
    assertTrue(Arrays.equals(bytes, StoreFiles.of(repaired).get(log)), "the log is kept");
  }

  /** Samples that are lost stay an error and are told; what is written besides can be read. */
  @Test
  void damagedSamplesAreToldAndLeftAlone() throws Exception {
    MemoryStore objects = new MemoryStore();
    CommitId small;
    try (TestStore opened = new TestStore(objects)) {
      opened.createTable();
      StoreScript.insert(opened, Store.MAIN, 1_000, 2, "small");
      StoreScript.commit(opened, Store.MAIN, "small");
      small = opened.store().branch(Store.MAIN).head().orElseThrow();
      StoreScript.insert(opened, Store.MAIN, 0, 300, "y".repeat(5_000));
    }
    Map<String, byte[]> damaged = StoreFiles.of(objects);
    String pack = damaged.keySet().stream().filter(n -> n.startsWith("pack/")).findFirst().get();
    damaged.put(pack, damaged.get(pack).clone());
    damaged.get(pack)[100] ^= 1;
    MemoryStore repaired = StoreFiles.plant(damaged, new MemoryStore());
    List<Damage> told = Store.repair(repaired, RepairTrial.OPTIONS);
    assertEquals(List.of(), RepairTrial.only(told, Severity.REPAIRED), told::toString);
    assertTrue(told.toString().contains("300 of t.a"), told::toString);
    assertTrue(told.toString().contains("branch main as it is now"), told::toString);
    try (TestStore opened = new TestStore(repaired, RepairTrial.OPTIONS)) {
      TableSnapshot table = TestStore.table(opened.store().head(Store.MAIN));
      assertEquals(302, table.rowCount());
      assertThrows(StoreException.class, table::hash);
      assertEquals(2, opened.lines(opened.store().at(small)).size());
      StoreScript.insert(opened, Store.MAIN, 2_000, 1, "more");
    }
  }

  private static int commitsOf(Store store) throws StoreException {
    CommitCursor cursor = store.log(store.branch(Store.MAIN).head().orElseThrow());
    int commits = 0;
    while (cursor.next().isPresent()) {
      commits++;
    }
    return commits;
  }

  /** Power goes after each operation of a repair; the next one brings it to its end. */
  @Test
  void powerLossAfterEachOperation() throws Exception {
    List<String> logs = trial.files().keySet().stream().filter(n -> n.startsWith("log/")).toList();
    String pack = DERIVED.iterator().next();
    powerLoss(damagedMiddle(logs.get(0)), 3, logs.get(0));
    powerLoss(damagedMiddle(pack), 3, pack);
    powerLoss(damagedMiddle("root"), 3, "root");
  }

  private static Map<String, byte[]> damagedMiddle(String name) {
    byte[] bytes = trial.files().get(name).clone();
    bytes[StoreFiles.used(bytes) / 2] ^= 4;
    return trial.with(name, bytes);
  }

  private static void powerLoss(Map<String, byte[]> damaged, int step, String what)
      throws Exception {
    MemoryStore plain = StoreFiles.plant(damaged, new MemoryStore());
    Store.repair(plain, RepairTrial.OPTIONS);
    Map<String, String> expected;
    try (Store store = Store.open(plain, RepairTrial.OPTIONS)) {
      expected = trial.see(store);
    }
    Random random = new Random(5);
    for (int operations = 0; ; operations += step) {
      FaultStore objects = StoreFiles.plant(damaged, new FaultStore());
      objects.crashAfter(operations);
      try {
        Store.repair(objects, RepairTrial.OPTIONS);
      } catch (PowerLoss | IllegalStateException expectedLoss) {
        assertTrue(objects.crashed(), () -> "not the power: " + expectedLoss);
      }
      FaultStore survivor = objects.survivor(random);
      Store.repair(survivor, RepairTrial.OPTIONS);
      try (Store store = Store.open(survivor, RepairTrial.OPTIONS)) {
        assertEquals(expected, trial.see(store), what + " after " + operations + " operations");
      }
      if (!objects.crashed()) {
        return;
      }
    }
  }
}
