package io.versor.engine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import io.versor.format.type.Dtype;
import io.versor.format.type.StoreException;
import io.versor.format.type.StoreException.Code;
import io.versor.format.type.TensorType;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Samples of 100 MB go through every kind of statement, and cost the copies that are written down
 * here and no more: bytes that one statement allocates on the heap, as multiples of the sample.
 */
@Tag("long")
class LargeSamplesTest {
  private static final int FLOATS = 25_000_000;
  private static final int BYTES = 4 * FLOATS;

  /** What a statement allocates that does not touch a sample: plans, compiled queries. */
  private static final long STATEMENT = 32 << 20;

  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  @TempDir Path directory;

  @FunctionalInterface
  private interface Work {
    Object run() throws Exception;
  }

  private static Object within(double samples, Work work) throws Exception {
    long before = THREADS.getCurrentThreadAllocatedBytes();
    Object result = work.run();
    long allocated = THREADS.getCurrentThreadAllocatedBytes() - before;
    assertTrue(
        allocated <= samples * BYTES + STATEMENT,
        allocated + " bytes allocated, expected at most " + samples + " samples");
    return result;
  }

  @Test
  void oneHundredMegabytesGoInOutAndThroughVersions() throws Exception {
    float[] floats = new float[FLOATS];
    for (int i = 0; i < FLOATS; i++) {
      floats[i] = i * 0.37f;
    }
    byte[] bytes = new byte[BYTES];
    new Random(1).nextBytes(bytes);
    TensorValue picture =
        new TensorValue(
            Dtype.UINT8, new int[] {5_000, 6_666, 3}, Arrays.copyOf(bytes, 5_000 * 6_666 * 3));
    try (TestStore store = new TestStore(directory)) {
      store.run(
          "CREATE TABLE t(id INTEGER, x TENSOR(FLOAT32, *), v VARBINARY, m TENSOR(UINT8, *, *, 3))");
      within(4.5, () -> store.run("INSERT INTO t(id, x) VALUES (1, ?)", (Object) floats));
      within(2.5, () -> store.run("INSERT INTO t(id, v) VALUES (2, ?)", (Object) bytes));
      within(4.5, () -> store.run("INSERT INTO t(id, m) VALUES (3, ?)", picture));
      within(0, () -> store.run("COMMIT VERSION MESSAGE 'first'"));

      TensorValue read = (TensorValue) within(2.5, () -> value(store, "x", 1));
      assertArrayEquals(floats, (float[]) read.flat());
      assertArrayEquals(bytes, (byte[]) within(3.5, () -> value(store, "v", 2)));
      assertEquals(picture, within(2.5, () -> value(store, "m", 3)));

      // A part costs a part.
      assertEquals(
          List.of("[370.0, 370.37]"),
          within(0, () -> store.run("SELECT SLICE(x, 0, 1000, 1002) FROM t WHERE id = 1")));
      assertEquals(
          List.of(String.valueOf(floats[FLOATS - 1])),
          within(0, () -> store.run("SELECT ELEMENT_AT(x, 24999999) FROM t WHERE id = 1")));
      assertEquals(
          List.of("6666"), within(0, () -> store.run("SELECT SHAPE(m)[2] FROM t WHERE id = 3")));

      within(8, () -> store.run("UPDATE t SET x = x * 2 WHERE id = 1"));
      assertEquals(
          List.of("[740.0, 740.74]"),
          store.run("SELECT SLICE(x, 0, 1000, 1002) FROM t WHERE id = 1"));
      assertEquals(
          List.of("modified"),
          within(0, () -> store.run("SELECT diff_type FROM versor.diff('t', 'HEAD', 'WORKING')")));
      store.run("COMMIT VERSION MESSAGE 'doubled'");

      store.run("CREATE BRANCH b AS OF COMMIT 'main~1'");
      store.run("USE BRANCH b");
      within(2.5, () -> store.run("INSERT INTO t(id, v) VALUES (4, ?)", (Object) bytes));
      store.run("UPDATE t SET id = 30 WHERE id = 3");
      store.run("COMMIT VERSION MESSAGE 'one more'");
      store.run("USE BRANCH main");
      within(1.5, () -> store.run("MERGE BRANCH b"));
      assertEquals(List.of("1", "2", "4", "30"), store.run("SELECT id FROM t ORDER BY id"));
      assertArrayEquals(bytes, (byte[]) value(store, "v", 4));
      assertEquals(
          List.of("[740.0, 740.74]"),
          store.run("SELECT SLICE(x, 0, 1000, 1002) FROM t WHERE id = 1"));
    }
  }

  private static @Nullable Object value(TestStore store, String column, int id) throws Exception {
    String sql = "SELECT " + column + " FROM t WHERE id = " + id;
    try (Prepared prepared = store.session().prepare(sql);
        Result result = prepared.execute(List.of(), ExecuteOptions.NONE)) {
      assertTrue(result.next());
      return result.objectAt(0);
    }
  }

  /** Refused before room is made for it, and nothing is left of it. */
  @Test
  void aSampleHasALimit() throws Exception {
    byte[] tooMany = new byte[TensorType.MAX_SAMPLE_BYTES + 1];
    try (TestStore store = new TestStore(directory)) {
      store.run("CREATE TABLE t(v VARBINARY, u TENSOR(UINT8, *))");
      Object tensor = new TensorValue(Dtype.UINT8, new int[] {tooMany.length}, tooMany);
      for (Object value : List.of(tooMany, tensor)) {
        String column = value == tensor ? "u" : "v";
        String sql = "INSERT INTO t(" + column + ") VALUES (?)";
        StoreException refused =
            assertThrows(StoreException.class, () -> within(0, () -> store.run(sql, value)));
        assertEquals(Code.LIMIT, refused.code(), refused.getMessage());
      }
      assertEquals(List.of("0"), store.run("SELECT count(*) FROM t"));
    }
  }
}
