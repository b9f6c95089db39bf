package io.versor.columnar;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What COPY takes from columnar files and puts into them, and what it says when they do not fit.
 */
class CopyColumnarTest {
  @TempDir Path directory;
  private Sql sql;

  @BeforeEach
  void open() throws Exception {
    sql = new Sql(directory);
    sql.run("CREATE TABLE t(id INTEGER PRIMARY KEY, name VARCHAR, v TENSOR(FLOAT32, *))");
    sql.run("INSERT INTO t VALUES (1, 'one', ARRAY[1, 2]), (2, 'two', NULL), (300, NULL, '[]')");
  }

  @AfterEach
  void close() throws Exception {
    sql.close();
  }

  @Test
  void columnsGoByNameOrPosition() throws Exception {
    for (String ending : List.of("parquet", "arrow")) {
      sql.run(
          "COPY (SELECT id AS \"Number\", name, id * 2 AS twice FROM t) TO '@/t." + ending + "'");
      sql.run("CREATE TABLE u(twice BIGINT, n VARCHAR, d INTEGER DEFAULT 7, number SMALLINT)");
      sql.fails("42703", "the field name has no column in u", "COPY u FROM '@/t." + ending + "'");
      sql.fails(
          "42703", "no field nam for column n", "COPY u(n FROM 'nam') FROM '@/t." + ending + "'");
      sql.run("COPY u(n FROM 'name', number) FROM '@/t." + ending + "'");
      sql.run("COPY u(twice FROM 3, n FROM 2) FROM '@/t." + ending + "' (FORMAT " + ending + ")");
      sql.gives(
          "SELECT * FROM u",
          "null | one | 7 | 1",
          "null | two | 7 | 2",
          "null | null | 7 | 300",
          "2 | one | 7 | null",
          "4 | two | 7 | null",
          "600 | null | 7 | null");
      sql.run("DROP TABLE u");
    }
  }

  @Test
  void rowsThatDoNotFitAreToldOrRejected() throws Exception {
    sql.run("CREATE TABLE u(id TINYINT, name VARCHAR NOT NULL, v TENSOR(FLOAT32, 2))");
    for (String file : List.of("@/t.parquet", "@/t.arrow")) {
      sql.run("COPY t TO '" + file + "'");
      String last = file.substring(2);
      sql.fails(
          "22023",
          last + ", row 1, column id of u: 'one', expected a number",
          "COPY u(id FROM 'name', name) FROM '" + file + "'");
      sql.gives("SELECT COUNT(*) FROM u", "0");
      sql.gives("COPY u FROM '" + file + "' ON ERROR SKIP INTO rejects", "2 | 1 | 1");
      sql.gives(
          "SELECT row_no, line_no, column_name, reason, raw FROM rejects",
          "3 | null | id | 300 does not fit into INT8, expected -128 to 127 |"
              + " {\"id\": 300, \"name\": null, \"v\": \"FLOAT32[0]\"}");
      sql.run("DROP TABLE rejects");
      sql.run("TRUNCATE u");
    }
  }

  @Test
  void foldersAreRead() throws Exception {
    Files.createDirectories(sql.folder.resolve("in/more"));
    sql.run("COPY t TO '@/in/a.parquet'");
    sql.run("COPY (SELECT id + 1000 AS id, name, v FROM t) TO '@/in/more/b.parquet'");
    sql.run("COPY t TO '@/in/c.csv'");
    sql.run("CREATE TABLE u(id INTEGER, name VARCHAR, v TENSOR(FLOAT32, *))");
    sql.gives("COPY u FROM '@/in' (FORMAT parquet)", "6 | 0 | 2");
    sql.gives("SELECT SUM(id) FROM u", "3606");
  }

  @Test
  void listsBecomeJson() throws Exception {
    sql.run("CREATE TABLE u(id INTEGER, v JSON)");
    sql.run("COPY t(id, v) TO '@/t.parquet'");
    sql.run("COPY u FROM '@/t.parquet'");
    sql.run("COPY t(id, v) TO '@/t.arrow'");
    sql.run("COPY u FROM '@/t.arrow'");
    sql.gives("SELECT v FROM u", "[1.0,2.0]", "null", "[]", "[1.0,2.0]", "null", "[]");
  }

