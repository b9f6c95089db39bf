package io.versor.format;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.versor.format.chunk.ColumnBuilder;
import io.versor.format.chunk.HeapColumn;
import io.versor.format.io.MemoryStore;
import io.versor.format.type.Column;
import io.versor.format.type.StoreException;
import io.versor.format.type.TableSchema;
import io.versor.format.type.TensorType;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two branches gave the same number to different labels. */
class LabelTest {
  private Store store;
  private long table;
  private long row;

  @BeforeEach
  void twoBranchesEachWithALabelOfItsOwn() throws StoreException {
    store = Store.open(new MemoryStore(), StoreOptions.defaults());
    try (Transaction transaction = store.begin("main")) {
      table =
          transaction.createTable(
              TableSchema.of(
                  "t", List.of(Column.of("label", TensorType.classLabel(List.of("cat"))))));
      row = transaction.append(table, List.of(codes("main", transaction.snapshot(), 0, 0)));
      transaction.commitVersion(CommitRequest.of("cats", "ada"));
    }
    store.createBranch("side", BranchStart.ofCommit(store.branch("main").head().orElseThrow()));
    label("main", "fish");
    label("side", "bird");
  }

  @AfterEach
  void close() throws StoreException {
    store.close();
  }

  private static HeapColumn codes(String branch, Snapshot snapshot, int... codes)
      throws StoreException {
    ColumnBuilder builder =
        new ColumnBuilder(snapshot.findTable("t").orElseThrow().schema().columns().get(0).type());
    for (int code : codes) {
      builder.appendLong(code);
    }
    return builder.column();
  }

  /** Appends a label, which is number 1 then, and gives it to the first row. */
  private void label(String branch, String label) throws StoreException {
    try (Transaction transaction = store.begin(branch)) {
      Column column = transaction.snapshot().findTable("t").orElseThrow().schema().columns().get(0);
      transaction.alterColumn(
          table, column.withType(column.type().withLabels(List.of("cat", label))));
      transaction.update(
          table, column.id(), new long[] {row}, codes(branch, transaction.snapshot(), 1));
      transaction.commitVersion(CommitRequest.of(label, "ada"));
    }
    store.checkpoint(branch);
  }

  @Test
  void theyDiffer() throws StoreException {
    Diff diff = store.diff(store.head("main"), store.head("side"));
    assertEquals(1, diff.table(table).orElseThrow().rowsUpdated());
    assertNotEquals(hash("main"), hash("side"));
  }

  private String hash(String branch) throws StoreException {
    return store.head(branch).findTable("t").orElseThrow().hash();
  }

  @Test
  void aMergeKnowsThemByName() throws StoreException {
    MergeResult merged =
        store.merge(
            new MergeRequest(
                "side", "main", MergeRequest.Strategy.THEIRS, Optional.empty(), "ada", false));
    assertEquals("modified", merged.conflicts().get(0).kind());
    TableSchema schema = store.head("main").findTable("t").orElseThrow().schema();
    assertEquals(List.of("cat", "fish", "bird"), schema.columns().get(0).type().labels());
    assertEquals(hash("side"), hash("main"), "the first row is a bird, the second a cat");
  }

  @Test
  void aRestoredTableHasTheLabelsItHad() throws StoreException {
    store.restoreTable("main", "t", "side");
    assertEquals(hash("side"), hash("main"));
  }
}
