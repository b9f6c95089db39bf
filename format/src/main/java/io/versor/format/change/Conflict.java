package io.versor.format.change;

import java.util.Optional;

/**
 * A place that both sides of a merge changed differently.
 *
 * @param tableId of a table or a view
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
    /** A cell of a row that each side made for itself, under one primary key. */
    KEY("key"),
    /** A name, type, property or key, or a column or table as a whole. */
    SCHEMA("schema"),
    /** A name, query or comment of a view, or a view as a whole. */
    VIEW("view");

    private final String words;

    Kind(String words) {
      this.words = words;
    }

    public String words() {
      return words;
    }

    /**
     * Whether it can wait to be resolved: a state has one schema, but may have either cell of a row
     * that both sides know.
     */
    public boolean canBeKept() {
      return this != KEY && this != SCHEMA && this != VIEW;
    }
  }

  /** Of a table as a whole. */
  static Conflict ofTable(long tableId, String table, String what) {
    return new Conflict(
        Kind.SCHEMA, tableId, table, Optional.empty(), Optional.empty(), Optional.empty(), what);
  }

  static Conflict ofView(long viewId, String view, String what) {
    return new Conflict(
        Kind.VIEW, viewId, view, Optional.empty(), Optional.empty(), Optional.empty(), what);
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder(kind == Kind.VIEW ? "view " : "table ").append(table);
    rowId.ifPresent(id -> text.append(", row ").append(Long.toUnsignedString(id)));
    column.ifPresent(name -> text.append(", column ").append(name));
    return text.append(": ").append(what).toString();
  }
}
