package io.versor.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.versor.format.type.StoreException;
import io.versor.format.type.StoreException.Code;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Version statements with parameters, from several sessions, and at the edge of what they take. */
class VersionStatementsTest {
  @TempDir Path directory;
  private TestStore store;

  @BeforeEach
  void open() throws Exception {
    store = new TestStore(directory);
    store.run("CREATE TABLE t (id INTEGER)");
    store.run("INSERT INTO t VALUES (1)");
    store.run("COMMIT VERSION MESSAGE 'one'");
  }

  @AfterEach
  void close() throws Exception {
    store.close();
  }

  /** With the place of the name. */
  private static void failsThere(String state, Executable action) {
    StatementException e = assertThrows(StatementException.class, action);
    assertEquals(state, e.sqlState());
    assertTrue(e.line() > 0 && e.column() > 0, e.getMessage());
  }

  private static String fails(Code code, Executable action) {
    StoreException e = assertThrows(StoreException.class, action);
    assertEquals(code, e.code(), e.getMessage());
    return e.getMessage();
  }

  /** The plan of a query of blame or history is kept as long as it is of the same commit. */
  @Test
  void whatIsMadeOfACommitFollowsTheBranch() throws Exception {
    String blame =
        "SELECT l.message FROM TABLE(versor.blame('t')) b JOIN versor.log l"
            + " ON l.commit_id = b.id_commit WHERE b._index = 0";
    String history = "SELECT count(*) FROM TABLE(versor.history('t'))";
    String of = "SELECT count(*) FROM TABLE(versor.history('t', 'main'))";
    store.run("CREATE VIEW counted AS " + history);
    store.run("COMMIT VERSION MESSAGE 'view'");
    store.run("CREATE BRANCH b");
    for (int i = 0; i < 2; i++) {
      assertEquals(List.of("one"), store.run(blame));
      assertEquals(List.of("1"), store.run(history));
    }
    store.run("UPDATE t SET id = 2");
    assertEquals(List.of("one"), store.run(blame));
    store.run("COMMIT VERSION MESSAGE 'two'");
    assertEquals(List.of("two"), store.run(blame));
    assertEquals(List.of("2"), store.run(history));
    assertEquals(List.of("2"), store.run(of));
    assertEquals(List.of("2"), store.run("SELECT * FROM counted"));
    assertEquals(List.of("1"), store.run("SELECT * FROM b.counted"));
    store.run("UPDATE b.t SET id = 3");
    store.run("CALL versor.commit_version('three', 'b')");
    assertEquals(List.of("2"), store.run("SELECT * FROM b.counted"));
    store.run("USE BRANCH b");
    assertEquals(List.of("three"), store.run(blame));
    assertEquals(List.of("2"), store.run(of));
    store.run("ALTER TABLE t ADD COLUMN more INTEGER");
    store.run("COMMIT VERSION MESSAGE 'four'");
    assertEquals(List.of("NULL"), store.run("SELECT more FROM TABLE(versor.history('t')) LIMIT 1"));
    store.run("RESET BRANCH TO COMMIT 'HEAD~1' HARD");
    assertEquals(List.of("three"), store.run(blame));
  }

  /** The plan of a query of a difference is kept as long as it is between the same commits. */
  @Test
  void whatDiffersFollowsTheBranch() throws Exception {
    String last = "SELECT from_id, to_id FROM versor.diff('t', 'HEAD~1', 'HEAD')";
    String feed = "SELECT id FROM versor.changes('t', 'HEAD~1', 'HEAD') ORDER BY id";
    String open = "SELECT from_id, to_id FROM versor.diff('t')";
    store.run("UPDATE t SET id = 2");
    store.run("COMMIT VERSION MESSAGE 'two'");
    store.run("CREATE BRANCH b");
    for (int i = 0; i < 2; i++) {
      assertEquals(List.of("1 | 2"), store.run(last));
      assertEquals(List.of("1", "2"), store.run(feed));
      assertEquals(List.of(), store.run(open));
    }
    store.run("UPDATE t SET id = 3");
    assertEquals(List.of("1 | 2"), store.run(last));
    assertEquals(List.of("2 | 3"), store.run(open));
    store.run("UPDATE t SET id = 4");
    assertEquals(List.of("2 | 4"), store.run(open));
    store.run("COMMIT VERSION MESSAGE 'four'");
    assertEquals(List.of("2 | 4"), store.run(last));
    assertEquals(List.of("2", "4"), store.run(feed));
    assertEquals(List.of(), store.run(open));
    store.run("USE BRANCH b");
    assertEquals(List.of("1 | 2"), store.run(last));
    assertEquals(List.of("1", "2"), store.run(feed));
    store.run("USE BRANCH main");
    store.run("RESET BRANCH TO COMMIT 'HEAD~1' HARD");
    assertEquals(List.of("1 | 2"), store.run(last));
    assertEquals(List.of("1", "2"), store.run(feed));
  }

