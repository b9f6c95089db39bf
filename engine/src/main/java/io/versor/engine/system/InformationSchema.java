package io.versor.engine.system;

import static io.versor.engine.system.SystemTable.number;
import static io.versor.engine.system.SystemTable.text;

import io.versor.engine.StatementException;
import io.versor.engine.catalog.CheckText;
import io.versor.engine.catalog.DerivedTables;
import io.versor.engine.catalog.FieldRequest;
import io.versor.engine.catalog.Version;
import io.versor.engine.catalog.Versions;
import io.versor.engine.catalog.VersorTable;
import io.versor.engine.type.Carried;
import io.versor.engine.type.IdentityText;
import io.versor.engine.type.SqlTypes;
import io.versor.engine.type.TypeText;
import io.versor.format.TableSnapshot;
import io.versor.format.type.Column;
import io.versor.format.type.Dtype;
import io.versor.format.type.Identity;
import io.versor.format.type.StoreException;
import io.versor.format.type.TableCheck;
import io.versor.format.type.TableKeys;
import io.versor.format.type.TableSchema;
import io.versor.format.type.TensorType;
import io.versor.format.type.ViewSchema;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.apache.calcite.schema.Table;
import org.apache.calcite.schema.impl.AbstractSchema;
import org.apache.calcite.schema.lookup.LikePattern;
import org.apache.calcite.schema.lookup.Lookup;
import org.apache.calcite.schema.lookup.Named;
import org.jspecify.annotations.Nullable;

/**
 * The standard's view of what there is, as far as Versor has it: every branch is a schema, and a
 * tag or commit while it is current; there are no catalogs.
 */
public final class InformationSchema extends AbstractSchema {
  /** As a schema. */
  public static final String NAME = "information_schema";

  /** Where the name of the schema stands in most tables. */
  private static final int SCHEMA_FIELD = 1;

  private final DerivedTables derived;
  private final Map<String, VersorTable> tables = new HashMap<>();

  /**
   * @param derived finds views
   */
  public InformationSchema(DerivedTables derived) {
    this.derived = derived;
    add(
        "schemata",
        (sink, scope) -> schemata(sink, scope.versions()),
        text("catalog_name"),
        text("schema_name").notNull(),
        text("schema_owner"));
    add(
        "tables",
        InformationSchema::tables,
        text("table_catalog"),
        text("table_schema").notNull(),
        text("table_name").notNull(),
        text("table_type").notNull(),
        text("is_insertable_into").notNull(),
        text("remarks"));
    add(
        "columns",
        this::columns,
        text("table_catalog"),
        text("table_schema").notNull(),
        text("table_name").notNull(),
        text("column_name").notNull(),
        number("ordinal_position").notNull(),
        text("column_default"),
        text("is_nullable").notNull(),
        text("data_type").notNull(),
        number("character_maximum_length"),
        number("numeric_precision"),
        number("numeric_precision_radix"),
        number("numeric_scale"),
        number("datetime_precision"),
        text("is_identity").notNull(),
        text("identity_generation"),
        text("identity_start"),
        text("identity_increment"),
        text("identity_maximum"),
        text("identity_minimum"),
        text("identity_cycle"),
        text("remarks"));
    add(
        "views",
        InformationSchema::views,
        text("table_catalog"),
        text("table_schema").notNull(),
        text("table_name").notNull(),
        text("view_definition").notNull(),
        text("check_option").notNull(),
        text("is_updatable").notNull());
    add(
        "check_constraints",
        InformationSchema::checks,
        text("constraint_catalog"),
        text("constraint_schema").notNull(),
        text("constraint_name").notNull(),
        text("check_clause").notNull());
    add(
        "table_constraints",
        (sink, scope) -> keys(sink, scope, false),
        text("constraint_catalog"),
        text("constraint_schema").notNull(),
        text("constraint_name").notNull(),
        text("table_schema").notNull(),
        text("table_name").notNull(),
        text("constraint_type").notNull(),
        text("is_deferrable").notNull(),
        text("initially_deferred").notNull());
    add(
        "constraint_column_usage",
        InformationSchema::keyColumns,
        text("table_catalog"),
        text("table_schema").notNull(),
        text("table_name").notNull(),
        text("column_name").notNull(),
        text("constraint_catalog"),
        text("constraint_schema").notNull(),
        text("constraint_name").notNull());
    add(
        "referential_constraints",
        (sink, scope) -> {}, // there are no foreign keys
        text("constraint_catalog"),
        text("constraint_schema").notNull(),
        text("constraint_name").notNull(),
        text("unique_constraint_catalog"),
        text("unique_constraint_schema"),
        text("unique_constraint_name"),
        text("match_option").notNull(),
        text("update_rule").notNull(),
        text("delete_rule").notNull());
    add(
        "key_column_usage",
        (sink, scope) -> keys(sink, scope, true),
        text("constraint_catalog"),
        text("constraint_schema").notNull(),
        text("constraint_name").notNull(),
        text("table_schema").notNull(),
        text("table_name").notNull(),
        text("column_name").notNull(),
        number("ordinal_position").notNull());
    add("routines", (sink, scope) -> Routines.routines(sink, scope.versions()), Routines.ROUTINES);
    add(
        "parameters",
        (sink, scope) -> Routines.parameters(sink, scope.versions()),
        Routines.PARAMETERS);
    add(
        "sequences",
        (sink, scope) -> {
          // there are none, and tools that ask want an answer
        },
        text("sequence_catalog"),
        text("sequence_schema").notNull(),
        text("sequence_name").notNull(),
        text("data_type").notNull(),
        number("start_value").notNull(),
        number("minimum_value").notNull(),
        number("maximum_value").notNull(),
        number("increment").notNull(),
        text("cycle_option").notNull());
  }

