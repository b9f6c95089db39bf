package io.versor.format;

import io.versor.format.table.BranchState;
import io.versor.format.table.TableState;
import io.versor.format.type.TableSchema;
import io.versor.format.type.ViewSchema;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The tables and views of a state, without rows. They share their names, which differ in more than
 * case. Immutable.
 *
 * @param tables by id
 * @param views by id
 */
record Schemas(Map<Long, TableSchema> tables, Map<Long, ViewSchema> views) {
  static Schemas of(BranchState state) {
    Map<Long, TableSchema> tables = new LinkedHashMap<>();
    for (TableState table : state.tables().values()) {
      tables.put(table.id(), table.schema());
    }
    return new Schemas(tables, state.views());
  }

  Schemas with(TableSchema table) {
    Map<Long, TableSchema> changed = new LinkedHashMap<>(tables);
    changed.put(table.id(), table);
    return new Schemas(changed, views);
  }

  Schemas with(ViewSchema view) {
    Map<Long, ViewSchema> changed = new LinkedHashMap<>(views);
    changed.put(view.id(), view);
    return new Schemas(tables, changed);
  }

  /** Without the table or view of this id. */
  Schemas without(long id) {
    Map<Long, TableSchema> fewerTables = new LinkedHashMap<>(tables);
    fewerTables.remove(id);
    Map<Long, ViewSchema> fewerViews = new LinkedHashMap<>(views);
    fewerViews.remove(id);
    return new Schemas(fewerTables, fewerViews);
  }

  /** Another table or view that has a name, for messages: {@code a table T}. */
  Optional<String> named(String name, long exceptId) {
    for (TableSchema table : tables.values()) {
      if (table.id() != exceptId && table.name().equalsIgnoreCase(name)) {
        return Optional.of("a table " + table.name());
      }
    }
    for (ViewSchema view : views.values()) {
      if (view.id() != exceptId && view.name().equalsIgnoreCase(name)) {
        return Optional.of("a view " + view.name());
      }
    }
    return Optional.empty();
  }
}
