package io.versor.engine.statement;

import io.versor.engine.type.TypeText;
import io.versor.format.type.Column;
import io.versor.format.type.TableKeys;
import io.versor.format.type.TableSchema;
import io.versor.parser.VersorParser;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.parser.SqlParseException;

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
                    (property.equals(TableKeys.PRIMARY_KEY) ? "  PRIMARY KEY (" : "  UNIQUE (")
                        + columns.stream()
                            .map(at -> name(table.columns().get(at).name()))
                            .collect(Collectors.joining(", "))
                        + ")"));
    String name = name(table.name());
    statements.add("CREATE TABLE " + name + " (\n" + String.join(",\n", lines) + "\n)");
    table
        .comment()
        .ifPresent(text -> statements.add("COMMENT ON TABLE " + name + " IS " + quoted(text)));
    properties(statements, "ALTER TABLE " + name, table.properties());
    for (Column column : table.columns()) {
      properties(
          statements,
          "ALTER TABLE " + name + " ALTER COLUMN " + name(column.name()),
          column.properties());
    }
    return String.join(";\n", statements);
  }

  private static String column(Column column) {
    return name(column.name())
        + " "
        + TypeText.of(column.type())
        + (column.nullable() ? "" : " NOT NULL")
        + column.defaultSql().map(sql -> " DEFAULT " + sql).orElse("")
        + column.comment().map(text -> " COMMENT " + quoted(text)).orElse("");
  }

  /** Properties of Versor's own stand in the statement already. */
  private static void properties(
      List<String> statements, String alter, Map<String, String> properties) {
    properties.forEach(
        (key, value) -> {
          if (!key.startsWith("versor.")) {
            statements.add(alter + " SET PROPERTY " + quoted(key) + " = " + quoted(value));
          }
        });
  }

  private static String quoted(String text) {
    return "'" + text.replace("'", "''") + "'";
  }

  /** A name, in quotes where it would not be read as one without. */
  static String name(String name) {
    return isPlain(name) ? name : '"' + name.replace("\"", "\"\"") + '"';
  }

  private static boolean isPlain(String name) {
    if (!name.matches("[A-Za-z_][A-Za-z0-9_]*")) {
      return false;
    }
    try {
      SqlSelect query = (SqlSelect) VersorParser.parse("SELECT " + name + " FROM " + name);
      return query.getSelectList().get(0) instanceof SqlIdentifier
          && query.getFrom() instanceof SqlIdentifier;
    } catch (SqlParseException e) {
      return false; // a word of the grammar
    }
  }
}
