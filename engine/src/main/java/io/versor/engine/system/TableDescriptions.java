package io.versor.engine.system;

import static io.versor.engine.system.SystemTable.flag;
import static io.versor.engine.system.SystemTable.number;
import static io.versor.engine.system.SystemTable.text;

import io.versor.engine.StatementException;
import io.versor.engine.catalog.DerivedTables;
import io.versor.engine.catalog.TableNames;
import io.versor.engine.catalog.Version;
import io.versor.engine.catalog.Versions;
import io.versor.engine.catalog.VersorTable;
import io.versor.engine.type.IdentityText;
import io.versor.engine.type.SqlTypes;
import io.versor.engine.type.TypeText;
import io.versor.engine.type.VersorTypeFactory;
import io.versor.format.Snapshot;
import io.versor.format.TableSnapshot;
import io.versor.format.ref.NearNames;
import io.versor.format.type.Column;
import io.versor.format.type.StoreException;
import io.versor.format.type.StoreException.Code;
import io.versor.format.type.TableSchema;
import io.versor.format.type.ViewSchema;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.calcite.rel.type.RelDataTypeField;
import org.apache.calcite.schema.Table;
import org.apache.calcite.schema.lookup.Named;

/** What tables look like: {@code versor.tables} and {@code versor.columns(t)}. */
public final class TableDescriptions {
  private TableDescriptions() {}

  static Column[] tableColumns() {
    return new Column[] {
      text("table_name").notNull(),
      text("table_type").notNull(),
      number("row_count"),
      text("comment")
    };
  }

  /** Tables and views of the current version, by name. */
  static void tables(RowSink sink, Versions versions) throws StoreException {
    Snapshot now = versions.require(versions.current()).snapshot();
    Map<String, Object[]> rows = new TreeMap<>();
    for (TableSnapshot table : now.tables()) {
      String name = table.schema().name();
      rows.put(name, new Object[] {name, "TABLE", table.rowCount(), table.schema().comment()});
    }
    for (ViewSchema view : now.views()) {
      rows.put(view.name(), new Object[] {view.name(), "VIEW", null, view.comment()});
    }
    for (Object[] row : rows.values()) {
      sink.add(row);
    }
  }

  private static final Column[] COLUMN_COLUMNS = {
    text("column_name").notNull(),
    text("type").notNull(),
    flag("nullable"),
    text("default_value"),
    text("comment")
  };

  static VersorTable columns(
      List<Optional<String>> arguments, String name, Versions versions, DerivedTables derived)
      throws StoreException, StatementException {
    if (arguments.size() != 1) {
      throw TableFunctions.wrongCount("columns", arguments.size(), "columns(table)");
    }
    Optional<List<Column>> columns =
        arguments.get(0).isEmpty()
            ? Optional.empty() // a parameter that has no value yet
            : Optional.of(columns(arguments.get(0).get(), versions, derived));
    return new SystemTable(
        TableSchema.of(TableFunctions.shortened(name), List.of(COLUMN_COLUMNS)),
        (sink, now) -> {
          for (Column column : known(columns)) {
            sink.add(
                column.name(),
                TypeText.of(column.type()),
                column.nullable(),
                IdentityText.given(column),
                column.comment());
          }
        });
  }

  private static List<Column> known(Optional<List<Column>> columns) throws StoreException {
    return columns.orElseThrow(
        () -> new StoreException(Code.INVALID_VALUE, "the table is NULL, expected its name"));
  }

  private static List<Column> columns(String text, Versions versions, DerivedTables derived)
      throws StoreException, StatementException {
    VersorTable system =
        text.toLowerCase(Locale.ROOT).startsWith(Versions.SYSTEM + ".")
            ? SystemTables.ALL.get(
                text.substring(Versions.SYSTEM.length() + 1).toLowerCase(Locale.ROOT))
            : null;
    if (system != null) {
      return system.schema().columns();
    }
    Place place = Place.of(text, versions);
    if (place.version().snapshot().findView(place.name()).isEmpty()) {
      return place.table().schema().columns();
    }
    return columnsOf(derived.find(place.version(), place.name()).orElseThrow());
  }

  /** The columns a view has now. */
  static List<Column> columnsOf(Named<Table> view) {
    List<Column> columns = new ArrayList<>();
    for (RelDataTypeField field :
        view.entity().getRowType(new VersorTypeFactory()).getFieldList()) {
      Column column = Column.of(field.getName(), SqlTypes.toTensor(field.getType()));
      columns.add(field.getType().isNullable() ? column : column.notNull());
    }
    return columns;
  }

  /** The table a text names: {@code t}, {@code branch.t}, {@code v1.0.t}. */
  public static TableSchema table(String text, Versions versions)
      throws StoreException, StatementException {
    return Place.of(text, versions).table().schema();
  }

  /** The view a text names, in the same way. */
  public static ViewSchema view(String text, Versions versions)
      throws StoreException, StatementException {
    Place place = Place.of(text, versions);
    return TableNames.requireView(place.name(), place.version().snapshot());
  }

  /** What a text names: something in a version. */
  private record Place(Version version, String name) {
    static Place of(String text, Versions versions) throws StoreException, StatementException {
      Version current = versions.require(versions.current());
      int dot = text.lastIndexOf('.');
      boolean known =
          current.snapshot().findTable(text).isPresent()
              || current.snapshot().findView(text).isPresent();
      if (known || dot <= 0) {
        return new Place(current, text);
      }
      if (text.substring(0, dot).equalsIgnoreCase(Versions.SYSTEM)) {
        throw system(text.substring(dot + 1));
      }
      return new Place(versions.require(text.substring(0, dot)), text.substring(dot + 1));
    }

    TableSnapshot table() throws StatementException {
      return TableNames.require(name, version.snapshot());
    }
  }

  private static StatementException system(String table) {
    return SystemTables.ALL.containsKey(table.toLowerCase(Locale.ROOT))
        ? new StatementException(
            "42809", table + " is a system table; no statement makes another like it")
        : new StatementException(
            "42P01",
            "no table "
                + table
                + " in "
                + Versions.SYSTEM
                + NearNames.question(table, SystemTables.ALL.keySet()));
  }
}