  @Test
  void namesAndRevisionsAreBoundEverywhere() throws Exception {
    store.run("CREATE BRANCH ? AS OF COMMIT ?", "b", "HEAD");
    store.run("ALTER BRANCH ? RENAME TO ?", "b", "work");
    store.run("INSERT INTO work.t VALUES (2)");
    store.run("CALL versor.commit_version(?, ?)", "two", "work");
    store.run("CREATE TAG ? AS OF BRANCH ? MESSAGE ?", "v1", "work", "tagged");
    store.run("CREATE OR REPLACE BRANCH ? AS OF TAG ?", "other", "v1");
    store.run("MERGE BRANCH ? INTO ? MESSAGE ?", "v1", "main", "merged");
    assertEquals(
        List.of("merged"),
        store.run("SELECT message FROM versor.log WHERE branch = 'main' LIMIT 1"));
    store.run("REVERT COMMIT ? PARENT ? INTO ? MESSAGE ?", "main", 1, "main", "reverted");
    assertEquals(List.of("1"), store.run("SELECT count(*) FROM t"));
    store.run("CHERRY PICK COMMIT ? MESSAGE ?", "work", "picked");
    assertEquals(List.of("2"), store.run("SELECT count(*) FROM t"));
    store.run("RESET BRANCH ? TO COMMIT ? SOFT", "main", "HEAD~1");
    store.run("COMMIT VERSION MESSAGE ? AUTHOR ?", "again", "bob");
    assertEquals(
        List.of("again | bob", "reverted | ann"),
        store.run("SELECT message, author FROM versor.log LIMIT 2"));
    store.run("RESTORE TABLE t TO COMMIT ?", "HEAD~1");
    assertEquals(List.of("1"), store.run("SELECT count(*) FROM t"));
    store.run("RESET BRANCH ?", "main");
    store.run("DROP TAG ?", "v1");
    store.run("DROP BRANCH ?", "other");
    assertEquals(List.of("= 0"), store.run("USE BRANCH ?", "work"));
    assertEquals(List.of("work"), store.run("SELECT name FROM versor.branches WHERE is_current"));
    assertEquals("22004", state(() -> store.run("DROP BRANCH ?", (Object) null)));
    assertEquals("22023", state(() -> store.run("DROP BRANCH ?", true)));
    assertEquals("22023", state(() -> store.run("REVERT COMMIT ? PARENT ?", "HEAD", 1.5)));
  }

  @Test
  void nullNamesNoVersion() throws Exception {
    for (String clause :
        List.of("AS OF COMMIT ?", "AS OF BRANCH ?", "AS OF TAG ?", "FOR SYSTEM_TIME AS OF ?")) {
      String sql = "SELECT * FROM t " + clause;
      assertEquals("22004", state(() -> store.run(sql, (Object) null)), sql);
    }
  }

  @Test
  void whatIsSaidOfTablesIsBound() throws Exception {
    store.run("COMMENT ON TABLE t IS ?", "numbers");
    store.run("ALTER TABLE t SET PROPERTY ? = ?", "owner", "ann");
    assertEquals(List.of("numbers"), store.run("SELECT \"comment\" FROM versor.tables"));
    assertEquals(List.of("owner | ann"), store.run("SELECT key, value FROM versor.properties"));
    assertEquals(
        List.of("true"),
        store.run("SELECT TABLE_HASH('t', ?) = TABLE_HASH(?, ?)", "HEAD", "t", "main"));
    store.run("ALTER TABLE t UNSET PROPERTY ?", "owner");
    assertEquals(List.of(), store.run("SELECT key, value FROM versor.properties"));
  }

  private static String state(Executable action) {
    return assertThrows(StatementException.class, action).sqlState();
  }

