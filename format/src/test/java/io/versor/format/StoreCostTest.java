package io.versor.format;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.versor.format.chunk.ColumnBuilder;
import io.versor.format.io.FaultStore;
import io.versor.format.io.FaultStore.Operation;
import io.versor.format.type.Dtype;
import io.versor.format.type.StoreException;
import io.versor.format.type.TensorType;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What operations cost, counted exactly, and that it does not grow with what there is. */
class StoreCostTest {
  private static final int ROOT_BYTES = 64 << 10;

  private final FaultStore objects = new FaultStore();
  private TestStore opened;

  @BeforeEach
  void open() throws Exception {
    opened = new TestStore(objects);
    opened.createTable();
    StoreScript.insert(opened, "main", 1, 1, "x");
    StoreScript.commit(opened, "main", "first");
  }

  @AfterEach
  void close() throws Exception {
    opened.close();
  }

  private interface Deed {
    void run() throws StoreException;
  }

  /** Bytes appended by a deed that must be one append and one sync, and nothing else. */
  private long oneAppend(Deed deed) throws StoreException {
    objects.resetCounts();
    deed.run();
    Map<Operation, Long> counts = objects.counts();
    boolean exact =
        counts.equals(Map.of(Operation.WRITE, 1L, Operation.SYNC, 1L))
            // now and then the file grows, in steps
            || counts.equals(
                Map.of(Operation.WRITE, 1L, Operation.SYNC, 1L, Operation.ALLOCATE, 1L));
    assertTrue(exact, counts::toString);
    return objects.bytes(Operation.WRITE);
  }

  private void insertRow(long key) throws StoreException {
    StoreScript.insert(opened, "main", key, 1, "x");
  }

  @Test
  void insertOfARowAndVersionCommitAreOneAppendAndOneSync() throws Exception {
    for (int i = 0; i < 100; i++) {
      long key = 1000 + i;
      long insert = oneAppend(() -> insertRow(key));
      assertTrue(insert < 400, insert + " bytes for a row");
      long commit = oneAppend(() -> StoreScript.commit(opened, "main", "version"));
      assertTrue(commit < 400, commit + " bytes for a commit");
    }
  }

  @Test
  void updateDeleteAndResetAreOneAppendAndOneSync() throws Exception {
    long first = opened.insert("main", List.of(70L, 71L), List.of(row("a"), row("b")));
    oneAppend(() -> opened.update("main", 0, new long[] {first}, List.of("new")));
    oneAppend(() -> opened.delete("main", new long[] {first + 1}));
    oneAppend(() -> opened.store().resetBranch("main"));
  }

  private static String[] row(String text) {
    return new String[] {text, null};
  }

  @Test
  void refusedAndEmptyTransactionsCostNothing() throws Exception {
    objects.resetCounts();
    opened.insertAndRollBack("main", 5, row("x"));
    try (Transaction nothing = opened.store().begin("main")) {
      nothing.commit();
    }
    StoreScript.describe(opened);
    assertEquals(Map.of(), objects.counts());
  }

  @Test
  void branchesAndTagsAreOneSwapOfASmallRoot() throws Exception {
    Store store = opened.store();
    for (int i = 0; i < 200; i++) {
      String name = "b" + i;
      long bytes =
          oneSwap(
              () ->
                  store.createBranch(
                      name, BranchStart.ofCommit(store.branch("main").head().orElseThrow())));
      assertTrue(bytes < ROOT_BYTES, bytes + " bytes with " + i + " branches");
    }
    oneSwap(() -> store.createBranch("wip", BranchStart.withChanges("main")));
    oneSwap(() -> store.renameBranch("wip", "done"));
    oneSwap(() -> store.dropBranch("done", DropMode.FORCE));
    oneSwap(
        () ->
            store.createTag(
                "v1", store.branch("main").head().orElseThrow(), Optional.empty(), "ann"));
    oneSwap(() -> store.dropTag("v1"));
  }

  private long oneSwap(Deed deed) throws StoreException {
    objects.resetCounts();
    deed.run();
    assertEquals(Map.of(Operation.SWAP, 1L), objects.counts());
    return objects.bytes(Operation.SWAP);
  }

  /** Checkpoints are written meanwhile, elsewhere; the log is not touched by them. */
  @Test
  void costDoesNotGrowOverTenThousandCommits() throws Exception {
    int commits = 10_000;
    long[] early = new long[2];
    long[] late = new long[2];
    for (int i = 0; i < commits; i++) {
      long key = 1_000_000L + i;
      long[] max = i < 500 ? early : i >= commits - 500 ? late : new long[2];
      max[0] = Math.max(max[0], appendBytes(() -> insertRow(key)));
      max[1] = Math.max(max[1], appendBytes(() -> StoreScript.commit(opened, "main", "version")));
    }
    // Numbers have more digits after a while.
    assertTrue(late[0] <= early[0] + 16, early[0] + " bytes, later " + late[0]);
    assertTrue(late[1] <= early[1] + 48, early[1] + " bytes, later " + late[1]);
    assertEquals(commits + 1, opened.store().head("main").findTable("t").orElseThrow().rowCount());
  }

  private long appendBytes(Deed deed) throws StoreException {
    objects.resetCounts();
    deed.run();
    assertEquals(1, objects.appends());
    assertEquals(1, objects.syncs());
    return objects.bytes(Operation.WRITE);
  }

  @Test
  void costOfARowDoesNotDependOnTheRowsThereAre() throws Exception {
    long few = oneAppend(() -> insertRow(7));
    long fewCommit = oneAppend(() -> StoreScript.commit(opened, "main", "few"));
    int rows = 1_000_000;
    bulk(rows);
    StoreScript.commit(opened, "main", "bulk");
    opened.store().checkpoint("main");
    long many = oneAppend(() -> insertRow(8));
    long manyCommit = oneAppend(() -> StoreScript.commit(opened, "main", "many"));
    assertTrue(many <= few + 16, few + " bytes, with many rows " + many);
    assertTrue(manyCommit <= fewCommit + 64, fewCommit + " bytes, later " + manyCommit);
    assertEquals(rows + 3, opened.store().head("main").findTable("t").orElseThrow().rowCount());
  }

  private void bulk(int rows) throws StoreException {
    ColumnBuilder key = new ColumnBuilder(TensorType.scalar(Dtype.INT64));
    ColumnBuilder a = new ColumnBuilder(TensorType.text());
    ColumnBuilder b = new ColumnBuilder(TensorType.text());
    for (int i = 0; i < rows; i++) {
      key.appendLong(2_000_000L + i);
      a.appendText("text " + i % 1000);
      b.appendNull();
    }
    try (Transaction transaction = opened.store().begin("main")) {
      long table = transaction.snapshot().findTable("t").orElseThrow().schema().id();
      transaction.append(table, List.of(key.column(), a.column(), b.column()));
      transaction.commit();
    }
  }
}
