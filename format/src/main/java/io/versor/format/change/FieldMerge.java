package io.versor.format.change;

import io.versor.format.type.Column;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Three-way merge of single facts about a table or a view: the side that changed one has its way,
 * and where both did there is a conflict.
 *
 * @param id of the table or view
 * @param conflicts where conflicts go
 */
record FieldMerge(
    Conflict.Kind kind, long id, String name, Strategy strategy, List<Conflict> conflicts) {
  /**
   * @param what for messages: {@code its name}
   * @param column whose fact it is; empty = of the table or view itself
   */
  <T> T pick(String what, Optional<Column> column, T base, T ours, T theirs) {
    if (Objects.equals(ours, theirs) || Objects.equals(base, theirs)) {
      return ours;
    }
    if (Objects.equals(base, ours)) {
      return theirs;
    }
    conflict(
        column, what + " was changed to " + text(ours) + " here and to " + text(theirs) + " there");
    return switch (strategy) {
      case NONE, OURS -> ours;
      case THEIRS -> theirs;
      case BASE -> base;
    };
  }

  void conflict(Optional<Column> column, String what) {
    conflicts.add(
        new Conflict(
            kind,
            id,
            name,
            column.map(Column::id),
            column.map(Column::name),
            Optional.empty(),
            what));
  }

  private static String text(Object value) {
    if (value instanceof Optional<?> optional) {
      return optional.isPresent() ? "'" + optional.get() + "'" : "nothing";
    }
    return "'" + value + "'";
  }
}
