package io.versor.format.change;

import io.versor.format.type.Column;
import java.util.List;
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
   * @param base empty where what the fact is about was not there: nobody knows who changed it then
   */
  <T> T pick(String what, Optional<Column> column, Optional<T> base, T ours, T theirs) {
    if (ours.equals(theirs) || (base.isPresent() && base.get().equals(theirs))) {
      return ours;
    }
    if (base.isPresent() && base.get().equals(ours)) {
      return theirs;
    }
    conflict(
        column, what + " was changed to " + text(ours) + " here and to " + text(theirs) + " there");
    return switch (strategy) {
      case NONE, OURS -> ours;
      case THEIRS -> theirs;
      case BASE -> base.orElse(ours);
    };
  }

  /** The same for a fact that may be missing, as it is where nothing was there. */
  <T> Optional<T> pickOptional(
      String what,
      Optional<Column> column,
      Optional<T> base,
      Optional<T> ours,
      Optional<T> theirs) {
    return pick(what, column, Optional.of(base), ours, theirs);
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
