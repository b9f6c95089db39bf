package io.versor.clients;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.Driver;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The calls of DBeaver's generic driver: connecting, the navigator, a grid and its edits. */
class DBeaverIT {
  @TempDir private Path store;

  private Connection connection;
  private DatabaseMetaData meta;

  @BeforeEach
  void connect() throws Exception {
    Driver driver =
        (Driver)
            Class.forName("io.versor.jdbc.Driver", true, VersorJar.loader())
                .getDeclaredConstructor()
                .newInstance();
    String url = VersorJar.url(store);
    assertTrue(driver.acceptsURL(url));
    Properties properties = new Properties();
    properties.setProperty("user", "ada");
    connection = driver.connect(url, properties);
    connection.setAutoCommit(true);
    assertTrue(connection.getAutoCommit());
    meta = connection.getMetaData();
    Sql.run(
        connection,
        "CREATE TABLE \"my pets\" (id INTEGER PRIMARY KEY, \"na me\" VARCHAR(20),"
            + " weight DECIMAL(6, 2), born DATE, tame BOOLEAN, speed DOUBLE, big BIGINT,"
            + " seen TIMESTAMP, photo VARBINARY, vec EMBEDDING(3))",
        "CREATE TABLE my_pets (a INTEGER)",
        "CREATE TABLE myXpets (b INTEGER)",
        "INSERT INTO \"my pets\" SELECT x, 'pet ' || CAST(x AS VARCHAR), x * 1.5,"
            + " DATE '2020-02-29', x > 3, x / 2.0, 9007199254740993, NULL, X'FFD8',"
            + " ARRAY[1.0, 2.0, 3.0] FROM UNNEST(ARRAY[1, 2, 3, 4, 5, 6, 7]) AS t(x)",
        "COMMIT VERSION MESSAGE 'pets'",
        "CREATE BRANCH side");
  }

