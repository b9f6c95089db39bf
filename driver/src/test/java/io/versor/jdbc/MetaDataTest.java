package io.versor.jdbc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The calls with which SQL clients draw their tree and open a table. */
class MetaDataTest {
  @TempDir Path store;

  private Sql sql;
  private DatabaseMetaData meta;

  @BeforeEach
  void open() throws SQLException {
    sql = Sql.open(store);
    sql.run(
        "CREATE TABLE animals (id INTEGER NOT NULL, name VARCHAR(40), images IMAGE('jpeg'),"
            + " labels CLASS_LABEL('cat', 'dog'), emb EMBEDDING(4), weight DOUBLE,"
            + " price DECIMAL(10, 2), born DATE, seen TIMESTAMP, note TEXT, extra JSON,"
            + " mask TENSOR(UINT8, *, *, 3))",
        "CREATE TABLE animals_x (a BIGINT)",
        "COMMIT VERSION MESSAGE 'tables'",
        "CREATE BRANCH work");
    meta = sql.connection.getMetaData();
  }

  @AfterEach
  void close() throws SQLException {
    sql.close();
  }

  private static List<String> column(ResultSet rows, String label) throws SQLException {
    List<String> values = new ArrayList<>();
    try (rows) {
      while (rows.next()) {
        values.add(rows.getString(label));
      }
    }
    return values;
  }

  @Test
  void branchesAreSchemasAndThereAreNoCatalogs() throws SQLException {
    assertEquals(List.of(), column(meta.getCatalogs(), "TABLE_CAT"));
    assertEquals(List.of("main", "versor", "work"), column(meta.getSchemas(), "TABLE_SCHEM"));
    assertEquals(List.of("work"), column(meta.getSchemas(null, "wo%"), "TABLE_SCHEM"));
    assertNull(sql.connection.getCatalog());
    assertEquals("main", sql.connection.getSchema());
    sql.connection.setSchema("work");
    assertEquals("work", sql.connection.getSchema());
    assertEquals("branch", meta.getSchemaTerm());
  }

  @Test
  void aTagThatIsCurrentIsASchema() throws SQLException {
    sql.run("CREATE TAG v1", "DROP TABLE animals_x");
    sql.connection.setSchema("v1");
    assertEquals("v1", sql.connection.getSchema());
    assertEquals(List.of("main", "v1", "versor", "work"), column(meta.getSchemas(), "TABLE_SCHEM"));
    assertEquals(
        List.of("animals", "animals_x"),
        column(meta.getTables(null, "v1", "%", null), "TABLE_NAME"));
    assertEquals(
        List.of("a"), column(meta.getColumns(null, "v1", "animals_x", "%"), "COLUMN_NAME"));
    sql.run("USE BRANCH main");
    assertEquals(List.of(), column(meta.getTables(null, "v1", "%", null), "TABLE_NAME"));
  }

  @Test
  void viewsStandBesideTables() throws SQLException {
    sql.run(
        "CREATE VIEW cats AS SELECT name, weight, labels FROM animals WHERE labels = 'cat'",
        "COMMENT ON VIEW cats IS 'the cats'",
        "CREATE TABLE short (x INTEGER)",
        "CREATE VIEW broken AS SELECT x FROM short",
        "DROP TABLE short");
    assertEquals(
        List.of("broken", "cats"),
        column(meta.getTables(null, "main", "%", new String[] {"VIEW"}), "TABLE_NAME"));
    assertEquals(
        List.of("animals", "animals_x"),
        column(meta.getTables(null, "main", "%", new String[] {"TABLE"}), "TABLE_NAME"));
    assertEquals(
        List.of("the cats"), column(meta.getTables(null, "main", "cats", null), "REMARKS"));
    assertEquals(
        List.of("name", "weight", "labels"),
        column(meta.getColumns(null, "main", "cats", "%"), "COLUMN_NAME"));
    assertEquals(List.of(), column(meta.getColumns(null, "main", "broken", "%"), "COLUMN_NAME"));
    assertEquals(List.of(), column(meta.getPrimaryKeys(null, "main", "cats"), "COLUMN_NAME"));
    try (Statement statement = sql.connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT * FROM cats")) {
      ResultSetMetaData columns = rows.getMetaData();
      assertEquals("cats", columns.getTableName(1));
      assertEquals("main", columns.getSchemaName(1));
      assertTrue(columns.isReadOnly(1));
      assertFalse(columns.isWritable(1));
      assertEquals(Types.DOUBLE, columns.getColumnType(2));
    }
  }

