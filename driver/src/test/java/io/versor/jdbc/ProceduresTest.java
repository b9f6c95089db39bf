package io.versor.jdbc;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.sql.BatchUpdateException;
import java.sql.CallableStatement;
import java.sql.DatabaseMetaData;
import java.sql.ParameterMetaData;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.Statement;
import java.sql.Types;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Version statements as procedures: called, bound by place and name, batched, and listed. */
class ProceduresTest {
  @TempDir Path store;

  private Sql sql;

  @BeforeEach
  void open() throws SQLException {
    sql = Sql.open(store);
    sql.run("CREATE TABLE t (id INTEGER)", "INSERT INTO t VALUES (1)");
  }

  @AfterEach
  void close() throws SQLException {
    sql.close();
  }

  @Test
  void argumentsAreSetByTheNamesOfTheProcedure() throws SQLException {
    try (CallableStatement call =
        sql.connection.prepareCall("{call versor.commit_version(?, ?, allow_empty => ?)}")) {
      call.setString("MESSAGE", "by name");
      call.setString("branch", "main");
      call.setBoolean("allow_empty", false);
      assertTrue(call.execute());
      assertEquals(-1, call.getUpdateCount());
      try (ResultSet rows = call.getResultSet()) {
        assertTrue(rows.next());
        assertTrue(rows.getString("commit_id").matches("[0-9a-f]{40}"));
        assertEquals("by name", rows.getString("message"));
        assertFalse(rows.next());
      }
      assertFalse(call.getMoreResults());
      call.setString(1, "empty");
      call.setObject("allow_empty", true);
      try (ResultSet rows = call.executeQuery()) {
        assertTrue(rows.next());
        assertEquals("empty", rows.getString("message"));
      }
      SQLException e = assertThrows(SQLException.class, () -> call.setString("target", "x"));
      assertEquals("07009", e.getSQLState());
      assertTrue(e.getMessage().contains("message, branch, allow_empty"), e.getMessage());
      assertThrows(SQLFeatureNotSupportedException.class, () -> call.getString(1));
    }
    assertEquals("empty; by name", sql.text("SELECT message FROM versor.log"));
  }

  @Test
  void argumentsByNameStandInAnyOrder() throws SQLException {
    sql.run("COMMIT VERSION MESSAGE 'one'", "CREATE BRANCH b", "INSERT INTO b.t VALUES (2)");
    try (CallableStatement call =
        sql.connection.prepareCall(
            "{call versor.create_branch(with_changes => ?, \"from\" => ?, name => ?)}")) {
      call.setString("name", "c");
      call.setString("from", "b");
      call.setString("with_changes", "true");
      assertEquals(0, call.executeUpdate());
    }
    assertEquals("2", sql.text("SELECT COUNT(*) FROM c.t"));
  }

  @Test
  void parametersAreDescribed() throws SQLException {
    try (PreparedStatement call =
        sql.connection.prepareStatement("CALL versor.create_branch(?, with_changes => ?)")) {
      ParameterMetaData meta = call.getParameterMetaData();
      assertEquals(2, meta.getParameterCount());
      assertEquals(Types.VARCHAR, meta.getParameterType(1));
      assertEquals(ParameterMetaData.parameterNoNulls, meta.isNullable(1));
      assertEquals(Types.BOOLEAN, meta.getParameterType(2));
      assertEquals("BOOLEAN", meta.getParameterTypeName(2));
      assertEquals(ParameterMetaData.parameterNullable, meta.isNullable(2));
      assertEquals(ParameterMetaData.parameterModeIn, meta.getParameterMode(2));
      assertEquals("name", call.getMetaData().getColumnLabel(1));
      call.setNull(1, Types.VARCHAR);
      call.setNull(2, Types.BOOLEAN);
      SQLException e = assertThrows(SQLException.class, call::execute);
      assertEquals("22004", e.getSQLState());
      call.setString(1, "b");
      assertTrue(call.execute());
      call.setBytes(1, new byte[3]);
      e = assertThrows(SQLException.class, call::execute);
      assertEquals("22023", e.getSQLState());
      call.setString(1, "c");
      call.setString(2, "perhaps");
      e = assertThrows(SQLException.class, call::execute);
      assertEquals("22023", e.getSQLState());
      assertTrue(e.getMessage().contains("with_changes"), e.getMessage());
    }
  }