  /** What a query asks about. */
  private record Scope(Versions versions, @Nullable Set<String> schemas) {
    boolean has(String schema) {
      return schemas == null || schemas.contains(schema);
    }

    List<Version> listed() throws StoreException {
      List<Version> found = new ArrayList<>();
      for (String schema : versions.listed()) {
        if (has(schema)) {
          found.add(versions.require(schema));
        }
      }
      return found;
    }
  }

  @FunctionalInterface
  private interface Rows {
    void fill(RowSink sink, Scope scope) throws StoreException;
  }

  private void add(String name, Rows rows, Column... columns) {
    tables.put(
        name,
        new SystemTable(
            NAME,
            TableSchema.of(name, List.of(columns)),
            (sink, versions, request) -> rows.fill(sink, scope(versions, request))));
  }

  private static Scope scope(Versions versions, FieldRequest request) {
    return new Scope(versions, request.texts().get(SCHEMA_FIELD));
  }

  @Override
  public Lookup<Table> tables() {
    return new Lookup<>() {
      @Override
      public @Nullable Table get(String name) {
        return tables.get(name.toLowerCase(Locale.ROOT));
      }

      @Override
      public @Nullable Named<Table> getIgnoreCase(String name) {
        Table table = get(name);
        return table == null ? null : new Named<>(name.toLowerCase(Locale.ROOT), table);
      }

      @Override
      public Set<String> getNames(LikePattern pattern) {
        return tables.keySet();
      }
    };
  }

  private static void schemata(RowSink sink, Versions versions) throws StoreException {
    for (String schema : versions.listed()) {
      sink.add(null, schema, null);
    }
    sink.add(null, Versions.SYSTEM, null);
    sink.add(null, NAME, null);
  }

  private static void tables(RowSink sink, Scope scope) throws StoreException {
    for (Version version : scope.listed()) {
      for (TableSnapshot table : version.snapshot().tables()) {
        TableSchema schema = table.schema();
        sink.add(null, version.schema(), schema.name(), "BASE TABLE", "YES", schema.comment());
      }
      for (ViewSchema view : version.snapshot().views()) {
        sink.add(null, version.schema(), view.name(), "VIEW", "NO", view.comment());
      }
    }
    if (scope.has(Versions.SYSTEM)) {
      for (VersorTable table : SystemSchema.listed()) {
        sink.add(null, Versions.SYSTEM, table.schema().name(), "SYSTEM VIEW", "NO", null);
      }
    }
  }

  private void columns(RowSink sink, Scope scope) throws StoreException {
    for (Version version : scope.listed()) {
      for (TableSnapshot table : version.snapshot().tables()) {
        columns(sink, version.schema(), table.schema().name(), table.schema().columns());
      }
      for (ViewSchema view : version.snapshot().views()) {
        columns(sink, version.schema(), view.name(), viewColumns(version, view));
      }
    }
    if (scope.has(Versions.SYSTEM)) {
      for (VersorTable table : SystemSchema.listed()) {
        columns(sink, Versions.SYSTEM, table.schema().name(), table.schema().columns());
      }
    }
  }

