package io.versor.format;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.versor.format.type.StoreException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

/** Merges whose outcome can be told in a few rows; what random programs found stands here too. */
class StoreMergeTest {
  private static void commit(TestStore store, String branch) throws StoreException {
    store
        .store()
        .commitVersion(branch, new CommitRequest(Optional.empty(), "ada", false, Map.of()));
  }

  private static void merge(TestStore store, String source, String target) throws StoreException {
    merge(store, source, target, MergeRequest.Strategy.FAIL);
  }

  private static void merge(
      TestStore store, String source, String target, MergeRequest.Strategy strategy)
      throws StoreException {
    MergeResult result =
        store
            .store()
            .merge(new MergeRequest(source, target, strategy, Optional.empty(), "ada", false));
    assertEquals(MergeResult.Kind.MERGED, result.kind());
  }

  private static long insert(TestStore store, String branch, long key, String a)
      throws StoreException {
    return store.insert(branch, List.of(key), List.<String[]>of(new String[] {a, null}));
  }

  /** Each side has its own new rows first, so the same rows stand in another order there. */
  @Test
  void cellsFindTheirRowsWhereverThoseStand() throws StoreException {
    try (TestStore store = new TestStore()) {
      store.createTable();
      commit(store, Store.MAIN);
      branch(store, "side", Store.MAIN);
      long x = insert(store, Store.MAIN, 1, "x");
      commit(store, Store.MAIN);
      long y = insert(store, "side", 2, "y");
      commit(store, "side");
      merge(store, "side", Store.MAIN);
      merge(store, Store.MAIN, "side");
      assertEquals(List.of("1=x,NULL", "2=y,NULL"), store.lines(store.store().head("main")));
      assertEquals(List.of("2=y,NULL", "1=x,NULL"), store.lines(store.store().head("side")));

      store.update("side", 0, new long[] {x, y}, List.of("X", "Y"));
      commit(store, "side");
      merge(store, "side", Store.MAIN);
      assertEquals(List.of("1=X,NULL", "2=Y,NULL"), store.lines(store.store().head("main")));
    }
  }

  /**
   * Two merge bases, one that changed a row and one that, after a soft reset, never knew it: what
   * both are merged into has the row as it was before them. Which base comes first is up to the
   * commits' ids, so a few stores are tried.
   */
  @RepeatedTest(8)
  void aRowThatOneMergeBaseNeverKnewIsInBothTogether() throws StoreException {
    try (TestStore store = new TestStore()) {
      store.createTable();
      commit(store, Store.MAIN);
      branch(store, "soft", Store.MAIN);
      long row = insert(store, Store.MAIN, 1, "x");
      commit(store, Store.MAIN);
      store.store().resetBranch("soft", Store.MAIN, ResetMode.SOFT, "ada");
      commit(store, "soft");
      store.update(Store.MAIN, 0, new long[] {row}, List.of("y"));
      commit(store, Store.MAIN);
      branch(store, "p", Store.MAIN);
      branch(store, "q", "soft");
      merge(store, "soft", "p", MergeRequest.Strategy.OURS);
      merge(store, Store.MAIN, "q", MergeRequest.Strategy.OURS);
      assertEquals(List.of("1=y,NULL"), store.lines(store.store().head("p")));
      assertEquals(List.of(), store.lines(store.store().head("q")));

      StoreException e = assertThrows(StoreException.class, () -> merge(store, "q", "p"));
      assertEquals(StoreException.Code.MERGE_CONFLICT, e.code());
      assertTrue(e.getMessage().contains("changed here, deleted there"), e.getMessage());
    }
  }

  private static void branch(TestStore store, String name, String of) throws StoreException {
    store
        .store()
        .createBranch(name, BranchStart.ofCommit(store.store().branch(of).head().orElseThrow()));
  }
}
