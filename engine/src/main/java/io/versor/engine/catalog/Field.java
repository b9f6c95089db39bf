package io.versor.engine.catalog;

import io.versor.format.type.TensorType;

/**
 * What a table can give the planner: a column, or one of the hidden ones.
 *
 * @param column position among the table's columns; for {@code LABEL_ID} of the labels' column; -1
 *     for the others
 * @param type of the vectors a scan gives
 */
public record Field(String name, Kind kind, int column, TensorType type, boolean nullable) {
  /** Hidden ones can be named but are not in {@code *}. */
  public enum Kind {
    COLUMN,
    /** Position of the row among the table's rows, from 0. */
    INDEX,
    /** Identity of the row. */
    ROW_ID,
    /** The number of a class label. */
    LABEL_ID
  }

  /** Name of the hidden column of positions. */
  public static final String INDEX = "_index";

  /** Name of the hidden column of row ids. */
  public static final String ROW_ID = "_rowid";

  /** Behind the name of a column of class labels: the hidden column of their numbers. */
  public static final String LABEL_ID_SUFFIX = "$label_id";

  public boolean hidden() {
    return kind != Kind.COLUMN;
  }
}
