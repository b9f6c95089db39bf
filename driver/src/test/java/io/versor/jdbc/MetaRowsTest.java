package io.versor.jdbc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.versor.format.type.StoreException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class MetaRowsTest {
  @ParameterizedTest
  @CsvSource({
    "%, anything, true",
    "a_c, abc, true",
    "a_c, ac, false",
    "a\\_c, abc, false",
    "a\\_c, a_c, true",
    "ANIMALS, animals, true",
    "an%, animals, true",
    "'', x, false",
    "a.c, abc, false",
    "100\\%, 100%, true",
  })
  void patternsMatchAsJdbcHasIt(String pattern, String name, boolean matches) {
    assertEquals(matches, LikePattern.matches(pattern, name));
  }

  @Test
  void rowsAreOrderedByTheGivenColumns() throws SQLException {
    MetaRows rows = MetaRows.of("A", "B:i");
    rows.add("x", 10);
    rows.add("x", 9);
    rows.add(null, 11);
    try (ResultSet sorted = rows.orderedBy(0, 1)) {
      List<Integer> found = new java.util.ArrayList<>();
      while (sorted.next()) {
        found.add(sorted.getInt("B"));
      }
      assertEquals(List.of(11, 9, 10), found);
    }
  }

  @Test
  void typeInfoNamesEachTypeOnceOrderedByJdbcType() throws SQLException {
    Set<String> names = new HashSet<>();
    try (ResultSet types = TypeCatalog.rows()) {
      int last = Integer.MIN_VALUE;
      while (types.next()) {
        assertTrue(names.add(types.getString("TYPE_NAME")));
        assertTrue(types.getInt("DATA_TYPE") >= last);
        last = types.getInt("DATA_TYPE");
      }
    }
    assertTrue(names.containsAll(List.of("IMAGE", "CLASS_LABEL", "EMBEDDING", "TENSOR", "JSON")));
    assertFalse(names.contains(""));
  }

  @ParameterizedTest
  @EnumSource(StoreException.Code.class)
  void everyCodeHasAStateOfFiveCharacters(StoreException.Code code) {
    SQLException e = Errors.of(new StoreException(code, "message"));
    assertEquals(5, e.getSQLState().length());
    assertEquals("message", e.getMessage());
  }
}
