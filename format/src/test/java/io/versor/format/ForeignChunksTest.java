package io.versor.format;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.versor.format.chunk.ColumnBuilder;
import io.versor.format.chunk.HeapColumn;
import io.versor.format.chunk.SampleAppender;
import io.versor.format.io.MemoryBudget;
import io.versor.format.io.MemoryStore;
import io.versor.format.ref.CommitId;
import io.versor.format.tree.ForeignChunks;
import io.versor.format.type.Column;
import io.versor.format.type.Dtype;
import io.versor.format.type.StoreException;
import io.versor.format.type.TableSchema;
import io.versor.format.type.TensorType;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Versions whose samples no pack of the store holds. */
class ForeignChunksTest {
  private static final TensorType NUMBER = TensorType.scalar(Dtype.INT64);
  private static final int ROWS = 1_000;
  private static final int TEXTS = 10_000;

  /**
   * Chunk {@code c} has the numbers from {@code 1,000 · c} on, and chunk {@code 10,000 + c} their
   * texts.
   */
  private static final class Numbers implements ForeignChunks {
    private int reads;
    private boolean gone;

    @Override
    public void read(int ordinal, SampleAppender samples) throws StoreException {
      if (gone) {
        throw new StoreException(StoreException.Code.CORRUPT, "chunk " + ordinal + " is gone");
      }
      reads++;
      fill(samples, ordinal % TEXTS * ROWS, ROWS);
    }
  }

  private static void fill(SampleAppender samples, int from, int count) throws StoreException {
    for (int i = from; i < from + count; i++) {
      if (samples.type().equals(NUMBER)) {
        samples.appendLong(i);
      } else {
        samples.appendText("number " + i);
      }
    }
  }

  private final Numbers numbers = new Numbers();
  private Store foreign;
  private Store own;

  @BeforeEach
  void open() throws StoreException {
    foreign =
        Store.open(
            new MemoryStore(),
            StoreOptions.defaults().withForeign(numbers).withMemory(MemoryBudget.of(8 << 20)));
    own = Store.open(new MemoryStore(), StoreOptions.defaults());
  }

  @AfterEach
  void close() throws StoreException {
    foreign.close();
    own.close();
  }

  private static long createTable(Transaction transaction) throws StoreException {
    return transaction.createTable(
        TableSchema.of(
            "t", List.of(Column.of("number", NUMBER), Column.of("text", TensorType.text()))));
  }

  private static long column(Transaction transaction, int i) throws StoreException {
    return transaction.snapshot().findTable("t").orElseThrow().schema().columns().get(i).id();
  }

  private static HeapColumn column(TensorType type, int from, int count) throws StoreException {
    ColumnBuilder builder = new ColumnBuilder(type);
    fill(builder, from, count);
    return builder.column();
  }

  /** The texts of the numbers in some slices. */
  private static List<ForeignSlice> texts(List<ForeignSlice> slices) {
    return slices.stream()
        .map(each -> slice(TEXTS + each.ordinal(), each.firstRow(), each.count()))
        .toList();
  }

  private static ForeignSlice slice(int chunk, int firstRow, int count) {
    return new ForeignSlice(chunk, ROWS, firstRow, count);
  }

  /** The numbers 500 to 2,499, then 500 and 501 become 7,100 and 3, and the texts of 502 go. */
  private CommitId fillForeign() throws StoreException {
    try (Transaction transaction = foreign.begin("main")) {
      long table = createTable(transaction);
      List<ForeignSlice> slices = List.of(slice(0, 500, 500), slice(1, 0, 1_000), slice(2, 0, 500));
      long first =
          transaction.appendForeign(
              table,
              2_000,
              Map.of(column(transaction, 0), slices, column(transaction, 1), texts(slices)));
      transaction.updateForeign(
          table,
          column(transaction, 0),
          new long[] {first, first + 1},
          List.of(slice(7, 100, 1), slice(0, 3, 1)));
      transaction.delete(table, new long[] {first + 2});
      transaction.appendForeign(table, 2, Map.of(column(transaction, 0), List.of(slice(0, 0, 2))));
      return transaction
          .commitVersion(
              CommitRequest.of("numbers", "ada"),
              new CommitOrigin(Instant.ofEpochSecond(1_000), Optional.empty()))
          .id();
    }
  }

  private void fillOwn() throws StoreException {
    try (Transaction transaction = own.begin("main")) {
      long table = createTable(transaction);
      long first =
          transaction.append(
              table, List.of(column(NUMBER, 500, 2_000), column(TensorType.text(), 500, 2_000)));
      transaction.update(
          table, column(transaction, 0), new long[] {first}, column(NUMBER, 7_100, 1));
      transaction.update(
          table, column(transaction, 0), new long[] {first + 1}, column(NUMBER, 3, 1));
      transaction.delete(table, new long[] {first + 2});
      ColumnBuilder none = new ColumnBuilder(TensorType.text());
      none.appendNulls(2);
      transaction.append(table, List.of(column(NUMBER, 0, 2), none.column()));
      transaction.commit();
    }
  }

  private static TableSnapshot table(Store store) throws StoreException {
    return store.head("main").findTable("t").orElseThrow();
  }