  /** Unqualified names are of the branch the session is on when a statement runs. */
  @Test
  void preparedStatementsGoWhereTheSessionGoes() throws Exception {
    store.run("CREATE BRANCH b");
    store.run("INSERT INTO b.t VALUES (2)");
    String sql = "SELECT (SELECT count(*) FROM t), (SELECT count(*) FROM t AS OF COMMIT 'HEAD')";
    try (Prepared query = store.session().prepare(sql);
        Prepared insert = store.session().prepare("INSERT INTO t VALUES (?)")) {
      assertEquals("1 1", counts(query));
      store.run("USE BRANCH b");
      assertEquals("2 1", counts(query));
      insert.execute(List.of(7), ExecuteOptions.NONE).close();
      assertEquals("3 1", counts(query));
      store.run("COMMIT VERSION");
      assertEquals("3 3", counts(query));
      store.run("ALTER BRANCH b RENAME TO c");
      store.run("CREATE BRANCH b AS OF BRANCH main");
      assertEquals("3 3", counts(query));
      store.run("USE COMMIT 'main'");
      assertEquals("1 3", counts(query));
      store.run("USE BRANCH main");
      assertEquals("1 1", counts(query));
    }
    assertEquals(
        List.of("1 | 3"), store.run("SELECT (SELECT count(*) FROM t), (SELECT count(*) FROM c.t)"));
  }

  private static String counts(Prepared query) throws Exception {
    try (Result result = query.execute(List.of(), ExecuteOptions.NONE)) {
      assertTrue(result.next());
      return result.longAt(0) + " " + result.longAt(1);
    }
  }

  /** The columns of a preview are known when a literal asks for it, else when it has run. */
  @Test
  void previewsByParameterHaveTheirOwnColumns() throws Exception {
    store.run("CREATE BRANCH b");
    store.run("INSERT INTO b.t VALUES (2)");
    store.run("CALL versor.commit_version('two', 'b')");
    try (Prepared call = store.session().prepare("CALL versor.merge_branch('b', dry_run => ?)")) {
      assertEquals("commit_id", call.columns().get(0).label());
      try (Result preview = call.execute(List.of(true), ExecuteOptions.NONE)) {
        assertEquals("table_name", preview.columns().get(0).label());
        assertTrue(preview.next());
        assertEquals("t", preview.textAt(0));
      }
      try (Result merged = call.execute(List.of(false), ExecuteOptions.NONE)) {
        assertEquals("commit_id", merged.columns().get(0).label());
        assertTrue(merged.next());
        assertEquals("merged", merged.textAt(1));
      }
    }
    try (Prepared literal = store.session().prepare("MERGE BRANCH b DRY RUN")) {
      assertEquals("conflicts", literal.columns().get(7).label());
    }
  }

  @Test
  void theLastBranchStaysAndADroppedOneIsMissed() throws Exception {
    store.run("CREATE BRANCH b");
    try (Session other =
        store.engine().openSession(SessionOptions.defaults("ben").withBranch("b"))) {
      TestStore.run(other, "DROP BRANCH main");
      fails(Code.WRONG_STATE, () -> TestStore.run(other, "DROP BRANCH b"));
      String message = fails(Code.NO_SUCH_REF, () -> store.run("INSERT INTO t VALUES (2)"));
      assertTrue(message.contains("main"), message);
      message = fails(Code.WRONG_STATE, () -> store.run("DROP BRANCH b FORCE"));
      assertTrue(message.contains("only branch"), message);
      store.run("USE BRANCH b");
      assertEquals(List.of("1"), store.run("SELECT count(*) FROM t"));
    }
    try (Session fresh = store.engine().openSession(SessionOptions.defaults("cy"))) {
      assertEquals("b", fresh.currentSchema());
    }
  }

