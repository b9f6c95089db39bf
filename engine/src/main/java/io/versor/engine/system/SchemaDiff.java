package io.versor.engine.system;

import static io.versor.engine.system.SystemTable.text;

import io.versor.engine.type.IdentityText;
import io.versor.engine.type.TypeText;
import io.versor.format.Snapshot;
import io.versor.format.TableSnapshot;
import io.versor.format.type.Column;
import io.versor.format.type.StoreException;
import io.versor.format.type.TableSchema;
import io.versor.format.type.ViewSchema;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** {@code versor.schema_diff(a, b)}: what became of tables, columns and views, change by change. */
final class SchemaDiff {
  private SchemaDiff() {}

  static Column[] columns() {
    return new Column[] {
      text("table_name").notNull(),
      text("column_name"),
      text("change").notNull(),
      text("from_definition"),
      text("to_definition")
    };
  }

  static void fill(RowSink sink, Optional<Snapshot> from, Snapshot to) throws StoreException {
    Set<Long> ids = new LinkedHashSet<>();
    to.tables().forEach(table -> ids.add(table.schema().id()));
    from.ifPresent(before -> before.tables().forEach(table -> ids.add(table.schema().id())));
    for (long id : ids) {
      Optional<TableSchema> before =
          from.flatMap(state -> state.findTable(id)).map(TableSnapshot::schema);
      Optional<TableSchema> after = to.findTable(id).map(TableSnapshot::schema);
      table(new Rows(sink, after.or(() -> before).orElseThrow().name()), before, after);
    }
    ids.clear();
    to.views().forEach(view -> ids.add(view.id()));
    from.ifPresent(before -> before.views().forEach(view -> ids.add(view.id())));
    for (long id : ids) {
      view(sink, from.flatMap(state -> state.findView(id)), to.findView(id));
    }
  }

  private static void view(RowSink sink, Optional<ViewSchema> before, Optional<ViewSchema> after)
      throws StoreException {
    Rows rows = new Rows(sink, after.or(() -> before).orElseThrow().name());
    Optional<String> none = Optional.empty();
    Optional<String> was = before.map(ViewText::definition);
    Optional<String> is = after.map(ViewText::definition);
    if (before.isEmpty() || after.isEmpty()) {
      rows.add(none, before.isEmpty() ? "created" : "dropped", was, is);
      return;
    }
    rows.add(none, "renamed", before.map(ViewSchema::name), after.map(ViewSchema::name));
    rows.add(none, "query", was, is);
    rows.add(none, "comment", before.get().comment(), after.get().comment());
  }

  /** Rows of one table. */
  private record Rows(RowSink sink, String table) {
    void add(Optional<String> column, String change, Optional<String> from, Optional<String> to)
        throws StoreException {
      if (!from.equals(to)) {
        sink.add(table, column, change, from, to);
      }
    }
  }

  private static void table(Rows rows, Optional<TableSchema> before, Optional<TableSchema> after)
      throws StoreException {
    if (before.isEmpty() || after.isEmpty()) {
      String change = before.isEmpty() ? "created" : "dropped";
      rows.add(
          Optional.empty(), change, before.map(TableSchema::name), after.map(TableSchema::name));
      for (Column column : after.or(() -> before).orElseThrow().columns()) {
        Optional<String> definition = Optional.of(definition(column));
        Optional<String> none = Optional.empty();
        rows.add(
            Optional.of(column.name()),
            change,
            before.isEmpty() ? none : definition,
            before.isEmpty() ? definition : none);
      }
      return;
    }
    TableSchema was = before.get();
    TableSchema is = after.get();
    Optional<String> none = Optional.empty();
    rows.add(none, "renamed", Optional.of(was.name()), Optional.of(is.name()));
    rows.add(none, "comment", was.comment(), is.comment());
    properties(rows, none, was.properties(), is.properties());
    for (Column column : is.columns()) {
      column(rows, was.findColumn(column.id()), Optional.of(column));
    }
    for (Column column : was.columns()) {
      if (is.findColumn(column.id()).isEmpty()) {
        column(rows, Optional.of(column), none());
      }
    }
  }

  private static Optional<Column> none() {
    return Optional.empty();
  }

  private static void column(Rows rows, Optional<Column> before, Optional<Column> after)
      throws StoreException {
    Optional<String> name = Optional.of(after.or(() -> before).orElseThrow().name());
    if (before.isEmpty() || after.isEmpty()) {
      rows.add(
          name,
          before.isEmpty() ? "created" : "dropped",
          before.map(SchemaDiff::definition),
          after.map(SchemaDiff::definition));
      return;
    }
    Column was = before.get();
    Column is = after.get();
    rows.add(name, "renamed", Optional.of(was.name()), name);
    Optional<String> type = Optional.of(TypeText.of(is.type()));
    boolean sameSamples =
        was.type().sameBytes(is.type()) && was.type().htype() == is.type().htype();
    rows.add(name, sameSamples ? "labels" : "retyped", Optional.of(TypeText.of(was.type())), type);
    rows.add(name, "nullability", Optional.of(nullability(was)), Optional.of(nullability(is)));
    rows.add(name, "default", was.defaultSql(), is.defaultSql());
    rows.add(
        name,
        "identity",
        was.identity().map(IdentityText::of),
        is.identity().map(IdentityText::of));
    rows.add(name, "comment", was.comment(), is.comment());
    properties(rows, name, was.properties(), is.properties());
  }

  private static void properties(
      Rows rows, Optional<String> column, Map<String, String> was, Map<String, String> is)
      throws StoreException {
    Set<String> keys = new TreeSet<>(was.keySet());
    keys.addAll(is.keySet());
    for (String key : keys) {
      if (!Objects.equals(was.get(key), is.get(key))) {
        rows.add(
            column,
            "property " + key,
            Optional.ofNullable(was.get(key)),
            Optional.ofNullable(is.get(key)));
      }
    }
  }

  private static String definition(Column column) {
    return TypeText.of(column.type())
        + (column.nullable() ? "" : " NOT NULL")
        + column.identity().map(identity -> " " + IdentityText.of(identity)).orElse("");
  }

  private static String nullability(Column column) {
    return column.nullable() ? "NULL" : "NOT NULL";
  }
}
