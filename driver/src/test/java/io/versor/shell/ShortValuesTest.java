package io.versor.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.versor.engine.StatementException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import org.junit.jupiter.api.Test;

/** The connection is H2's: what is tested is how any driver's results are shortened. */
class ShortValuesTest {
  @Test
  void binaryColumnsAreTextOfWhatTheyAre() throws SQLException {
    try (Connection connection =
            ShortValues.connection(DriverManager.getConnection("jdbc:h2:mem:"));
        Statement statement = connection.createStatement()) {
      statement.execute("create table t (id int, v varbinary)");
      try (PreparedStatement insert =
          connection.prepareStatement("insert into t values (1, ?), (2, null)")) {
        insert.setBytes(1, new byte[5000]);
        assertEquals(2, insert.executeUpdate());
      }
      assertTrue(statement.execute("select id, v from t"));
      try (ResultSet rows = statement.getResultSet()) {
        assertEquals(Types.VARCHAR, rows.getMetaData().getColumnType(2));
        assertEquals(Types.INTEGER, rows.getMetaData().getColumnType(1));
        assertTrue(rows.next());
        assertEquals(1, rows.getInt(1));
        assertEquals("<4.9 KB>", rows.getString(2));
        assertEquals("<4.9 KB>", rows.getObject(2));
        assertTrue(rows.next());
        assertNull(rows.getString(2));
      }
      assertThrows(SQLException.class, () -> statement.execute("select nix from t"));
    }
  }

  @Test
  void errorsShowTheirPlace() {
    SQLException wrong =
        new SQLException(
            "no column nix (line 2, column 3)",
            "42703",
            new StatementException("42703", "no column nix", 2, 3));
    assertEquals(
        "no column nix\n    nix\n    ^\n",
        Caret.drawn(wrong, "SELECT\n  nix\nFROM t").getMessage());
    SQLException placeless = new SQLException("full", "53100");
    assertSame(placeless, Caret.drawn(placeless, "SELECT 1"));
  }
}
