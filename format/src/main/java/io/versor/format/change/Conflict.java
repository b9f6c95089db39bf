package io.versor.format.change;

import java.util.Optional;

/**
 * A place that both sides of a merge changed differently.
 *
 * @param table its name on our side, or on theirs if we do not have it
 * @param columnId of a cell or a column; empty when the row or the table as a whole is meant
 * @param column its name on our side, or on theirs if we do not have it
 * @param rowId empty when the table or column is meant
 * @param what in words
 */
public record Conflict(
    Kind kind,
    long tableId,
    String table,
    Optional<Long> columnId,
    Optional<String> column,
    Optional<Long> rowId,
    String what) {

  /** What conflicts. */
  public enum Kind {
    /** A cell that both sides changed. */
    MODIFIED("modified"),
    /** A cell of a row that is new on both sides. */
    ADDED("added"),
    /** A row that we deleted and they changed. */
    DELETED_HERE("deleted here"),
    /** A row that we changed and they deleted. */
    DELETED_THERE("deleted there"),
    /** A name, type, property or key, or a column or table as a whole. */
    SCHEMA("schema");

    private final String words;

    Kind(String words) {
      this.words = words;
    }

    public String words() {
      return words;
    }
  }

  /** Of a table as a whole. */
  static Conflict ofTable(long tableId, String table, String what) {
    return new Conflict(
        Kind.SCHEMA, tableId, table, Optional.empty(), Optional.empty(), Optional.empty(), what);
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder("table ").append(table);
    rowId.ifPresent(id -> text.append(", row ").append(Long.toUnsignedString(id)));
    column.ifPresent(name -> text.append(", column ").append(name));
    return text.append(": ").append(what).toString();
  }
}
