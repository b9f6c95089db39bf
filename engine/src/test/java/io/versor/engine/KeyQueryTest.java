package io.versor.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.versor.engine.plan.KeyQueryText;
import io.versor.format.type.StoreException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is read without the planner is told and read as with it. */
class KeyQueryTest {
  /** With a comment a text is none that is read without the planner. */
  private static final String PLANNED = " /* planned */";

  @TempDir Path directory;
  private TestStore store;

  @BeforeEach
  void fill() throws Exception {
    store = new TestStore(directory.resolve("store"));
    store.run(
        "CREATE TABLE t(id BIGINT PRIMARY KEY, small SMALLINT UNIQUE, name VARCHAR(9) UNIQUE,"
            + " a INTEGER, b TEXT, UNIQUE (a, b), \"user\" INTEGER, \"Odd\" INTEGER,"
            + " n INTEGER NOT NULL, made INTEGER GENERATED ALWAYS AS IDENTITY,"
            + " y BOOLEAN, u TINYINT UNSIGNED, w BIGINT UNSIGNED, f REAL, d DECIMAL(9, 2),"
            + " day DATE, at TIME, moment TIMESTAMP, zoned TIMESTAMP WITH TIME ZONE, id2 UUID,"
            + " bytes VARBINARY, l CLASS_LABEL('cat', 'dog'), e EMBEDDING(2), j JSON,"
            + " list VARCHAR ARRAY, shapes TENSOR(INT16, 2, 2))");
    store.run(
        "INSERT INTO t(id, small, name, a, b, \"user\", \"Odd\", n, y, u, w, f, d, day, at, moment,"
            + " zoned, id2, bytes, l, e, j, list, shapes) VALUES (1, 2, 'x', 1, 'y', 5, 6, 7, TRUE,"
            + " 200, 18446744073709551615, 1.5, 3.10, DATE '2020-02-03', TIME '10:00:01.000002',"
            + " TIMESTAMP '1960-01-01 00:00:00.000001',"
            + " TIMESTAMP WITH TIME ZONE '2020-01-01 00:00:00+02:00',"
            + " '6ba7b810-9dad-11d1-80b4-00c04fd430c8', X'0102', 'dog', ARRAY[1, 2], '{\"a\":1}',"
            + " ARRAY['p', NULL], ARRAY[ARRAY[1, 2], ARRAY[3, 4]])");
    store.run("INSERT INTO t(id, n) VALUES (100, 1), (-9223372036854775807, 2)");
    store.run("CREATE TABLE plain(id BIGINT, v INTEGER)");
    store.run("INSERT INTO plain VALUES (1, 1), (1, 2)");
    store.run("CREATE VIEW seen AS SELECT id, n FROM t");
  }

  @AfterEach
  void close() throws Exception {
    store.close();
  }

  /** All that can be told of a statement and its rows, or how it fails. */
  private String outcome(String sql, @Nullable Object... values) {
    try (Prepared prepared = store.session().prepare(sql)) {
      StringBuilder told = new StringBuilder();
      told.append(prepared.columns()).append('\n').append(prepared.parameters()).append('\n');
      try (Result rows = prepared.execute(Arrays.asList(values), ExecuteOptions.NONE)) {
        while (rows.next()) {
          for (int i = 0; i < rows.columns().size(); i++) {
            Object value = rows.objectAt(i);
            told.append(value == null ? "NULL" : value.getClass().getName());
            told.append(' ').append(rows.isNull(i) ? "" : rows.textAt(i)).append(" | ");
          }
          told.append('\n');
        }
      }
      return told.toString();
    } catch (StatementException e) {
      return e.sqlState() + " " + e.getMessage();
    } catch (StoreException e) {
      return e.code() + " " + e.getMessage();
    }
  }

  private void same(String sql, @Nullable Object... values) {
    assertEquals(
        outcome(sql + PLANNED, values), outcome(sql, values), sql + Arrays.toString(values));
  }

