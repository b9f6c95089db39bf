package io.versor.format;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.versor.format.io.MemoryStore;
import io.versor.format.pack.Address;
import io.versor.format.pack.ObjectKind;
import io.versor.format.pack.PackId;
import io.versor.format.pack.PackObject;
import io.versor.format.pack.PackWriter;
import io.versor.format.record.NamedSlices;
import io.versor.format.record.Record;
import io.versor.format.ref.BranchEntry;
import io.versor.format.ref.CommitId;
import io.versor.format.table.BranchState;
import io.versor.format.table.FrameDraft;
import io.versor.format.type.StoreException;
import io.versor.format.type.StoreException.Code;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What no version needs goes, when nobody can be using it any more; everything else stays. */
class VacuumTest {
  private static final Duration HOUR = Duration.ofHours(1);

  private final MovingClock clock = new MovingClock();
  private final MemoryStore objects = new MemoryStore();
  private TestStore opened;
  private Store store;

  @BeforeEach
  void open() throws StoreException {
    opened = new TestStore(objects, StoreOptions.defaults().withClock(clock));
    store = opened.store();
    opened.createTable();
    StoreScript.insert(opened, "main", 0, 300, "x".repeat(5_000));
    StoreScript.commit(opened, "main", "first");
    store.checkpoint("main");
  }

  @AfterEach
  void close() throws StoreException {
    opened.close();
  }

  private List<VacuumedObject> vacuum() throws StoreException {
    return store.vacuum(Duration.ZERO, false);
  }

  private CommitId head(String branch) throws StoreException {
    return store.branch(branch).head().orElseThrow();
  }

  /** A branch with a commit whose samples are in a pack, and a checkpoint. */
  private CommitId branch(String name, long firstKey) throws StoreException {
    store.createBranch(name, BranchStart.ofCommit(head("main")));
    StoreScript.insert(opened, name, firstKey, 300, name.repeat(12_000));
    StoreScript.commit(opened, name, name);
    store.checkpoint(name);
    return head(name);
  }

  private PackId garbage() throws StoreException {
    try (PackWriter writer = store.core().packs.create()) {
      writer.add(ObjectKind.CHUNK, new byte[100]);
      writer.finish();
      return writer.id();
    }
  }

  /** Objects in packs that are not empty, older runs of the commit index apart. */
  private long objects() throws StoreException {
    long count = 0;
    for (PackId pack : store.core().packs.list()) {
      for (int i = 0; i < store.core().packs.count(pack); i++) {
        PackObject object = store.core().packs.object(new Address(pack, i));
        count += object.length() > 0 && object.kind() != ObjectKind.COMMIT_RUN ? 1 : 0;
      }
    }
    return count;
  }

  private static List<String> names(List<VacuumedObject> found) {
    return found.stream().map(VacuumedObject::name).toList();
  }

  private void merge(String source) throws StoreException {
    store.merge(
        new MergeRequest(
            source, "main", MergeRequest.Strategy.FAIL, Optional.empty(), "ann", false));
  }

  private static void refused(Code code, org.junit.jupiter.api.function.Executable action) {
    StoreException e = assertThrows(StoreException.class, action);
    assertEquals(code, e.code(), e.getMessage());
  }

  @Test
  void aStoreWithoutGarbageIsLeftAlone() throws StoreException {
    branch("b", 1_000);
    List<String> before = objects.list("");
    long number = store.core().roots.current().number();
    assertEquals(List.of(), vacuum());
    assertEquals(before, objects.list(""));
    assertEquals(number, store.core().roots.current().number(), "not even the root");
  }

  @Test
  void whatATransactionLeftThatFailedGoes() throws StoreException {
    PackId pack = garbage();
    List<VacuumedObject> found = vacuum();
    assertEquals(List.of(io.versor.format.pack.Packs.name(pack)), names(found));
    assertTrue(found.get(0).deleted() && found.get(0).bytes() > 100, found::toString);
    assertFalse(store.core().packs.list().contains(pack));
    assertEquals(List.of(), store.core().roots.current().condemned());
    assertEquals(List.of(), vacuum());
  }