  @AfterEach
  void close() throws SQLException {
    connection.close();
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
  void theDialectIsAskedFor() throws SQLException {
    assertEquals("\"", meta.getIdentifierQuoteString());
    assertEquals("\\", meta.getSearchStringEscape());
    assertEquals(DatabaseMetaData.sqlStateSQL, meta.getSQLStateType());
    assertTrue(meta.supportsSchemasInDataManipulation());
    assertTrue(meta.supportsSchemasInTableDefinitions());
    assertFalse(meta.supportsCatalogsInDataManipulation());
    assertTrue(meta.supportsTransactions());
    assertTrue(meta.supportsBatchUpdates());
    assertEquals("branch", meta.getSchemaTerm());
    for (String words :
        List.of(
            meta.getSQLKeywords(),
            meta.getNumericFunctions(),
            meta.getStringFunctions(),
            meta.getSystemFunctions(),
            meta.getTimeDateFunctions())) {
      assertNotNull(words);
    }
  }

  @Test
  void theNavigatorShowsBranchesAsSchemas() throws SQLException {
    assertEquals(List.of(), column(meta.getCatalogs(), "TABLE_CAT"));
    assertNull(connection.getCatalog());
    List<String> schemas = column(meta.getSchemas(null, "%"), "TABLE_SCHEM");
    assertTrue(schemas.containsAll(List.of("main", "side", "versor")), schemas.toString());
    connection.setSchema("side");
    assertEquals("side", connection.getSchema());
    assertEquals(
        List.of("my pets", "myXpets", "my_pets"),
        column(meta.getTables(null, "side", "%", null), "TABLE_NAME").stream().sorted().toList());
    // The escape keeps the neighbour out.
    assertEquals(
        List.of("a"), column(meta.getColumns(null, "side", "my\\_pets", "%"), "COLUMN_NAME"));
    assertEquals(
        List.of("id"), column(meta.getPrimaryKeys(null, "side", "my pets"), "COLUMN_NAME"));
    assertEquals(
        List.of("_rowid"), column(meta.getPrimaryKeys(null, "side", "my_pets"), "COLUMN_NAME"));
    assertEquals(List.of(), column(meta.getImportedKeys(null, "side", "my pets"), "FK_NAME"));
    assertEquals(List.of(), column(meta.getExportedKeys(null, "side", "my pets"), "FK_NAME"));
    assertTrue(
        column(meta.getIndexInfo(null, "side", "my pets", false, true), "COLUMN_NAME")
            .contains("id"));
    assertTrue(
        column(meta.getProcedures(null, "versor", "%"), "PROCEDURE_NAME").contains("merge_branch"));
    assertTrue(column(meta.getTableTypes(), "TABLE_TYPE").contains("VIEW"));
  }

  /** The viewer of a column is chosen by looking its type name up in the type info. */
  @Test
  void everyColumnOfTheGridHasAKnownTypeAndATableToEdit() throws SQLException {
    Map<String, Integer> types = new HashMap<>();
    try (ResultSet rows = meta.getTypeInfo()) {
      while (rows.next()) {
        types.put(rows.getString("TYPE_NAME").toUpperCase(Locale.ROOT), rows.getInt("DATA_TYPE"));
      }
    }
    try (Statement statement = connection.createStatement()) {
      statement.setMaxRows(2);
      statement.setFetchSize(2);
      assertTrue(statement.execute("SELECT * FROM side.\"my pets\""));
      try (ResultSet rows = statement.getResultSet()) {
        ResultSetMetaData columns = rows.getMetaData();
        for (int i = 1; i <= columns.getColumnCount(); i++) {
          String label = columns.getColumnLabel(i);
          assertEquals(types.get(columns.getColumnTypeName(i)), columns.getColumnType(i), label);
          assertEquals("my pets", columns.getTableName(i), label);
          assertEquals("side", columns.getSchemaName(i), label);
          assertTrue(columns.isWritable(i), label);
        }
        assertTrue(rows.next());
        assertEquals(1, rows.getInt(1));
        assertFalse(rows.wasNull());
        assertEquals(new BigDecimal("1.50"), rows.getObject(3));
        assertEquals(9007199254740993L, rows.getLong(7));
        assertNull(rows.getObject(8));
        assertArrayEquals(new byte[] {(byte) 0xFF, (byte) 0xD8}, (byte[]) rows.getObject(9));
        assertNotNull(types.get(rows.getArray(10).getBaseTypeName()));
        assertTrue(rows.next());
        assertFalse(rows.next(), "no more rows than were asked for");
      }
      assertFalse(statement.getMoreResults());
      assertEquals(-1, statement.getUpdateCount());
      assertNull(statement.getWarnings());
    }
  }

  @Test
  void laterPagesSkipWhatWasShown() throws SQLException {
    try (Statement statement =
        connection.createStatement(ResultSet.TYPE_SCROLL_INSENSITIVE, ResultSet.CONCUR_READ_ONLY)) {
      statement.setMaxRows(4);
      try (ResultSet rows =
          statement.executeQuery("SELECT x.* FROM \"my pets\" x WHERE id > 1 ORDER BY id DESC")) {
        assertTrue(rows.absolute(2));
        assertTrue(rows.next());
        assertEquals(5, rows.getInt(1));
        assertTrue(rows.next());
        assertFalse(rows.next());
      }
    }
    assertEquals("7", Sql.text(connection, "SELECT COUNT(*) FROM \"my pets\""));
  }

  private int edit(String sql, Object... values) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int i = 0; i < values.length; i++) {
        statement.setObject(i + 1, values[i]);
      }
      assertFalse(statement.execute());
      return statement.getUpdateCount();
    }
  }

  @Test
  void cellsRowsAndPicturesAreEdited() throws SQLException {
    connection.setAutoCommit(false);
    assertEquals(1, edit("UPDATE main.\"my pets\" SET \"na me\" = ? WHERE \"id\" = ?", "Tom", 1));
    assertEquals(
        1, edit("UPDATE main.\"my pets\" SET photo = ? WHERE \"id\" = ?", new byte[] {7}, 1));
    assertEquals(1, edit("INSERT INTO main.\"my pets\" (id, \"na me\") VALUES (?, ?)", 8, "new"));
    assertEquals(1, edit("DELETE FROM main.\"my pets\" WHERE id = ?", 2));
    assertEquals(0, edit("DELETE FROM main.\"my pets\" WHERE id = ?", 2));
    connection.commit();
    edit("DELETE FROM main.\"my pets\"");
    connection.rollback();
    connection.setAutoCommit(true);
    assertEquals(
        "1|Tom; 8|new",
        Sql.text(connection, "SELECT id, \"na me\" FROM \"my pets\" WHERE id IN (1, 2, 8)"));
    Sql.run(connection, "INSERT INTO my_pets VALUES (5)");
    String row = Sql.text(connection, "SELECT _rowid FROM my_pets");
    assertEquals(1, edit("UPDATE my_pets SET a = ? WHERE _rowid = ?", 6, Long.parseLong(row)));
    assertEquals("6", Sql.text(connection, "SELECT a FROM my_pets"));
    try (PreparedStatement statement =
        connection.prepareStatement("UPDATE \"my pets\" SET weight = ? WHERE id = 1")) {
      statement.setNull(1, Types.DECIMAL);
      statement.execute();
      assertEquals(1, statement.getUpdateCount());
    }
  }

  @Test
  void aQueryIsCancelledAndTheConnectionGoesOn() throws Exception {
    ExecutorService editor = Executors.newSingleThreadExecutor();
    try (Statement statement = connection.createStatement()) {
      Future<SQLException> running =
          editor.submit(
              () ->
                  assertThrows(
                      SQLException.class,
                      () ->
                          Sql.text(
                              statement.executeQuery(
                                  "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL"
                                      + " SELECT x + 1 FROM n WHERE x < 1000000000)"
                                      + " SELECT COUNT(*) FROM n"))));
      // Until the statement runs there is nothing to cancel.
      while (!running.isDone()) {
        statement.cancel();
        TimeUnit.MILLISECONDS.sleep(20);
      }
      assertEquals("57014", running.get().getSQLState());
      assertEquals("7", Sql.text(statement.executeQuery("SELECT COUNT(*) FROM \"my pets\"")));
    } finally {
      editor.shutdownNow();
    }
  }

  @Test
  void pingsAndErrorsOfOneLine() throws SQLException {
    assertTrue(connection.isValid(5));
    assertEquals(
        List.of(),
        column(meta.getTables(null, null, "DBEAVERFAKETABLENAMEFORPING", null), "TABLE_NAME"));
    SQLException e =
        assertThrows(SQLException.class, () -> Sql.run(connection, "SELECT x FROM \"my pets\""));
    assertEquals("42703", e.getSQLState());
    assertFalse(String.valueOf(e.getMessage()).contains("Exception"), e.getMessage());
    connection.close();
    assertFalse(connection.isValid(5));
  }
}
