package io.versor.bench.peers;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** What statements answer, and whether two answers are the same. */
final class Answers {
  /** Sums in another order differ in their last digits. */
  private static final double TOLERANCE = 1e-6;

  private Answers() {}

  /** All rows of a query, each value a number or a text. */
  static List<Object> of(PreparedStatement query) throws SQLException {
    List<Object> values = new ArrayList<>();
    try (ResultSet rows = query.executeQuery()) {
      int columns = rows.getMetaData().getColumnCount();
      while (rows.next()) {
        for (int i = 1; i <= columns; i++) {
          values.add(rows.getObject(i));
        }
      }
    }
    return values;
  }

  static boolean agree(Object one, Object other) {
    if (one instanceof List<?> a && other instanceof List<?> b) {
      if (a.size() != b.size()) {
        return false;
      }
      for (int i = 0; i < a.size(); i++) {
        if (!agree(a.get(i), b.get(i))) {
          return false;
        }
      }
      return true;
    }
    if (one instanceof Number a && other instanceof Number b) {
      double x = a.doubleValue();
      double y = b.doubleValue();
      return Math.abs(x - y) <= TOLERANCE * Math.max(1, Math.max(Math.abs(x), Math.abs(y)));
    }
    return one.equals(other);
  }
}
