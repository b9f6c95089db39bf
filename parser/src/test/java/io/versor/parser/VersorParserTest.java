package io.versor.parser;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.versor.parser.ast.SqlCreateTable;
import io.versor.parser.ast.SqlCreateView;
import io.versor.parser.ast.SqlMergeBranch;
import io.versor.parser.ast.SqlTensorTypeSpec;
import io.versor.parser.ast.SqlVersionedTable;
import io.versor.parser.ast.VersionKind;
import java.util.List;
import org.apache.calcite.sql.SqlBasicCall;
import org.apache.calcite.sql.SqlDialect;
import org.apache.calcite.sql.SqlMerge;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.SqlSetOption;
import org.apache.calcite.sql.dialect.AnsiSqlDialect;
import org.apache.calcite.sql.parser.SqlParseException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class VersorParserTest {
  private static final SqlDialect DIALECT =
      new AnsiSqlDialect(AnsiSqlDialect.DEFAULT_CONTEXT.withIdentifierQuoteString("\""));

  private static String unparsed(SqlNode node) {
    return node.toSqlString(
            config ->
                config
                    .withDialect(DIALECT)
                    .withQuoteAllIdentifiers(true)
                    .withAlwaysUseParentheses(false))
        .getSql();
  }

  /** What is written back parses to the same text again. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "CREATE TABLE animals (images IMAGE('jpeg'), labels CLASS_LABEL('cat', 'dog'))",
        "CREATE TABLE IF NOT EXISTS s.t (a INTEGER NOT NULL DEFAULT 1 + 2, b VARCHAR(10) NULL, c TEXT COMMENT 'x')",
        "CREATE TABLE t (e EMBEDDING(128), m TENSOR(UINT8, *, *, 3), j JSON, l LIST, b BBOX)",
        "CREATE TABLE t (a INTEGER PRIMARY KEY, b INTEGER UNIQUE CHECK (b > 0), CONSTRAINT k UNIQUE (a, b), CHECK (a < b))",
        "CREATE TABLE t (a INTEGER, PRIMARY KEY (a))",
        "CREATE TABLE t AS SELECT * FROM u",
        "CREATE TABLE t (i IMAGE, a AUDIO('wav'), v VIDEO('mp4'), k KEYPOINTS, s SEGMENT_MASK, m BINARY_MASK, p POLYGON, c POINT_CLOUD)",
        "DROP TABLE IF EXISTS t",
        "ALTER TABLE t ADD COLUMN IF NOT EXISTS c EMBEDDING(3) NOT NULL",
        "ALTER TABLE t ADD c INTEGER DEFAULT 0",
        "ALTER TABLE t DROP COLUMN IF EXISTS c",
        "ALTER TABLE t RENAME COLUMN a TO b",
        "ALTER TABLE t RENAME a TO b",
        "ALTER TABLE t RENAME TO u",
        "ALTER TABLE t ALTER COLUMN c SET NOT NULL",
        "ALTER TABLE t ALTER c DROP NOT NULL",
        "ALTER TABLE t ALTER COLUMN c SET DEFAULT 1",
        "ALTER TABLE t ALTER COLUMN c DROP DEFAULT",
        "ALTER TABLE t SET PROPERTY 'k' = 'v'",
        "ALTER TABLE t ALTER COLUMN c SET PROPERTY 'k' = NULL",
        "COPY t FROM 'x.csv'",
        "COPY b.t (a FROM 'A a', c, d FROM 3) FROM ? (FORMAT csv, HEADER, DELIMITER ';', ESCAPE '\\\\', NULL '', SKIP 2, FORCE_NULL (a, c), LABELS ADD) ON ERROR SKIP INTO b.bad MAX ERRORS 10",
        "COPY t FROM 'x' (HEADER TRUE) ON ERROR SKIP MAX ERRORS ?",
        "COPY t (a, c) TO 'x.json'",
        "COPY (SELECT a FROM t ORDER BY a) TO ? (FORMAT csv, NULL 'NA')",
        "TRUNCATE TABLE t",
        "TRUNCATE t",
        "CREATE OR REPLACE VIEW v (a, b) AS SELECT 1, 2",
        "CREATE VIEW IF NOT EXISTS v AS WITH x AS (SELECT 1 AS a) SELECT a FROM x ORDER BY a",
        "ALTER VIEW b.v RENAME TO w",
        "DROP VIEW v",
        "COMMENT ON VIEW v IS 'about'",
        "COMMENT ON TABLE t IS 'about'",
        "COMMENT ON COLUMN t.c IS NULL",
        "COMMIT VERSION",
        "COMMIT VERSION MESSAGE 'm' AUTHOR 'a' ALLOW EMPTY",
        "COMMIT VERSION MESSAGE ?",
        "COMMIT",
        "COMMIT WORK",
        "ROLLBACK",
        "ROLLBACK TO SAVEPOINT s",
        "ROLLBACK TO s",
        "BEGIN",
        "BEGIN TRANSACTION",
        "START TRANSACTION",
        "SAVEPOINT s",
        "RELEASE SAVEPOINT s",
        "RELEASE s",
        "CREATE BRANCH dog_flipped",
        "CREATE OR REPLACE BRANCH IF NOT EXISTS \"feature/x\" AS OF COMMIT '3f9c21' WITH CHANGES",
        "CREATE BRANCH 'a b' AS OF BRANCH ?",
        "DROP BRANCH IF EXISTS b FORCE",
        "ALTER BRANCH b RENAME TO c",
        "USE BRANCH b",
        "USE BRANCH ?",
        "USE COMMIT '3f9c21'",
        "USE TAG v1",
        "CHECKOUT BRANCH b",
        "SET SCHEMA 'b'",
        "SET SCHEMA b",
        "CREATE TAG v1 AS OF COMMIT '3f9c21' MESSAGE 'first'",
        "DROP TAG IF EXISTS v1",
        "MERGE BRANCH b",
        "MERGE BRANCH b INTO main USING THEIRS MESSAGE 'm' SQUASH DRY RUN",
        "RESET BRANCH",
        "RESET BRANCH b",
        "RESET BRANCH b TO COMMIT 'HEAD~1' HARD",
        "RESET BRANCH TO COMMIT 'HEAD~1' SOFT",
        "RESTORE TABLE t TO COMMIT 'HEAD~1'",
        "MERGE BRANCH ? INTO ? MESSAGE ?",
        "MERGE BRANCH b DRY RUN USING CONFLICTS INTO 'c'",
        "REVERT COMMIT 'x' PARENT 2",
        "REVERT COMMIT 'HEAD~1' MESSAGE ? USING OURS INTO b",
        "CHERRY PICK COMMIT 'x'",
        "CHERRY PICK COMMIT ? PARENT ? USING FAIL MESSAGE 'm'",
        "CREATE BRANCH ? AS OF BRANCH main",
        "CREATE TAG ? AS OF COMMIT ? MESSAGE ?",
        "DROP BRANCH ?",
        "DROP TAG ?",
        "ALTER BRANCH ? RENAME TO ?",
        "RESET BRANCH ? TO COMMIT ? HARD",
        "RESOLVE CONFLICTS ON t USING OURS",
        "SHOW LOG",
        "SHOW LOG main",
        "SHOW BRANCHES",
        "SHOW TAGS",
        "SHOW STATUS",
        "SHOW TABLES",
        "SHOW VIEWS",
        "SHOW REFLOG",
        "SHOW CREATE VIEW b.v",
        "SHOW CONFLICTS",
        "SHOW LOG 'a..b'",
        "SHOW COLUMNS FROM t",
        "SHOW COLUMNS IN b.t",
        "DESCRIBE t",
        "DESC TABLE ?",
        "SHOW CREATE TABLE b.t",
        "SHOW DIFF",
        "SHOW DIFF 'HEAD~1'",
        "SHOW DIFF 'HEAD~1' 'HEAD'",
        "OPTIMIZE TABLE t",
        "VACUUM",
        "VACUUM DRY RUN OLDER THAN INTERVAL '7' DAY",
        "CHECK STORE REPAIR",
        "SELECT * FROM t AS OF BRANCH 'b'",
        "SELECT * FROM t AS OF COMMIT ? AS x",
        "SELECT * FROM t AS OF TAG 'v1' x JOIN u AS OF BRANCH 'c' AS y ON x.a = y.a",
        "SELECT * FROM t /*+ AS_OF_BRANCH('b') */ AS x",
        "SELECT * FROM t FOR SYSTEM_TIME AS OF TIMESTAMP '2026-01-01 00:00:00'",
        "SELECT * FROM main.t AS x, \"main@{HEAD~1}\".t AS y",
        "SELECT CAST(x AS EMBEDDING(3)) FROM t",
        "CALL versor.commit_version('m', 'main')",
        "CALL versor.commit_version()",
        "CALL versor.create_branch('b', from => ?, with_changes => TRUE)",
        "CALL versor.restore_table(table => 't', \"commit\" => 'x')",
        "SELECT * FROM t LIMIT 10",
        "EXPLAIN PLAN FOR SELECT 1",
        "INSERT INTO t VALUES (1, ARRAY[1, 2])",
        "UPDATE t SET a = 1 WHERE _index = 1",
        "DELETE FROM t WHERE a = 1",
      })
  void writtenBackItIsTheSame(String sql) throws SqlParseException {
    String once = unparsed(VersorParser.parse(sql));
    assertEquals(once, unparsed(VersorParser.parse(once)));
  }

  @Test
  void mergeClausesStandInAnyOrderAndOnce() throws SqlParseException {
    SqlMergeBranch merge =
        (SqlMergeBranch)
            VersorParser.parse("MERGE BRANCH b DRY RUN MESSAGE 'm' USING ours SQUASH INTO c");
    assertEquals(
        "MERGE BRANCH \"b\" INTO \"c\" USING OURS MESSAGE 'm' SQUASH DRY RUN",
        unparsed(merge).replace("'b'", "\"b\""));
    SqlParseException error =
        assertThrows(
            SqlParseException.class,
            () -> VersorParser.parse("MERGE BRANCH b USING OURS\nMESSAGE 'm' USING THEIRS"));
    assertEquals("USING is given twice", error.getMessage());
    assertEquals(2, error.getPos().getLineNum());
    assertEquals(13, error.getPos().getColumnNum());
  }

  @Test
  void asOfKeepsTableKindAndRevision() throws SqlParseException {
    SqlSelect select = (SqlSelect) VersorParser.parse("SELECT * FROM t AS OF COMMIT '3f9c21' AS x");
    SqlBasicCall alias = assertInstanceOf(SqlBasicCall.class, select.getFrom());
    SqlVersionedTable table = assertInstanceOf(SqlVersionedTable.class, alias.operand(0));
    assertEquals(VersionKind.COMMIT, table.kind());
    assertEquals("t", table.table().toString());
    assertEquals("'3f9c21'", table.revision().toString());
    assertEquals("x", alias.operand(1).toString());
  }

  @Test
  void tensorTypesKeepTheirArguments() throws SqlParseException {
    SqlCreateTable create =
        (SqlCreateTable)
            VersorParser.parse("CREATE TABLE t (m tensor(uint8, *, 4), l CLASS_LABEL('a', 'b'))");
    SqlTensorTypeSpec tensor = (SqlTensorTypeSpec) create.columns().get(0).type().getTypeNameSpec();
    assertEquals("UINT8", tensor.dtype().orElseThrow());
    assertEquals(List.of(SqlTensorTypeSpec.RAGGED, 4), tensor.extents());
    SqlTensorTypeSpec label = (SqlTensorTypeSpec) create.columns().get(1).type().getTypeNameSpec();
    assertEquals(List.of("a", "b"), label.texts());
  }

  @Test
  void statementsOfCalciteThatBeginAlikeStay() throws SqlParseException {
    assertInstanceOf(SqlMergeBranch.class, VersorParser.parse("MERGE BRANCH b"));
    assertInstanceOf(
        SqlMerge.class,
        VersorParser.parse(
            "MERGE INTO t USING u ON t.a = u.a WHEN MATCHED THEN UPDATE SET b = u.b"));
    assertInstanceOf(SqlSetOption.class, VersorParser.parse("SET x = 1"));
    assertInstanceOf(SqlSetOption.class, VersorParser.parse("RESET x"));
  }

  /** Words that others reserve and people give to columns. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "text",
        "image",
        "json",
        "list",
        "tag",
        "log",
        "branch",
        "message",
        "author",
        "status",
        "value",
        "result",
        "language",
        "filter",
        "match",
        "method",
        "start",
        "\"end\"",
        "commit",
        "version",
        "store",
        "label",
        "name",
        "size",
        "width",
        "height",
        "key",
        "path",
        "video",
        "comment",
        "changes",
        "empty",
        "column",
        "range",
        "show",
        "release",
        "type",
        "date",
        "time",
        "timestamp",
        "year",
        "month",
        "day",
        "hour",
        "minute",
        "second",
        "count",
        "sum",
        "min",
        "max",
        "avg",
        "rank",
        "position",
        "percent",
        "period",
        "pattern",
        "open",
        "close",
        "system",
        "old",
        "new",
        "identity",
        "function",
        "class",
        "source",
        "target",
        "split",
        "score"
      })
  void wordsStayFreeForColumns(String word) throws SqlParseException {
    VersorParser.parse("SELECT " + word + " FROM t WHERE t." + word + " = 1 ORDER BY " + word);
    VersorParser.parse("CREATE TABLE t (" + word + " INTEGER, b " + "INTEGER)");
    VersorParser.parse("UPDATE t SET " + word + " = 1");
  }

  /** Words that are free for columns still mean what they mean elsewhere. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "DATE '2026-01-01'|DATE '2026-01-01'",
        "TIMESTAMP '2026-01-01 10:00:00'|TIMESTAMP '2026-01-01 10:00:00'",
        "CAST(date AS DATE)|CAST(\"date\" AS DATE)",
        "EXTRACT(YEAR FROM date)|EXTRACT(YEAR FROM \"date\")",
        "YEAR(date) + year|YEAR(\"date\") + \"year\"",
        "FLOOR(date TO MONTH)|FLOOR(\"date\" TO MONTH)",
        "TIMESTAMPADD(DAY, day, date)|TIMESTAMPADD(DAY, \"day\", \"date\")",
        "date + INTERVAL '1' DAY|\"date\" + INTERVAL '1' DAY",
        "COUNT(*) - count|COUNT(*) - \"count\"",
        "COUNT(DISTINCT count)|COUNT(DISTINCT \"count\")",
        "MAX(max)|MAX(\"max\")",
        "RANK() OVER (ORDER BY rank)|RANK() OVER (ORDER BY \"rank\")",
        "POSITION('a' IN position)|POSITION('a' IN \"position\")",
        "CASE WHEN a THEN end END|CASE WHEN \"a\" THEN \"end\" ELSE NULL END",
        "SUM(a) FILTER (WHERE filter)|SUM(\"a\") FILTER (WHERE \"filter\")",
        "SUM(a) OVER (ORDER BY b RANGE UNBOUNDED PRECEDING)"
            + "|SUM(\"a\") OVER (ORDER BY \"b\" RANGE UNBOUNDED PRECEDING)"
      })
  void freeWordsKeepTheirMeaning(String expression, String written) throws SqlParseException {
    SqlSelect select = (SqlSelect) VersorParser.parse("SELECT " + expression + " FROM t");
    assertEquals(written, unparsed(select.getSelectList().get(0)));
  }

  @Test
  void errorsSayWhere() {
    SqlParseException error =
        assertThrows(SqlParseException.class, () -> VersorParser.parse("SELECT *\nFROM t AS OF x"));
    assertEquals(2, error.getPos().getLineNum());
    assertTrue(error.getMessage().contains("Encountered"), error.getMessage());
  }

  /** Calcite takes a misspelt keyword for an expression and says so, which helps nobody. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "SELEC 1|no statement begins with SELEC|1|1",
        "'  COMIT VERSION'|no statement begins with COMIT|1|3",
        "SELECT 1;; SELECT 2|one statement is expected, found 2; run them one by one|1|12",
        "-- nothing|the text holds no statement|1|1",
        "''|the text holds no statement|1|1",
        ";|the text holds no statement|1|1",
      })
  void wrongTextsAreNamed(String sql, String message, int line, int column) {
    SqlParseException error = assertThrows(SqlParseException.class, () -> VersorParser.parse(sql));
    assertEquals(message, error.getMessage());
    assertEquals(line, error.getPos().getLineNum());
    assertEquals(column, error.getPos().getColumnNum());
  }

  @Test
  void aKnownFirstWordIsNotBlamed() {
    SqlParseException error =
        assertThrows(SqlParseException.class, () -> VersorParser.parse("INSERT INTO t 1"));
    assertTrue(error.getMessage().startsWith("Non-query expression"), error.getMessage());
    assertEquals(15, error.getPos().getColumnNum());
  }

  @Test
  void positionsCountWhatStandsBeforeTheStatement() {
    SqlParseException error =
        assertThrows(
            SqlParseException.class, () -> VersorParser.parse("/* a;\n */ SELECT *\n FROM;"));
    assertEquals(3, error.getPos().getLineNum());
  }

  @Test
  void aSemicolonMayFollow() throws SqlParseException {
    assertEquals("COMMIT VERSION", unparsed(VersorParser.parse("COMMIT VERSION ; ")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"\n", "\r\n", "\r", " "})
  void aViewKeepsItsQueryAsItIsWritten(String gap) throws SqlParseException {
    String query = "select" + gap + "\ta, /* \uD83D\uDE00 as */ 'x; -- y'" + gap + "FROM t";
    String sql = "-- first\n;CREATE VIEW" + gap + "v AS" + gap + query + gap + "; ";
    SqlCreateView view = assertInstanceOf(SqlCreateView.class, VersorParser.parse(sql));
    assertEquals(query, view.queryText(sql));
  }

  @Test
  void aViewKeepsTheParenthesesOfItsQuery() throws SqlParseException {
    String query = "(SELECT 1) UNION ALL (SELECT 2)";
    String sql = "CREATE VIEW v AS" + query;
    SqlCreateView view = assertInstanceOf(SqlCreateView.class, VersorParser.parse(sql));
    assertEquals(query, view.queryText(sql));
  }
}
