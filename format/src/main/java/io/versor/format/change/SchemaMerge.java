package io.versor.format.change;

import io.versor.format.type.Column;
import io.versor.format.type.StoreException;
import io.versor.format.type.TableSchema;
import io.versor.format.type.TensorType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** The schema a table has after a merge, field by field: names, comments, properties, labels. */
final class SchemaMerge {
  private final String table;
  private final Strategy strategy;
  private final List<Conflict> conflicts;

  SchemaMerge(String table, Strategy strategy, List<Conflict> conflicts) {
    this.table = table;
    this.strategy = strategy;
    this.conflicts = conflicts;
  }

  /** What dropping columns depends on: whether the other side wrote to them. */
  interface Writes {
    /** Whether our side changed cells of a column since the base, or gave it in new rows. */
    boolean ours(long columnId) throws StoreException;

    /** Whether their side did. */
    boolean theirs(long columnId) throws StoreException;
  }

  TableSchema merge(TableSchema base, TableSchema ours, TableSchema theirs, Writes writes)
      throws StoreException {
    List<Column> columns = new ArrayList<>();
    for (Column mine : ours.columns()) {
      Optional<Column> before = base.findColumn(mine.id());
      Optional<Column> other = theirs.findColumn(mine.id());
      if (other.isPresent()) {
        columns.add(merge(before.orElse(mine), mine, other.get()));
      } else if (before.isEmpty() || !dropped(mine, before.get(), writes)) {
        columns.add(mine);
      }
    }
    for (Column other : theirs.columns()) {
      if (ours.findColumn(other.id()).isPresent()) {
        continue;
      }
      if (base.findColumn(other.id()).isPresent()) {
        droppedHere(base.findColumn(other.id()).get(), other, writes);
      } else {
        columns.add(added(other, columns));
      }
    }
    return new TableSchema(
        ours.id(),
        pick("its name", Optional.empty(), base.name(), ours.name(), theirs.name()),
        columns,
        pick("its comment", Optional.empty(), base.comment(), ours.comment(), theirs.comment()),
        properties(Optional.empty(), base.properties(), ours.properties(), theirs.properties()));
  }

  /** A column that they dropped; whether it goes. */
  private boolean dropped(Column mine, Column before, Writes writes) throws StoreException {
    if (!writes.ours(mine.id()) && mine.equals(before)) {
      return true;
    }
    conflicts.add(
        new Conflict(
            table, Optional.of(mine.name()), Optional.empty(), "changed here, dropped there"));
    return strategy == Strategy.THEIRS;
  }

  private void droppedHere(Column before, Column other, Writes writes) throws StoreException {
    if (!writes.theirs(other.id()) && other.equals(before)) {
      return;
    }
    conflicts.add(
        new Conflict(
            table, Optional.of(other.name()), Optional.empty(), "dropped here, changed there"));
  }

  /** A column that they added, under a name that is free. */
  private Column added(Column other, List<Column> columns) {
    for (Column mine : columns) {
      if (mine.name().equalsIgnoreCase(other.name())) {
        conflicts.add(
            new Conflict(
                table,
                Optional.of(mine.name()),
                Optional.empty(),
                "both sides added a column of this name"));
        return other.withName(other.name() + "_theirs");
      }
    }
    return other;
  }

  private Column merge(Column base, Column ours, Column theirs) {
    Optional<String> name = Optional.of(ours.name());
    return new Column(
        ours.id(),
        pick("its name", name, base.name(), ours.name(), theirs.name()),
        type(name, base.type(), ours.type(), theirs.type()),
        pick("NOT NULL", name, base.nullable(), ours.nullable(), theirs.nullable()),
        pick("its default", name, base.defaultSql(), ours.defaultSql(), theirs.defaultSql()),
        pick("its comment", name, base.comment(), ours.comment(), theirs.comment()),
        properties(name, base.properties(), ours.properties(), theirs.properties()));
  }

  /** Labels of both sides, ours first: their codes are mapped by name. */
  private TensorType type(
      Optional<String> column, TensorType base, TensorType ours, TensorType theirs) {
    Set<String> labels = new LinkedHashSet<>(ours.labels());
    labels.addAll(theirs.labels());
    List<String> none = List.of();
    TensorType merged =
        pick(
            "its type",
            column,
            base.withLabels(none),
            ours.withLabels(none),
            theirs.withLabels(none));
    return merged.withLabels(List.copyOf(labels));
  }

  private Map<String, String> properties(
      Optional<String> column,
      Map<String, String> base,
      Map<String, String> ours,
      Map<String, String> theirs) {
    Set<String> keys = new LinkedHashSet<>(ours.keySet());
    keys.addAll(theirs.keySet());
    Map<String, String> merged = new LinkedHashMap<>();
    for (String key : keys) {
      Optional<String> value =
          pick(
              "property " + key,
              column,
              Optional.ofNullable(base.get(key)),
              Optional.ofNullable(ours.get(key)),
              Optional.ofNullable(theirs.get(key)));
      value.ifPresent(text -> merged.put(key, text));
    }
    return merged;
  }

  private <T> T pick(String what, Optional<String> column, T base, T ours, T theirs) {
    if (Objects.equals(ours, theirs) || Objects.equals(base, theirs)) {
      return ours;
    }
    if (Objects.equals(base, ours)) {
      return theirs;
    }
    conflicts.add(
        new Conflict(
            table,
            column,
            Optional.empty(),
            what + " was changed to " + text(ours) + " here and to " + text(theirs) + " there"));
    return strategy == Strategy.THEIRS ? theirs : ours;
  }

  private static String text(Object value) {
    if (value instanceof Optional<?> optional) {
      return optional.isPresent() ? "'" + optional.get() + "'" : "nothing";
    }
    return "'" + value + "'";
  }
}
