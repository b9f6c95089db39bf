package io.versor.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.versor.format.type.StoreException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.sql.Types;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Sessions beside each other, transactions, and what is prepared. */
class SessionTest {
  @TempDir Path directory;
  private TestStore store;

  @BeforeEach
  void open() throws Exception {
    store = new TestStore(directory);
    store.run(
        "CREATE TABLE t(id INTEGER, name TEXT, e EMBEDDING(2), at1 TIMESTAMP, d DECIMAL(9, 2))");
  }

  @AfterEach
  void close() throws Exception {
    store.close();
  }

  @Test
  void parametersTakeTheirTypeFromTheirColumn() throws Exception {
    try (Prepared insert = store.session().prepare("INSERT INTO t VALUES (?, ?, ?, ?, ?)")) {
      assertEquals(
          List.of(Types.INTEGER, Types.VARCHAR, Types.ARRAY, Types.TIMESTAMP, Types.DECIMAL),
          insert.parameters().stream().map(ParameterInfo::jdbcType).toList());
      LocalDateTime at = LocalDateTime.of(2026, 1, 2, 3, 4, 5, 678_901_000);
      List<@Nullable Object> row =
          Arrays.asList(1, "x", new float[] {1, 2}, at, new BigDecimal("1.5"));
      insert.execute(row, ExecuteOptions.NONE).close();
    }
    assertEquals(
        List.of("1 | x | [1.0, 2.0] | 2026-01-02 03:04:05.678901 | 1.50"),
        store.run("SELECT * FROM t"));
    assertEquals(
        List.of("1"),
        store.run(
            "SELECT id FROM t WHERE id = ? AND name LIKE ? AND at1 = ?",
            1,
            "x%",
            LocalDateTime.of(2026, 1, 2, 3, 4, 5, 678_901_000)));
    assertEquals(
        List.of("2.0"), store.run("SELECT L2_DISTANCE(e, ?) FROM t", (Object) new float[] {1, 4}));
    assertEquals(List.of("= 1"), store.run("UPDATE t SET name = ?, id = id + ?", "y", 5));
    assertEquals(List.of("6 | y"), store.run("SELECT id, name FROM t WHERE _index = ?", 0));
  }

  @Test
  void wrongNumberOfParametersIsSaid() throws Exception {
    StatementException e =
        assertThrows(StatementException.class, () -> store.run("SELECT ? + 1 FROM t"));
    assertEquals("07001", e.sqlState());
  }

  @Test
  void batchIsOneTransactionAndAllOrNothing() throws Exception {
    try (Prepared insert = store.session().prepare("INSERT INTO t(id, name) VALUES (?, ?)")) {
      List<List<@Nullable Object>> rows = new ArrayList<>();
      for (int i = 0; i < 5_000; i++) {
        rows.add(List.of(i, "n" + i));
      }
      long[] counts = insert.executeBatch(new ParameterBatch(rows));
      assertEquals(5_000, counts.length);
      assertEquals(1, counts[4_999]);
      rows.set(3_000, Arrays.asList("no number", "x"));
      StoreException e =
          assertThrows(StoreException.class, () -> insert.executeBatch(new ParameterBatch(rows)));
      assertEquals(StoreException.Code.INVALID_VALUE, e.code());
      assertTrue(e.getMessage().contains("row 3001"), e.getMessage());
    }
    assertEquals(List.of("5000 | 12497500"), store.run("SELECT count(*), sum(id) FROM t"));
  }

  @Test
  void versionsAreNamedByParameters() throws Exception {
    store.run("INSERT INTO t(id) VALUES (1)");
    store.run("COMMIT VERSION MESSAGE ?", "one");
    store.run("ALTER TABLE t ADD COLUMN more INTEGER");
    store.run("INSERT INTO t(id, more) VALUES (2, 3)");
    store.run("COMMIT VERSION MESSAGE ?", "two");
    try (Prepared query = store.session().prepare("SELECT * FROM t AS OF COMMIT ? WHERE id = ?")) {
      assertEquals(6, columns(query, "main", 2));
      assertEquals(5, columns(query, "main~1", 1));
    }
    assertEquals(
        List.of("1"),
        store.run("SELECT count(*) FROM TABLE(versor.diff('t', ?, ?))", "main~1", "main"));
  }

  private static int columns(Prepared query, String revision, int id) throws Exception {
    try (Result result = query.execute(List.of(revision, id), ExecuteOptions.NONE)) {
      assertTrue(result.next(), revision);
      assertFalse(result.next(), revision);
      return result.columns().size();
    }
  }

