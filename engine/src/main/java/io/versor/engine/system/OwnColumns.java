package io.versor.engine.system;

import io.versor.format.type.Column;
import java.util.ArrayList;
import java.util.List;

/**
 * What Versor tells about rows stands beside columns of the user, who may have called one {@code
 * author} or {@code message}. The user's keep their names.
 */
final class OwnColumns {
  private static final String PREFIX = "version_";

  private OwnColumns() {}

  /** The own columns, under names that none of the others has. */
  static List<Column> beside(List<Column> others, List<Column> own) {
    List<Column> free = new ArrayList<>();
    for (Column column : own) {
      String name = column.name();
      while (isTaken(name, others)) {
        name = PREFIX + name;
      }
      Column renamed = Column.of(name, column.type());
      free.add(column.nullable() ? renamed : renamed.notNull());
    }
    return free;
  }

  /** Names differ by more than case. */
  static boolean isTaken(String name, List<Column> columns) {
    return columns.stream().anyMatch(column -> column.name().equalsIgnoreCase(name));
  }
}
