package io.versor.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

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
      })
  void errorsSayWhere(String sql, String state, int column) throws Exception {
    try (TestStore store = new TestStore(directory)) {
      StatementException e = assertThrows(StatementException.class, () -> store.run(sql));
      assertEquals(state, e.sqlState(), e.getMessage());
      assertEquals(1, e.line());
      assertEquals(column, e.column(), e.getMessage());
    }
  }
}
