package io.versor.format.type;

import io.versor.format.type.StoreException.Code;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A table without its rows.
 *
 * @param id stays the same when it is renamed, and on every branch; 0 where none is given out yet
 * @param columns in the order users see
 * @param properties by key, in the order of the keys
 */
public record TableSchema(
    long id,
    String name,
    List<Column> columns,
    Optional<String> comment,
    Map<String, String> properties) {
  /** A node of columns must stay readable in one go; more columns are better one wide tensor. */
  public static final int MAX_COLUMNS = 16_384;

  /** Characters of all texts in a schema: it must fit into one frame of a log. */
  public static final int MAX_CHARACTERS = 4 << 20;

  public TableSchema {
    Texts.checkName("the name of a table", name, Column.MAX_NAME_BYTES);
    comment.ifPresent(text -> Texts.check("the comment on " + name, text, Column.MAX_TEXT_BYTES));
    columns = List.copyOf(columns);
    properties = Properties.copy(name, properties);
    checkColumns(name, columns);
    checkSize(name, columns);
  }

  /** Without ids, comment or properties. */
  public static TableSchema of(String name, List<Column> columns) {
    return new TableSchema(0, name, columns, Optional.empty(), Map.of());
  }

  public TableSchema withId(long newId) {
    return new TableSchema(newId, name, columns, comment, properties);
  }

  public TableSchema withName(String newName) {
    return new TableSchema(id, newName, columns, comment, properties);
  }

  public TableSchema withColumns(List<Column> newColumns) {
    return new TableSchema(id, name, newColumns, comment, properties);
  }

  public TableSchema withProperties(Map<String, String> newProperties) {
    return new TableSchema(id, name, columns, comment, newProperties);
  }

  public Optional<Column> findColumn(long columnId) {
    for (Column column : columns) {
      if (column.id() == columnId) {
        return Optional.of(column);
      }
    }
    return Optional.empty();
  }

  /** The column of exactly this name. */
  public Optional<Column> findColumn(String columnName) {
    for (Column column : columns) {
      if (column.name().equals(columnName)) {
        return Optional.of(column);
      }
    }
    return Optional.empty();
  }

  /** All columns of this name in whatever case; more than one only if they were quoted. */
  public List<Column> columnsIgnoreCase(String columnName) {
    List<Column> found = new ArrayList<>(1);
    for (Column column : columns) {
      if (column.name().equalsIgnoreCase(columnName)) {
        found.add(column);
      }
    }
    return found;
  }

  /** Where a column stands, or -1. */
  public int indexOf(long columnId) {
    for (int i = 0; i < columns.size(); i++) {
      if (columns.get(i).id() == columnId) {
        return i;
      }
    }
    return -1;
  }

  private static void checkColumns(String table, List<Column> columns) {
    if (columns.size() > MAX_COLUMNS) {
      throw new InvalidTypeException(
          Code.LIMIT,
          "table "
              + table
              + " has "
              + columns.size()
              + " columns, at most "
              + MAX_COLUMNS
              + " expected; put numbers of one kind into one tensor");
    }
    Set<String> names = new HashSet<>(columns.size() * 2);
    Set<Long> ids = new HashSet<>();
    for (Column column : columns) {
      if (!names.add(column.name())) {
        throw new InvalidTypeException(
            Code.COLUMN_EXISTS,
            "table " + table + " has two columns " + column.name() + "; rename one");
      }
      if (column.id() != 0 && !ids.add(column.id())) {
        throw new InvalidTypeException(
            Code.INVALID_VALUE,
            "table " + table + " has two columns of id " + Long.toHexString(column.id()));
      }
    }
  }

  private static void checkSize(String table, List<Column> columns) {
    long characters = 0;
    for (Column column : columns) {
      characters += column.name().length();
      characters += column.defaultSql().map(String::length).orElse(0);
      characters += column.comment().map(String::length).orElse(0);
      for (String label : column.type().labels()) {
        characters += label.length();
      }
      for (Map.Entry<String, String> property : column.properties().entrySet()) {
        characters += property.getKey().length() + property.getValue().length();
      }
    }
    if (characters > MAX_CHARACTERS) {
      throw new InvalidTypeException(
          Code.LIMIT,
          "the columns of table "
              + table
              + " are described in "
              + characters
              + " characters (names, labels, comments, properties), at most "
              + MAX_CHARACTERS
              + " expected");
    }
  }
}
