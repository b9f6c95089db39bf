package io.versor.format;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.versor.format.io.MemoryStore;
import io.versor.format.io.ObjectStore;
import io.versor.format.pack.Address;
import io.versor.format.pack.FreedPacks;
import io.versor.format.pack.PackId;
import io.versor.format.pack.Packs;
import io.versor.format.ref.CommitId;
import io.versor.format.ref.PackRedirect;
import io.versor.format.type.StoreException;
import io.versor.format.type.StoreException.Code;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * Somebody else resets, writes and collects garbage without any grace between two looks that an
 * operation takes at the storage, at each place where it may: the operation goes on, or may be
 * tried again. Nothing is said to be damaged; what is damaged is.
 */
class CollectedMeanwhileTest {
  private static final String GONE = "gone";

  /** What programs answer by beginning anew, or the other's reset explains. */
  private static final Set<Code> FAIR =
      EnumSet.of(Code.REF_MOVED, Code.NO_SUCH_REF, Code.NOTHING_TO_COMMIT, Code.WRONG_STATE);

  /** What begins anew by itself. */
  private static final Set<String> ALONE =
      Set.of("read", "read a commit", "checkpoint", "merge", "diff", "clone");

  private interface Call {
    void on(TestStore opened, CommitId first, CommitId gone) throws StoreException;
  }

  /** A branch with uncommitted rows in packs, one to merge, and one that is gone. */
  private static CommitId prepare(TestStore store) throws StoreException {
    store.createTable();
    StoreScript.insert(store, "main", 0, 5, "x");
    StoreScript.commit(store, "main", "first");
    store.store().checkpoint("main");
    CommitId first = store.store().branch("main").head().orElseThrow();
    for (String name : List.of("side", "target", GONE)) {
      store.store().createBranch(name, BranchStart.ofCommit(first));
      StoreScript.insert(store, name, 100L * name.length(), 5, name);
      StoreScript.commit(store, name, name);
      store.store().checkpoint(name);
    }
    StoreScript.insert(store, "main", 50, 5, "y");
    store.store().checkpoint("main");
    return first;
  }

  /** What is not committed goes, of all branches, with what it stood on, and a branch. */
  private static void collect(TestStore other) throws StoreException {
    other.store().resetBranch("main");
    StoreScript.insert(other, "main", 70, 5, "z");
    other.store().checkpoint("main");
    if (other.store().findBranch(GONE).isPresent()) {
      other.store().dropBranch(GONE, DropMode.FORCE);
    }
    other.store().vacuum(Duration.ZERO, false);
  }

  private static Map<String, Call> calls() {
    Map<String, Call> calls = new LinkedHashMap<>();
    calls.put("read", (s, first, gone) -> s.lines(s.store().head("main")));
    calls.put("read a commit", (s, first, gone) -> assertEquals(5, s.lines(at(s, first)).size()));
    calls.put("read a commit that goes", (s, first, gone) -> s.lines(at(s, gone)));
    calls.put("log", (s, first, gone) -> s.store().log(gone).next());
    calls.put("reflog", (s, first, gone) -> s.store().reflog(GONE));
    calls.put("insert", (s, first, gone) -> StoreScript.insert(s, "main", 80, 2, "w"));
    calls.put("commit", (s, first, gone) -> StoreScript.commit(s, "main", "m"));
    calls.put("checkpoint", (s, first, gone) -> s.store().checkpoint("main"));
    calls.put("optimize", (s, first, gone) -> optimize(s));
    calls.put("merge", (s, first, gone) -> StoreScript.merge(s, "side", "target"));
    calls.put("merge what goes", (s, first, gone) -> StoreScript.merge(s, GONE, "target"));
    calls.put(
        "branch",
        (s, first, gone) -> s.store().createBranch("new", BranchStart.withChanges("main")));
    calls.put(
        "branch where it goes",
        (s, first, gone) -> s.store().createBranch("new", BranchStart.ofCommit(gone)));
    calls.put("restore", (s, first, gone) -> restore(s, gone));
    calls.put("diff", (s, first, gone) -> s.store().hasChanges("main"));
    calls.put("clone", (s, first, gone) -> s.store().cloneTo(new MemoryStore()));
    calls.put("backup", (s, first, gone) -> s.store().backup(new MemoryStore(), Optional.empty()));
    calls.put("read-only backup", calls.get("backup"));
    return calls;
  }

  private static Snapshot at(TestStore opened, CommitId commit) throws StoreException {
    return opened.store().at(commit);
  }

  private static void optimize(TestStore opened) throws StoreException {
    opened.store().optimize("main", TestStore.schema(opened.store().head("main")).id());
  }

  private static void restore(TestStore opened, CommitId commit) throws StoreException {
    opened.store().restoreTable("target", TestStore.TABLE, commit.hex());
  }

