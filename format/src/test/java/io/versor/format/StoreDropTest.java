package io.versor.format;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.versor.format.io.MemoryStore;
import io.versor.format.type.StoreException;
import io.versor.format.type.StoreException.Code;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Branches that go away or give their name to another: nothing gets lost unasked. */
class StoreDropTest {
  private static final CommitRequest ONE = CommitRequest.of("one", "ann");

  private TestStore opened;
  private Store store;

  @BeforeEach
  void open() throws StoreException {
    opened = new TestStore(new MemoryStore());
    store = opened.store();
    opened.createTable();
    opened.insert("main", List.of(1L), List.<String[]>of(new String[] {"a", null}));
    store.commitVersion("main", ONE);
    store.createBranch("b", BranchStart.ofCommit(head("main")));
  }

  @AfterEach
  void close() throws StoreException {
    opened.close();
  }

  private io.versor.format.ref.CommitId head(String branch) throws StoreException {
    return store.branch(branch).head().orElseThrow();
  }

  private void insert(String branch, long key) throws StoreException {
    opened.insert(branch, List.of(key), List.<String[]>of(new String[] {"x", null}));
  }

  private static void refused(Code code, org.junit.jupiter.api.function.Executable action) {
    StoreException e = assertThrows(StoreException.class, action);
    assertEquals(code, e.code(), e.getMessage());
  }

  @Test
  void replacedBranchesKeepTheirNameAndTheirCommits() throws StoreException {
    insert("b", 2);
    BranchStart main = BranchStart.ofCommit(head("main"));
    refused(Code.WRONG_STATE, () -> store.replaceBranch("b", main, DropMode.REFUSE_UNMERGED));
    var commit = store.commitVersion("b", ONE).id();
    refused(Code.WRONG_STATE, () -> store.replaceBranch("b", main, DropMode.REFUSE_UNMERGED));
    assertEquals(2, opened.lines(store.head("b")).size());
    long id = store.branch("b").id();

    Branch same = store.replaceBranch("b", BranchStart.ofCommit(commit), DropMode.REFUSE_UNMERGED);
    assertNotEquals(id, same.id());
    assertEquals(Optional.empty(), store.branchNames().find(id));
    assertEquals(2, opened.lines(store.head("b")).size());
    insert("b", 3);

    Branch other = store.replaceBranch("b", main, DropMode.FORCE);
    assertEquals(Optional.of("b"), store.branchNames().find(other.id()));
    assertEquals(1, opened.lines(store.head("b")).size());
    assertEquals(2, opened.lines(store.at(commit)).size());
    opened.reopen();
    store = opened.store();
    assertEquals(List.of("main", "b"), store.branches().stream().map(Branch::name).toList());
    assertEquals(1, opened.lines(store.head("b")).size());
  }

  @Test
  void namesThatCannotBeAndBranchesThatAreNotAreRefused() throws StoreException {
    BranchStart main = BranchStart.ofCommit(head("main"));
    refused(Code.NO_SUCH_REF, () -> store.replaceBranch("c", main, DropMode.FORCE));
    refused(Code.INVALID_NAME, () -> store.replaceBranch("c d", main, DropMode.FORCE));
    store.dropBranch("b", DropMode.REFUSE_UNMERGED);
    refused(Code.WRONG_STATE, () -> store.dropBranch("main", DropMode.FORCE));
  }

  /** A write that comes in the middle of a drop is either refused or stops the drop. */
  @Test
  void nothingIsLostThatIsWrittenWhileABranchIsDropped() throws Exception {
    ExecutorService pool = Executors.newFixedThreadPool(2);
    int dropped = 0;
    int kept = 0;
    try {
      for (int round = 0; round < 200; round++) {
        String name = "r" + round;
        store.createBranch(name, BranchStart.ofCommit(head("main")));
        insert(name, 2); // it has a log
        store.resetBranch(name);
        CyclicBarrier together = new CyclicBarrier(2);
        Future<Boolean> write = pool.submit(() -> succeeds(together, () -> insert(name, 3)));
        Future<Boolean> drop =
            pool.submit(
                () -> succeeds(together, () -> store.dropBranch(name, DropMode.REFUSE_UNMERGED)));
        boolean written = write.get();
        assertNotEquals(written, drop.get(), "round " + round);
        assertEquals(written, store.findBranch(name).isPresent(), "round " + round);
        if (written) {
          assertEquals(2, opened.lines(store.head(name)).size());
          store.dropBranch(name, DropMode.FORCE);
          kept++;
        } else {
          dropped++;
        }
      }
    } finally {
      pool.shutdownNow();
    }
    assertTrue(kept + dropped == 200, Map.of("kept", kept, "dropped", dropped).toString());
  }

  /** Each of two branches is what lets the other one go. */
  @Test
  void oneBranchIsLeftWhenAllAreDroppedAtOnce() throws Exception {
    ExecutorService pool = Executors.newFixedThreadPool(2);
    try {
      for (int round = 0; round < 200; round++) {
        CyclicBarrier together = new CyclicBarrier(2);
        DropMode mode = round % 2 == 0 ? DropMode.FORCE : DropMode.REFUSE_UNMERGED;
        List<String> names = store.branches().stream().map(Branch::name).toList();
        Future<Boolean> one =
            pool.submit(() -> succeeds(together, () -> store.dropBranch(names.get(0), mode)));
        Future<Boolean> two =
            pool.submit(() -> succeeds(together, () -> store.dropBranch(names.get(1), mode)));
        assertNotEquals(one.get(), two.get(), "round " + round);
        String left = store.branches().get(0).name();
        assertEquals(1, opened.lines(store.head(left)).size());
        store.createBranch("again" + round, BranchStart.ofCommit(head(left)));
      }
    } finally {
      pool.shutdownNow();
    }
  }

  private interface Deed {
    void run() throws StoreException;
  }

  private static boolean succeeds(CyclicBarrier together, Deed deed) throws Exception {
    together.await();
    try {
      deed.run();
      return true;
    } catch (StoreException e) {
      assertTrue(e.code() == Code.WRONG_STATE || e.code() == Code.NO_SUCH_REF, e.getMessage());
      return false;
    }
  }
}
