package io.versor.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.versor.format.type.StoreException;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Errors in calls and version statements point at the word that is wrong. */
class ErrorPositionTest {
  @TempDir Path directory;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "CALL versor.merge_branch('b', strtegy => 'OURS')|42883|31",
        "CALL versor.drop_tag('a', TRUE, 'b')|42883|33",
        "CALL versor.drop_tag('a', name => 'b')|42601|27",
        "CALL versor.drop_tag(name => 'b', TRUE)|42601|35",
        "CALL versor.drop_tag(TRUE)|42883|22",
        "CALL versor.drop_tag(UPPER('b'))|42601|22",
        "CALL versor.drop_tag()|42883|1",
        "CALL versr.drop_tag('a')|42883|6",
        "DESCRIBE nothing|42P01|1",
        "MERGE BRANCH b USING OURS USING FAIL|42601|27",
        "SELECT * FORM t|42601|15",
        "CREATE TABLE order (x INT)|42601|14",
        "USE BRANCH mian|3F000|12",
        "CHECKOUT BRANCH mian|3F000|17",
        "SET SCHEMA 'mian'|3F000|12",
        "MERGE BRANCH mian|3F000|14",
        "MERGE BRANCH main INTO mian|3F000|24",
        "DROP BRANCH mian|3F000|13",
        "CREATE BRANCH main|42710|15",
        "CREATE BRANCH b AS OF COMMIT 'abcdefabcdef'|3F000|30",
        "ALTER BRANCH main RENAME TO versor|42602|29",
        "USE TAG 'v9'|3F000|9",
        "RESTORE TABLE t TO COMMIT 'zzz'|3F000|27",
        "CALL versor.merge_branch('mian')|3F000|26",
        "DROP VIEW nothing|42P01|11",
        "SELECT 'abc|42601|8",
        "SELECT 1 /* abc|42601|10",
        "SELECT lenght('a')|42883|8",
        "SELECT CAST(1 AS NOTYPE)|42704|18",
        "SHOW DIFF 'mian'|3F000|11",
        "SHOW DIFF 'mian' 'main'|3F000|11",
        "SHOW LOG mian|3F000|10",
        "SELECT * FROM versor.diff_summary('mian', 'main')|3F000|35",
        "SELECT IS_ANCESTOR('mian', 'main')|3F000|20",
        "SELECT * FROM GENERATE_SERIES('a', 10)|22018|31",
        "SELECT CAST('x' AS INTEGER)|22018|13",
        "SELECT CAST('x' AS VARCHAR(0))|42611|20",
        "CREATE TABLE t (a VARCHAR(0))|42611|19",
        "CREATE TABLE t (a CHAR(0) ARRAY)|42611|19",
        "CREATE TABLE t (a INT, a INT)|42701|24",
        "CREATE TABLE t (a INT, \"a\" INT)|42701|24",
        "CREATE TABLE t (a INT, A INT)|42701|24",
        "CREATE TABLE t (a INT DEFAULT 'x')|22023|31",
        "CREATE TABLE t (a INT DEFAULT 1.5)|22023|31",
        "CREATE TABLE t (a TENSOR(FLOTA32, 3))|42601|19",
        "CREATE TABLE t (a IMAGE('jpgg'))|42601|19",
      })
  void errorsSayWhere(String sql, String state, int column) throws Exception {
    try (TestStore store = new TestStore(directory)) {
      StatementException e = assertThrows(StatementException.class, () -> store.run(sql));
      assertEquals(state, e.sqlState(), e.getMessage());
      assertEquals(1, e.line());
      assertEquals(column, e.column(), e.getMessage());
    }
  }

  /** What does not fit into a table is shown where it stands, if it stands in the statement. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "CREATE TABLE t (x INT)|42P07|14",
        "CREATE VIEW t AS SELECT 1 AS x|42P07|13",
        "ALTER TABLE t RENAME COLUMN id TO name|42701|35",
        "ALTER TABLE t ADD COLUMN id INT|42701|26",
        "ALTER TABLE t ADD COLUMN z INT DEFAULT 'x'|22023|40",
        "INSERT INTO t (id, name) VALUES (1, 'a'), (3, 'x'), ('x', 'c')|22023|54",
        "INSERT INTO t (id) VALUES (1.5)|22023|28",
        "INSERT INTO t (id) VALUES (1), (-99999999999)|22003|33",
        "INSERT INTO t (id, name) VALUES (4, 'abcd')|22001|37",
        "INSERT INTO t (id, l) VALUES (4, 'cta')|22023|34",
        "INSERT INTO t (id, l) VALUES (1, 'cat'), (1, 'cta')|22023|46",
        "INSERT INTO t (id, l) VALUES (2, UPPER('dog'))|22023|0",
        "INSERT INTO t (id, x) VALUES (2, ARRAY[1, 2])|22023|0",
        "UPDATE t SET name = 'abcdef' WHERE id = 6|22001|21",
        "UPDATE t SET l = 'cta'|22023|18",
      })
  void valuesAreShownWhereTheyStand(String sql, String state, int column) throws Exception {
    try (TestStore store = new TestStore(directory)) {
      store.run(
          "CREATE TABLE t (id INT, name VARCHAR(3), l CLASS_LABEL('cat', 'owl'), x EMBEDDING(3))");
      store.run("INSERT INTO t (id) VALUES (6)");
      try {
        store.run(sql);
        throw new AssertionError("no error");
      } catch (StatementException e) {
        assertEquals(state, e.sqlState(), e.getMessage());
        assertEquals(column, e.column(), e.getMessage());
      } catch (StoreException e) {
        assertEquals(0, column, e.getMessage()); // its value stands nowhere
      }
    }
  }
}
