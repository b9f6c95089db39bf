package io.versor.format;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.versor.format.chunk.ColumnBuilder;
import io.versor.format.chunk.HeapColumn;
import io.versor.format.chunk.Sequences;
import io.versor.format.io.MemoryStore;
import io.versor.format.type.Column;
import io.versor.format.type.StoreException;
import io.versor.format.type.StoreException.Code;
import io.versor.format.type.TableSchema;
import io.versor.format.type.TensorType;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Lists of labels, when two branches gave the same number to different labels. */
class SequenceMergeTest {
  private Store store;
  private long table;
  private long row;

  @BeforeEach
  void twoBranchesEachWithALabelOfItsOwn() throws StoreException {
    store = Store.open(new MemoryStore(), StoreOptions.defaults());
    TensorType labels = TensorType.sequence(TensorType.classLabel(List.of("cat")));
    try (Transaction transaction = store.begin("main")) {
      table = transaction.createTable(TableSchema.of("t", List.of(Column.of("labels", labels))));
      row = transaction.append(table, List.of(codes(labels, 0, 0)));
      transaction.append(table, List.of(codes(labels)));
      transaction.commitVersion(CommitRequest.of("cats", "ada"));
    }
    store.createBranch("side", BranchStart.ofCommit(store.branch("main").head().orElseThrow()));
  }

  @AfterEach
  void close() throws StoreException {
    store.close();
  }

  /** One sequence. */
  private static HeapColumn codes(TensorType type, int... codes) throws StoreException {
    ColumnBuilder elements = new ColumnBuilder(type.element().orElseThrow());
    for (int code : codes) {
      elements.appendLong(code);
    }
    ColumnBuilder builder = new ColumnBuilder(type);
    Sequences.append(builder, elements.column());
    return builder.column();
  }

  private Column column(String branch) throws StoreException {
    return store.head(branch).findTable("t").orElseThrow().schema().columns().get(0);
  }

  /** Appends a label, which is number 1 then, and gives it to the first row. */
  private void label(String branch, String label) throws StoreException {
    try (Transaction transaction = store.begin(branch)) {
      Column column = column(branch);
      TensorType more = column.type().withLabels(List.of("cat", label));
      transaction.alterColumn(table, column.withType(more));
      transaction.update(table, column.id(), new long[] {row}, codes(more, 0, 1));
      transaction.commitVersion(CommitRequest.of(label, "ada"));
    }
    store.checkpoint(branch);
  }

  private String hash(String branch) throws StoreException {
    return store.head(branch).findTable("t").orElseThrow().hash();
  }

  private MergeResult merge(MergeRequest.Strategy strategy) throws StoreException {
    return store.merge(new MergeRequest("side", "main", strategy, Optional.empty(), "ada", false));
  }

  @Test
  void otherLabelsUnderTheSameNumbersAreAConflict() throws StoreException {
    label("main", "fish");
    label("side", "bird");
    Diff diff = store.diff(store.head("main"), store.head("side"));
    assertEquals(1, diff.table(table).orElseThrow().rowsUpdated());
    assertNotEquals(hash("main"), hash("side"));
    StoreException refused =
        assertThrows(StoreException.class, () -> merge(MergeRequest.Strategy.FAIL));
    assertEquals(Code.MERGE_CONFLICT, refused.code());
    merge(MergeRequest.Strategy.THEIRS);
    assertEquals(List.of("cat", "fish", "bird"), column("main").type().labels());
    assertEquals(hash("side"), hash("main"), "the codes were mapped");
  }

  @Test
  void theSameLabelsUnderOtherNumbersAreNone() throws StoreException {
    label("main", "fish");
    try (Transaction transaction = store.begin("side")) {
      Column column = column("side");
      TensorType more = column.type().withLabels(List.of("cat", "bird", "fish"));
      transaction.alterColumn(table, column.withType(more));
      transaction.update(table, column.id(), new long[] {row}, codes(more, 0, 2));
      transaction.commitVersion(CommitRequest.of("fish, too", "bob"));
    }
    assertEquals(
        0,
        store
            .diff(store.head("main"), store.head("side"))
            .table(table)
            .map(d -> d.rowsUpdated())
            .orElse(0L));
    assertEquals(0, merge(MergeRequest.Strategy.FAIL).conflicts().size());
    assertEquals(hash("side"), hash("main"));
  }

  @Test
  void otherElementsAreNoOtherReadingOfTheSame() throws StoreException {
    try (Transaction transaction = store.begin("main")) {
      Column column = column("main");
      TensorType media = TensorType.sequence(TensorType.varchar(0));
      assertThrows(
          StoreException.class, () -> transaction.alterColumn(table, column.withType(media)));
    }
  }
}
