package io.versor.format.change;

import java.util.Optional;

/**
 * A place that both sides of a merge changed differently.
 *
 * @param table its name on our side, or on theirs if we do not have it
 * @param column empty when the row or the table as a whole is meant
 * @param rowId empty when the table or column is meant
 * @param what in words
 */
public record Conflict(String table, Optional<String> column, Optional<Long> rowId, String what) {
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder("table ").append(table);
    rowId.ifPresent(id -> text.append(", row ").append(Long.toUnsignedString(id)));
    column.ifPresent(name -> text.append(", column ").append(name));
    return text.append(": ").append(what).toString();
  }
}
