package io.versor.format;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.versor.format.io.FaultStore;
import io.versor.format.io.FaultStore.Operation;
import io.versor.format.io.Guard;
import io.versor.format.ref.LockKeys;
import io.versor.format.type.StoreException;
import io.versor.format.type.StoreException.Code;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Those who append to a branch at the same time share one sync, and nothing else. */
class StoreGroupTest {
  private final FaultStore objects = new FaultStore();
  private final List<String> failures = Collections.synchronizedList(new ArrayList<>());
  private final List<Thread> threads = new ArrayList<>();
  private TestStore opened;

  @BeforeEach
  void open() throws Exception {
    opened = new TestStore(objects);
    opened.createTable();
    StoreScript.insert(opened, "main", 1, 1, "first");
    objects.resetCounts();
  }

  @AfterEach
  void close() throws Exception {
    opened.close();
  }

  private interface Deed {
    void run() throws StoreException;
  }

  private void begin(Deed deed) {
    Thread thread =
        new Thread(
            () -> {
              try {
                deed.run();
              } catch (StoreException e) {
                failures.add(e.code().toString());
              } catch (RuntimeException e) {
                failures.add(e.toString());
              }
            });
    threads.add(thread);
    thread.start();
  }

  /** Lets threads come as far as the branch's lock, then lets them go on together. */
  private void together(Deed... deeds) throws Exception {
    Guard held = objects.lock(LockKeys.branch(opened.store().branch("main").id()), 1000);
    for (Deed deed : deeds) {
      begin(deed);
    }
    awaitThreads();
    held.close();
    for (Thread thread : threads) {
      thread.join();
    }
  }

  private void awaitThreads() {
    for (Thread thread : threads) {
      while (thread.getState() != Thread.State.WAITING
          && thread.getState() != Thread.State.TIMED_WAITING) {
        LockSupport.parkNanos(1_000_000); // a thread's state can only be polled
      }
    }
  }

  private Deed insert(long key) {
    return () -> StoreScript.insert(opened, "main", key, 1, "x");
  }

  private int rows() throws StoreException {
    return opened.lines(opened.store().head("main")).size();
  }

  @Test
  void insertsOfManyThreadsShareASync() throws Exception {
    together(insert(10), insert(11), insert(12), insert(13), insert(14), insert(15));
    assertEquals(List.of(), failures);
    assertEquals(6, objects.appends());
    assertEquals(1, objects.syncs());
    assertEquals(7, rows());
    try (TestStore survivor = new TestStore(objects.survivor(new Random(1)))) {
      assertEquals(StoreScript.describe(opened), StoreScript.describe(survivor));
    }
  }

  @Test
  void whoeverIsRefusedDoesNotHoldUpTheOthers() throws Exception {
    Transaction early = opened.store().begin("main");
    TableSnapshot table = early.snapshot().findTable(TestStore.TABLE).orElseThrow();
    early.delete(table.schema().id(), new long[] {table.rowIdAt(0).getAsLong()});
    Transaction late = opened.store().begin("main");
    late.delete(table.schema().id(), new long[] {table.rowIdAt(0).getAsLong()});
    together(insert(10), early::commit, late::commit, insert(11));
    assertEquals(List.of("REF_MOVED"), failures);
    assertEquals(3, objects.appends());
    assertEquals(1, objects.syncs());
    assertEquals(2, rows());
  }

  @Test
  void versionCommitsInAGroupFollowEachOther() throws Exception {
    CommitRequest empty =
        new CommitRequest(java.util.Optional.empty(), "ann", true, java.util.Map.of());
    Deed commit = () -> opened.store().commitVersion("main", empty);
    together(commit, commit, commit, commit);
    assertEquals(List.of(), failures);
    assertEquals(1, objects.syncs());
    int commits = 0;
    CommitCursor cursor = opened.store().log(opened.store().branch("main").head().orElseThrow());
    while (cursor.next().isPresent()) {
      commits++;
    }
    assertEquals(4, commits);
    try (TestStore survivor = new TestStore(objects.survivor(new Random(1)))) {
      assertEquals(StoreScript.describe(opened), StoreScript.describe(survivor));
    }
  }

  @Test
  void allOfAGroupAreToldWhenItsSyncFails() throws Exception {
    objects.failWith(Operation.SYNC, 0, 1, Code.IO);
    together(insert(10), insert(11), insert(12));
    assertEquals(Collections.nCopies(3, "OUTCOME_UNKNOWN"), failures);
    insert(13).run();
    assertEquals(5, rows(), "what was unknown is durable with what follows it");
    try (TestStore survivor = new TestStore(objects.survivor(new Random(1)))) {
      assertEquals(StoreScript.describe(opened), StoreScript.describe(survivor));
    }
  }

  @Test
  void writeThatFailsInAGroupFailsAlone() throws Exception {
    objects.failWith(Operation.WRITE, 1, 1, Code.DISK_FULL);
    together(insert(10), insert(11), insert(12), insert(13));
    assertEquals(List.of("DISK_FULL"), failures);
    assertEquals(4, rows());
    try (TestStore survivor = new TestStore(objects.survivor(new Random(1)))) {
      assertEquals(StoreScript.describe(opened), StoreScript.describe(survivor));
    }
  }

  @Test
  void firstWritersOfABranchShareItsLog() throws Exception {
    opened.store().createBranch("b", BranchStart.withChanges("main"));
    long id = opened.store().branch("b").id();
    Guard held = objects.lock(LockKeys.branch(id), 1000);
    for (int i = 0; i < 4; i++) {
      long key = 20 + i;
      begin(() -> StoreScript.insert(opened, "b", key, 1, "x"));
    }
    Thread.sleep(50);
    held.close();
    for (Thread thread : threads) {
      thread.join();
    }
    assertEquals(List.of(), failures);
    assertEquals(5, opened.lines(opened.store().head("b")).size());
    try (TestStore survivor = new TestStore(objects.survivor(new Random(1)))) {
      assertEquals(StoreScript.describe(opened), StoreScript.describe(survivor));
    }
  }

  /** The branch was made after the one who writes for all had begun. */
  @Test
  void whoJoinsMayNameABranchThatWasMadeMeanwhile() throws Exception {
    Store store = opened.store();
    StoreScript.commit(opened, "main", "first");
    store
        .core()
        .live(store.branch("main").id())
        .append(
            (entry, head) -> {
              store.createBranch(
                  "late", BranchStart.ofCommit(store.branch("main").head().orElseThrow()));
              StoreScript.insert(opened, "late", 2, 1, "late");
              StoreScript.commit(opened, "late", "late");
              begin(() -> StoreScript.merge(opened, "late", "main"));
              awaitThreads();
              return Optional.empty();
            });
    for (Thread thread : threads) {
      thread.join();
    }
    assertEquals(List.of(), failures);
    assertEquals(2, opened.lines(store.head("main")).size());
  }
}