  @Test
  void whatIsYoungIsLeftAndWhatIsOldIsCondemnedBeforeItGoes() throws StoreException {
    PackId pack = garbage();
    assertEquals(List.of(), store.vacuum(HOUR, false), "a transaction may still name it");
    clock.ahead = HOUR.plusSeconds(1);
    List<VacuumedObject> found = store.vacuum(HOUR, false);
    assertEquals(1, found.size());
    assertFalse(found.get(0).deleted());
    assertTrue(store.core().packs.list().contains(pack));
    clock.ahead = HOUR.plusMinutes(30);
    assertFalse(store.vacuum(HOUR, false).get(0).deleted());
    clock.ahead = HOUR.multipliedBy(2).plusSeconds(2);
    assertTrue(store.vacuum(HOUR, false).get(0).deleted());
    assertFalse(store.core().packs.list().contains(pack));
  }

  @Test
  void aDryRunTellsAndChangesNothing() throws StoreException {
    garbage();
    branch("b", 1_000);
    store.dropBranch("b", DropMode.FORCE);
    List<String> before = objects.list("");
    long number = store.core().roots.current().number();
    List<VacuumedObject> told = store.vacuum(Duration.ZERO, true);
    assertEquals(before, objects.list(""));
    assertEquals(number, store.core().roots.current().number());
    assertEquals(told, vacuum());
  }

  @Test
  void aDroppedBranchGoesWithItsCommits() throws StoreException {
    List<String> lines = opened.lines(store.head("main"));
    List<String> before = new ArrayList<>(objects.list(""));
    CommitId commit = branch("b", 1_000);
    store.dropBranch("b", DropMode.FORCE);
    assertEquals(600, opened.lines(store.at(commit)).size(), "readable until then");
    List<VacuumedObject> found = vacuum();
    assertTrue(found.stream().allMatch(VacuumedObject::deleted), found::toString);
    assertTrue(found.size() >= 3, found::toString);
    before.removeAll(objects.list(""));
    assertEquals(List.of(), before, "nothing of main is gone");
    assertEquals(List.of(), objects.list("log/00000002/"));
    for (int round = 0; round < 2; round++) {
      refused(Code.NO_SUCH_REF, () -> store.at(commit));
      assertEquals(lines, opened.lines(store.head("main")));
      opened.reopen();
      store = opened.store();
    }
    assertEquals(1, store.core().roots.current().branches().size());
  }

  @Test
  void aBranchIsNeededByWhatStartsOnItIsTaggedOrWasMerged() throws StoreException {
    CommitId started = branch("started", 1_000);
    store.createBranch("child", BranchStart.ofCommit(started));
    CommitId tagged = branch("tagged", 2_000);
    store.createTag("v1", tagged, Optional.empty(), "ann");
    CommitId reset = branch("reset", 4_000);
    CommitId merged = branch("merged", 3_000);
    merge("merged");
    store.createBranch("other", BranchStart.ofCommit(head("main")));
    store.resetBranch("other", reset.hex(), ResetMode.HARD, "ann");
    store.resetBranch("other", head("main").hex(), ResetMode.HARD, "ann");
    for (String branch : List.of("started", "tagged", "merged", "reset")) {
      store.dropBranch(branch, DropMode.FORCE);
    }
    long objectsBefore = objects();
    List<VacuumedObject> told = vacuum();
    assertTrue(told.stream().allMatch(each -> each.name().startsWith("pack/")), told::toString);
    assertEquals(objectsBefore, objects());
    opened.reopen();
    store = opened.store();
    for (CommitId commit : List.of(started, tagged, merged, reset)) {
      assertEquals(600, opened.lines(store.at(commit)).size());
    }
    assertEquals(600, opened.lines(store.head("main")).size());
    assertEquals(3, store.branches().size());
    // And is not when that is gone, too.
    store.dropBranch("child", DropMode.FORCE);
    store.dropTag("v1");
    store.dropBranch("other", DropMode.FORCE);
    assertTrue(vacuum().size() >= 4);
    assertTrue(objects() < objectsBefore * 2 / 3, () -> "of " + objectsBefore);
    for (CommitId commit : List.of(started, tagged, reset)) {
      refused(Code.NO_SUCH_REF, () -> store.at(commit));
    }
    assertEquals(600, opened.lines(store.at(merged)).size());
    assertEquals(List.of(), vacuum());
  }