  @Test
  void aNewBranchOfADroppedOnesNameIsTaken() throws Exception {
    store.run("CREATE BRANCH b");
    try (Session other =
        store.engine().openSession(SessionOptions.defaults("ben").withBranch("b"))) {
      store.run("CREATE OR REPLACE BRANCH b AS OF COMMIT 'main'");
      TestStore.run(other, "INSERT INTO t VALUES (2)");
      store.run("ALTER BRANCH b RENAME TO c");
      assertEquals(List.of("2"), TestStore.run(other, "SELECT count(*) FROM t"));
      assertEquals("c", other.currentSchema());
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "COMMIT VERSION ALLOW EMPTY",
        "CREATE BRANCH x",
        "CREATE OR REPLACE BRANCH b",
        "DROP BRANCH b",
        "ALTER BRANCH b RENAME TO x",
        "CREATE TAG x",
        "DROP TAG v1",
        "MERGE BRANCH b",
        "RESET BRANCH",
        "RESET BRANCH TO COMMIT 'HEAD' HARD",
        "RESTORE TABLE t TO COMMIT 'HEAD'",
        "REVERT COMMIT 'HEAD'",
        "CHERRY PICK COMMIT 'b'",
        "OPTIMIZE TABLE t",
        "CLONE TO 'clone'",
        "EXPIRE HISTORY BEFORE COMMIT 'HEAD'",
        "SQUASH HISTORY FROM COMMIT 'v1' TO COMMIT 'HEAD'",
        "CALL versor.commit_version('x')",
        "CALL versor.create_branch('x')",
        "CALL versor.merge_branch('b')",
        "CALL versor.restore_table('t', 'HEAD')",
        "CALL versor.revert_commit('HEAD')",
        "CALL versor.cherry_pick('b')",
        "CALL versor.reset_branch()",
      })
  void readOnlySessionsChangeNothing(String sql) throws Exception {
    store.run("CREATE BRANCH b");
    store.run("CREATE TAG v1");
    SessionOptions options = SessionOptions.defaults("ben");
    SessionOptions readOnly =
        new SessionOptions(
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            true,
            options.author(),
            true,
            Optional.empty());
    try (Session reader = store.engine().openSession(readOnly)) {
      fails(Code.READ_ONLY, () -> TestStore.run(reader, sql));
      assertEquals(List.of(), TestStore.run(reader, "MERGE BRANCH b DRY RUN"));
      assertEquals("55000", state(() -> TestStore.run(reader, "USE BRANCH b")));
      assertEquals("55000", state(() -> TestStore.run(reader, "SET SCHEMA 'b'")));
    }
    assertEquals(List.of("2"), store.run("SELECT count(*) FROM versor.branches"));
  }

  /** Pooled connections stay on their branch and reach the others by name. */
  @Test
  void fixedSessionsWorkOnAnyBranchByProcedure() throws Exception {
    store.run("CREATE BRANCH b");
    SessionOptions fixed =
        new SessionOptions(
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            false,
            "ben",
            true,
            Optional.empty());
    try (Session session = store.engine().openSession(fixed)) {
      TestStore.run(session, "INSERT INTO b.t VALUES (2)");
      TestStore.run(session, "CALL versor.commit_version('two', 'b')");
      TestStore.run(session, "CALL versor.create_branch('c', 'b')");
      TestStore.run(session, "CALL versor.revert_commit('HEAD', 'c')");
      TestStore.run(session, "CALL versor.merge_branch('c', 'main')");
      TestStore.run(session, "CALL versor.reset_branch('b', 'HEAD~1', 'HARD')");
      assertEquals("main", session.currentSchema());
      assertEquals(
          List.of("1 | 1 | 1"),
          TestStore.run(
              session,
              "SELECT (SELECT count(*) FROM t), (SELECT count(*) FROM b.t), (SELECT count(*) FROM"
                  + " c.t)"));
    }
  }

  @Test
  void whatIsTooLongIsSaid() throws Exception {
    fails(Code.INVALID_NAME, () -> store.run("CREATE BRANCH ?", "b".repeat(201)));
    fails(Code.INVALID_NAME, () -> store.run("CREATE TAG ?", "v".repeat(100_000)));
    String message =
        fails(Code.TOO_LONG, () -> store.run("CREATE TAG v1 MESSAGE ?", "m".repeat(4_001)));
    assertTrue(message.contains("4000") && message.contains("4001"), message);
    fails(
        Code.TOO_LONG,
        () -> store.run("COMMIT VERSION MESSAGE ? ALLOW EMPTY", "m".repeat((1 << 20) + 1)));
    fails(Code.TOO_LONG, () -> store.run("COMMIT VERSION AUTHOR ? ALLOW EMPTY", "a".repeat(1_001)));
    store.run("CREATE BRANCH b");
    store.run("INSERT INTO b.t VALUES (2)");
    store.run("CALL versor.commit_version('two', 'b')");
    fails(Code.TOO_LONG, () -> store.run("MERGE BRANCH b MESSAGE ?", "m".repeat((1 << 20) + 1)));
    String longest = "m".repeat(1 << 20);
    store.run("MERGE BRANCH b MESSAGE ?", longest);
    store.run("REVERT COMMIT 'HEAD' PARENT 1");
    assertTrue(
        store.run("SELECT message FROM versor.log LIMIT 1").get(0).startsWith("Revert commit "));
    fails(Code.TOO_LONG, () -> store.run("REVERT COMMIT 'HEAD' MESSAGE ?", longest + "m"));
    fails(Code.TOO_LONG, () -> store.run("CHERRY PICK COMMIT 'b' MESSAGE ?", longest + "m"));
    failsThere("3F000", () -> store.run("USE COMMIT ?", "HEAD" + "~1".repeat(400)));
    failsThere("3F000", () -> store.run("USE COMMIT ?", "HEAD~99999999999999999999"));
    fails(Code.NO_SUCH_REF, () -> store.run("USE COMMIT ?", "x".repeat(100_000)));
    try (Session long1 = store.engine().openSession(SessionOptions.defaults("a".repeat(501)))) {
      fails(Code.TOO_LONG, () -> TestStore.run(long1, "CREATE TAG v1"));
    }
  }

