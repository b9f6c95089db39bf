package io.versor.engine.system;

import static io.versor.engine.system.SystemTable.flag;
import static io.versor.engine.system.SystemTable.number;
import static io.versor.engine.system.SystemTable.text;

import io.versor.engine.StatementException;
import io.versor.engine.catalog.Version;
import io.versor.engine.catalog.Versions;
import io.versor.engine.catalog.VersorTable;
import io.versor.engine.type.TypeText;
import io.versor.format.TableSnapshot;
import io.versor.format.ref.NearNames;
import io.versor.format.type.Column;
import io.versor.format.type.StoreException;
import io.versor.format.type.StoreException.Code;
import io.versor.format.type.TableSchema;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

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

  /** Tables of the current version, by name. */
  static void tables(RowSink sink, Versions versions) throws StoreException {
    List<TableSnapshot> tables =
        new ArrayList<>(versions.require(versions.current()).snapshot().tables());
    tables.sort(Comparator.comparing(table -> table.schema().name()));
    for (TableSnapshot table : tables) {
      sink.add(table.schema().name(), "TABLE", table.rowCount(), table.schema().comment());
    }
  }

  private static final Column[] COLUMN_COLUMNS = {
    text("column_name").notNull(),
    text("type").notNull(),
    flag("nullable"),
    text("default_value"),
    text("comment")
  };

  static VersorTable columns(List<Optional<String>> arguments, String name, Versions versions)
      throws StoreException, StatementException {
    Optional<TableSchema> table = table("columns", arguments, versions);
    return new SystemTable(
        TableSchema.of(TableFunctions.shortened(name), List.of(COLUMN_COLUMNS)),
        (sink, now) -> {
          for (Column column : known(table).columns()) {
            sink.add(
                column.name(),
                TypeText.of(column.type()),
                column.nullable(),
                column.defaultSql(),
                column.comment());
          }
        });
  }

  private static TableSchema known(Optional<TableSchema> table) throws StoreException {
    return table.orElseThrow(
        () -> new StoreException(Code.INVALID_VALUE, "the table is NULL, expected its name"));
  }

  /** Empty while a parameter has no value. */
  private static Optional<TableSchema> table(
      String function, List<Optional<String>> arguments, Versions versions)
      throws StoreException, StatementException {
    if (arguments.size() != 1) {
      throw TableFunctions.wrongCount(function, arguments.size(), function + "(table)");
    }
    if (arguments.get(0).isEmpty()) {
      return Optional.empty();
    }
    String text = arguments.get(0).get();
    VersorTable system =
        text.toLowerCase(Locale.ROOT).startsWith(Versions.SYSTEM + ".")
            ? SystemTables.ALL.get(
                text.substring(Versions.SYSTEM.length() + 1).toLowerCase(Locale.ROOT))
            : null;
    return Optional.of(system != null ? system.schema() : table(text, versions));
  }

  /** The table a text names: {@code t}, {@code branch.t}, {@code v1.0.t}. */
  public static TableSchema table(String text, Versions versions)
      throws StoreException, StatementException {
    Version version = versions.require(versions.current());
    Optional<TableSnapshot> found = version.snapshot().findTable(text);
    int dot = text.lastIndexOf('.');
    if (found.isEmpty() && dot > 0 && text.substring(0, dot).equalsIgnoreCase(Versions.SYSTEM)) {
      throw system(text.substring(dot + 1));
    }
    if (found.isEmpty() && dot > 0) {
      version = versions.require(text.substring(0, dot));
      found = version.snapshot().findTable(text.substring(dot + 1));
    }
    if (found.isPresent()) {
      return found.get().schema();
    }
    List<String> names = new ArrayList<>();
    version.snapshot().tables().forEach(each -> names.add(each.schema().name()));
    String table = text.substring(dot + 1);
    throw new StatementException(
        "42P01",
        "no table " + table + " in " + version.schema() + NearNames.question(table, names));
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
