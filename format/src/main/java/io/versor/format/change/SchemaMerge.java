package io.versor.format.change;

import io.versor.format.type.Column;
import io.versor.format.type.Identity;
import io.versor.format.type.StoreException;
import io.versor.format.type.TableSchema;
import io.versor.format.type.TensorType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The schema a table has after a merge, field by field: names, comments, properties, labels. */
final class SchemaMerge {
  private final TableSchema ours;
  private final Strategy strategy;
  private final FieldMerge fields;

  SchemaMerge(TableSchema ours, Strategy strategy, List<Conflict> conflicts) {
    this.ours = ours;
    this.strategy = strategy;
    this.fields = new FieldMerge(Conflict.Kind.SCHEMA, ours.id(), ours.name(), strategy, conflicts);
  }

  /** What dropping columns depends on: whether the other side wrote to them. */
  interface Writes {
    /** Whether our side changed cells of a column since the base, or gave it in new rows. */
    boolean ours(long columnId) throws StoreException;

    /** Whether their side did. */
    boolean theirs(long columnId) throws StoreException;
  }

  /**
   * @param base empty where both sides have a table that was not there: one came with the other's
   *     uncommitted changes
   */
  TableSchema merge(Optional<TableSchema> base, TableSchema theirs, Writes writes)
      throws StoreException {
    List<Column> columns = new ArrayList<>();
    for (Column mine : ours.columns()) {
      Optional<Column> before = base.flatMap(table -> table.findColumn(mine.id()));
      Optional<Column> other = theirs.findColumn(mine.id());
      if (other.isPresent()) {
        columns.add(merge(before, mine, other.get()));
      } else if (before.isEmpty() || !dropped(mine, before.get(), writes)) {
        columns.add(mine);
      }
    }
    for (Column other : theirs.columns()) {
      if (ours.findColumn(other.id()).isPresent()) {
        continue;
      }
      Optional<Column> before = base.flatMap(table -> table.findColumn(other.id()));
      if (before.isEmpty() || keptThere(before.get(), other, writes)) {
        columns.add(added(other, columns));
      }
    }
    Optional<Column> none = Optional.empty();
    return new TableSchema(
        ours.id(),
        fields.pick("its name", none, base.map(TableSchema::name), ours.name(), theirs.name()),
        columns,
        fields.pickOptional(
            "its comment",
            none,
            base.flatMap(TableSchema::comment),
            ours.comment(),
            theirs.comment()),
        properties(
            none, base.map(TableSchema::properties), ours.properties(), theirs.properties()));
  }

  /** A column that they dropped; whether it goes. */
  private boolean dropped(Column mine, Column before, Writes writes) throws StoreException {
    if (!writes.ours(mine.id()) && mine.equals(before)) {
      return true;
    }
    fields.conflict(Optional.of(mine), "changed here, dropped there");
    return strategy == Strategy.THEIRS;
  }

  /** A column that we dropped; whether it comes back. */
  private boolean keptThere(Column before, Column other, Writes writes) throws StoreException {
    if (!writes.theirs(other.id()) && other.equals(before)) {
      return false;
    }
    fields.conflict(Optional.of(other), "dropped here, changed there");
    return strategy == Strategy.THEIRS;
  }

  /** A column that they added, under a name that is free. */
  private Column added(Column other, List<Column> columns) {
    for (Column mine : columns) {
      if (mine.name().equalsIgnoreCase(other.name())) {
        fields.conflict(
            Optional.of(mine), "both sides have a column of this name, and they are two");
        return other.withName(freeName(other.name(), columns));
      }
    }
    return other;
  }

  private static String freeName(String name, List<Column> columns) {
    String free = name + "_theirs";
    for (int i = 2; isTaken(free, columns); i++) {
      free = name + "_theirs" + i;
    }
    return free;
  }

  private static boolean isTaken(String name, List<Column> columns) {
    return columns.stream().anyMatch(column -> column.name().equalsIgnoreCase(name));
  }

  private Column merge(Optional<Column> base, Column ours, Column theirs) {
    Optional<Column> column = Optional.of(ours);
    Optional<Identity> identity =
        fields.pickOptional(
            "how it numbers rows",
            column,
            base.flatMap(Column::identity),
            ours.identity(),
            theirs.identity());
    boolean nullable =
        fields.pick(
            "NOT NULL", column, base.map(Column::nullable), ours.nullable(), theirs.nullable());
    Optional<String> defaultSql =
        fields.pickOptional(
            "its default",
            column,
            base.flatMap(Column::defaultSql),
            ours.defaultSql(),
            theirs.defaultSql());
    return new Column(
        ours.id(),
        fields.pick("its name", column, base.map(Column::name), ours.name(), theirs.name()),
        type(column, base.map(Column::type), ours.type(), theirs.type()),
        nullable && identity.isEmpty(),
        identity.isPresent() ? Optional.empty() : defaultSql,
        identity,
        fields.pickOptional(
            "its comment", column, base.flatMap(Column::comment), ours.comment(), theirs.comment()),
        properties(column, base.map(Column::properties), ours.properties(), theirs.properties()));
  }

  /** Labels of both sides, ours first: their codes are mapped by name. */
  private TensorType type(
      Optional<Column> column, Optional<TensorType> base, TensorType ours, TensorType theirs) {
    Set<String> labels = new LinkedHashSet<>(ours.labels());
    labels.addAll(theirs.labels());
    List<String> none = List.of();
    TensorType merged =
        fields.pick(
            "its type",
            column,
            base.map(type -> type.withLabels(none)),
            ours.withLabels(none),
            theirs.withLabels(none));
    return merged.withLabels(List.copyOf(labels));
  }

  /** Their schema, with labels by which codes that were written under ours can still be read. */
  static TableSchema withReadableLabels(TableSchema ours, TableSchema theirs) {
    List<Column> columns = new ArrayList<>();
    for (Column column : theirs.columns()) {
      List<String> known =
          ours.findColumn(column.id()).map(mine -> mine.type().labels()).orElse(List.of());
      List<String> labels = column.type().labels();
      int common = Math.min(known.size(), labels.size());
      if (known.subList(0, common).equals(labels.subList(0, common))) {
        columns.add(column);
        continue;
      }
      Set<String> all = new LinkedHashSet<>(known);
      all.addAll(labels);
      columns.add(column.withType(column.type().withLabels(List.copyOf(all))));
    }
    return theirs.withColumns(columns);
  }

  private Map<String, String> properties(
      Optional<Column> column,
      Optional<Map<String, String>> base,
      Map<String, String> ours,
      Map<String, String> theirs) {
    Set<String> keys = new LinkedHashSet<>(ours.keySet());
    keys.addAll(theirs.keySet());
    Map<String, String> merged = new LinkedHashMap<>();
    for (String key : keys) {
      Optional<String> value =
          fields.pickOptional(
              "property " + key,
              column,
              base.map(properties -> properties.get(key)),
              Optional.ofNullable(ours.get(key)),
              Optional.ofNullable(theirs.get(key)));
      value.ifPresent(text -> merged.put(key, text));
    }
    return merged;
  }
}
