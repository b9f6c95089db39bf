package io.versor.format.type;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Keys of a table, kept in its properties as ids of columns: they stay right when a column is
 * renamed, and are versioned, diffed and merged with the table.
 */
public final class TableKeys {
  /** The property of the primary key. */
  public static final String PRIMARY_KEY = "versor.primary_key";

  /** Followed by a number from 1. */
  public static final String UNIQUE = "versor.unique.";

  private TableKeys() {}

  /** What the property says of a key of these columns. */
  public static String encode(List<Long> columnIds) {
    return String.join(",", columnIds.stream().map(String::valueOf).toList());
  }

  /** Positions of the columns of each key, by the property it stands in. */
  public static Map<String, List<Integer>> of(TableSchema schema) {
    Map<String, List<Integer>> keys = new LinkedHashMap<>();
    for (Map.Entry<String, String> property : schema.properties().entrySet()) {
      String name = property.getKey();
      if (name.equals(PRIMARY_KEY) || name.startsWith(UNIQUE)) {
        decode(schema, property.getValue()).ifPresent(columns -> keys.put(name, columns));
      }
    }
    return keys;
  }

  /** Empty if a column of the key was dropped, and the key with it. */
  private static Optional<List<Integer>> decode(TableSchema schema, String text) {
    List<Integer> columns = new ArrayList<>();
    for (String id : text.split(",")) {
      int column = id.matches("-?[0-9]{1,19}") ? schema.indexOf(Long.parseLong(id)) : -1;
      if (column < 0) {
        return Optional.empty();
      }
      columns.add(column);
    }
    return columns.isEmpty() ? Optional.empty() : Optional.of(columns);
  }

  /** Names of the primary key's columns. */
  public static List<String> primaryKey(TableSchema schema) {
    List<Integer> columns = of(schema).getOrDefault(PRIMARY_KEY, List.of());
    return columns.stream().map(schema.columns()::get).map(Column::name).toList();
  }
}
