package io.versor.format;

import static io.versor.format.io.StoreErrors.expect;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.versor.format.chunk.ColumnBuilder;
import io.versor.format.chunk.HeapColumn;
import io.versor.format.io.FaultStore;
import io.versor.format.io.FaultStore.Operation;
import io.versor.format.io.MemoryStore;
import io.versor.format.type.Column;
import io.versor.format.type.Dtype;
import io.versor.format.type.Shape;
import io.versor.format.type.StoreException.Code;
import io.versor.format.type.TableSchema;
import io.versor.format.type.TensorType;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** Transactions whose samples go to packs while they run. */
class LargeTransactionTest {
  private static final int ROWS = 4_000;
  private static final TensorType NUMBER = TensorType.scalar(Dtype.INT64);
  private static final TensorType VECTOR = TensorType.tensor(Dtype.FLOAT32, Shape.of(128));

  private static long create(TestStore opened) throws Exception {
    try (Transaction transaction = opened.store().begin(Store.MAIN)) {
      long table =
          transaction.createTable(
              TableSchema.of("v", List.of(Column.of("n", NUMBER), Column.of("e", VECTOR))));
      transaction.commit();
      return table;
    }
  }

  /** Two mebibytes that do not compress. */
  private static List<HeapColumn> rows(long first) throws Exception {
    ColumnBuilder numbers = new ColumnBuilder(NUMBER);
    ColumnBuilder vectors = new ColumnBuilder(VECTOR);
    byte[] vector = new byte[VECTOR.width()];
    Random random = new Random(first);
    for (long i = first; i < first + ROWS; i++) {
      numbers.appendLong(i);
      random.nextBytes(vector);
      vectors.appendFixed(vector, 0);
    }
    return List.of(numbers.column(), vectors.column());
  }

  private static List<Long> numbers(int... batches) {
    List<Long> all = new ArrayList<>();
    for (int batch : batches) {
      LongStream.range((long) batch * ROWS, (batch + 1L) * ROWS).forEach(all::add);
    }
    return all;
  }

  @Test
  void itsOwnRowsAreReadBeforeAnyPackIsFinished() throws Exception {
    FaultStore objects = new FaultStore();
    try (TestStore opened = new TestStore(objects)) {
      long table = create(opened);
      objects.resetCounts();
      try (Transaction transaction = opened.store().begin(Store.MAIN)) {
        for (int batch = 0; batch < 4; batch++) {
          transaction.mark();
          transaction.append(table, rows((long) batch * ROWS));
          List<Long> seen = opened.list(transaction.snapshot().findTable(table).orElseThrow());
          assertEquals(
              numbers(LongStream.rangeClosed(0, batch).mapToInt(i -> (int) i).toArray()), seen);
        }
        assertFalse(objects.counts().containsKey(Operation.FINISH), "nothing is forced so far");
        transaction.commit();
      }
      assertEquals(1, objects.counts().get(Operation.FINISH), "one pack");
      opened.reopen();
      assertEquals(
          numbers(0, 1, 2, 3),
          opened.list(opened.store().head(Store.MAIN).findTable(table).orElseThrow()));
    }
    assertTrue(objects.list("pack/").size() == 1);
  }

  @Test
  void rowsThatAreTakenBackAreNeitherSeenNorKept() throws Exception {
    MemoryStore objects = new MemoryStore();
    try (TestStore opened = new TestStore(objects)) {
      long table = create(opened);
      try (Transaction transaction = opened.store().begin(Store.MAIN)) {
        transaction.append(table, rows(0));
        Transaction.Mark mark = transaction.mark();
        for (int batch = 5; batch < 15; batch++) {
          transaction.append(table, rows((long) batch * ROWS));
        }
        transaction.rollbackTo(mark);
        transaction.append(table, rows(ROWS));
        transaction.commit();
      }
      opened.reopen();
      assertEquals(
          numbers(0, 1),
          opened.list(opened.store().head(Store.MAIN).findTable(table).orElseThrow()));
      try (Transaction transaction = opened.store().begin(Store.MAIN)) {
        for (int batch = 5; batch < 15; batch++) {
          transaction.append(table, rows((long) batch * ROWS));
        }
      }
      assertEquals(
          numbers(0, 1),
          opened.list(opened.store().head(Store.MAIN).findTable(table).orElseThrow()));
    }
    assertEquals(1, objects.list("pack/").size(), "the second left none");
  }

  /** A write that failed behind a statement must not make its rows vanish silently. */
  @Test
  void aWriteThatFailsBehindAStatementFailsTheTransaction() throws Exception {
    FaultStore objects = new FaultStore();
    try (TestStore opened = new TestStore(objects)) {
      long table = create(opened);
      for (int skip = 0; skip < 3; skip++) {
        try (Transaction transaction = opened.store().begin(Store.MAIN)) {
          transaction.append(table, rows(0));
          objects.failWith(Operation.WRITE_OBJECT, skip, 1, Code.DISK_FULL);
          expect(Code.DISK_FULL, transaction::mark);
          expect(Code.DISK_FULL, transaction::mark);
          expect(Code.DISK_FULL, transaction::commit);
        }
        objects.heal();
        assertEquals(
            List.of(), opened.list(opened.store().head(Store.MAIN).findTable(table).orElseThrow()));
      }
      try (Transaction transaction = opened.store().begin(Store.MAIN)) {
        transaction.append(table, rows(0));
        transaction.commit();
      }
      assertEquals(
          numbers(0), opened.list(opened.store().head(Store.MAIN).findTable(table).orElseThrow()));
    }
  }
}
