package io.versor.jdbc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.versor.engine.Engine;
import io.versor.engine.ExecuteOptions;
import io.versor.engine.Prepared;
import io.versor.engine.Result;
import io.versor.engine.Session;
import io.versor.engine.SessionOptions;
import io.versor.format.Store;
import io.versor.format.StoreOptions;
import io.versor.format.io.FaultStore;
import io.versor.format.io.FaultStore.Operation;
import io.versor.format.type.StoreException;
import io.versor.format.type.StoreException.Code;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A disk that takes no more: 53100, nothing has changed, and it goes on once there is room. */
class FullDiskTest {
  private static void run(Session session, String sql) throws Exception {
    try (Prepared prepared = session.prepare(sql);
        Result result = prepared.execute(List.of(), ExecuteOptions.NONE)) {
      while (result.isRows() && result.next()) {
        result.objectAt(0);
      }
    }
  }

  private static long count(Session session) throws Exception {
    try (Prepared prepared = session.prepare("SELECT COUNT(*) FROM t");
        Result result = prepared.execute(List.of(), ExecuteOptions.NONE)) {
      result.next();
      return result.longAt(0);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "INSERT INTO t VALUES (2, 'b')",
        "UPDATE t SET name = 'c'",
        "DELETE FROM t",
        "COMMIT VERSION MESSAGE 'm'",
        "CREATE BRANCH b",
        "CREATE TABLE u (id INTEGER)",
      })
  void statementFailsAndChangesNothing(String sql) throws Exception {
    FaultStore disk = new FaultStore();
    try (Engine engine = Engine.over(Store.open(disk, StoreOptions.defaults()), Clock.systemUTC());
        Session session = engine.openSession(SessionOptions.defaults("Ann"))) {
      run(session, "CREATE TABLE t (id INTEGER, name TEXT)");
      run(session, "INSERT INTO t VALUES (1, 'a')");
      for (Operation operation :
          List.of(
              Operation.CREATE_SEGMENT,
              Operation.ALLOCATE,
              Operation.WRITE_OBJECT,
              Operation.FINISH,
              Operation.SWAP)) {
        disk.failWith(operation, 0, Long.MAX_VALUE, Code.DISK_FULL);
      }
      disk.failWith(Operation.WRITE, 0, 1, Code.DISK_FULL); // taking it back needs no room
      StoreException full = assertThrows(StoreException.class, () -> run(session, sql));
      SQLException told = Errors.of(full);
      assertEquals("53100", told.getSQLState(), told.getMessage());
      disk.heal();
      assertEquals(1, count(session));
      run(session, sql);
    }
  }

  @Test
  void storeThatIsReadGoesOnWithAFullDisk() throws Exception {
    FaultStore disk = new FaultStore();
    try (Engine engine = Engine.over(Store.open(disk, StoreOptions.defaults()), Clock.systemUTC());
        Session session = engine.openSession(SessionOptions.defaults("Ann"))) {
      run(session, "CREATE TABLE t (id INTEGER)");
      for (Operation operation : List.of(Operation.WRITE, Operation.SYNC)) {
        disk.failWith(operation, 0, Long.MAX_VALUE, Code.DISK_FULL);
      }
      assertEquals(0, count(session));
    }
  }
}