  @Test
  void preparedQuerySeesNewRowsAndNewColumns() throws Exception {
    try (Prepared query = store.session().prepare("SELECT * FROM t")) {
      assertEquals(5, query.columns().size());
      store.run("INSERT INTO t(id) VALUES (1)");
      assertEquals(1, count(query));
      store.run("ALTER TABLE t DROP COLUMN e");
      try (Result result = query.execute(List.of(), ExecuteOptions.NONE)) {
        assertEquals(4, result.columns().size());
      }
    }
  }

  private static int count(Prepared query) throws Exception {
    int rows = 0;
    try (Result result = query.execute(List.of(), ExecuteOptions.NONE)) {
      while (result.next()) {
        rows++;
      }
    }
    return rows;
  }

  @Test
  void transactionReadsItsSnapshotAndOthersSeeItAtCommit() throws Exception {
    try (Session other = store.engine().openSession(SessionOptions.defaults("bob"))) {
      other.setAutoCommit(false);
      assertEquals(List.of("0"), TestStore.run(other, "SELECT count(*) FROM t"));
      store.run("INSERT INTO t(id) VALUES (1)");
      assertEquals(List.of("0"), TestStore.run(other, "SELECT count(*) FROM t"));
      TestStore.run(other, "INSERT INTO t(id) VALUES (2)");
      assertEquals(List.of("1"), TestStore.run(other, "SELECT count(*) FROM t"));
      assertEquals(List.of("1"), store.run("SELECT count(*) FROM t"));
      other.commit();
      assertEquals(List.of("2"), store.run("SELECT count(*) FROM t"));
    }
  }

  @Test
  void losingTheRaceForARowIsSaidAndRolledBack() throws Exception {
    store.run("INSERT INTO t(id) VALUES (1)");
    try (Session other = store.engine().openSession(SessionOptions.defaults("bob"))) {
      other.setAutoCommit(false);
      TestStore.run(other, "UPDATE t SET id = 2");
      store.run("UPDATE t SET id = 3");
      StoreException e = assertThrows(StoreException.class, other::commit);
      assertEquals(StoreException.Code.REF_MOVED, e.code());
      assertEquals(List.of("3"), TestStore.run(other, "SELECT id FROM t"));
    }
  }

  @Test
  void closingRollsBack() throws Exception {
    try (Session other = store.engine().openSession(SessionOptions.defaults("bob"))) {
      other.setAutoCommit(false);
      TestStore.run(other, "INSERT INTO t(id) VALUES (1)");
      assertTrue(other.inTransaction());
    }
    assertEquals(List.of("0"), store.run("SELECT count(*) FROM t"));
  }

  @Test
  void uncommittedStateSurvivesReopening() throws Exception {
    store.run("INSERT INTO t(id) VALUES (7)");
    store.close();
    store = new TestStore(directory);
    assertEquals(List.of("7"), store.run("SELECT id FROM t"));
    assertEquals(List.of("true"), store.run("SELECT has_changes FROM versor.branches"));
  }

  @Test
  void readOnlySessionRefusesWrites() throws Exception {
    store.session().setReadOnly(true);
    StoreException e =
        assertThrows(StoreException.class, () -> store.run("INSERT INTO t(id) VALUES (1)"));
    assertEquals(StoreException.Code.READ_ONLY, e.code());
    assertThrows(StoreException.class, () -> store.run("COMMIT VERSION MESSAGE 'x'"));
    assertThrows(StoreException.class, () -> store.run("CREATE BRANCH b"));
    store.session().setReadOnly(false);
    store.run("INSERT INTO t(id) VALUES (1)");
  }

  @Test
  void fixedBranchRefusesUseButNotOtherSchemas() throws Exception {
    store.run("CREATE BRANCH b WITH CHANGES");
    SessionOptions plain = SessionOptions.defaults("bob");
    SessionOptions fixed =
        new SessionOptions(
            plain.branch(),
            plain.commit(),
            plain.tag(),
            plain.asOf(),
            false,
            "bob",
            true,
            plain.fileAccess());
    try (Session pooled = store.engine().openSession(fixed)) {
      StatementException e =
          assertThrows(StatementException.class, () -> TestStore.run(pooled, "USE BRANCH b"));
      assertEquals("55000", e.sqlState());
      assertEquals(List.of("= 1"), TestStore.run(pooled, "INSERT INTO b.t(id) VALUES (1)"));
      TestStore.run(pooled, "CALL versor.commit_version(?, ?)", "m", "b");
    }
    assertEquals(List.of("1"), store.run("SELECT count(*) FROM b.t"));
  }

