package io.versor.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What rows of tensors are filtered and sorted by runs on batch operators, and gives what Calcite's
 * executor gives, digit by digit.
 */
class TensorKernelsTest {
  private static final int ROWS = 300;
  private static final long SEED = 20261126;

  @TempDir Path directory;

  @Test
  void bothExecutorsGiveTheSame() throws Exception {
    Random random = new Random(SEED);
    try (TestStore store = new TestStore(directory)) {
      store.run(
          "CREATE TABLE t(id INTEGER, e EMBEDDING(5), f EMBEDDING(5), d TENSOR(FLOAT64, 2, 3),"
              + " h TENSOR(FLOAT16, *), u TENSOR(UINT8, *, *), b TENSOR(BOOL, 3))");
      for (int i = 0; i < ROWS; i++) {
        boolean none = i % 17 == 0;
        store.run(
            "INSERT INTO t VALUES (?, ?, ?, ?, ?, ?, ?)",
            i,
            none ? null : floats(random, 5),
            i % 13 == 0 ? null : floats(random, 5),
            new double[][] {doubles(random), doubles(random)},
            floats(random, random.nextInt(4)),
            none ? null : new int[][] {{random.nextInt(256), 3}, {random.nextInt(256), 255}},
            new boolean[] {random.nextBoolean(), true, random.nextBoolean()});
      }
      float[] near = floats(random, 5);
      for (String expression :
          List.of(
              "L2_DISTANCE(e, ?)",
              "L1_DISTANCE(?, e)",
              "COSINE_SIMILARITY(e, ?)",
              "COSINE_SIMILARITY(?, e)",
              "INNER_PRODUCT(e, CAST(? AS EMBEDDING(5)))")) {
        check(store, expression, (Object) near);
      }
      for (String expression :
          List.of(
              "L2_DISTANCE(e, f)",
              "HAMMING_DISTANCE(e, ARRAY[1, 2, 3, 4, 5])",
              "L2_DISTANCE(e, CAST(ARRAY[1, 2, 3, 4.5, 5] AS EMBEDDING(5)))",
              "L2_NORM(d)",
              "TENSOR_SUM(e)",
              "TENSOR_MEAN(h)",
              "TENSOR_MEAN(u)",
              "TENSOR_STD(u)",
              "TENSOR_MIN(h)",
              "TENSOR_MAX(d)",
              "TENSOR_MEAN(b)",
              "ELEMENT_AT(e, 4)",
              "ELEMENT_AT(d, 1, 2)",
              "ELEMENT_AT(b, 2)",
              "ELEMENT_AT(u, 1, 0)",
              "SLICE(e, 0, 1, 4)",
              "SLICE(d, 0, 1, 2)",
              "SLICE(b, 0, 0, 2)",
              "SHAPE(u)[1]",
              "SHAPE(h)[1]")) {
        check(store, expression);
      }
      assertEquals(
          10,
          store.run("SELECT id FROM t ORDER BY L2_DISTANCE(e, ?) LIMIT 10", (Object) near).size());
      assertEquals(
          store.run("SELECT id FROM t WHERE e + ? = ARRAY[0, 0, 0, 0, 0]", (Object) near),
          store.run("SELECT id FROM t WHERE e = -CAST(? AS EMBEDDING(5))", (Object) near));
      String plan =
          String.join(
              "\n",
              store.run(
                  "EXPLAIN PLAN FOR SELECT id FROM t WHERE TENSOR_MEAN(e) > 0.5 ORDER BY L2_DISTANCE(e, f) LIMIT 10"));
      assertTrue(plan.contains("Batch") && !plan.contains("Enumerable"), plan);
    }
  }

  /** Distances that are too great are not added up to their end. */
  @Test
  void theNearestRowsAreTheFirstOfAll() throws Exception {
    Random random = new Random(SEED);
    try (TestStore store = new TestStore(directory)) {
      store.run("CREATE TABLE base(id INTEGER, e EMBEDDING(100))");
      store.run("CREATE TABLE t(id INTEGER, e EMBEDDING(100))");
      for (int i = 0; i < ROWS; i++) {
        store.run("INSERT INTO base VALUES (?, ?)", i, i % 29 == 0 ? null : floats(random, 100));
      }
      // many at the same distance, which are in the order of their ids
      store.run(
          "INSERT INTO t SELECT a.id * 300 + b.id, CAST(a.e + b.e AS EMBEDDING(100))"
              + " FROM base a, base b ORDER BY 1");
      float[] near = floats(random, 100);
      checkNearest(store, "L2_DISTANCE(e, ?)", "d", near);
      checkNearest(store, "COSINE_SIMILARITY(e, ?)", "d DESC", near);
      checkNearest(store, "INNER_PRODUCT(e, ?)", "d DESC", near);
      checkNearest(store, "L2_DISTANCE(e, ?)", "d DESC", near);
      checkNearest(store, "COSINE_SIMILARITY(e, ?)", "d", near);
    }
  }

  /** The first query has a window, so that nothing is left out. */
  private static void checkNearest(TestStore store, String measure, String order, float[] near)
      throws Exception {
    List<String> all =
        store.run(
            "SELECT id, d FROM (SELECT id, "
                + measure
                + " AS d, COUNT(*) OVER () FROM t) WHERE d IS NOT NULL ORDER BY "
                + order
                + ", id",
            (Object) near);
    for (int[] some : new int[][] {{0, 1}, {0, 10}, {7, 100}, {60_000, 5}, {0, 2_000}}) {
      String query =
          "SELECT id, d FROM (SELECT id, %s AS d FROM t) WHERE d IS NOT NULL ORDER BY %s, id"
              + " LIMIT %d OFFSET %d";
      assertEquals(
          all.subList(some[0], some[0] + some[1]),
          store.run(query.formatted(measure, order, some[1], some[0]), (Object) near),
          () -> measure + " " + order + " " + Arrays.toString(some));
    }
  }

  /** The second query is no plan for batches: it has a window. */
  private static void check(TestStore store, String expression, Object... parameters)
      throws Exception {
    String batches = "SELECT id, " + expression + " FROM t ORDER BY id";
    String rows =
        "SELECT id, " + expression + " FROM (SELECT *, COUNT(*) OVER () FROM t) ORDER BY id";
    assertEquals(store.run(rows, parameters), store.run(batches, parameters), expression);
    List<String> plan = store.run("EXPLAIN PLAN FOR " + batches, parameters);
    assertTrue(plan.stream().anyMatch(line -> line.contains("Batch")), expression + ": " + plan);
  }

  private static float[] floats(Random random, int n) {
    float[] vector = new float[n];
    for (int i = 0; i < n; i++) {
      vector[i] = (float) (Math.rint(random.nextGaussian() * 64) / 8); // FLOAT16 holds it, too
    }
    return vector;
  }

  private static double[] doubles(Random random) {
    double[] vector = new double[3];
    Arrays.setAll(vector, i -> random.nextInt(9) == 0 ? Double.NaN : random.nextGaussian());
    return vector;
  }
}