  @Test
  void whatIsUnderWayGoesOnOrMayBeTriedAgain() throws Exception {
    Map<String, byte[]> files;
    CommitId first;
    CommitId gone;
    MemoryStore prepared = new MemoryStore();
    try (TestStore store = new TestStore(prepared)) {
      first = prepare(store);
      gone = store.store().branch(GONE).head().orElseThrow();
      files = StoreFiles.of(prepared);
    }
    for (Map.Entry<String, Call> each : calls().entrySet()) {
      String name = each.getKey();
      List<Code> told = new ArrayList<>();
      int at = 0;
      boolean reached = true;
      while (reached) {
        MeddledStore meddled = new MeddledStore(StoreFiles.plant(files, new MemoryStore()), 0);
        reached = collectedAt(at++, meddled, name, s -> each.getValue().on(s, first, gone), told);
      }
      assertTrue(at > 1, name);
      if (ALONE.contains(name)) {
        assertEquals(List.of(), told, name);
      }
    }
  }

  private interface Deed {
    void on(TestStore opened) throws StoreException;
  }

  /** Answers whether the call went to the storage so often. */
  private static boolean collectedAt(
      int at, MeddledStore meddled, String name, Deed deed, List<Code> told) throws Exception {
    StoreOptions options = StoreOptions.defaults().withReadOnly(name.contains("read-only"));
    try (TestStore other = new TestStore(meddled.plain());
        TestStore opened = new TestStore(meddled.objects(), options)) {
      meddled.before(at, () -> collect(other));
      String where = name + ", call " + at;
      try {
        deed.on(opened);
      } catch (StoreException e) {
        if (!FAIR.contains(e.code())) {
          throw new AssertionError(where + ": " + e, e);
        }
        told.add(e.code());
      }
      boolean reached = meddled.stop(); // the last round is without the other
      assertEquals(
          other.lines(other.store().head("main")),
          opened.lines(opened.store().head("main")),
          where);
      assertEquals(List.of(), other.store().check(), where);
      return reached;
    }
  }

  /** Who reads for longer than VACUUM was told that anybody does. */
  @Test
  void aSnapshotWhoseChunksWentIsToBeReadAgain() throws Exception {
    MemoryStore objects = new MemoryStore();
    MeddledStore meddled = new MeddledStore(objects, 0);
    try (TestStore other = new TestStore(objects)) {
      prepare(other);
      StoreScript.insert(other, "main", 1_000, 300, "y".repeat(5_000)); // in a pack of their own
      try (TestStore opened = new TestStore(meddled.objects())) {
        Snapshot before = opened.store().head("main");
        collect(other);
        StoreException told = assertThrows(StoreException.class, () -> opened.lines(before));
        assertEquals(Code.REF_MOVED, told.code(), told.getMessage());
        assertTrue(told.getMessage().contains("VACUUM"), told.getMessage());
        assertEquals(10, opened.lines(opened.store().head("main")).size());
      }
    }
  }

  @Test
  void whatIsMissingWithoutHavingBeenFreedIsDamage() throws Exception {
    MemoryStore objects = new MemoryStore();
    try (TestStore opened = new TestStore(objects)) {
      prepare(opened);
      collect(opened);
      assertTrue(objects.findLength(FreedPacks.NAME).isPresent());
    }
    List<String> packs = objects.list("pack/");
    packs.forEach(pack -> delete(objects, pack));
    try (TestStore opened = new TestStore(objects)) {
      StoreException told =
          assertThrows(StoreException.class, () -> opened.lines(opened.store().head("main")));
      assertEquals(Code.CORRUPT, told.code(), told.getMessage());
      // An older root that somebody put back leads to what has been freed since: no excuse either.
      List<PackId> freed = new ArrayList<>();
      for (String pack : packs) {
        freed.add(id(pack));
      }
      FreedPacks.add(objects, freed);
      told = assertThrows(StoreException.class, () -> opened.lines(opened.store().head("main")));
      assertEquals(Code.CORRUPT, told.code(), told.getMessage());
    }
  }

  /** A pack without some of its objects was noted as freed, but is still needed. */
  @Test
  void whatWasMovedAndIsMissingThenIsDamage() throws Exception {
    MemoryStore objects = new MemoryStore();
    List<PackRedirect> moved;
    try (TestStore opened = new TestStore(objects)) {
      VacuumRepackTest.live(opened, 30);
      opened.store().vacuum(Duration.ZERO, false);
      moved = opened.store().core().roots.current().packMap();
    }
    List<PackId> noted = new ArrayList<>();
    for (PackRedirect each : moved) {
      if (FreedPacks.has(objects, each.from())) {
        noted.add(each.from());
      }
    }
    assertFalse(noted.isEmpty());
    moved.forEach(each -> delete(objects, Packs.name(each.to())));
    try (TestStore opened = new TestStore(objects)) {
      for (PackId pack : noted) {
        StoreException told =
            assertThrows(
                StoreException.class,
                () -> opened.store().core().packs.object(new Address(pack, 0)));
        assertEquals(Code.CORRUPT, told.code(), told.getMessage());
      }
      StoreException told =
          assertThrows(StoreException.class, () -> opened.lines(opened.store().head("main")));
      assertEquals(Code.CORRUPT, told.code(), told.getMessage());
    }
  }

  private static PackId id(String name) throws StoreException {
    return PackId.parse(name.substring(name.lastIndexOf('/') + 1, name.length() - 5));
  }

  private static void delete(ObjectStore objects, String name) {
    try {
      objects.delete(name);
    } catch (StoreException e) {
      throw new AssertionError(e);
    }
  }
}
