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
import io.versor.format.io.ObjectStore;
import io.versor.format.pack.ObjectKind;
import io.versor.format.ref.CommitId;
import io.versor.format.type.StoreException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Bytes of a store are changed, cut off or taken away, and it is repaired: every version that is
 * not hit is what it was, what is lost is said, and the store goes on.
 */
class StoreRepairTest {
  private static final StoreOptions OPTIONS = StoreOptions.defaults().withCreate(false);

  /** Every file of a store that has lived through all steps. */
  private static Map<String, byte[]> files = Map.of();

  /** Hashes of its versions. */
  private static Map<String, String> whole = Map.of();

  /** Versions of the branches that cannot be told from one another by a commit. */
  private static final Map<String, Set<String>> EVER = new TreeMap<>();

  /** What each commit is, found by the ids that were ever seen. */
  private static final Set<CommitId> COMMITS = new HashSet<>();

  /** Packs that are made of the log: checkpoints and what they alone have. */
  private static final Set<String> DERIVED = new java.util.TreeSet<>();

  @BeforeAll
  static void live() throws Exception {
    MemoryStore objects = new MemoryStore();
    Set<String> named = new HashSet<>();
    try (TestStore opened = new TestStore(objects)) {
      for (StoreScript.Step step : StoreScript.STEPS) {
        step.deed().on(opened);
        for (Branch branch : opened.store().branches()) {
          EVER.computeIfAbsent(branch.name(), name -> new HashSet<>())
              .add(hash(opened.store().head(branch.name())));
        }
        CommitCursor all = opened.store().allCommits();
        for (Optional<Commit> commit = all.next(); commit.isPresent(); commit = all.next()) {
          COMMITS.add(commit.get().id());
        }
      }
      whole = see(opened.store());
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
    files = StoreFiles.of(objects);
    assertTrue(DERIVED.size() > 3, DERIVED::toString);
    assertTrue(named.size() > 1, named::toString);
  }

  private static String hash(Snapshot snapshot) throws StoreException {
    StringBuilder text = new StringBuilder();
    for (TableSnapshot table : snapshot.tables()) {
      text.append(table.schema().name()).append(' ').append(table.hash()).append('\n');
    }
    snapshot.views().forEach(view -> text.append(view.name()).append(view.sql()));
    return text.toString();
  }

  /** Hashes of all versions that can be read. */
  private static Map<String, String> see(Store store) throws StoreException {
    Map<String, String> seen = new TreeMap<>();
    for (CommitId id : COMMITS) {
      try {
        seen.put(id.hex(), hash(store.at(id)));
      } catch (StoreException e) {
        seen.remove(id.hex());
      }
    }
    for (String name : store.core().roots.current().branchNames()) {
      try {
        seen.put("branch " + name, hash(store.head(name)));
      } catch (StoreException e) {
        seen.remove("branch " + name);
      }
    }
    return seen;
  }

  private static Map<String, String> seeDamaged(Map<String, byte[]> damaged) throws Exception {
    try (Store store = Store.open(StoreFiles.plant(damaged, new MemoryStore()), OPTIONS)) {
      return see(store);
    } catch (StoreException e) {
      return Map.of();
    }
  }

  private static List<Damage> only(List<Damage> all, Severity severity) {
    return all.stream().filter(each -> each.severity() == severity).toList();
  }

  /** Repairs, and looks at everything that is promised. Answers what was told. */
  private static List<Damage> repair(Map<String, byte[]> damaged, String what) throws Exception {
    Map<String, String> before = seeDamaged(damaged);
    MemoryStore objects = StoreFiles.plant(damaged, new MemoryStore());
    List<Damage> told;
    try {
      told = Store.repair(objects, OPTIONS);
    } catch (StoreException | RuntimeException | Error e) {
      throw new AssertionError(what + ": " + e, e);
    }
    checkSaved(objects, damaged, before, told, what);
    List<Damage> again = Store.repair(objects, OPTIONS);
    assertEquals(List.of(), only(again, Severity.REPAIRED), what + ": twice");
    goOn(objects, what);
    return told;
  }

  private static void checkSaved(
      ObjectStore objects,
      Map<String, byte[]> damaged,
      Map<String, String> before,
      List<Damage> told,
      String what)
      throws Exception {
    try (Store store = Store.open(objects, OPTIONS)) {
      Map<String, String> after = see(store);
      for (Map.Entry<String, String> version : before.entrySet()) {
        String found = after.get(version.getKey());
        assertEquals(version.getValue(), found, what + ": " + version.getKey() + ": " + told);
      }
      for (Map.Entry<String, String> version : after.entrySet()) {
        String name = version.getKey();
        String once = whole.get(name);
        if (!version.getValue().equals(once)) {
          assertTrue(name.startsWith("branch "), what + ": " + name + " is another");
          String branch = name.substring("branch ".length());
          assertTrue(
              branch.startsWith("recovered_")
                  || branch.equals("main")
                  || EVER.get(branch).contains(version.getValue()),
              what + ": " + name + " never was that");
        }
      }
      // Nothing is lost of which nothing is said; but a log that was cut behind all that anything
      // refers to seems to have ended there, to a check as well.
      boolean lost = !after.keySet().containsAll(whole.keySet());
      boolean cutLog = what.startsWith("log/") && what.contains("cut to");
      boolean silent = lost && told.isEmpty();
      assertTrue(!silent || cutLog && seemsWhole(damaged), what + ": lost without a word");
    }
  }

  private static boolean seemsWhole(Map<String, byte[]> damaged) throws Exception {
    try (Store store = Store.open(StoreFiles.plant(damaged, new MemoryStore()), OPTIONS)) {
      return store.check().isEmpty();
    }
  }

  /** Every branch that can be read takes rows and commits, and maintenance finds its way. */
  private static void goOn(ObjectStore objects, String what) throws Exception {
    try (TestStore opened = new TestStore(objects, OPTIONS)) {
      Store store = opened.store();
      long key = 1_000_000;
      for (String branch : store.core().roots.current().branchNames()) {
        if (store.head(branch).pendingMerge().isPresent()) {
          continue;
        }
        if (store.head(branch).findTable(TestStore.TABLE).isPresent()) {
          StoreScript.insert(opened, branch, key++, 1, "more");
        }
        if (canCommit(store, branch) && store.hasChanges(branch)) {
          StoreScript.commit(opened, branch, "goes on");
        }
      }
      Map<String, String> now = see(store);
      try {
        store.vacuum(Duration.ZERO, false);
      } catch (StoreException e) {
        assertEquals(StoreException.Code.CORRUPT, e.code(), what + ": " + e.getMessage());
      }
      assertEquals(now, see(store), what + ": after VACUUM");
    } catch (StoreException e) {
      throw new AssertionError(what + ": " + e, e);
    }
  }

  /** What a commit changes cannot be told where the one before it is lost. */
  private static boolean canCommit(Store store, String branch) throws StoreException {
    Optional<CommitId> head = store.branch(branch).head();
    if (head.isEmpty()) {
      return true;
    }
    try {
      store.at(head.get());
      return true;
    } catch (StoreException e) {
      return false;
    }
  }

  private static Map<String, byte[]> with(String name, byte[] bytes) {
    Map<String, byte[]> damaged = new TreeMap<>(files);
    damaged.put(name, bytes);
    return damaged;
  }

  private static void checkDerived(String name, Map<String, byte[]> damaged, String what)
      throws Exception {
    List<Damage> told = repair(damaged, what);
    if (!DERIVED.contains(name)) {
      return;
    }
    MemoryStore objects = StoreFiles.plant(damaged, new MemoryStore());
    Store.repair(objects, OPTIONS);
    try (Store store = Store.open(objects, OPTIONS)) {
      assertEquals(whole, see(store), what + ": " + told);
      assertEquals(List.of(), only(store.check(), Severity.LOST), what);
      assertEquals(List.of(), only(store.check(), Severity.DERIVED), what);
    }
  }

  @Test
  void storeThatIsWholeIsLeftAlone() throws Exception {
    MemoryStore objects = StoreFiles.plant(files, new MemoryStore());
    assertEquals(List.of(), Store.repair(objects, OPTIONS));
    Map<String, byte[]> after = StoreFiles.of(objects);
    assertEquals(files.keySet(), after.keySet());
    files.forEach((name, bytes) -> assertTrue(Arrays.equals(bytes, after.get(name)), name));
  }

  private static void flips(int perFile, int seed) throws Exception {
    Random random = new Random(seed);
    for (Map.Entry<String, byte[]> file : files.entrySet()) {
      int used = StoreFiles.used(file.getValue());
      for (int i = 0; i < perFile; i++) {
        int at = i % 3 == 0 ? Math.min(used - 1, i * 5) : random.nextInt(used);
        byte[] bytes = file.getValue().clone();
        bytes[at] ^= (byte) (1 << random.nextInt(8));
        checkDerived(
            file.getKey(), with(file.getKey(), bytes), "flip in " + file.getKey() + " at " + at);
      }
    }
  }

  private static void cuts(int perFile, int seed) throws Exception {
    Random random = new Random(seed);
    for (Map.Entry<String, byte[]> file : files.entrySet()) {
      int used = StoreFiles.used(file.getValue());
      for (int i = 0; i < perFile; i++) {
        int length = i == 0 ? 0 : i == 1 ? used - 1 : random.nextInt(used);
        byte[] bytes = Arrays.copyOf(file.getValue(), length);
        checkDerived(
            file.getKey(), with(file.getKey(), bytes), file.getKey() + " cut to " + length);
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
    flips(16, 3);
  }

  @Test
  @Tag("long")
  void manyCutFiles() throws Exception {
    cuts(12, 4);
  }

  @Test
  void missingFiles() throws Exception {
    for (String name : files.keySet()) {
      Map<String, byte[]> damaged = new TreeMap<>(files);
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
        commits.put(id.hex(), hash(opened.store().at(id)));
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
    List<Damage> told = Store.repair(repaired, OPTIONS);
    assertEquals(1, told.size(), told::toString);
    assertEquals(Severity.REPAIRED, told.get(0).severity());
    assertTrue(told.get(0).file().endsWith("log/00000001"), told::toString);
    String last = new ArrayList<>(commits.keySet()).toString();
    assertTrue(told.get(0).action().contains("commit "), told::toString);
    try (TestStore opened = new TestStore(repaired, OPTIONS)) {
      for (Map.Entry<String, String> commit : commits.entrySet()) {
        CommitId id = CommitId.parse(commit.getKey());
        assertEquals(commit.getValue(), hash(opened.store().at(id)), last);
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
    List<Damage> told = Store.repair(repaired, OPTIONS);
    assertEquals(List.of(), only(told, Severity.REPAIRED), told::toString);
    assertTrue(told.toString().contains("300 of t.a"), told::toString);
    assertTrue(told.toString().contains("branch main as it is now"), told::toString);
    try (TestStore opened = new TestStore(repaired, OPTIONS)) {
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
    List<String> logs = files.keySet().stream().filter(n -> n.startsWith("log/")).toList();
    String pack = DERIVED.iterator().next();
    powerLoss(damagedMiddle(logs.get(0)), 3, logs.get(0));
    powerLoss(damagedMiddle(pack), 3, pack);
    powerLoss(damagedMiddle("root"), 3, "root");
  }

  private static Map<String, byte[]> damagedMiddle(String name) {
    byte[] bytes = files.get(name).clone();
    bytes[StoreFiles.used(bytes) / 2] ^= 4;
    return with(name, bytes);
  }

  private static void powerLoss(Map<String, byte[]> damaged, int step, String what)
      throws Exception {
    MemoryStore plain = StoreFiles.plant(damaged, new MemoryStore());
    Store.repair(plain, OPTIONS);
    Map<String, String> expected;
    try (Store store = Store.open(plain, OPTIONS)) {
      expected = see(store);
    }
    Random random = new Random(5);
    for (int operations = 0; ; operations += step) {
      FaultStore objects = StoreFiles.plant(damaged, new FaultStore());
      objects.crashAfter(operations);
      try {
        Store.repair(objects, OPTIONS);
      } catch (PowerLoss | IllegalStateException expectedLoss) {
        assertTrue(objects.crashed(), () -> "not the power: " + expectedLoss);
      }
      FaultStore survivor = objects.survivor(random);
      Store.repair(survivor, OPTIONS);
      try (Store store = Store.open(survivor, OPTIONS)) {
        assertEquals(expected, see(store), what + " after " + operations + " operations");
      }
      if (!objects.crashed()) {
        return;
      }
    }
  }
}
