package io.versor.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Plain SQL gives what another engine gives. Rows are compared without their order. */
class H2OracleTest {
  private static final List<String> QUERIES =
      List.of(
          "SELECT * FROM a",
          "SELECT id, x + y, x - y, x * 2, -x FROM a",
          "SELECT id FROM a WHERE x > 0 AND (y < 50 OR s IS NULL)",
          "SELECT id FROM a WHERE NOT (x > 0 OR y > 0)",
          "SELECT id FROM a WHERE x BETWEEN -10 AND 10 AND s IN ('a', 'c')",
          "SELECT id FROM a WHERE s LIKE 'a%' OR s LIKE '%c'",
          "SELECT id FROM a WHERE x <> y OR x IS NULL",
          "SELECT s, count(*), sum(x), min(x), max(y), count(y) FROM a GROUP BY s",
          "SELECT s, sum(x) FROM a GROUP BY s HAVING count(*) > 20",
          "SELECT count(*), count(x), sum(x), min(s), max(s) FROM a",
          "SELECT count(DISTINCT s), count(DISTINCT x) FROM a",
          "SELECT DISTINCT s, x FROM a WHERE x < -30",
          "SELECT a.id, b.v FROM a JOIN b ON a.id = b.aid",
          "SELECT a.id, b.v FROM a LEFT JOIN b ON a.id = b.aid WHERE a.id < 40",
          "SELECT a.id, b.v FROM a RIGHT JOIN b ON a.id = b.aid AND a.x > 0",
          "SELECT a.s, sum(b.v) FROM a JOIN b ON a.id = b.aid GROUP BY a.s",
          "SELECT a.id, c.id FROM a JOIN a c ON a.x = c.x AND a.id < c.id",
          "SELECT id FROM a WHERE id IN (SELECT aid FROM b WHERE v > 50)",
          "SELECT id FROM a WHERE id NOT IN (SELECT aid FROM b WHERE v > 50)",
          "SELECT id FROM a WHERE EXISTS (SELECT 1 FROM b WHERE b.aid = a.id AND b.v < a.y)",
          "SELECT id, (SELECT max(v) FROM b WHERE b.aid = a.id) FROM a WHERE id < 20",
          "SELECT id FROM a WHERE x = (SELECT max(x) FROM a)",
          "SELECT id FROM a WHERE x > 0 UNION SELECT aid FROM b",
          "SELECT id FROM a WHERE x > 0 INTERSECT SELECT aid FROM b",
          "SELECT id FROM a EXCEPT SELECT aid FROM b",
          "SELECT id FROM a UNION ALL SELECT aid FROM b WHERE v > 90",
          "SELECT CASE WHEN x > 0 THEN 'p' WHEN x < 0 THEN 'n' ELSE 'z' END, count(*) FROM a "
              + "GROUP BY CASE WHEN x > 0 THEN 'p' WHEN x < 0 THEN 'n' ELSE 'z' END",
          "SELECT id, COALESCE(s, 'none'), NULLIF(x, 0) FROM a",
          "SELECT UPPER(s), LOWER(s), s || '!', CHAR_LENGTH(s) FROM a",
          "SELECT id, ROW_NUMBER() OVER (PARTITION BY s ORDER BY id) FROM a",
          "SELECT id, SUM(x) OVER (ORDER BY id) FROM a WHERE x IS NOT NULL AND id < 30",
          "SELECT d + d, d * 2, ABS(d) FROM a",
          "SELECT sum(d), min(d), max(d) FROM a",
          "SELECT id, f FROM a WHERE f > 0.5",
          "SELECT MOD(x, 7), x / 3 FROM a WHERE x >= 0",
          "WITH w AS (SELECT s, sum(x) t FROM a GROUP BY s) SELECT max(t), min(t) FROM w",
          "SELECT id FROM a ORDER BY x NULLS FIRST, id DESC FETCH FIRST 5 ROWS ONLY",
          "SELECT id FROM a ORDER BY s DESC NULLS LAST, id OFFSET 10 ROWS FETCH NEXT 7 ROWS ONLY");

  @TempDir Path directory;

  @Test
  void queriesGiveTheSameRows() throws Exception {
    try (TestStore store = new TestStore(directory);
        Connection h2 = DriverManager.getConnection("jdbc:h2:mem:oracle");
        Statement statement = h2.createStatement()) {
      String a =
          "CREATE TABLE a(id INTEGER, x INTEGER, y INTEGER, s VARCHAR(5), d DECIMAL(9, 2), f"
              + " DOUBLE PRECISION)";
      String b = "CREATE TABLE b(aid INTEGER, v BIGINT)";
      store.run(a.replace("DOUBLE PRECISION", "DOUBLE"));
      store.run(b);
      statement.execute(a);
      statement.execute(b);
      for (String insert : inserts()) {
        store.run(insert);
        statement.execute(insert);
      }
      for (String query : QUERIES) {
        assertEquals(expected(statement, query), sorted(store, query), query);
      }
    }
  }

  private static List<String> inserts() {
    Random random = new Random(7);
    List<String> inserts = new ArrayList<>();
    for (int i = 0; i < 120; i++) {
      String s = random.nextInt(6) == 0 ? "NULL" : "'" + (char) ('a' + random.nextInt(4)) + "'";
      String x = random.nextInt(8) == 0 ? "NULL" : String.valueOf(random.nextInt(100) - 50);
      inserts.add(
          "INSERT INTO a VALUES ("
              + i
              + ", "
              + x
              + ", "
              + random.nextInt(100)
              + ", "
              + s
              + ", "
              + (random.nextInt(10_000) - 5_000) / 100.0
              + ", "
              + random.nextInt(100) / 64.0
              + ")");
      inserts.add(
          "INSERT INTO b VALUES (" + random.nextInt(200) + ", " + random.nextInt(100) + ")");
    }
    return inserts;
  }

  private static List<String> expected(Statement h2, String query) throws Exception {
    List<String> rows = new ArrayList<>();
    try (ResultSet result = h2.executeQuery(query)) {
      while (result.next()) {
        List<String> cells = new ArrayList<>();
        for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) {
          cells.add(canonical(result.getObject(i)));
        }
        rows.add(String.join("|", cells));
      }
    }
    Collections.sort(rows);
    return rows;
  }

  private static List<String> sorted(TestStore store, String query) throws Exception {
    List<String> rows = new ArrayList<>();
    try (Prepared prepared = store.session().prepare(query);
        Result result = prepared.execute(List.of(), ExecuteOptions.NONE)) {
      while (result.next()) {
        List<String> cells = new ArrayList<>();
        for (int i = 0; i < result.columns().size(); i++) {
          cells.add(canonical(result.objectAt(i)));
        }
        rows.add(String.join("|", cells));
      }
    }
    Collections.sort(rows);
    return rows;
  }

  /** Numbers by their value: engines differ in the types and digits of results. */
  private static String canonical(Object value) {
    if (value instanceof Number number) {
      return new BigDecimal(number.toString())
          .setScale(6, RoundingMode.HALF_UP)
          .stripTrailingZeros()
          .toPlainString();
    }
    return String.valueOf(value);
  }
}
