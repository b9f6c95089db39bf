package io.versor.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.versor.format.CommitRequest;
import io.versor.format.Store;
import io.versor.format.StoreOptions;
import io.versor.format.Transaction;
import io.versor.format.chunk.ColumnBuilder;
import io.versor.format.io.DirectoryStore;
import io.versor.format.io.OpenMode;
import io.versor.format.type.Column;
import io.versor.format.type.Dtype;
import io.versor.format.type.StoreException;
import io.versor.format.type.TableSchema;
import io.versor.format.type.TensorType;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a few rows of a difference cost in a table of a million rows, in bytes looked at. */
class LazyDiffTest {
  private static final TensorType INT64 = TensorType.scalar(Dtype.INT64);
  private static final int ROWS = 1_000_000;
  private static final int BATCH = 50_000;

  @TempDir Path directory;

  private Store open() throws StoreException {
    return Store.open(
        DirectoryStore.open(directory, OpenMode.CREATE), StoreOptions.defaults().withCreate(true));
  }

  /** Rows of 60 bytes; every thousandth was changed, every thousandth was deleted, some are new. */
  @BeforeEach
  void load() throws StoreException {
    CommitRequest commit = new CommitRequest(Optional.empty(), "ann", false, Map.of());
    try (Store store = open()) {
      try (Transaction transaction = store.begin(Store.MAIN)) {
        long table =
            transaction.createTable(
                TableSchema.of(
                    "t",
                    List.of(
                        Column.of("id", INT64),
                        Column.of("n", INT64),
                        Column.of("caption", TensorType.text()))));
        for (int done = 0; done < ROWS; done += BATCH) {
          append(transaction, table, done, BATCH);
        }
        transaction.commitVersion(commit);
      }
      store.checkpoint(Store.MAIN);
      try (Transaction transaction = store.begin(Store.MAIN)) {
        TableSchema table = transaction.snapshot().findTable("t").orElseThrow().schema();
        ColumnBuilder changed = new ColumnBuilder(INT64);
        long[] updated = new long[ROWS / 1_000];
        long[] deleted = new long[ROWS / 1_000];
        for (int i = 0; i < updated.length; i++) {
          updated[i] = rowId(transaction, i * 1_000 + 10);
          deleted[i] = rowId(transaction, i * 1_000 + 20);
          changed.appendLong(-i);
        }
        transaction.update(table.id(), table.columns().get(1).id(), updated, changed.column());
        transaction.delete(table.id(), deleted);
        append(transaction, table.id(), ROWS, 1_000);
        transaction.commitVersion(commit);
      }
      store.checkpoint(Store.MAIN);
    }
  }

  private static void append(Transaction transaction, long table, int from, int rows)
      throws StoreException {
    ColumnBuilder ids = new ColumnBuilder(INT64, rows);
    ColumnBuilder numbers = new ColumnBuilder(INT64, rows);
    ColumnBuilder captions = new ColumnBuilder(TensorType.text(), rows);
    for (long i = from; i < from + rows; i++) {
      ids.appendLong(i);
      numbers.appendLong(i * 0x9E3779B97F4A7C15L); // nothing that a chunk could say shortly
      captions.appendText("a picture of number " + i * 0x9E3779B97F4A7C15L);
    }
    transaction.append(table, List.of(ids.column(), numbers.column(), captions.column()));
  }

  private static long rowId(Transaction transaction, long index) throws StoreException {
    return transaction.snapshot().findTable("t").orElseThrow().rowIdAt(index).orElseThrow();
  }

  /** Bytes looked at by a query on a store that was just opened, opening it included. */
  private long cold(int rows, String sql, Object... parameters) throws Exception {
    try (Store store = open();
        Engine engine = Engine.over(store, Clock.systemUTC());
        Session session = engine.openSession(SessionOptions.defaults("ann"))) {
      assertEquals(rows, TestStore.run(session, sql, parameters).size(), sql);
      return store.checkedBytes();
    }
  }

  private void costs(long most, int rows, String sql, Object... parameters) throws Exception {
    long bytes = cold(rows, sql, parameters);
    assertTrue(bytes <= most, sql + " looked at " + bytes + " bytes, expected at most " + most);
  }

  @Test
  void aFewRowsOfADifferenceReadLittle() throws Exception {
    String diff = " FROM TABLE(versor.diff('t', 'HEAD~1', 'HEAD')) WHERE diff_type ";
    String everything = "SELECT id FROM t WHERE id < 0 OR n < 0 AND caption = ''";
    assertTrue(cold(0, everything) > 16 << 20, "the table is large");
    // Rows that came or went need no sample.
    costs(128 << 10, 10, "SELECT _rowid" + diff + "= 'added' LIMIT 10");
    costs(128 << 10, 10, "SELECT _rowid" + diff + "= 'removed' LIMIT 10");
    costs(128 << 10, 2_000, "SELECT _rowid" + diff + "IN ('added', 'removed')");
    costs(128 << 10, 0, "SELECT _rowid" + diff + "= 'updated' LIMIT 10");
    // One chunk of the column that changed, and where all are asked for one of each.
    costs(768 << 10, 10, "SELECT _rowid" + diff + "= 'modified' LIMIT 10");
    costs(1_536 << 10, 10, "SELECT *" + diff + "= 'modified' LIMIT 10");
    costs(1_536 << 10, 10, "SELECT *" + diff + "= ? LIMIT 10", "removed");
    // A row that is looked up.
    costs(1_536 << 10, 1, "SELECT *" + diff + "= 'modified' AND _rowid = " + changedRow());
  }

  @Test
  void aFewChangesReadLittle() throws Exception {
    String changes = " FROM TABLE(versor.changes('t', 'HEAD~1', 'HEAD')) WHERE change_type ";
    costs(128 << 10, 10, "SELECT _rowid" + changes + "= 'insert' LIMIT 10");
    costs(128 << 10, 10, "SELECT _rowid" + changes + "= ? LIMIT 10", "delete");
    costs(768 << 10, 10, "SELECT _rowid" + changes + "= 'update_preimage' LIMIT 10");
  }

  @Test
  void theHistoryOfARowReadsLittle() throws Exception {
    String row = " WHERE _rowid = " + changedRow();
    // One chunk of the column that changed, to see that it did.
    costs(1 << 20, 2, "SELECT commit_id FROM \"t$history\"" + row);
    costs(3 << 20, 2, "SELECT * FROM \"t$history\"" + row);
    costs(1 << 20, 1, "SELECT * FROM TABLE(versor.blame('t'))" + row);
  }

  private String changedRow() throws Exception {
    try (Engine engine = Engine.over(open(), Clock.systemUTC());
        Session session = engine.openSession(SessionOptions.defaults("ann"))) {
      return TestStore.run(session, "SELECT _rowid FROM t WHERE id = 500010").get(0);
    }
  }
}