  @Test
  void nothingNewMayNeedWhatIsCondemned() throws StoreException {
    CommitId commit = branch("b", 1_000);
    store.dropBranch("b", DropMode.FORCE);
    clock.ahead = HOUR.plusSeconds(1);
    assertTrue(store.vacuum(HOUR, false).stream().noneMatch(VacuumedObject::deleted));
    assertEquals(600, opened.lines(store.at(commit)).size(), "it can be read");
    refused(Code.NO_SUCH_REF, () -> store.createTag("t", commit, Optional.empty(), "ann"));
    refused(Code.NO_SUCH_REF, () -> store.createBranch("c", BranchStart.ofCommit(commit)));
    refused(Code.NO_SUCH_REF, () -> store.resetBranch("main", commit.hex(), ResetMode.HARD, "ann"));
    refused(Code.NO_SUCH_REF, () -> merge(commit.hex()));
    refused(Code.NO_SUCH_REF, () -> store.restoreTable("main", TestStore.TABLE, commit.hex()));
    refused(
        Code.NO_SUCH_REF,
        () ->
            store.cherryPick(
                new PickRequest(
                    commit.hex(),
                    Optional.empty(),
                    "main",
                    MergeRequest.Strategy.FAIL,
                    Optional.empty(),
                    "ann")));
    assertEquals(300, opened.lines(store.head("main")).size());
    StoreScript.insert(opened, "main", 5_000, 300, "y".repeat(5_000)); // others go on
    clock.ahead = HOUR.multipliedBy(2).plusSeconds(2);
    assertTrue(store.vacuum(HOUR, false).stream().allMatch(VacuumedObject::deleted));
    assertEquals(600, opened.lines(store.head("main")).size());
  }

  /** It has read the root, and holds the lock of its branch, while what it names is condemned. */
  @Test
  void whatASlowWriterNamesIsKeptByTheSecondLook() throws Exception {
    branch("b", 1_000);
    Core core = store.core();
    BranchEntry entry = core.roots.current().branch("b");
    BranchState start =
        core.history
            .at(entry.start().orElseThrow().position())
            .branched(entry.id(), entry.origin());
    List<Record> rows =
        core.history.recordsBetween(start, core.live(entry.id()).refresh()).stream()
            .filter(record -> !NamedSlices.of(record).isEmpty())
            .toList();
    PackId pack = NamedSlices.of(rows.get(0)).get(0).address().pack();
    store.dropBranch("b", DropMode.FORCE);
    ExecutorService other = Executors.newSingleThreadExecutor();
    try {
      List<Future<List<VacuumedObject>>> told = new ArrayList<>();
      core.live(core.roots.current().branch("main").id())
          .append(
              (main, head) -> {
                told.add(other.submit(this::vacuum));
                Instant end = Instant.now().plusSeconds(60);
                while (!core.roots.current().isCondemned(pack)) {
                  assertTrue(Instant.now().isBefore(end), "is not condemned");
                }
                return Optional.of(FrameDraft.of(core.history, main, head, rows));
              });
      assertFalse(told.get(0).get().isEmpty());
    } finally {
      other.shutdownNow();
    }
    assertFalse(core.roots.current().isCondemned(pack));
    assertEquals(600, opened.lines(store.head("main")).size());
    opened.reopen();
    store = opened.store();
    assertEquals(600, opened.lines(store.head("main")).size());
    assertEquals(List.of(), store.check());
  }

  @Test
  void aVacuumLeavesWhatALargeTransactionWrote() throws StoreException {
    try (Transaction slow = store.begin("main")) {
      long table = TestStore.schema(slow.snapshot()).id();
      StoreScript.insert(opened, "main", 9_000, 300, "z".repeat(5_000));
      List<Long> keys = new ArrayList<>();
      List<String[]> rows = new ArrayList<>();
      for (long i = 0; i < 300; i++) {
        keys.add(i + 20_000);
        rows.add(new String[] {"w".repeat(5_000) + i, null});
      }
      slow.append(table, TestStore.columns(keys, rows));
      slow.commit(); // nothing was finished before, so nothing could be condemned
    }
    assertEquals(List.of(), vacuum());
    assertEquals(900, opened.lines(store.head("main")).size());
  }

  @Test
  void aReadOnlyStoreIsRefused() throws StoreException {
    try (Store reader = Store.open(objects, StoreOptions.defaults().withReadOnly(true))) {
      refused(Code.READ_ONLY, () -> reader.vacuum(Duration.ZERO, true));
    }
    opened = new TestStore(new MemoryStore());
  }

  @Test
  void readersOfBranchesThatStayNeverNotice() throws StoreException {
    Snapshot main = store.head("main");
    Map<String, String> seen = StoreScript.describe(opened);
    branch("b", 1_000);
    store.dropBranch("b", DropMode.FORCE);
    vacuum();
    assertEquals(300, opened.lines(main).size());
    assertEquals(seen, StoreScript.describe(opened));
  }
}