  @Test
  void tablesOfABranchAndOfTheSystem() throws SQLException {
    assertEquals(
        List.of("animals", "animals_x"),
        column(meta.getTables(null, "main", "%", null), "TABLE_NAME"));
    assertEquals(
        List.of("animals_x"),
        column(meta.getTables(null, "main", "animals\\_x", null), "TABLE_NAME"));
    List<String> system =
        column(meta.getTables(null, "versor", null, new String[] {"SYSTEM TABLE"}), "TABLE_NAME");
    assertTrue(system.containsAll(List.of("branches", "commits", "log", "status")), "" + system);
    assertEquals(List.of(), column(meta.getTables("no catalog", null, null, null), "TABLE_NAME"));
    assertEquals(
        List.of(),
        column(meta.getTables(null, null, "DBEAVERFAKETABLENAMEFORPING", null), "TABLE_NAME"));
  }

  @Test
  void everyTypeNameOfAColumnIsInTypeInfoWithTheSameJdbcType() throws SQLException {
    sql.run(
        "CREATE TABLE plain (a TINYINT UNSIGNED, b SMALLINT UNSIGNED, c INTEGER UNSIGNED, d BIGINT"
            + " UNSIGNED, e TENSOR(FLOAT16), f TIMESTAMP WITH TIME ZONE, g UUID, h TIME(3), i"
            + " VARCHAR ARRAY, j DATE ARRAY, k VARBINARY(3), l BOOLEAN, m SMALLINT, n TINYINT, o"
            + " REAL)");
    Map<String, Integer> types = new HashMap<>();
    try (ResultSet rows = meta.getTypeInfo()) {
      while (rows.next()) {
        types.put(rows.getString("TYPE_NAME"), rows.getInt("DATA_TYPE"));
      }
    }
    int seen = 0;
    try (ResultSet rows = meta.getColumns(null, null, "%", "%")) {
      while (rows.next()) {
        String name = rows.getString("TYPE_NAME");
        assertEquals(
            types.get(name),
            rows.getInt("DATA_TYPE"),
            rows.getString("TABLE_NAME") + "." + rows.getString("COLUMN_NAME") + " " + name);
        seen++;
      }
    }
    assertTrue(seen > 41, "columns of two branches and the system tables: " + seen);
  }

  @Test
  void identityColumnsCountByThemselves() throws SQLException {
    sql.run("CREATE TABLE numbered (id BIGINT GENERATED ALWAYS AS IDENTITY, n INTEGER)");
    assertEquals(
        List.of("YES", "NO"),
        column(meta.getColumns(null, "main", "numbered", "%"), "IS_AUTOINCREMENT"));
    assertEquals(
        List.of("NO", "NO"),
        column(meta.getColumns(null, "main", "numbered", "%"), "IS_GENERATEDCOLUMN"));
    try (Statement statement = sql.connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT id + 1, n, id AS other FROM numbered")) {
      assertFalse(rows.getMetaData().isAutoIncrement(1));
      assertFalse(rows.getMetaData().isAutoIncrement(2));
      assertTrue(rows.getMetaData().isAutoIncrement(3));
    }
  }

  @Test
  void columnsAreDescribedInTheirOrder() throws SQLException {
    List<String> found = new ArrayList<>();
    try (ResultSet rows = meta.getColumns(null, "main", "animals", "%")) {
      while (rows.next()) {
        found.add(
            rows.getInt("ORDINAL_POSITION")
                + " "
                + rows.getString("COLUMN_NAME")
                + " "
                + rows.getString("TYPE_NAME")
                + " "
                + rows.getInt("DATA_TYPE")
                + " "
                + rows.getString("IS_NULLABLE"));
      }
    }
    assertEquals(
        List.of(
            "1 id INTEGER " + Types.INTEGER + " NO",
            "2 name VARCHAR " + Types.VARCHAR + " YES",
            "3 images IMAGE " + Types.VARBINARY + " YES",
            "4 labels CLASS_LABEL " + Types.VARCHAR + " YES",
            "5 emb EMBEDDING " + Types.ARRAY + " YES",
            "6 weight DOUBLE " + Types.DOUBLE + " YES",
            "7 price DECIMAL " + Types.DECIMAL + " YES",
            "8 born DATE " + Types.DATE + " YES",
            "9 seen TIMESTAMP " + Types.TIMESTAMP + " YES",
            "10 note TEXT " + Types.VARCHAR + " YES",
            "11 extra JSON " + Types.VARCHAR + " YES",
            "12 mask TENSOR " + Types.ARRAY + " YES"),
        found);
    try (ResultSet rows = meta.getColumns(null, "main", "animals", "price")) {
      assertTrue(rows.next());
      assertEquals(10, rows.getInt("COLUMN_SIZE"));
      assertEquals(2, rows.getInt("DECIMAL_DIGITS"));
    }
    try (ResultSet rows = meta.getColumns(null, "main", "animals", "name")) {
      assertTrue(rows.next());
      assertEquals(40, rows.getInt("COLUMN_SIZE"));
    }
  }