  @Test
  void wrongCallsSayWhereAndWhatIsExpected() throws SQLException {
    sql.fails(
        "42883", "CALL versor.merge_branch('b', strtegy => 'OURS')", "did you mean strategy?");
    sql.fails("42883", "CALL versor.create_branch()", "name is missing", "create_branch(name [");
    sql.fails("42883", "CALL versor.drop_tag('a', TRUE, 'b')", "3 arguments");
    sql.fails("42601", "CALL versor.drop_tag('a', name => 'b')", "name is given twice");
    sql.fails("42601", "CALL versor.drop_tag(name => 'b', TRUE)", "without a name");
    sql.fails("42883", "CALL versor.drop_tag(TRUE)", "name is a text, found TRUE");
    sql.fails("42883", "CALL versor.drop_tag('a', 'yes')", "if_exists is TRUE or FALSE");
    sql.fails("42883", "CALL versor.merge_branch('b', 'c', 'MINE')", "one of FAIL, OURS, THEIRS");
    sql.fails("42601", "CALL versor.drop_tag('a' || 'b')", "a text or ?");
    sql.fails("42883", "CALL merge_branch('b')", "in the schema versor");
    sql.fails("22004", "CALL versor.drop_tag(NULL)", "name of versor.drop_tag is NULL");
  }

  /** Each call commits at once, so those before the failure are done, and the counts say so. */
  @Test
  void batchesReportHowFarTheyCame() throws SQLException {
    try (CallableStatement call = sql.connection.prepareCall("{call versor.create_branch(?)}")) {
      for (String name : List.of("a", "b")) {
        call.setString(1, name);
        call.addBatch();
      }
      assertArrayEquals(new int[] {0, 0}, call.executeBatch());
      for (String name : List.of("c", "a", "d")) {
        call.setString("name", name);
        call.addBatch();
      }
      BatchUpdateException e = assertThrows(BatchUpdateException.class, call::executeBatch);
      assertEquals("42710", e.getSQLState());
      assertArrayEquals(new int[] {0}, e.getUpdateCounts());
    }
    assertEquals("a; b; c; main", sql.text("SELECT name FROM versor.branches ORDER BY name"));
  }

  @Test
  void proceduresAreListed() throws SQLException {
    DatabaseMetaData meta = sql.connection.getMetaData();
    List<String> names = new ArrayList<>();
    try (ResultSet rows = meta.getProcedures(null, "vers%", "%branch")) {
      while (rows.next()) {
        assertEquals("versor", rows.getString("PROCEDURE_SCHEM"));
        assertEquals(DatabaseMetaData.procedureNoResult, rows.getShort("PROCEDURE_TYPE"));
        assertFalse(rows.getString("REMARKS").isEmpty());
        names.add(rows.getString("PROCEDURE_NAME"));
      }
    }
    assertEquals(
        List.of("create_branch", "drop_branch", "merge_branch", "rename_branch", "reset_branch"),
        names);
    try (ResultSet rows = meta.getProcedures(null, "main", null)) {
      assertFalse(rows.next());
    }
    assertTrue(meta.supportsNamedParameters());
    List<String> columns = new ArrayList<>();
    try (ResultSet rows = meta.getProcedureColumns(null, null, "drop\\_branch", "%")) {
      while (rows.next()) {
        columns.add(
            String.join(
                " ",
                rows.getString("COLUMN_NAME"),
                rows.getString("COLUMN_TYPE"),
                rows.getString("TYPE_NAME"),
                rows.getString("ORDINAL_POSITION"),
                rows.getString("IS_NULLABLE"),
                String.valueOf(rows.getString("COLUMN_DEF"))));
      }
    }
    assertEquals(
        List.of(
            "name 1 VARCHAR 1 NO null",
            "force 1 BOOLEAN 2 YES FALSE",
            "if_exists 1 BOOLEAN 3 YES FALSE",
            "name 3 VARCHAR 1 YES null",
            "head_commit 3 VARCHAR 2 YES null"),
        columns);
  }

