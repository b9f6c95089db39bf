package io.versor.jdbc;

import java.sql.ResultSet;
import java.sql.Types;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A metadata result in the making: columns as JDBC spells and orders them, then rows.
 *
 * <p>Columns are given as text, {@code NAME} for a VARCHAR, {@code NAME:i} for an INTEGER, {@code
 * NAME:s} for a SMALLINT, {@code NAME:l} for a BIGINT and {@code NAME:b} for a BOOLEAN, so that the
 * tables of the JDBC documentation can be checked by eye.
 */
final class MetaRows {
  private final List<ResultColumn> columns;
  private final List<@Nullable Object[]> rows = new ArrayList<>();

  private MetaRows(List<ResultColumn> columns) {
    this.columns = columns;
  }

  static MetaRows of(String... columns) {
    return new MetaRows(Arrays.stream(columns).map(MetaRows::column).toList());
  }

  private static ResultColumn column(String described) {
    int colon = described.indexOf(':');
    if (colon < 0) {
      return ResultColumn.computed(described, Types.VARCHAR);
    }
    int type =
        switch (described.charAt(colon + 1)) {
          case 'i' -> Types.INTEGER;
          case 's' -> Types.SMALLINT;
          case 'l' -> Types.BIGINT;
          case 'b' -> Types.BOOLEAN;
          default -> throw new IllegalArgumentException(described);
        };
    return ResultColumn.computed(described.substring(0, colon), type);
  }

  void add(@Nullable Object... values) {
    if (values.length != columns.size()) {
      throw new IllegalArgumentException(
          values.length + " values for " + columns.size() + " columns");
    }
    rows.add(values);
  }

  /** The rows ordered by the given columns, counted from 0, nulls first. */
  ResultSet orderedBy(int... order) {
    Comparator<@Nullable Object[]> comparator =
        (left, right) -> {
          for (int column : order) {
            int compared = compare(left[column], right[column]);
            if (compared != 0) {
              return compared;
            }
          }
          return 0;
        };
    rows.sort(comparator);
    return result();
  }

  private static int compare(@Nullable Object left, @Nullable Object right) {
    if (left == null || right == null) {
      return Boolean.compare(left != null, right != null);
    }
    if (left instanceof Number a && right instanceof Number b) {
      return Long.compare(a.longValue(), b.longValue());
    }
    if (left instanceof Boolean a && right instanceof Boolean b) {
      return Boolean.compare(a, b);
    }
    return left.toString().compareTo(right.toString());
  }

  ResultSet result() {
    return VersorResultSet.inMemory(columns, rows);
  }
}
