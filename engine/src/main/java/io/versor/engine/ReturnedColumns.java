package io.versor.engine;

import java.util.List;

/**
 * Which columns of the rows it makes an INSERT hands back.
 *
 * @param keys the columns by which the rows are found: the identity columns, then the other columns
 *     of the primary key; {@code _rowid} if the table has neither
 * @param names of columns in any case, {@code _rowid} too
 * @param positions of columns, the table's first is 1
 */
public record ReturnedColumns(boolean keys, List<String> names, List<Integer> positions) {
  /** Nothing is handed back. */
  public static final ReturnedColumns NONE = new ReturnedColumns(false, List.of(), List.of());

  /** The columns by which rows are found. */
  public static final ReturnedColumns KEYS = new ReturnedColumns(true, List.of(), List.of());

  public ReturnedColumns {
    names = List.copyOf(names);
    positions = List.copyOf(positions);
  }

  public static ReturnedColumns named(List<String> names) {
    return new ReturnedColumns(false, names, List.of());
  }

  public static ReturnedColumns at(List<Integer> positions) {
    return new ReturnedColumns(false, List.of(), positions);
  }

  public boolean isEmpty() {
    return !keys && names.isEmpty() && positions.isEmpty();
  }
}