  @Test
  void tableFunctionsAreListedWithTheirParameters() throws SQLException {
    DatabaseMetaData meta = sql.connection.getMetaData();
    List<String> names = new ArrayList<>();
    try (ResultSet rows = meta.getFunctions(null, "versor", "%diff%")) {
      while (rows.next()) {
        assertEquals(DatabaseMetaData.functionReturnsTable, rows.getShort("FUNCTION_TYPE"));
        assertFalse(rows.getString("REMARKS").isEmpty());
        names.add(rows.getString("FUNCTION_NAME"));
      }
    }
    assertEquals(List.of("diff", "diff_summary", "schema_diff"), names);
    List<String> parameters = new ArrayList<>();
    try (ResultSet rows = meta.getFunctionColumns(null, null, "diff", "%")) {
      while (rows.next()) {
        assertEquals(DatabaseMetaData.functionColumnIn, rows.getShort("COLUMN_TYPE"));
        parameters.add(
            rows.getString("COLUMN_NAME")
                + " "
                + rows.getString("TYPE_NAME")
                + " "
                + rows.getString("ORDINAL_POSITION")
                + " "
                + rows.getString("IS_NULLABLE"));
      }
    }
    assertEquals(
        List.of(
            "table_name VARCHAR 1 NO", "from_revision VARCHAR 2 YES", "to_revision VARCHAR 3 YES"),
        parameters);
    try (ResultSet rows = meta.getFunctions(null, "main", null)) {
      assertFalse(rows.next());
    }
  }

  /** Each that is listed is there, and takes as many arguments as it says. */
  @Test
  void informationSchemaListsWhatTheMetadataLists() throws SQLException {
    DatabaseMetaData meta = sql.connection.getMetaData();
    List<String> routines = new ArrayList<>();
    List<String> parameters = new ArrayList<>();
    try (ResultSet rows = meta.getProcedures(null, "versor", "%")) {
      while (rows.next()) {
        routines.add(rows.getString("PROCEDURE_NAME") + "|PROCEDURE|" + rows.getString("REMARKS"));
      }
    }
    try (ResultSet rows = meta.getFunctions(null, "versor", "%")) {
      while (rows.next()) {
        routines.add(rows.getString("FUNCTION_NAME") + "|FUNCTION|" + rows.getString("REMARKS"));
      }
    }
    try (ResultSet rows = meta.getProcedureColumns(null, "versor", "%", "%")) {
      while (rows.next()) {
        if (rows.getInt("COLUMN_TYPE") == DatabaseMetaData.procedureColumnIn) {
          parameters.add(parameter(rows, "PROCEDURE_NAME", rows.getString("COLUMN_DEF")));
        }
      }
    }
    try (ResultSet rows = meta.getFunctionColumns(null, "versor", "%", "%")) {
      while (rows.next()) {
        parameters.add(parameter(rows, "FUNCTION_NAME", null));
      }
    }
    assertEquals(
        routines.stream().sorted().toList(),
        sorted("SELECT routine_name, routine_type, remarks FROM information_schema.routines"));
    assertEquals(
        parameters.stream().sorted().toList(),
        sorted(
            "SELECT specific_name, ordinal_position, parameter_name, data_type, parameter_default"
                + " FROM information_schema.parameters"));
  }

  private static String parameter(ResultSet row, String name, @Nullable String defaultText)
      throws SQLException {
    return String.join(
        "|",
        row.getString(name),
        row.getString("ORDINAL_POSITION"),
        row.getString("COLUMN_NAME"),
        row.getString("TYPE_NAME"),
        String.valueOf(defaultText));
  }

  private List<String> sorted(String query) throws SQLException {
    return sql.rows(query).stream()
        .map(row -> row.stream().map(String::valueOf).collect(Collectors.joining("|")))
        .sorted()
        .toList();
  }

  @Test
  void everyTableFunctionTakesItsParameters() throws SQLException {
    sql.run("CREATE TABLE listed (x INTEGER)", "COMMIT VERSION");
    DatabaseMetaData meta = sql.connection.getMetaData();
    List<String> names = new ArrayList<>();
    try (ResultSet rows = meta.getFunctions(null, null, null)) {
      while (rows.next()) {
        names.add(rows.getString("FUNCTION_NAME"));
      }
    }
    assertTrue(names.size() >= 8, names.toString());
    for (String name : names) {
      List<String> arguments = new ArrayList<>();
      try (ResultSet rows = meta.getFunctionColumns(null, null, name, null)) {
        while (rows.next()) {
          arguments.add(
              rows.getInt("ORDINAL_POSITION") == 1
                      && rows.getString("COLUMN_NAME").equals("table_name")
                  ? "'listed'"
                  : "'HEAD'");
        }
      }
      sql.text("SELECT COUNT(*) FROM versor." + name + "(" + String.join(", ", arguments) + ")");
    }
  }

