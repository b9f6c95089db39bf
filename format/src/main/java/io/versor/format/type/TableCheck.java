package io.versor.format.type;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.LongUnaryOperator;

/**
 * A condition that every row of a table has to meet, kept in the table's properties: versioned,
 * diffed and merged with it. Only whoever knows the language of conditions can tell whether a row
 * does.
 *
 * @param name of the constraint, unique in the table in any case
 * @param columns ids of the columns that the condition reads; it is gone with any of them
 * @param condition names columns by their place in {@code columns}, so that it outlives their
 *     renaming
 */
public record TableCheck(String name, List<Long> columns, String condition) {
  /** Followed by the name of the constraint. */
  public static final String PROPERTY = "versor.check.";

  /** Between the ids and the condition, in the property's value. */
  private static final char END_OF_IDS = '|';

  public TableCheck {
    columns = List.copyOf(columns);
  }

  /** The property it is kept in. */
  public String property() {
    return PROPERTY + name;
  }

  /** What the property says. */
  public String encode() {
    return TableKeys.encode(columns) + END_OF_IDS + condition;
  }

  /** The same for a table whose columns have other ids. */
  static String moved(String encoded, LongUnaryOperator columnId) {
    int end = encoded.indexOf(END_OF_IDS);
    return end < 0
        ? encoded
        : TableKeys.moved(encoded.substring(0, end), columnId) + encoded.substring(end);
  }

  /** Of a table, by name; those of dropped columns are left out. */
  public static Map<String, TableCheck> of(TableSchema schema) {
    Map<String, TableCheck> checks = new TreeMap<>();
    for (Map.Entry<String, String> property : schema.properties().entrySet()) {
      if (property.getKey().startsWith(PROPERTY)) {
        String name = property.getKey().substring(PROPERTY.length());
        decode(name, property.getValue(), schema).ifPresent(check -> checks.put(name, check));
      }
    }
    return checks;
  }

  private static Optional<TableCheck> decode(String name, String text, TableSchema schema) {
    int end = text.indexOf(END_OF_IDS);
    List<Long> columns = new ArrayList<>();
    for (String id : end <= 0 ? new String[0] : text.substring(0, end).split(",")) {
      if (!TableKeys.isId(id) || schema.indexOf(Long.parseLong(id)) < 0) {
        return Optional.empty();
      }
      columns.add(Long.parseLong(id));
    }
    return end < 0
        ? Optional.empty()
        : Optional.of(new TableCheck(name, columns, text.substring(end + 1)));
  }
}
