package io.versor.format;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.versor.format.check.Damage;
import io.versor.format.check.Damage.Severity;
import io.versor.format.io.MemoryStore;
import io.versor.format.io.ObjectStore;
import io.versor.format.ref.CommitId;
import io.versor.format.type.StoreException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Damages the files of a store, repairs it, and looks at everything that is promised of a repair.
 *
 * @param files every file of the store
 * @param whole hashes of its versions
 * @param ever versions of the branches that cannot be told from one another by a commit
 * @param commits the ids that were ever seen
 */
record RepairTrial(
    Map<String, byte[]> files,
    Map<String, String> whole,
    Map<String, Set<String>> ever,
    Set<CommitId> commits) {
  static final StoreOptions OPTIONS = StoreOptions.defaults().withCreate(false);

  /** Of nothing. */
  RepairTrial(Map<String, byte[]> files) {
    this(files, Map.of(), Map.of(), Set.of());
  }

  /** What is seen of a store while it lives. */
  static final class Seen {
    private final Map<String, Set<String>> ever = new TreeMap<>();
    private final Set<CommitId> commits = new HashSet<>();

    /** Notes what there is now. */
    void look(Store store) throws StoreException {
      for (Branch branch : store.branches()) {
        ever.computeIfAbsent(branch.name(), name -> new HashSet<>())
            .add(hash(store.head(branch.name())));
      }
      CommitCursor all = store.allCommits();
      for (Optional<Commit> commit = all.next(); commit.isPresent(); commit = all.next()) {
        commits.add(commit.get().id());
      }
    }

    /** The store as it was closed. */
    RepairTrial of(ObjectStore objects) throws StoreException {
      RepairTrial none = new RepairTrial(StoreFiles.of(objects), Map.of(), ever, commits);
      try (Store store = Store.open(objects, OPTIONS)) {
        return new RepairTrial(none.files(), none.see(store), ever, commits);
      }
    }
  }

  static String hash(Snapshot snapshot) throws StoreException {
    StringBuilder text = new StringBuilder();
    for (TableSnapshot table : snapshot.tables()) {
      text.append(table.schema().name()).append(' ').append(table.hash()).append('\n');
    }
    snapshot.views().forEach(view -> text.append(view.name()).append(view.sql()));
    return text.toString();
  }

  /** Hashes of all versions that can be read. */
  Map<String, String> see(Store store) throws StoreException {
    Map<String, String> seen = new TreeMap<>();
    for (CommitId id : commits) {
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

  Map<String, String> seeDamaged(Map<String, byte[]> damaged) throws Exception {
    try (Store store = Store.open(StoreFiles.plant(damaged, new MemoryStore()), OPTIONS)) {
      return see(store);
    } catch (StoreException e) {
      return Map.of();
    }
  }

  static List<Damage> only(List<Damage> all, Severity severity) {
    return all.stream().filter(each -> each.severity() == severity).toList();
  }

  /** Repairs, and looks at everything that is promised. Answers what was told. */
  List<Damage> repair(Map<String, byte[]> damaged, String what) throws Exception {
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

  private void checkSaved(
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
                  || ever.getOrDefault(branch, Set.of()).contains(version.getValue()),
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
  private void goOn(ObjectStore objects, String what) throws Exception {
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
        if (canCommit(store, branch) && hasChanges(store, branch)) {
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

  /** Not to be told where samples that are lost would have to be compared. */
  private static boolean hasChanges(Store store, String branch) throws StoreException {
    try {
      return store.hasChanges(branch);
    } catch (StoreException e) {
      assertEquals(StoreException.Code.CORRUPT, e.code(), e.getMessage());
      assertTrue(!only(store.check(), Severity.LOST).isEmpty(), e.getMessage());
      return false;
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

  Map<String, byte[]> with(String name, byte[] bytes) {
    Map<String, byte[]> damaged = new TreeMap<>(files);
    damaged.put(name, bytes);
    return damaged;
  }
}
