package io.versor.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.versor.format.type.StoreException;
import io.versor.format.type.StoreException.Code;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Constraints where one session and a script are not enough to show them. */
class ConstraintsTest {
  @TempDir Path directory;

  private static void refuses(Code code, Session session, String sql) {
    StoreException e = assertThrows(StoreException.class, () -> TestStore.run(session, sql));
    assertEquals(code, e.code(), e.getMessage());
  }

  @Test
  void whatIsShownMakesTheSameTable() throws Exception {
    try (TestStore store = new TestStore(directory)) {
      Session session = store.session();
      TestStore.run(
          session,
          "CREATE TABLE t (a INTEGER CHECK (a > 0), \"my b\" VARCHAR(9), CHECK (t.\"my b\" <> 'it''s'),"
              + " CONSTRAINT main PRIMARY KEY (a), UNIQUE (\"my b\"))");
      String shown = TestStore.run(session, "SHOW CREATE TABLE t").get(0);
      String text = shown.substring(shown.indexOf("CREATE"));
      assertTrue(text.contains("CONSTRAINT t_a_check CHECK (a > 0)"), text);
      assertTrue(text.contains("CONSTRAINT main PRIMARY KEY (a)"), text);
      TestStore.run(session, "DROP TABLE t");
      TestStore.run(session, text);
      assertEquals(shown, TestStore.run(session, "SHOW CREATE TABLE t").get(0));
      refuses(Code.CHECK_VIOLATION, session, "INSERT INTO t VALUES (1, 'it''s')");
    }
  }

  /** Constraints name columns by ids, and others may have taken those ids first. */
  @Test
  void constraintsOfANewTableOutliveAnotherWriter() throws Exception {
    try (TestStore store = new TestStore(directory);
        Session other = store.engine().openSession(SessionOptions.defaults("bob"))) {
      Session session = store.session();
      TestStore.run(session, "BEGIN");
      TestStore.run(session, "CREATE TABLE t (x INTEGER, id INTEGER PRIMARY KEY, CHECK (x > id))");
      TestStore.run(other, "CREATE TABLE u (a INTEGER, b INTEGER, c INTEGER UNIQUE)");
      TestStore.run(other, "INSERT INTO u VALUES (1, 2, 3), (4, 5, 6)");
      TestStore.run(other, "UPDATE u SET a = 0");
      TestStore.run(session, "INSERT INTO t VALUES (2, 1)");
      TestStore.run(session, "UPDATE t SET x = 3");
      TestStore.run(session, "COMMIT");
      assertEquals("[3 | 1]", TestStore.run(session, "SELECT * FROM t").toString());
      assertEquals("[0 | 2 | 3, 0 | 5 | 6]", TestStore.run(session, "SELECT * FROM u").toString());
      refuses(Code.NOT_UNIQUE, session, "INSERT INTO t VALUES (3, 1)");
      refuses(Code.CHECK_VIOLATION, session, "INSERT INTO t VALUES (3, 4)");
      refuses(Code.NOT_NULL, session, "INSERT INTO t (x) VALUES (3)");
    }
  }

  @Test
  void twoSessionsCannotAddTheSameKey() throws Exception {
    try (TestStore store = new TestStore(directory);
        Session other = store.engine().openSession(SessionOptions.defaults("bob"))) {
      Session session = store.session();
      TestStore.run(session, "CREATE TABLE t (id INTEGER PRIMARY KEY, x TEXT UNIQUE)");
      TestStore.run(session, "INSERT INTO t VALUES (1, 'a'), (2, 'b')");
      TestStore.run(session, "BEGIN");
      TestStore.run(session, "INSERT INTO t VALUES (3, 'c')");
      TestStore.run(other, "INSERT INTO t VALUES (3, 'd')");
      refuses(Code.REF_MOVED, session, "COMMIT");
      TestStore.run(session, "BEGIN");
      TestStore.run(session, "UPDATE t SET x = 'z' WHERE id = 1");
      TestStore.run(other, "UPDATE t SET x = 'z' WHERE id = 2");
      refuses(Code.REF_MOVED, session, "COMMIT");
      TestStore.run(session, "BEGIN");
      TestStore.run(session, "INSERT INTO t VALUES (4, 'y'), (5, NULL)");
      TestStore.run(session, "DELETE FROM t WHERE id = 1");
      TestStore.run(other, "INSERT INTO t VALUES (6, NULL)");
      TestStore.run(other, "UPDATE t SET id = 7 WHERE id = 2");
      TestStore.run(session, "COMMIT");
      assertEquals(
          "[7 | z, 3 | d, 6 | NULL, 4 | y, 5 | NULL]",
          TestStore.run(session, "SELECT * FROM t").toString());
      // Who deletes a key and who gives it anew meanwhile do not meet; who gives it twice does.
      TestStore.run(session, "BEGIN");
      TestStore.run(session, "DELETE FROM t WHERE id = 3");
      TestStore.run(session, "INSERT INTO t VALUES (3, 'again')");
      TestStore.run(other, "INSERT INTO t VALUES (8, NULL)");
      TestStore.run(session, "COMMIT");
      refuses(Code.NOT_UNIQUE, session, "INSERT INTO t VALUES (3, NULL)");
    }
  }

  /** Two engines know of each other no more than two processes do. */
  @Test
  void racingWritersNeverShareAKey() throws Exception {
    int keys = 60;
    try (TestStore store = new TestStore(directory);
        Engine second = Engine.open(directory, EngineOptions.defaults())) {
      store.run("CREATE TABLE t (id INTEGER PRIMARY KEY, x INTEGER UNIQUE, who INTEGER)");
      ExecutorService writers = Executors.newFixedThreadPool(4);
      List<Future<Integer>> added = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        Engine engine = i % 2 == 0 ? store.engine() : second;
        int writer = i;
        added.add(writers.submit(() -> insertAll(engine, writer, keys)));
      }
      int all = 0;
      for (Future<Integer> each : added) {
        all += each.get();
      }
      writers.shutdown();
      assertEquals(keys, all, "each key was added once, by somebody");
      assertEquals(
          "[" + keys + " | " + keys + " | " + keys + "]",
          store.run("SELECT count(*), count(DISTINCT id), count(DISTINCT x) FROM t").toString());
    }
  }

  /** Answers how many were not there before. */
  private static int insertAll(Engine engine, int writer, int keys) throws Exception {
    int added = 0;
    try (Session session = engine.openSession(SessionOptions.defaults("w" + writer))) {
      List<Integer> order = new ArrayList<>();
      for (int key = 0; key < keys; key++) {
        order.add(key);
      }
      Collections.shuffle(order, new Random(writer));
      for (int key : order) {
        String sql = "INSERT INTO t VALUES (?, ?, ?)";
        boolean wins = false;
        for (boolean again = true; again; ) {
          again = false;
          try {
            TestStore.run(session, sql, key, -key, writer);
            wins = true;
          } catch (StoreException e) {
            again = e.code() == Code.REF_MOVED; // overtaken more often than it tries
            assertTrue(again || e.code() == Code.NOT_UNIQUE, e.getMessage());
          }
        }
        added += wins ? 1 : 0;
      }
    }
    return added;
  }
}