  @Test
  void tableWithoutADeclaredKeyIsKeyedByItsRowId() throws SQLException {
    assertEquals(
        List.of("_rowid"), column(meta.getPrimaryKeys(null, "main", "animals"), "COLUMN_NAME"));
    assertEquals(
        List.of("_rowid"),
        column(
            meta.getBestRowIdentifier(
                null, "main", "animals", DatabaseMetaData.bestRowSession, true),
            "COLUMN_NAME"));
    assertEquals(
        List.of("_index", "_rowid"),
        column(meta.getPseudoColumns(null, "main", "animals", "%"), "COLUMN_NAME"));
    assertEquals(List.of(), column(meta.getImportedKeys(null, "main", "animals"), "FKCOLUMN_NAME"));
    assertEquals(
        List.of(), column(meta.getIndexInfo(null, "main", "animals", false, true), "INDEX_NAME"));
  }

  @Test
  void keysAreCalledAsTheirConstraints() throws SQLException {
    sql.run(
        "CREATE TABLE keyed (a INTEGER PRIMARY KEY, b INTEGER CONSTRAINT only_b UNIQUE, c INTEGER)");
    assertEquals(
        List.of("keyed_pkey"), column(meta.getPrimaryKeys(null, "main", "keyed"), "PK_NAME"));
    assertEquals(
        List.of("keyed_pkey", "only_b"),
        column(meta.getIndexInfo(null, "main", "keyed", true, true), "INDEX_NAME"));
    sql.run("ALTER TABLE keyed DROP CONSTRAINT only_b");
    sql.run("ALTER TABLE keyed DROP CONSTRAINT keyed_pkey");
    assertEquals(
        List.of("_rowid"), column(meta.getPrimaryKeys(null, "main", "keyed"), "COLUMN_NAME"));
  }

  @Test
  void resultColumnsSayWhereTheyComeFrom() throws SQLException {
    try (Statement statement = sql.connection.createStatement();
        ResultSet rows =
            statement.executeQuery("SELECT id AS number, images, 1 + 1 AS two FROM animals")) {
      ResultSetMetaData columns = rows.getMetaData();
      assertEquals("number", columns.getColumnLabel(1));
      assertEquals("id", columns.getColumnName(1));
      assertEquals("animals", columns.getTableName(1));
      assertEquals("main", columns.getSchemaName(1));
      assertEquals(ResultSetMetaData.columnNoNulls, columns.isNullable(1));
      assertEquals("INTEGER", columns.getColumnTypeName(1));
      assertEquals("IMAGE", columns.getColumnTypeName(2));
      assertEquals(Types.VARBINARY, columns.getColumnType(2));
      assertEquals("two", columns.getColumnLabel(3));
      assertEquals("", columns.getTableName(3));
      assertFalse(columns.isWritable(3));
    }
  }

  @Test
  void answersToolsAskForAtConnect() throws SQLException {
    assertEquals("\"", meta.getIdentifierQuoteString());
    assertEquals("\\", meta.getSearchStringEscape());
    assertTrue(meta.supportsSchemasInDataManipulation());
    assertFalse(meta.supportsCatalogsInDataManipulation());
    assertTrue(meta.supportsTransactions());
    assertTrue(meta.supportsTransactionIsolationLevel(Connection.TRANSACTION_REPEATABLE_READ));
    assertFalse(meta.supportsTransactionIsolationLevel(Connection.TRANSACTION_SERIALIZABLE));
    assertTrue(sql.connection.isValid(5));
    assertTrue(sql.connection.getAutoCommit());
    assertTrue(meta.getURL().startsWith("jdbc:versor:"));
    for (ResultSet rows :
        List.of(
            meta.getTableTypes(),
            meta.getProcedures(null, null, "%"),
            meta.getFunctions(null, null, "%"),
            meta.getClientInfoProperties(),
            meta.getUDTs(null, null, "%", null))) {
      rows.close();
    }
  }
}