  @Test
  void theyAreReadAsIfTheStoreHadThem() throws StoreException {
    fillForeign();
    fillOwn();
    assertEquals(2_001, table(foreign).rowCount());
    assertEquals(table(own).hash(), table(foreign).hash());
    foreign.checkpoint("main");
    assertEquals(table(own).hash(), table(foreign).hash());
  }

  @Test
  void nothingIsReadBeforeSomebodyAsksAndThenOnce() throws StoreException {
    fillForeign();
    foreign.checkpoint("main");
    assertEquals(0, numbers.reads);
    table(foreign).hash();
    int reads = numbers.reads;
    assertEquals(4 + 3, reads, "chunks 0, 1, 2 and 7 of numbers, 0, 1 and 2 of texts");
    table(foreign).hash();
    assertEquals(reads, numbers.reads);
  }

  @Test
  void versionsDifferInWhatTheirRecordsSay() throws StoreException {
    CommitId before = fillForeign();
    try (Transaction transaction = foreign.begin("main")) {
      TableSnapshot table = transaction.snapshot().findTable("t").orElseThrow();
      transaction.updateForeign(
          table.schema().id(),
          column(transaction, 1),
          new long[] {table.rowIdAt(5).orElseThrow()},
          texts(List.of(slice(3, 0, 1))));
      transaction.commit();
    }
    Diff.TableDiff diff = foreign.diff(foreign.at(before), foreign.head("main")).tables().get(0);
    assertEquals(1, diff.rowsUpdated());
    assertEquals(0, diff.rowsAdded() + diff.rowsDeleted());
  }

  @Test
  void commitsKeepTheirInstantsAndBothParents() throws StoreException {
    CommitId first = fillForeign();
    assertEquals(Instant.ofEpochSecond(1_000), foreign.commit(first).committedAt());
    foreign.createBranch("side", BranchStart.ofCommit(first));
    CommitId side = commitOn("side", 900, Optional.empty());
    CommitId merge = commitOn("main", 2_000, Optional.of(side));
    assertEquals(List.of(first, side), foreign.commit(merge).parents());
    assertEquals(Instant.ofEpochSecond(2_000), foreign.commit(merge).committedAt());
    assertTrue(
        foreign.commit(side).committedAt().isAfter(foreign.commit(first).committedAt()),
        "instants rise, whatever the origin says");
    assertEquals(side, foreign.mergeBase(merge, side).orElseThrow().id());
  }

  private CommitId commitOn(String branch, long second, Optional<CommitId> mergedFrom)
      throws StoreException {
    try (Transaction transaction = foreign.begin(branch)) {
      return transaction
          .commitVersion(
              new CommitRequest(Optional.empty(), "ada", true, Map.of("id", "x" + second)),
              new CommitOrigin(Instant.ofEpochSecond(second), mergedFrom))
          .id();
    }
  }

  @Test
  void commitsAreFoundByOtherNames() throws StoreException {
    CommitId first = fillForeign();
    foreign.nameCommits(
        name ->
            name.equals("firstone") || name.equals("abcdef")
                ? Optional.of(first)
                : Optional.empty());
    for (String revision : List.of("firstone", "abcdef", "firstone^0")) {
      assertEquals(first, foreign.resolveCommit(revision, "main").id(), revision);
    }
    StoreException unknown =
        assertThrows(StoreException.class, () -> foreign.resolveCommit("secondone", "main"));
    assertEquals(StoreException.Code.NO_SUCH_REF, unknown.code());
  }

  @Test
  void whatCannotBeReadIsSaidAndTheNextCallTriesAgain() throws StoreException {
    fillForeign();
    numbers.gone = true;
    StoreException gone = assertThrows(StoreException.class, () -> table(foreign).hash());
    assertTrue(gone.getMessage().contains("is gone"), gone.getMessage());
    numbers.gone = false;
    fillOwn();
    assertEquals(table(own).hash(), table(foreign).hash());
  }

  @Test
  void theCacheOfChunksIsWithinTheLimit() throws StoreException {
    try (Transaction transaction = foreign.begin("main")) {
      long table = createTable(transaction);
      List<ForeignSlice> slices = new ArrayList<>();
      for (int i = 0; i < 2_000; i++) {
        slices.add(slice(i, 0, ROWS));
      }
      transaction.appendForeign(table, 2_000 * ROWS, Map.of(column(transaction, 0), slices));
      transaction.commit();
    }
    table(foreign).hash();
    int reads = numbers.reads;
    table(foreign).hash();
    assertTrue(numbers.reads > reads, "16 MB do not stay in half of 8 MB");
  }

  @Test
  void slicesAreCounted() throws StoreException {
    try (Transaction transaction = foreign.begin("main")) {
      long table = createTable(transaction);
      long column = column(transaction, 0);
      assertThrows(
          IllegalArgumentException.class,
          () -> transaction.appendForeign(table, 3, Map.of(column, List.of(slice(0, 0, 2)))));
      assertThrows(
          IllegalArgumentException.class,
          () -> transaction.appendForeign(table, 2, Map.of(99L, List.of(slice(0, 0, 2)))));
      assertThrows(IllegalArgumentException.class, () -> slice(0, 999, 2));
    }
  }
}