  private static final List<@Nullable Object> VALUES =
      Arrays.asList(
          null,
          1L,
          1,
          (short) 1,
          100L,
          2,
          -9223372036854775807L,
          Long.MIN_VALUE,
          70_000,
          1L << 40,
          1.0,
          1.5f,
          new BigDecimal("1.0"),
          new BigDecimal("1e40"),
          "1",
          " 1",
          "x",
          "X",
          "",
          "a",
          true,
          new byte[] {1});

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT * FROM t WHERE id = ?",
        "select n from t where id=?",
        "SELECT name, id\n FROM t\tWHERE id = ? ",
        "SELECT * FROM t WHERE small = ?",
        "SELECT * FROM t WHERE name = ?",
        "SELECT day, at, moment, zoned, id2, bytes, l, e, j, list, shapes FROM t WHERE id = ?",
        "SELECT made, w, u, f, d, y FROM t WHERE name = ?"
      })
  void aQueryByOneColumn(String sql) {
    for (Object value : VALUES) {
      same(sql, value);
    }
    same(sql);
    same(sql, 1L, 2L);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT user FROM t WHERE id = ?",
        "SELECT odd FROM t WHERE id = ?",
        "SELECT Odd FROM t WHERE ID = ?",
        "SELECT id, id FROM t WHERE id = ?",
        "SELECT id FROM T WHERE id = ?",
        "SELECT nothing FROM t WHERE id = ?",
        "SELECT id FROM nothing WHERE id = ?",
        "SELECT id FROM t WHERE nothing = ?",
        "SELECT id FROM t WHERE n = ?",
        "SELECT id FROM t WHERE a = ?",
        "SELECT _rowid, id FROM t WHERE id = ?",
        "SELECT id FROM t WHERE _index = ?",
        "SELECT * FROM seen WHERE id = ?",
        "SELECT v FROM plain WHERE id = ?",
        "SELECT id FROM t WHERE id = ?;",
        "SELECT FROM t WHERE id = ?",
        "SELECT id, FROM t WHERE id = ?",
        "SELECT * FROM t WHERE id = ? AND",
        "SELECT * FROM t WHERE id == ?",
        "SELECT * FROM WHERE id = ?",
        "SELECT *, id FROM t WHERE id = ?",
        "SELECT current_date FROM t WHERE id = ?",
        "SELECT current_branch FROM t WHERE id = ?"
      })
  void whatIsNotAsPlainAsItLooks(String sql) {
    same(sql, 1L);
    same(sql, "x");
    same(sql);
  }

  @Test
  void aQueryByTwo() {
    for (Object a : VALUES) {
      for (Object b : Arrays.asList(null, "y", "", 1, true)) {
        same("SELECT id, b FROM t WHERE a = ? AND b = ?", a, b);
        same("SELECT id, b FROM t WHERE b = ? AND a = ?", b, a);
        same("SELECT id, b FROM t WHERE id = ? AND a = ?", a, a);
        same("SELECT id FROM t WHERE id = ? AND id = ?", a, a);
      }
    }
  }

  @Test
  void aQueryByConstants() {
    for (String constant :
        List.of(
            "1",
            "100",
            "2",
            "0",
            "-1",
            "- 1",
            "007",
            "70000",
            "1.0",
            "1e2",
            "1x",
            "+1",
            "NULL",
            "-9223372036854775807",
            "9223372036854775807",
            "-9223372036854775808",
            "3000000000",
            "99999999999999999999",
            "'x'",
            "'X'",
            "'x '",
            "' x'",
            "''",
            "'it''s'",
            "'1'",
            "'a' 'b'",
            "'x'\n'y'",
            "N'x'",
            "'far too long for its column'",
            "'é'",
            "'x",
            "TRUE",
            "X'01'")) {
      for (String key : List.of("id", "small", "name")) {
        same("SELECT id, name FROM t WHERE " + key + " = " + constant);
        same("SELECT * FROM t WHERE " + key + "=" + constant + " ");
      }
      same("SELECT id FROM t WHERE a = " + constant + " AND b = 'y'");
      for (Object value : Arrays.asList(null, 1L, "y", true)) {
        same("SELECT id FROM t WHERE a = " + constant + " AND b = ?", value);
        same("SELECT id FROM t WHERE b = ? AND a = " + constant, value);
        same("SELECT id FROM t WHERE b = " + constant + " AND a = ?", value);
      }
    }
  }

  @Test
  void plainTextsAreToldFromOthers() {
    assertTrue(KeyQueryText.of("SELECT a, b_1 FROM t WHERE k = ? AND l = ?").isPresent());
    assertTrue(KeyQueryText.of(" select*from t where k=? ").isPresent());
    assertEquals(
        List.of(Optional.of(-17L), Optional.empty(), Optional.of("it")),
        KeyQueryText.of("SELECT a FROM t WHERE k = -17 AND l = ? AND m ='it'")
            .orElseThrow()
            .constants());
    for (String other :
        List.of(
            "",
            "SELECT",
            "SELECT a FROM t",
            "SELECT a FROM t WHERE k = 1.5",
            "SELECT a FROM t WHERE k = 1AND l = 2",
            "SELECT a FROM t WHERE k = 'x''y'",
            "SELECT a FROM t WHERE k = 'x' 'y'",
            "SELECT a FROM t WHERE k = -",
            "SELECT a FROM t WHERE k = ",
            "SELECT a FROM t WHERE k = ? OR l = ?",
            "SELECT a FROM s.t WHERE k = ?",
            "SELECT \"a\" FROM t WHERE k = ?",
            "SELECT a x FROM t WHERE k = ?",
            "SELECT a FROM t u WHERE k = ?",
            "SELECT a FROM t WHERE k = ? LIMIT 1",
            "SELECT a FROM t WHERE k = ? -- b",
            "SELECT DISTINCT a FROM t WHERE k = ?",
            "SELECT select FROM t WHERE k = ?",
            "SELECTa FROM t WHERE k = ?",
            "SELECT é FROM t WHERE k = ?",
            "SELECT 1a FROM t WHERE k = ?",
            "SELECT a " + " ".repeat(3_000) + "FROM t WHERE k = ?")) {
      assertFalse(KeyQueryText.of(other).isPresent(), other);
    }
  }

  /** A statement prepared once follows what becomes of its table. */
  @Test
  void aPreparedQueryFollowsItsTable() throws Exception {
    List<String> changes =
        List.of(
            "UPDATE t SET n = 8 WHERE id = 1",
            "ALTER TABLE t ADD COLUMN more INTEGER DEFAULT 3",
            "ALTER TABLE t RENAME COLUMN n TO renamed",
            "ALTER TABLE t RENAME COLUMN renamed TO n",
            "DELETE FROM t WHERE id = 1",
            "ALTER TABLE t RENAME TO other",
            "CREATE TABLE t(id BIGINT, n INTEGER, PRIMARY KEY (id))",
            "INSERT INTO t VALUES (1, 44)",
            "DROP TABLE t",
            "CREATE VIEW t AS SELECT 1 AS id, 2 AS n",
            "DROP VIEW t",
            "ALTER TABLE other RENAME TO t");
    try (Prepared named = store.session().prepare("SELECT n FROM t WHERE id = ?");
        Prepared all = store.session().prepare("SELECT * FROM t WHERE id = ?");
        Prepared namedToo = store.session().prepare("SELECT n FROM t WHERE id = ?" + PLANNED);
        Prepared allToo = store.session().prepare("SELECT * FROM t WHERE id = ?" + PLANNED)) {
      for (String change : changes) {
        store.run(change);
        assertEquals(rows(namedToo), rows(named), change);
        assertEquals(rows(allToo), rows(all), change);
        assertEquals(allToo.columns(), all.columns(), change);
      }
    }
  }

  @Test
  void itReadsWhereTheSessionIs() throws Exception {
    store.run("COMMIT VERSION MESSAGE 'one'");
    store.run("CREATE BRANCH side");
    store.run("UPDATE t SET n = 70 WHERE id = 1");
    try (Prepared prepared = store.session().prepare("SELECT n FROM t WHERE id = ?")) {
      assertEquals("[70]", rows(prepared));
      store.run("USE BRANCH side");
      assertEquals("[7]", rows(prepared));
      store.run("USE BRANCH main");
      store.session().setAutoCommit(false);
      store.run("UPDATE t SET n = 71 WHERE id = 1");
      assertEquals("[71]", rows(prepared), "own writes");
      store.run("ROLLBACK");
      assertEquals("[70]", rows(prepared));
      store.session().setAutoCommit(true);
      store.run("USE COMMIT 'main'");
      assertEquals("[7]", rows(prepared));
    }
  }

  private static String rows(Prepared prepared) throws Exception {
    try (Result result = prepared.execute(List.of(1L), ExecuteOptions.NONE)) {
      List<String> rows = new ArrayList<>();
      while (result.next()) {
        List<String> cells = new ArrayList<>();
        for (int i = 0; i < result.columns().size(); i++) {
          cells.add(result.isNull(i) ? "NULL" : result.textAt(i));
        }
        rows.add(String.join(" | ", cells));
      }
      return rows.toString();
    } catch (StatementException e) {
      return e.sqlState();
    } catch (StoreException e) {
      return e.code().toString();
    }
  }
}
