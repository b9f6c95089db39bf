package io.versor.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** EXPLAIN as JSON, and with the statement run. */
class ExplainTest {
  @TempDir Path directory;

  @Test
  void jsonIsOneDocumentWithTheTreeOfOperators() throws Exception {
    try (TestStore store = new TestStore(directory)) {
      store.run("CREATE TABLE t(id INT, s TEXT)");
      store.run("INSERT INTO t VALUES (1, 'a'), (2, 'b')");
      JsonNode batch = json(store, "EXPLAIN (FORMAT JSON) SELECT id FROM t WHERE id > 1");
      assertEquals("batch", batch.path("executor").asText());
      assertEquals("QUERY", batch.path("statement").asText());
      assertEquals("BatchFilter", batch.path("plan").path("operator").asText());
      JsonNode scan = batch.path("plan").path("inputs").path(0);
      assertEquals("main", scan.path("schema").asText());
      assertEquals("t", scan.path("table").asText());
      assertEquals(2, scan.path("estimated_rows").asInt());
      assertEquals(1, scan.path("chunks").asInt());
      assertEquals(1, scan.path("chunks_read").asInt());
      assertEquals(8, scan.path("bytes_read").asInt());
      assertEquals("[>($0, 1)]", scan.path("attributes").path("conditions").asText());
      JsonNode row = json(store, "EXPLAIN PLAN AS JSON FOR SELECT UPPER(s) FROM t");
      assertEquals("row", row.path("executor").asText());
      assertEquals("UPPER($0)", row.path("reason").asText());
      JsonNode change = json(store, "EXPLAIN (FORMAT JSON) UPDATE t SET s = 'x'");
      assertEquals("UPDATE", change.path("statement").asText());
    }
  }

  @Test
  void analyzeRunsTheQuery() throws Exception {
    try (TestStore store = new TestStore(directory)) {
      store.run("CREATE TABLE t(id INT)");
      store.run("INSERT INTO t VALUES (1), (2)");
      JsonNode told = json(store, "EXPLAIN (ANALYZE, FORMAT JSON) SELECT id FROM t");
      assertEquals(2, told.path("rows").asInt());
      assertTrue(told.path("milliseconds").asDouble() >= 0);
      List<String> lines = store.run("EXPLAIN ANALYZE SELECT id FROM t WHERE id > 1");
      assertTrue(
          lines.get(lines.size() - 2).startsWith("Rows: 1, milliseconds: "), lines::toString);
      assertTrue(
          lines.get(lines.size() - 1).matches("Peak memory: \\d+ bytes, spilled: 0 bytes"),
          lines::toString);
    }
  }

  @Test
  void threadsAreToldWhereThereIsWorkForThem() throws Exception {
    try (TestStore store = new TestStore(directory)) {
      store.run("CREATE TABLE t(id INT)");
      store.run("INSERT INTO t SELECT * FROM GENERATE_SERIES(1, 300000)");
      String sql = "SELECT id % 10, COUNT(*), SUM(id) FROM t WHERE id > 10 GROUP BY id % 10";
      int cores = Math.min(3, Runtime.getRuntime().availableProcessors());
      assertEquals(cores, json(store, "EXPLAIN (FORMAT JSON) " + sql).path("threads").asInt());
      List<String> lines = store.run("EXPLAIN " + sql);
      assertEquals(
          cores == 1 ? "Executor: batch" : "Executor: batch, " + cores + " threads",
          lines.get(lines.size() - 1));
      String few = "EXPLAIN (FORMAT JSON) SELECT SUM(id) FROM t WHERE id < 1000";
      assertEquals(1, json(store, few).path("threads").asInt());
      assertEquals(
          List.of("0 | 29999 | 4500149990"),
          store.run("SELECT * FROM (" + sql + ") WHERE 1 = 1 ORDER BY 1 LIMIT 1"));
    }
  }

  private static JsonNode json(TestStore store, String sql) throws Exception {
    List<String> rows = store.run(sql);
    assertEquals(1, rows.size());
    return new ObjectMapper().readTree(rows.get(0));
  }
}