  /** Dictionaries make columns of them small, so that nobody knows before how large rows are. */
  @Test
  void rowsMuchLargerThanTheirFileComeInOrder() throws Exception {
    sql.run("CREATE TABLE l(a INTEGER, v VARCHAR, b SMALLINT)");
    sql.run(
        "INSERT INTO l SELECT g, CASE WHEN MOD(g, 500) < 300 THEN REPEAT('x', 15000) END, g"
            + " FROM TABLE(GENERATE_SERIES(1, 2000)) AS g(g)");
    sql.run("COPY l TO '@/l.parquet'");
    sql.run("CREATE TABLE u(a INTEGER, v VARCHAR, b SMALLINT)");
    sql.gives("COPY u FROM '@/l.parquet'", "2000 | 0 | 1");
    sql.gives("SELECT TABLE_HASH('l') = TABLE_HASH('u')", "true");
    sql.gives("SELECT COUNT(*) FROM u WHERE a = _index + 1 AND b = a", "2000");
    sql.run("CREATE TABLE w(a INTEGER, v VARCHAR, b SMALLINT CHECK (b < 1999))");
    sql.gives("COPY w FROM '@/l.parquet' ON ERROR SKIP INTO rejects", "1998 | 2 | 1");
    sql.gives("SELECT row_no FROM rejects", "1999", "2000");
    sql.run("COPY (SELECT v, 'label ' || MOD(a / 667, 3) AS b FROM l) TO '@/m.parquet'");
    sql.run("CREATE TABLE x(v VARCHAR, b CLASS_LABEL('none'))");
    sql.gives("COPY x FROM '@/m.parquet' (LABELS ADD)", "2000 | 0 | 1");
    sql.gives(
        "SELECT b, COUNT(v) FROM x GROUP BY b ORDER BY b",
        "label 0 | 466",
        "label 1 | 433",
        "label 2 | 301");
  }

  /** Whatever was found first by threads that decode side by side. */
  @Test
  void theFirstErrorIsTold() throws Exception {
    for (String ending : List.of("parquet", "arrow")) {
      Path folder = Files.createDirectories(sql.folder.resolve("some." + ending));
      String into = "TO '@/some." + ending + "/";
      String series = " FROM TABLE(GENERATE_SERIES(1, 30000)) AS g(g)) ";
      String one = "COPY (SELECT CASE g WHEN 29000 THEN 999 ELSE 1 END AS n";
      sql.run(one + series + into + "a." + ending + "'");
      sql.run("COPY (SELECT 999 AS n" + series + into + "b." + ending + "'");
      Files.writeString(folder.resolve("c." + ending), "damaged");
      sql.run("CREATE TABLE u(n TINYINT)");
      String from = "COPY u FROM '@/some." + ending + "' (FORMAT " + ending + ")";
      sql.fails("22003", "a." + ending + ", row 29000, column n of u", from);
      sql.gives("SELECT COUNT(*) FROM u", "0");
      sql.run("DROP TABLE u");
    }
  }

  @Test
  void queriesKeepTheirOrder() throws Exception {
    sql.run("COPY (SELECT id, name FROM t ORDER BY id DESC LIMIT 2) TO '@/t.parquet'");
    sql.run("CREATE TABLE u(id INTEGER, name VARCHAR)");
    sql.run("COPY u FROM '@/t.parquet'");
    sql.run("COPY (SELECT COUNT(*) AS id, MAX(name) AS name FROM t) TO '@/t.arrow'");
    sql.run("COPY u FROM '@/t.arrow'");
    sql.gives("SELECT id FROM u", "300", "2", "3");
  }

  @Test
  void anErrorLeavesNoFile() throws Exception {
    for (String ending : List.of("parquet", "arrow")) {
      sql.fails(
          "22012",
          "division by zero",
          "COPY (SELECT 1 / (id - 2) AS q FROM t ORDER BY id) TO '@/bad." + ending + "'");
      sql.fails(
          "42701",
          "two columns are called id",
          "COPY (SELECT id, id FROM t) TO '@/bad." + ending + "'");
      sql.fails(
          "22023", "compression is one of", "COPY t TO '@/bad." + ending + "' (COMPRESSION rar)");
      sql.fails("42601", "has no option HEADER", "COPY t TO '@/bad." + ending + "' (HEADER)");
      assertFalse(Files.exists(sql.folder.resolve("bad." + ending)));
    }
    try (var files = Files.list(sql.folder)) {
      assertEquals(0, files.count());
    }
  }

  @Test
  void emptyTablesHaveFilesToo() throws Exception {
    sql.run("TRUNCATE t");
    for (String file : List.of("@/t.parquet", "@/t.arrow", "@/t.arrows")) {
      sql.gives("COPY t TO '" + file + "'", "0 | 1");
      sql.gives("COPY t FROM '" + file + "'", "0 | 0 | 1");
    }
  }

  @Test
  void aStoppedCopyChangesNothing() throws Exception {
    sql.run("CREATE TABLE u(g BIGINT)");
    sql.run(
        "COPY (SELECT g FROM TABLE(GENERATE_SERIES(1, 1000000)) AS g(g)) TO '@/g.parquet'"
            + " (COMPRESSION uncompressed)");
    try (Statement statement = sql.connection.createStatement()) {
      Thread stopper =
          new Thread(
              () -> {
                try {
                  Thread.sleep(60); // into the midst of a million rows; any moment has to do
                  statement.cancel();
                } catch (InterruptedException | SQLException e) {
                  throw new IllegalStateException(e);
                }
              });
      stopper.start();
      SQLException e =
          assertThrows(
              SQLException.class,
              () -> statement.execute("COPY u FROM '" + sql.folder + "/g.parquet'"));
      assertEquals("57014", e.getSQLState());
      stopper.join();
    }
    sql.gives("SELECT COUNT(*) FROM u", "0");
  }
}
