package io.versor.format;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.versor.format.ref.CommitId;
import io.versor.format.type.StoreException;
import io.versor.format.type.StoreException.Code;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Laying a table out anew makes it cheaper to read and changes nothing else. */
class StoreOptimizeTest {
  private static CommitId commit(TestStore store) throws StoreException {
    return store
        .store()
        .commitVersion(Store.MAIN, new CommitRequest(Optional.empty(), "ada", false, Map.of()))
        .id();
  }

  private static long table(TestStore store) throws StoreException {
    return store.store().head(Store.MAIN).findTable(TestStore.TABLE).orElseThrow().schema().id();
  }

  /** 50 commits of rows and updates, each with a checkpoint of its own. */
  private static List<CommitId> fill(TestStore store) throws StoreException {
    List<CommitId> commits = new ArrayList<>();
    store.createTable();
    for (long i = 0; i < 50; i++) {
      long first =
          store.insert(
              Store.MAIN,
              List.of(2 * i, 2 * i + 1),
              List.of(new String[] {"a" + i, null}, new String[] {TestStore.LONG + i, "b"}));
      store.update(
          Store.MAIN,
          1,
          new long[] {first + 1, i == 0 ? first : first - 1},
          List.of("u" + i, "v" + i));
      commits.add(commit(store));
      store.store().checkpoint(Store.MAIN);
    }
    return commits;
  }

  @Test
  void everyVersionIsWhatItWas() throws StoreException {
    try (TestStore store = new TestStore()) {
      List<CommitId> commits = fill(store);
      store.delete(Store.MAIN, new long[] {firstRow(store)});
      List<List<String>> before = new ArrayList<>();
      for (CommitId commit : commits) {
        before.add(store.lines(store.store().at(commit)));
      }
      List<String> head = store.lines(store.store().head(Store.MAIN));

      OptimizeResult result = store.store().optimize(Store.MAIN, table(store));

      assertTrue(result.chunksBefore() > 3, () -> "worth folding: " + result);
      assertEquals(3, result.chunksAfter(), "one chunk for each tensor");
      for (int round = 0; round < 2; round++) {
        assertEquals(head, store.lines(store.store().head(Store.MAIN)));
        for (int i = 0; i < commits.size(); i++) {
          assertEquals(before.get(i), store.lines(store.store().at(commits.get(i))), "commit " + i);
        }
        assertTrue(
            store.store().diff(store.store().at(commits.get(49)), head(store)).tables().stream()
                .allMatch(table -> table.rowsUpdated() == 0),
            "no cell differs across it");
        store.reopen();
      }
    }
  }

  private static long firstRow(TestStore store) throws StoreException {
    return head(store).findTable(TestStore.TABLE).orElseThrow().rowIdAt(0).orElseThrow();
  }

  private static Snapshot head(TestStore store) throws StoreException {
    return store.store().head(Store.MAIN);
  }

  @Test
  void writesGoOnWhereTheyWere() throws StoreException {
    try (TestStore store = new TestStore()) {
      List<CommitId> commits = fill(store);
      store.store().createBranch("old", BranchStart.ofCommit(commits.get(20)));
      store.store().optimize(Store.MAIN, table(store));
      long row = store.insert("old", List.of(1_000L), List.<String[]>of(new String[] {"x", "y"}));
      store.store().commitVersion("old", CommitRequest.of("theirs", "ada"));
      store.update(Store.MAIN, 0, new long[] {firstRow(store)}, List.of("again"));
      commit(store);
      MergeResult merged =
          store
              .store()
              .merge(
                  new MergeRequest(
                      "old",
                      Store.MAIN,
                      MergeRequest.Strategy.FAIL,
                      Optional.empty(),
                      "ada",
                      false));
      assertEquals(1, merged.rowsAdded());
      List<String> lines = store.lines(head(store));
      assertEquals("0=again", lines.get(0).substring(0, 7));
      assertEquals("1000=x,y", lines.get(lines.size() - 1));
      assertTrue(head(store).findTable(TestStore.TABLE).orElseThrow().indexOf(row).isPresent());
    }
  }

  /** It has no log yet, and so no place for a layout of its own. */
  @Test
  void aBranchThatWasNeverWrittenToKeepsTheLayoutOfItsStart() throws StoreException {
    try (TestStore store = new TestStore()) {
      List<CommitId> commits = fill(store);
      store.store().createBranch("fresh", BranchStart.ofCommit(commits.get(49)));
      OptimizeResult result = store.store().optimize("fresh", table(store));
      assertEquals(result.chunksBefore(), result.chunksAfter());
    }
  }

  @Test
  void anUnknownTableIsRefused() throws StoreException {
    try (TestStore store = new TestStore()) {
      StoreException e =
          assertThrows(StoreException.class, () -> store.store().optimize(Store.MAIN, 99));
      assertEquals(Code.NO_SUCH_TABLE, e.code());
    }
  }
}
