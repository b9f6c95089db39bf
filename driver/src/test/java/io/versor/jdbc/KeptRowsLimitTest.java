package io.versor.jdbc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.versor.engine.work.Reservation;
import java.nio.file.Path;
import java.sql.SQLException;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Operators without kernels keep their rows on the heap and have no way to the disk: each ends at
 * the limit with an error that names it, and has nothing any more then.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class KeptRowsLimitTest {
  private static final int LIMIT = 1 << 20;

  private Path store = Path.of("");

  @BeforeAll
  void fill(@TempDir Path directory) throws SQLException {
    store = directory;
    try (Sql sql = Sql.open(store)) {
      sql.run("CREATE TABLE t (id BIGINT, k INTEGER, name TEXT, e TENSOR(FLOAT32, 4))");
      sql.run(
          "INSERT INTO t SELECT g, MOD(g, 10), 'a name with number ' || CAST(g AS VARCHAR),"
              + " ARRAY[g, 1, 2, 3] FROM generate_series(0, 29999) AS x(g)");
      sql.run("CREATE TABLE few (id BIGINT, name TEXT)");
      sql.run("INSERT INTO few SELECT id, name FROM t WHERE id < 20");
    }
  }

  private Sql open() throws SQLException {
    return Sql.open(Sql.url(store) + "?memoryLimit=" + LIMIT / 1024 + "KB");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        // sorts
        "SELECT MD5(name) AS m FROM t ORDER BY m",
        "SELECT MD5(name) AS m FROM t ORDER BY m LIMIT 20000",
        "SELECT m FROM (SELECT MD5(name) AS m FROM t ORDER BY m OFFSET 9 ROWS) x",
        // joins
        "SELECT COUNT(*) FROM t a JOIN (SELECT MD5(name) AS m FROM t) b ON MD5(a.name) = b.m",
        "SELECT a.id FROM few a RIGHT JOIN (SELECT id, MD5(name) AS m FROM t) b"
            + " ON MD5(a.name) = b.m AND a.id < b.id",
        "SELECT id FROM t a WHERE MD5(a.name) IN (SELECT MD5(name) FROM t)",
        "SELECT id FROM t a WHERE EXISTS (SELECT 1 FROM t b WHERE MD5(b.name) = MD5(a.name) AND"
            + " b.id > a.id)",
        "SELECT id FROM few a WHERE MD5(a.name) NOT IN (SELECT MD5(name) FROM t)",
        "SELECT a.id FROM few a FULL JOIN (SELECT id, MD5(name) AS m FROM t) b"
            + " ON MD5(a.name) < b.m",
        "SELECT a.id FROM t a ASOF JOIN few b MATCH_CONDITION b.id <= a.id ON a.name = b.name",
        // sets
        "SELECT MD5(name) FROM t UNION SELECT name FROM t",
        "SELECT MD5(name) FROM t INTERSECT SELECT MD5(name) FROM t",
        "SELECT MD5(name) FROM t INTERSECT ALL SELECT MD5(name) FROM t",
        "SELECT MD5(name) FROM t EXCEPT SELECT name FROM few",
        "SELECT MD5(name) FROM t EXCEPT ALL SELECT name FROM few",
        "SELECT DISTINCT MD5(name) FROM t",
        // groups
        "SELECT MD5(name) AS m, COUNT(*) FROM t GROUP BY MD5(name)",
        "SELECT MD5(name) AS m, COUNT(*) FROM t GROUP BY CUBE (MD5(name), k)",
        "SELECT COUNT(DISTINCT MD5(name)) FROM t",
        "SELECT ARRAY_AGG(name) FROM t",
        "SELECT k, ARRAY_AGG(name) FROM t GROUP BY k",
        "SELECT k, ARRAY_AGG(name ORDER BY id DESC) FROM t GROUP BY k",
        "SELECT LISTAGG(REPEAT(name, 400), ',') FROM t WHERE id < 1000",
        "SELECT k, STRING_AGG(name, ',' ORDER BY name) FROM t GROUP BY k",
        "SELECT JSON_ARRAYAGG(name) FROM t",
        "SELECT JSON_OBJECTAGG(name VALUE id) FROM t",
        "SELECT MEDIAN(id) FROM (SELECT id FROM t UNION ALL SELECT id + 1 FROM t UNION ALL SELECT id FROM t) x",
        "SELECT MODE() WITHIN GROUP (ORDER BY name) FROM t",
        "SELECT id, AVG(e) FROM t GROUP BY id",
        // subqueries
        "SELECT f.id, (SELECT COUNT(DISTINCT MD5(t.name || CAST(f.id AS VARCHAR))) FROM t)"
            + " FROM few f",
        "SELECT CARDINALITY(ARRAY(SELECT MD5(name) FROM t))",
        "WITH r AS (SELECT RANDOM() AS x, name FROM t) SELECT COUNT(*) FROM r a JOIN r b ON a.x = b.x",
        // recursion
        "WITH RECURSIVE r (n) AS (VALUES (1) UNION SELECT n + 1 FROM r WHERE n < 100000)"
            + " SELECT MAX(n) FROM r",
        "WITH RECURSIVE r (n, name) AS (SELECT 1, name FROM few UNION ALL SELECT n + 1, r.name FROM"
            + " r, few WHERE n < 5) SELECT COUNT(*) FROM r",
        // windows and patterns
        "SELECT SUM(id) OVER (ORDER BY id) FROM t",
        "SELECT SUM(g) OVER (ORDER BY g) FROM generate_series(1, 100000) AS x(g)",
        "SELECT * FROM t MATCH_RECOGNIZE (ORDER BY id MEASURES LAST(A.id) AS i PATTERN (A+)"
            + " DEFINE A AS A.id < 100)",
      })
  void whatKeepsRowsEndsAtTheLimit(String query) throws SQLException {
    try (Sql sql = open()) {
      for (int i = 0; i < 2; i++) {
        SQLException full = assertThrows(SQLException.class, () -> sql.text(query));
        assertEquals("53200", full.getSQLState(), full.getMessage());
        assertTrue(full.getMessage().contains("memoryLimit is " + LIMIT), full.getMessage());
        assertTrue(full.getMessage().contains("a larger memoryLimit"), full.getMessage());
        assertNothingIsHeld(sql);
      }
      assertEquals("20", sql.text("SELECT COUNT(*) FROM (SELECT DISTINCT MD5(name) FROM few) x"));
    }
  }

  private static void assertNothingIsHeld(Sql sql) throws SQLException {
    try (Reservation all = ((VersorConnection) sql.connection).openReservation()) {
      assertTrue(all.tryHold(LIMIT, 0), "memory was not given back");
    }
  }

  /** Many rows come by, few are kept at any time. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT MD5(name) AS m FROM t ORDER BY m LIMIT 10",
        "SELECT DISTINCT MOD(CHAR_LENGTH(MD5(name)) + k, 10) FROM t",
        "SELECT CHAR_LENGTH(MD5(name)) FROM t UNION SELECT CHAR_LENGTH(MD5(name)) FROM t",
        "SELECT CHAR_LENGTH(MD5(name)) FROM t INTERSECT ALL SELECT CHAR_LENGTH(MD5(name)) FROM t"
            + " LIMIT 3",
        "SELECT CHAR_LENGTH(MD5(name)), COUNT(*), MAX(MD5(name)) FROM t"
            + " GROUP BY CHAR_LENGTH(MD5(name))",
        "SELECT id FROM few a WHERE CHAR_LENGTH(MD5(a.name)) IN (SELECT CHAR_LENGTH(MD5(name)) FROM t)",
        "SELECT f.id, (SELECT COUNT(DISTINCT MD5(g.name || f.name)) FROM few g) FROM few f, t"
            + " WHERE t.id < 2000 AND f.id < 3",
        "WITH RECURSIVE r (n) AS (VALUES (1) UNION ALL SELECT n + 1 FROM r WHERE n < 50000)"
            + " SELECT MAX(n) FROM r",
      })
  void whatKeepsFewRowsGoesOn(String query) throws SQLException {
    try (Sql sql = open()) {
      assertTrue(!sql.text(query).isEmpty());
      assertNothingIsHeld(sql);
    }
  }
}