  @Test
  void filesAreReadOnlyWhereTheyMayBe() throws Exception {
    SessionOptions plain = SessionOptions.defaults("bob");
    SessionOptions none =
        new SessionOptions(
            plain.branch(),
            plain.commit(),
            plain.tag(),
            plain.asOf(),
            false,
            "bob",
            false,
            java.util.Optional.of("none"));
    try (Session session = store.engine().openSession(none)) {
      StatementException e =
          assertThrows(
              StatementException.class,
              () -> TestStore.run(session, "SELECT READ_FILE('/etc/hostname')"));
      assertEquals("42501", e.sqlState());
    }
    assertThrows(StatementException.class, () -> store.run("SELECT READ_FILE('no such file')"));
  }

  @Test
  void cancelledAndLateStatementsEnd() throws Exception {
    try (Prepared insert = store.session().prepare("INSERT INTO t(id) VALUES (?)")) {
      List<List<@Nullable Object>> rows = new ArrayList<>();
      for (int i = 0; i < 2_000; i++) {
        rows.add(List.of(i));
      }
      insert.executeBatch(new ParameterBatch(rows));
    }
    String slow = "SELECT count(*) FROM t a, t b, t c WHERE a.id + b.id > c.id";
    try (Prepared query = store.session().prepare(slow)) {
      StoreException e =
          assertThrows(
              StoreException.class,
              () -> {
                try (Result result = query.execute(List.of(), new ExecuteOptions(0, 200))) {
                  result.next();
                }
              });
      assertEquals(StoreException.Code.CANCELLED, e.code());
    }
    assertEquals(List.of("2000"), store.run("SELECT count(*) FROM t"));
  }

  @Test
  void closingASessionClosesWhatItLeftOpen() throws Exception {
    store.run("INSERT INTO t(id) VALUES (1), (2)");
    Session other = store.engine().openSession(SessionOptions.defaults("bob"));
    Result result = other.prepare("SELECT id FROM t").execute(List.of(), ExecuteOptions.NONE);
    assertTrue(result.next());
    other.close();
    assertThrows(IllegalStateException.class, result::next);
  }

  @Test
  void maxRowsEndsTheResult() throws Exception {
    store.run("INSERT INTO t(id) VALUES (1), (2), (3)");
    try (Prepared query = store.session().prepare("SELECT id FROM t");
        Result result = query.execute(List.of(), new ExecuteOptions(2, 0))) {
      assertTrue(result.next());
      assertTrue(result.next());
      assertFalse(result.next());
    }
  }

  @Test
  void columnsSayWhereTheyComeFrom() throws Exception {
    try (Prepared query =
        store.session().prepare("SELECT id AS n, e, name || '!' AS loud FROM t x")) {
      List<ColumnInfo> columns = query.columns();
      assertEquals("n", columns.get(0).label());
      assertEquals("id", columns.get(0).name());
      assertEquals("t", columns.get(0).table());
      assertEquals("main", columns.get(0).schema());
      assertEquals("EMBEDDING", columns.get(1).typeName());
      assertEquals("", columns.get(2).table());
    }
  }

  @Test
  void resultsGiveCanonicalObjects() throws Exception {
    store.run("INSERT INTO t VALUES (1, 'x', ARRAY[1, 2], TIMESTAMP '2026-01-01 00:00:00', 1.50)");
    try (Prepared query =
            store.session().prepare("SELECT t.*, TRUE, DATE '2026-01-02', X'ff', 1e0 FROM t");
        Result result = query.execute(List.of(), ExecuteOptions.NONE)) {
      assertTrue(result.next());
      assertEquals(1, result.objectAt(0));
      assertEquals("x", result.objectAt(1));
      assertEquals(TensorValue.of(new float[] {1, 2}), result.objectAt(2));
      assertEquals(LocalDateTime.of(2026, 1, 1, 0, 0), result.objectAt(3));
      assertEquals(new BigDecimal("1.50"), result.objectAt(4));
      assertEquals(true, result.objectAt(5));
      assertEquals(LocalDate.of(2026, 1, 2), result.objectAt(6));
      assertEquals("ff", result.textAt(7));
      assertEquals(1.0, result.objectAt(8));
      assertEquals(1, result.longAt(5));
    }
  }
}
