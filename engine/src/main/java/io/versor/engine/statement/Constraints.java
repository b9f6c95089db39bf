package io.versor.engine.statement;

import io.versor.engine.StatementException;
import io.versor.engine.catalog.CheckText;
import io.versor.engine.catalog.ColumnNames;
import io.versor.format.type.Column;
import io.versor.format.type.TableCheck;
import io.versor.format.type.TableKeys;
import io.versor.format.type.TableSchema;
import io.versor.format.type.TensorType;
import io.versor.parser.ast.TableConstraint;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNode;

/** The keys and conditions of one table, as a statement adds to them and takes from them. */
final class Constraints {
  private TableSchema schema;

  /**
   * @param schema whose columns have their ids
   */
  Constraints(TableSchema schema) {
    this.schema = schema;
  }

  /** The table with its constraints as they are now. */
  TableSchema schema() {
    return schema;
  }

  private void put(String property, String value) {
    Map<String, String> properties = new TreeMap<>(schema.properties());
    properties.put(property, value);
    schema = schema.withProperties(properties);
  }

  /**
   * Adds a constraint.
   *
   * @throws StatementException 42710 for a name that is taken, 42P16 for a key that cannot be one
   */
  void add(TableConstraint constraint) throws StatementException {
    Optional<SqlIdentifier> name = constraint.name();
    if (name.isPresent() && find(Literals.name(name.get())).isPresent()) {
      throw new StatementException(
              "42710", "table " + schema.name() + " has a constraint " + name.get() + " already")
          .at(name.get().getParserPosition());
    }
    switch (constraint.kind()) {
      case PRIMARY_KEY -> {
        if (schema.properties().containsKey(TableKeys.PRIMARY_KEY)
            && TableKeys.of(schema).containsKey(TableKeys.PRIMARY_KEY)) {
          throw new StatementException(
              "42P16", schema.name() + " has two primary keys; one is possible");
        }
        key(TableKeys.PRIMARY_KEY, constraint);
      }
      case UNIQUE -> {
        int number = 1;
        while (schema.properties().containsKey(TableKeys.UNIQUE + number)) {
          number++;
        }
        key(TableKeys.UNIQUE + number, constraint);
      }
      case CHECK -> check(constraint, constraint.condition().orElseThrow());
    }
  }

  private void key(String property, TableConstraint constraint) throws StatementException {
    List<Long> ids = new ArrayList<>();
    for (SqlIdentifier name : constraint.columns()) {
      Column column = schema.columns().get(ColumnNames.position(schema, name));
      TensorType type = column.type();
      if (type.shape().rank() > 0 || type.htype().describedRank() > 0) {
        throw new StatementException(
            "42P16",
            "column "
                + column.name()
                + " cannot be in a key: its values are "
                + (type.element().isPresent() ? "lists" : "tensors"));
      }
      if (ids.contains(column.id())) {
        throw new StatementException("42701", "column " + column.name() + " is twice in a key")
            .at(name.getParserPosition());
      }
      ids.add(column.id());
    }
    put(property, TableKeys.encode(ids));
    if (constraint.name().isPresent()) {
      put(TableKeys.nameProperty(property), Literals.name(constraint.name().get()));
    }
  }

  private void check(TableConstraint constraint, SqlNode condition) throws StatementException {
    String name =
        constraint.name().isPresent()
            ? Literals.name(constraint.name().get())
            : freeName(constraint, condition);
    TableCheck check = CheckText.of(name, condition, schema);
    put(check.property(), check.encode());
  }

  /** As PostgreSQL names them: after the one column that is read, or after the table alone. */
  private String freeName(TableConstraint constraint, SqlNode condition) throws StatementException {
    List<Long> read = CheckText.of("", condition, schema).columns();
    String column =
        read.size() == 1 ? "_" + schema.findColumn(read.get(0)).orElseThrow().name() : "";
    if (constraint.columns().size() == 1) {
      column = "_" + Tables.last(constraint.columns().get(0));
    }
    String base = schema.name() + column + "_check";
    String name = base;
    for (int i = 1; find(name).isPresent(); i++) {
      name = base + i;
    }
    return name;
  }

  /**
   * Takes a constraint away.
   *
   * @return whether there was one of this name
   */
  boolean drop(String name) {
    Optional<String> property = find(name);
    if (property.isEmpty()) {
      return false;
    }
    Map<String, String> properties = new TreeMap<>(schema.properties());
    properties.remove(property.get());
    properties.remove(TableKeys.nameProperty(property.get()));
    schema = schema.withProperties(properties);
    return true;
  }

  /** The property of the constraint that has this name in any case. */
  private Optional<String> find(String name) {
    return names().entrySet().stream()
        .filter(each -> each.getKey().equalsIgnoreCase(name))
        .map(Map.Entry::getValue)
        .findFirst();
  }

  /** Properties by the names of their constraints. */
  Map<String, String> names() {
    Map<String, String> names = new TreeMap<>();
    TableKeys.of(schema)
        .keySet()
        .forEach(property -> names.put(TableKeys.name(schema, property), property));
    TableCheck.of(schema).forEach((name, check) -> names.put(name, check.property()));
    return names;
  }
}
