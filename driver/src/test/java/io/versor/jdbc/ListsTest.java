package io.versor.jdbc;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.sql.Array;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Columns of lists as {@link Array}, and UUIDs. */
class ListsTest {
  private static final UUID ID = UUID.fromString("00112233-4455-6677-8899-aabbccddeeff");

  @TempDir Path directory;
  private Connection connection;
  private Statement statement;

  @BeforeEach
  void open() throws SQLException {
    connection = DriverManager.getConnection("jdbc:versor:" + directory.resolve("store"));
    statement = connection.createStatement();
    statement.execute(
        "CREATE TABLE t(id UUID PRIMARY KEY, labels CLASS_LABEL('cat', 'dog') ARRAY, files"
            + " VARBINARY ARRAY, boxes BBOX ARRAY, prices DECIMAL(10, 2) ARRAY, ids UUID ARRAY)");
  }

  @AfterEach
  void close() throws SQLException {
    connection.close();
  }

  private ResultSet row(String columns) throws SQLException {
    ResultSet rows = statement.executeQuery("SELECT " + columns + " FROM t ORDER BY _index");
    assertTrue(rows.next());
    return rows;
  }

  private void insert(String column, Object value) throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement("INSERT INTO t(id, " + column + ") VALUES (?, ?)")) {
      insert.setObject(1, UUID.randomUUID());
      insert.setObject(2, value);
      assertEquals(1, insert.executeUpdate());
    }
  }

  @Test
  void whatIsSetComesBack() throws SQLException {
    insert("labels", List.of("cat", "dog"));
    ResultSet row = row("labels");
    Array array = row.getArray(1);
    assertEquals(Types.VARCHAR, array.getBaseType());
    assertEquals("VARCHAR", array.getBaseTypeName());
    assertArrayEquals(new String[] {"cat", "dog"}, (String[]) array.getArray());
    assertArrayEquals(new String[] {"dog"}, (String[]) array.getArray(2, 1));
    assertThrows(SQLException.class, () -> array.getArray(2, 2));
    assertArrayEquals(new String[] {"cat", "dog"}, row.getObject(1, String[].class));
    assertTrue(row.getObject(1) instanceof Array);
    assertEquals("[\"cat\",\"dog\"]", row.getString(1));
    try (ResultSet elements = array.getResultSet()) {
      assertTrue(elements.next());
      assertEquals(1, elements.getInt("INDEX"));
      assertEquals("cat", elements.getString("VALUE"));
      assertTrue(elements.next());
      assertEquals("dog", elements.getString(2));
      assertFalse(elements.next());
    }
    array.free();
    assertThrows(SQLException.class, array::getArray);
    assertEquals(Types.ARRAY, row.getMetaData().getColumnType(1));
    assertEquals("CLASS_LABEL ARRAY", row.getMetaData().getColumnTypeName(1));
    assertEquals(Array.class.getName(), row.getMetaData().getColumnClassName(1));
  }

  @Test
  void allWaysToSetOne() throws SQLException {
    insert("labels", new String[] {"dog", null});
    insert("labels", connection.createArrayOf("VARCHAR", new Object[] {"dog", null}));
    insert("labels", Arrays.asList("dog", null));
    insert("labels", "[\"dog\", null]");
    try (PreparedStatement insert =
        connection.prepareStatement("INSERT INTO t(id, labels) VALUES (?, ?)")) {
      insert.setObject(1, ID.toString());
      insert.setArray(2, connection.createArrayOf("CLASS_LABEL", new Object[] {"dog", null}));
      insert.executeUpdate();
    }
    ResultSet rows = statement.executeQuery("SELECT DISTINCT labels, count(*) OVER () FROM t");
    assertTrue(rows.next());
    assertArrayEquals(new String[] {"dog", null}, rows.getObject(1, String[].class));
    assertFalse(rows.next());
    try (PreparedStatement update =
        connection.prepareStatement("UPDATE t SET labels = ? WHERE labels = ?")) {
      update.setObject(1, new String[0]);
      update.setObject(2, new String[] {"dog", null});
      update.executeUpdate();
    }
    assertEquals(0, row("labels").getObject(1, String[].class).length);
  }

  @Test
  void bytesTensorsNumbersAndIds() throws SQLException {
    insert("files", new byte[][] {{1, 2}, {}, {3}});
    byte[][] files = (byte[][]) row("files").getArray(1).getArray();
    assertEquals(3, files.length);
    assertArrayEquals(new byte[] {1, 2}, files[0]);
    statement.execute("DELETE FROM t");

    insert("boxes", new float[][][] {{{1, 2, 3, 4}}, {}});
    Array boxes = row("boxes").getArray(1);
    assertEquals(Types.ARRAY, boxes.getBaseType());
    Object[] nested = (Object[]) boxes.getArray();
    assertArrayEquals(new float[] {1, 2, 3, 4}, ((float[][]) nested[0])[0]);
    assertEquals(0, ((float[][]) nested[1]).length);
    assertEquals(1, row("boxes").getObject(1, float[][][].class)[0].length);
    try (ResultSet elements = boxes.getResultSet(1, 1)) {
      assertTrue(elements.next());
      assertEquals("[[1.0, 2.0, 3.0, 4.0]]", elements.getArray(2).toString());
    }
    statement.execute("DELETE FROM t");

    insert("prices", new BigDecimal[] {new BigDecimal("1.50"), null});
    assertArrayEquals(
        new BigDecimal[] {new BigDecimal("1.50"), null},
        (BigDecimal[]) row("prices").getArray(1).getArray());
    SQLException primitive =
        assertThrows(SQLException.class, () -> row("prices").getObject(1, double[].class));
    assertEquals("07006", primitive.getSQLState());
    statement.execute("DELETE FROM t");

    insert("ids", new UUID[] {ID});
    assertEquals(ID, row("ids").getObject(1, UUID[].class)[0]);
    assertEquals("[\"" + ID + "\"]", row("ids").getString(1));
  }

  @Test
  void wrongValuesSayWhichElement() throws SQLException {
    SQLException label =
        assertThrows(SQLException.class, () -> insert("labels", new String[] {"cat", "cow"}));
    assertEquals("22023", label.getSQLState());
    assertTrue(label.getMessage().contains("element 2: class label 'cow'"), label.getMessage());
    SQLException number = assertThrows(SQLException.class, () -> insert("labels", 7));
    assertEquals("22023", number.getSQLState());
    SQLException price =
        assertThrows(SQLException.class, () -> insert("prices", new Object[] {"x"}));
    assertTrue(price.getMessage().contains("element 1"), price.getMessage());
    assertThrows(SQLException.class, () -> connection.createArrayOf("NOTHING", new Object[0]));
    assertFalse(statement.executeQuery("SELECT * FROM t").next(), "nothing was stored");
  }

  @Test
  void metadataNamesTheTypes() throws SQLException {
    Set<String> types = new HashSet<>();
    try (ResultSet all = connection.getMetaData().getTypeInfo()) {
      while (all.next()) {
        types.add(all.getString("TYPE_NAME"));
      }
    }
    try (ResultSet columns = connection.getMetaData().getColumns(null, "main", "t", "%")) {
      while (columns.next()) {
        assertTrue(types.contains(columns.getString("TYPE_NAME")), columns.getString("TYPE_NAME"));
        int expected = columns.getString("COLUMN_NAME").equals("id") ? Types.OTHER : Types.ARRAY;
        assertEquals(expected, columns.getInt("DATA_TYPE"));
      }
    }
  }

  @Test
  void uuidsAreValuesOfTheirOwn() throws SQLException {
    try (PreparedStatement insert = connection.prepareStatement("INSERT INTO t(id) VALUES (?)")) {
      insert.setObject(1, ID);
      insert.executeUpdate();
      insert.setObject(1, ID.toString().toUpperCase(java.util.Locale.ROOT));
      SQLException twice = assertThrows(SQLException.class, insert::executeUpdate);
      assertEquals("23505", twice.getSQLState());
      assertTrue(twice.getMessage().contains(ID.toString()), twice.getMessage());
      insert.setObject(1, "no id", Types.OTHER);
      assertEquals("22023", assertThrows(SQLException.class, insert::executeUpdate).getSQLState());
    }
    ResultSet row = row("id");
    assertEquals(ID, row.getObject(1));
    assertEquals(ID, row.getObject(1, UUID.class));
    assertEquals(ID.toString(), row.getString(1));
    assertEquals(Types.OTHER, row.getMetaData().getColumnType(1));
    assertEquals("UUID", row.getMetaData().getColumnTypeName(1));
    assertEquals(UUID.class.getName(), row.getMetaData().getColumnClassName(1));
    try (PreparedStatement find = connection.prepareStatement("SELECT id FROM t WHERE id = ?")) {
      find.setObject(1, ID);
      assertTrue(find.executeQuery().next());
      find.setString(1, ID.toString());
      assertTrue(find.executeQuery().next());
      find.setObject(1, UUID.randomUUID());
      assertFalse(find.executeQuery().next());
      find.setString(1, "no id");
      assertThrows(SQLException.class, find::executeQuery);
      find.setNull(1, Types.OTHER);
      assertFalse(find.executeQuery().next());
    }
    assertNull(row("labels").getArray(1));
  }

  @Test
  void tensorsAreReadAsObjectsToo() throws SQLException {
    try (ResultSet row =
        statement.executeQuery("SELECT ARRAY[1, 2], ARRAY[ARRAY[1.5e0], ARRAY[2e0]]")) {
      assertTrue(row.next());
      assertArrayEquals(new Object[] {1, 2}, row.getObject(1, Object[].class));
      assertArrayEquals(new Integer[] {1, 2}, row.getObject(1, Integer[].class));
      assertArrayEquals(new Object[][] {{1.5}, {2.0}}, row.getObject(2, Object[][].class));
      assertThrows(SQLException.class, () -> row.getObject(2, Object[].class));
    }
  }
}
