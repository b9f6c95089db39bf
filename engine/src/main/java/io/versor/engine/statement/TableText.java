package io.versor.engine.statement;

import io.versor.engine.catalog.CheckText;
import io.versor.engine.type.IdentityText;
import io.versor.engine.type.SqlText;
import io.versor.engine.type.TypeText;
import io.versor.format.type.Column;
import io.versor.format.type.TableCheck;
import io.versor.format.type.TableKeys;
import io.versor.format.type.TableSchema;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** A table as the statements that make one like it, without rows: what SHOW CREATE TABLE shows. */
final class TableText {
  private TableText() {}

  static String of(TableSchema table) {
    List<String> statements = new ArrayList<>();
    List<String> lines = new ArrayList<>();
    table.columns().forEach(column -> lines.add("  " + column(column)));
    TableKeys.of(table)
        .forEach(
            (property, columns) ->
                lines.add(
                    "  "
                        + named(table, property)
                        + (property.equals(TableKeys.PRIMARY_KEY) ? "PRIMARY KEY (" : "UNIQUE (")
                        + columns.stream()
                            .map(at -> SqlText.name(table.columns().get(at).name()))
                            .collect(Collectors.joining(", "))
                        + ")"));
    TableCheck.of(table)
        .forEach(
            (name, check) ->
                lines.add(
                    "  CONSTRAINT "
                        + SqlText.name(name)
                        + " CHECK ("
                        + CheckText.sql(check, table)
                        + ")"));
    String name = SqlText.name(table.name());
    statements.add("CREATE TABLE " + name + " (\n" + String.join(",\n", lines) + "\n)");
    table
        .comment()
        .ifPresent(
            text -> statements.add("COMMENT ON TABLE " + name + " IS " + SqlText.quoted(text)));
    properties(statements, "ALTER TABLE " + name, table.properties());
    for (Column column : table.columns()) {
      properties(
          statements,
          "ALTER TABLE " + name + " ALTER COLUMN " + SqlText.name(column.name()),
          column.properties());
    }
    return String.join(";\n", statements);
  }

  /** The name of a key, if it was given one. */
  private static String named(TableSchema table, String keyProperty) {
    String given = table.properties().get(TableKeys.nameProperty(keyProperty));
    return given == null ? "" : "CONSTRAINT " + SqlText.name(given) + " ";
  }

  private static String column(Column column) {
    return SqlText.name(column.name())
        + " "
        + TypeText.of(column.type())
        + (column.nullable() ? "" : " NOT NULL")
        + column.defaultSql().map(sql -> " DEFAULT " + sql).orElse("")
        + column.identity().map(identity -> " " + IdentityText.of(identity)).orElse("")
        + column.comment().map(text -> " COMMENT " + SqlText.quoted(text)).orElse("");
  }

  /** Properties of Versor's own stand in the statement already. */
  private static void properties(
      List<String> statements, String alter, Map<String, String> properties) {
    properties.forEach(
        (key, value) -> {
          if (!key.startsWith("versor.")) {
            statements.add(
                alter + " SET PROPERTY " + SqlText.quoted(key) + " = " + SqlText.quoted(value));
          }
        });
  }
}
