package io.versor.jdbc;

import java.sql.SQLException;
import java.sql.SQLSyntaxErrorException;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Labels to column numbers. Labels ignore case and the first of several equal ones wins (JDBC). */
final class ColumnLabels {
  private ColumnLabels() {}

  static Map<String, Integer> of(List<ResultColumn> columns) {
    Map<String, Integer> numbers = new HashMap<>();
    for (int i = 0; i < columns.size(); i++) {
      numbers.putIfAbsent(columns.get(i).label(), i + 1);
    }
    // Columns that differ only in case are reached by their exact label.
    for (int i = 0; i < columns.size(); i++) {
      numbers.putIfAbsent(folded(columns.get(i).label()), i + 1);
    }
    return numbers;
  }

  /** Apart from exact labels: a label in small letters must not hide an earlier one in capitals. */
  private static String folded(String label) {
    return '\0' + label.toLowerCase(Locale.ROOT);
  }

  static int find(Map<String, Integer> numbers, List<ResultColumn> columns, @Nullable String label)
      throws SQLException {
    Integer exact = label == null ? null : numbers.get(label);
    if (exact != null) {
      return exact;
    }
    Integer folded = label == null ? null : numbers.get(folded(label));
    if (folded != null) {
      return folded;
    }
    List<String> known = columns.stream().map(ResultColumn::label).toList();
    throw new SQLSyntaxErrorException(
        "the result has no column \""
            + label
            + "\""
            + (label == null ? "" : NearNames.suggestion(label, known)),
        SqlStates.NO_SUCH_COLUMN);
  }
}
