package io.versor.format.type;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.LongUnaryOperator;
import java.util.stream.Collectors;

/**
 * Keys of a table, kept in its properties as ids of columns: they stay right when a column is
 * renamed, and are versioned, diffed and merged with the table.
 */
public final class TableKeys {
  /** The property of the primary key. */
  public static final String PRIMARY_KEY = "versor.primary_key";

  /** Followed by a number from 1. */
  public static final String UNIQUE = "versor.unique.";

  /** Of the keys that were given a name: followed by what stands behind the dot of theirs. */
  private static final String NAME = "versor.key_name.";

  /** Of an id: any so long fit into 64 bits. */
  private static final int MAX_DIGITS = 18;

  private TableKeys() {}

  /** The property in which the name of a key stands, if it was given one. */
  public static String nameProperty(String keyProperty) {
    return NAME + keyProperty.substring(keyProperty.indexOf('.') + 1);
  }

  /** What a key is called: the name it was given, or one after its table. */
  public static String name(TableSchema schema, String keyProperty) {
    String given = schema.properties().get(nameProperty(keyProperty));
    if (given != null) {
      return given;
    }
    return schema.name()
        + (keyProperty.equals(PRIMARY_KEY)
            ? "_pkey"
            : "_key" + keyProperty.substring(UNIQUE.length()));
  }

  /** What the property says of a key of these columns. */
  public static String encode(List<Long> columnIds) {
    return String.join(",", columnIds.stream().map(String::valueOf).toList());
  }

  /** Properties of a table whose columns get other ids: its constraints name them. */
  public static Map<String, String> moved(
      Map<String, String> properties, LongUnaryOperator columnId) {
    Map<String, String> moved = new TreeMap<>();
    properties.forEach(
        (name, value) -> {
          boolean key = name.equals(PRIMARY_KEY) || name.startsWith(UNIQUE);
          boolean check = name.startsWith(TableCheck.PROPERTY);
          moved.put(
              name,
              key ? moved(value, columnId) : check ? TableCheck.moved(value, columnId) : value);
        });
    return moved;
  }

  static String moved(String ids, LongUnaryOperator columnId) {
    return Arrays.stream(ids.split(","))
        .map(id -> isId(id) ? String.valueOf(columnId.applyAsLong(Long.parseLong(id))) : id)
        .collect(Collectors.joining(","));
  }

  static boolean isId(String text) {
    int first = text.startsWith("-") ? 1 : 0;
    int digits = text.length() - first;
    return digits >= 1
        && digits <= MAX_DIGITS
        && text.chars().skip(first).allMatch(digit -> digit >= '0' && digit <= '9');
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
      int column = isId(id) ? schema.indexOf(Long.parseLong(id)) : -1;
      if (column < 0) {
        return Optional.empty();
      }
      columns.add(column);
    }
    return columns.isEmpty() ? Optional.empty() : Optional.of(columns);
  }

  /** Names of the primary key's columns. */
  public static List<String> primaryKey(TableSchema schema) {
    return names(schema, of(schema).getOrDefault(PRIMARY_KEY, List.of()));
  }

  /** Names of the columns of each other key, by its name. */
  public static Map<String, List<String>> uniqueKeys(TableSchema schema) {
    Map<String, List<String>> keys = new LinkedHashMap<>();
    of(schema)
        .forEach(
            (property, columns) -> {
              if (property.startsWith(UNIQUE)) {
                keys.put(name(schema, property), names(schema, columns));
              }
            });
    return keys;
  }

  private static List<String> names(TableSchema schema, List<Integer> columns) {
    return columns.stream().map(schema.columns()::get).map(Column::name).toList();
  }
}