  /** None of a view that cannot be read any more: the list is not where it fails. */
  private List<Column> viewColumns(Version version, ViewSchema view) throws StoreException {
    try {
      return TableDescriptions.columnsOf(derived.find(version, view.name()).orElseThrow());
    } catch (Carried e) {
      try {
        Carried.rethrow(e);
        throw e;
      } catch (StatementException unreadable) {
        return List.of();
      }
    }
  }

  private static void columns(RowSink sink, String schema, String table, List<Column> columns)
      throws StoreException {
    int position = 1;
    for (Column column : columns) {
      TensorType type = column.type();
      Identity identity = column.identity().orElse(null);
      boolean scalar = type.shape().rank() == 0;
      Dtype dtype = type.dtype();
      boolean text = scalar && dtype == Dtype.UTF8;
      boolean number = scalar && (dtype.isNumber() || dtype == Dtype.DECIMAL);
      boolean time = scalar && (dtype == Dtype.TIME || TypeText.name(type).startsWith("TIMESTAMP"));
      sink.add(
          null,
          schema,
          table,
          column.name(),
          position++,
          column.defaultSql(),
          column.nullable() ? "YES" : "NO",
          TypeText.name(type),
          text && type.precision() > 0 ? type.precision() : null,
          number ? SqlTypes.precision(type) : null,
          number ? 10 : null,
          number ? type.scale() : null,
          time ? type.precision() : null,
          identity == null ? "NO" : "YES",
          identity == null ? null : IdentityText.generation(identity),
          identity == null ? null : String.valueOf(identity.start()),
          identity == null ? null : String.valueOf(identity.increment()),
          identity == null ? null : String.valueOf(Identity.most(type)),
          identity == null ? null : String.valueOf(Identity.least(type)),
          identity == null ? null : "NO",
          column.comment());
    }
  }

  private static void views(RowSink sink, Scope scope) throws StoreException {
    for (Version version : scope.listed()) {
      for (ViewSchema view : version.snapshot().views()) {
        sink.add(null, version.schema(), view.name(), view.sql(), "NONE", "NO");
      }
    }
  }

  private static void checks(RowSink sink, Scope scope) throws StoreException {
    for (Version version : scope.listed()) {
      for (TableSnapshot table : version.snapshot().tables()) {
        TableSchema schema = table.schema();
        for (TableCheck check : TableCheck.of(schema).values()) {
          sink.add(null, version.schema(), check.name(), CheckText.sql(check, schema));
        }
      }
    }
  }

  private static void keyColumns(RowSink sink, Scope scope) throws StoreException {
    for (Version version : scope.listed()) {
      String branch = version.schema();
      for (TableSnapshot table : version.snapshot().tables()) {
        TableSchema schema = table.schema();
        for (Map.Entry<String, List<Integer>> key : TableKeys.of(schema).entrySet()) {
          String name = TableKeys.name(schema, key.getKey());
          for (int place : key.getValue()) {
            String column = schema.columns().get(place).name();
            sink.add(null, branch, schema.name(), column, null, branch, name);
          }
        }
      }
    }
  }

  /**
   * @param columns a row for each column of each key, else a row for each constraint
   */
  private static void keys(RowSink sink, Scope scope, boolean columns) throws StoreException {
    for (Version version : scope.listed()) {
      for (TableSnapshot table : version.snapshot().tables()) {
        TableSchema schema = table.schema();
        for (Map.Entry<String, List<Integer>> key : TableKeys.of(schema).entrySet()) {
          key(sink, version.schema(), schema, key.getKey(), key.getValue(), columns);
        }
        for (String check : columns ? Set.<String>of() : TableCheck.of(schema).keySet()) {
          String branch = version.schema();
          sink.add(null, branch, check, branch, schema.name(), "CHECK", "NO", "NO");
        }
      }
    }
  }

  private static void key(
      RowSink sink,
      String branch,
      TableSchema schema,
      String property,
      List<Integer> places,
      boolean columns)
      throws StoreException {
    boolean primary = property.equals(TableKeys.PRIMARY_KEY);
    String name = TableKeys.name(schema, property);
    if (!columns) {
      String type = primary ? "PRIMARY KEY" : "UNIQUE";
      sink.add(null, branch, name, branch, schema.name(), type, "NO", "NO");
      return;
    }
    int position = 1;
    for (int place : places) {
      String column = schema.columns().get(place).name();
      sink.add(null, branch, name, branch, schema.name(), column, position++);
    }
  }
}