  /** What is shown, run again, makes the same table; words of the grammar are quoted in it. */
  @Test
  void shownTablesCanBeMadeAgain() throws Exception {
    String name = "\"Odd \"\"one\"";
    store.run(
        "CREATE TABLE "
            + name
            + " (\"select\" BIGINT NOT NULL, \"order by\" TEXT DEFAULT 'it''s', day DATE,"
            + " plain TIMESTAMP(3), label CLASS_LABEL('a', 'it''s'), pic IMAGE('jpeg'),"
            + " m TENSOR(UINT8, *, *, 3), e EMBEDDING(4) COMMENT 'vector''s', d DECIMAL(10, 2),"
            + " v VARCHAR(20), nr SMALLINT GENERATED ALWAYS AS IDENTITY (START WITH 5 INCREMENT BY"
            + " -2), b VARBINARY(8), h TENSOR(FLOAT16), PRIMARY KEY (\"select\", day),"
            + " UNIQUE (v))");
    store.run("COMMENT ON TABLE " + name + " IS 'a ''table'''");
    store.run("ALTER TABLE " + name + " SET PROPERTY 'k' = 'v'");
    store.run("ALTER TABLE " + name + " ALTER COLUMN d SET PROPERTY 'unit' = 'EUR'");
    String shown = shown("SHOW CREATE TABLE " + name);
    assertTrue(shown.contains("\"select\" BIGINT NOT NULL,\n"), shown);
    assertTrue(shown.contains("  day DATE NOT NULL,\n  plain TIMESTAMP(3),\n"), shown);
    store.run("ALTER TABLE " + name + " RENAME TO other");
    for (String statement : shown.split(";\n")) {
      store.run(statement);
    }
    assertEquals(shown, shown("SHOW CREATE TABLE " + name));
    assertEquals(store.run("DESCRIBE other"), store.run("SHOW COLUMNS FROM " + name));
    assertEquals("CREATE TABLE t (\n  id INTEGER\n)", shown("SHOW CREATE TABLE main.t"));
    assertEquals("42P01", state(() -> store.run("SHOW CREATE TABLE nope")));
  }

  /** A view is made again by what is shown of it, and keeps its text. */
  @Test
  void aViewIsShownAsItWasWritten() throws Exception {
    store.run(
        "CREATE VIEW \"my view\" (\"a b\", n) AS -- two\n  select id, /* ' */ 'it''s'\n from t;");
    store.run("COMMENT ON VIEW \"my view\" IS 'it''s'");
    String shown = shown("SHOW CREATE VIEW \"my view\"");
    assertEquals(
        """
        CREATE VIEW "my view" ("a b", n) AS
        -- two
          select id, /* ' */ 'it''s'
         from t;
        COMMENT ON VIEW "my view" IS 'it''s'"""
            .stripIndent(),
        shown);
    store.run("ALTER VIEW \"my view\" RENAME TO other");
    for (String statement : shown.split(";\n")) {
      store.run(statement);
    }
    assertEquals(shown, shown("SHOW CREATE VIEW \"my view\""));
  }

  private String shown(String sql) throws Exception {
    try (Prepared show = store.session().prepare(sql);
        Result result = show.execute(List.of(), ExecuteOptions.NONE)) {
      assertTrue(result.next());
      return result.textAt(1);
    }
  }
}
