package io.versor.engine;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an INSERT hands back of the rows it made, in the order it made them. In a transaction that
 * is open a {@code _rowid} is what the row has for this transaction; it may be another one after
 * the commit, if others add rows to the branch first.
 *
 * @param rows objects as of {@link Result}, one for each column
 */
public record ReturnedRows(List<ColumnInfo> columns, List<List<@Nullable Object>> rows) {
  /** Nothing was asked for, or nothing was inserted. */
  public static final ReturnedRows NONE = new ReturnedRows(List.of(), List.of());
}