  /** What the list promises is what a call returns, column by column. */
  @Test
  void columnsOfEveryProcedureAreThoseItReturns() throws SQLException {
    DatabaseMetaData meta = sql.connection.getMetaData();
    List<String> names = new ArrayList<>();
    try (ResultSet rows = meta.getProcedures(null, null, "%")) {
      while (rows.next()) {
        names.add(rows.getString("PROCEDURE_NAME"));
      }
    }
    assertTrue(names.size() >= 9, names.toString());
    for (String name : names) {
      List<String> promised = new ArrayList<>();
      List<String> arguments = new ArrayList<>();
      try (ResultSet rows = meta.getProcedureColumns(null, "versor", name, null)) {
        while (rows.next()) {
          boolean in = rows.getShort("COLUMN_TYPE") == DatabaseMetaData.procedureColumnIn;
          String column = rows.getString("COLUMN_NAME");
          if (in) {
            arguments.add('"' + column + "\" => ?");
          } else {
            promised.add(column + " " + rows.getString("TYPE_NAME"));
          }
        }
      }
      String call = "CALL versor." + name + "(" + String.join(", ", arguments) + ")";
      List<String> found = new ArrayList<>();
      try (PreparedStatement statement = sql.connection.prepareStatement(call)) {
        assertEquals(arguments.size(), statement.getParameterMetaData().getParameterCount());
        for (int i = 1; i <= statement.getMetaData().getColumnCount(); i++) {
          found.add(
              statement.getMetaData().getColumnLabel(i)
                  + " "
                  + statement.getMetaData().getColumnTypeName(i));
        }
      }
      assertEquals(promised, found, name);
    }
  }

  @Test
  void showIsAQuery() throws SQLException {
    sql.run("COMMIT VERSION MESSAGE 'one'", "CREATE TAG v1", "INSERT INTO t VALUES (2)");
    sql.run("COMMIT VERSION MESSAGE 'two'");
    try (PreparedStatement show = sql.connection.prepareStatement("SHOW LOG ?")) {
      assertEquals("commit_id", show.getMetaData().getColumnName(1));
      show.setString(1, "v1");
      try (ResultSet rows = show.executeQuery()) {
        assertTrue(rows.next());
        assertEquals("one", rows.getString("message"));
        assertFalse(rows.next());
      }
    }
    try (PreparedStatement show = sql.connection.prepareStatement("DESCRIBE ?")) {
      assertEquals("column_name", show.getMetaData().getColumnName(1));
      show.setString(1, "v1.t");
      try (ResultSet rows = show.executeQuery()) {
        assertTrue(rows.next());
        assertEquals("id", rows.getString(1));
      }
      show.setString(1, "v1.u");
      assertEquals("42P01", assertThrows(SQLException.class, show::executeQuery).getSQLState());
      show.setString(1, null);
      SQLException e = assertThrows(SQLException.class, () -> show.executeQuery().next());
      assertEquals("22023", e.getSQLState());
    }
    sql.fails("42P01", "DESCRIBE nothing", "nothing");
    assertEquals(
        "t|null|null|null|1|0|0; t|id|null|null|1|0|0", sql.text("SHOW DIFF ? ?", "v1", "main"));
    assertThrows(SQLException.class, () -> sql.update("SHOW LOG"));
  }

  /** A session goes on with its branch under the name another gave it. */
  @Test
  void renamedBranchesAreFollowed() throws SQLException {
    sql.run("COMMIT VERSION MESSAGE 'one'", "CREATE BRANCH work");
    try (Sql other = Sql.open(Sql.url(store) + "?branch=work");
        Sql writing = Sql.open(Sql.url(store) + "?branch=work");
        Statement statement = writing.connection.createStatement()) {
      writing.connection.setAutoCommit(false);
      statement.executeUpdate("INSERT INTO t VALUES (2)");
      sql.run("ALTER BRANCH work RENAME TO labour", "CREATE BRANCH work");
      assertEquals("labour", other.connection.getSchema());
      other.run("DELETE FROM t", "COMMIT VERSION MESSAGE 'emptied'");
      assertEquals("0", sql.text("SELECT COUNT(*) FROM labour.t"));
      assertEquals("1", sql.text("SELECT COUNT(*) FROM work.t"));
      assertEquals("2", writing.text("SELECT COUNT(*) FROM t"));
      assertEquals("2", writing.text("SELECT COUNT(*) FROM labour.t"));
      writing.connection.commit();
    }
    assertEquals("1", sql.text("SELECT COUNT(*) FROM labour.t"));
    sql.run("ALTER BRANCH main RENAME TO trunk");
    assertEquals("trunk", sql.connection.getSchema());
    try (Sql fresh = Sql.open(store)) {
      assertEquals("trunk", fresh.connection.getSchema());
    }
  }
}
