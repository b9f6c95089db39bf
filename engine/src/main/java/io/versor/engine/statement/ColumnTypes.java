package io.versor.engine.statement;

import io.versor.engine.StatementException;
import io.versor.engine.catalog.CheckText;
import io.versor.engine.catalog.ColumnNames;
import io.versor.engine.type.IdentityText;
import io.versor.engine.type.SqlText;
import io.versor.engine.type.TypeText;
import io.versor.format.Transaction;
import io.versor.format.type.Column;
import io.versor.format.type.StoreException;
import io.versor.format.type.TableCheck;
import io.versor.format.type.TableKeys;
import io.versor.format.type.TableSchema;
import io.versor.format.type.TensorType;
import io.versor.parser.ast.TableAlteration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * {@code ALTER COLUMN c TYPE}: samples are stored in the type of their column, in every version, so
 * another type is another column. Says how to make it.
 */
final class ColumnTypes {
  private ColumnTypes() {}

  /** Does nothing for the type that the column has. */
  static void alter(
      TableSchema table, TableAlteration.SetType set, TensorType type, Transaction transaction)
      throws StatementException {
    Column column = table.columns().get(ColumnNames.position(table, set.column()));
    if (!column.type().equals(type)) {
      throw new StatementException(
              "0A000",
              "a column keeps its type; make another one, which comes last: "
                  + String.join("; ", steps(table, column, set, type, transaction)))
          .at(set.column().getParserPosition());
    }
  }

  private static List<String> steps(
      TableSchema table,
      Column column,
      TableAlteration.SetType set,
      TensorType type,
      Transaction transaction) {
    String alter = "ALTER TABLE " + SqlText.name(table.name()) + " ";
    String old = SqlText.name(column.name());
    String made = SqlText.name(freeName(table, column));
    String to = TypeText.of(type);
    String value = set.using().map(CheckText::sql).orElse("CAST(" + old + " AS " + to + ")");
    List<String> steps = new ArrayList<>();
    steps.add(alter + "ADD COLUMN " + made + " " + to);
    steps.add("UPDATE " + SqlText.name(table.name()) + " SET " + made + " = " + value);
    if (!column.nullable()) {
      steps.add(alter + "ALTER COLUMN " + made + " SET NOT NULL");
    }
    column
        .defaultSql()
        .ifPresent(sql -> steps.add(alter + "ALTER COLUMN " + made + " SET DEFAULT " + sql));
    if (column.identity().isPresent()) {
      String numbered = alter + "ALTER COLUMN " + made;
      steps.add(numbered + " ADD " + IdentityText.of(column.identity().get()));
      steps.add(numbered + " RESTART WITH " + nextNumber(table, column, transaction));
    }
    Map<String, String> constraints = constraints(table, column);
    constraints
        .keySet()
        .forEach(name -> steps.add(alter + "DROP CONSTRAINT " + SqlText.name(name)));
    steps.add(alter + "DROP COLUMN " + old);
    steps.add(alter + "RENAME COLUMN " + made + " TO " + old);
    constraints.forEach(
        (name, sql) -> steps.add(alter + "ADD CONSTRAINT " + SqlText.name(name) + " " + sql));
    column
        .comment()
        .ifPresent(
            text ->
                steps.add(
                    "COMMENT ON COLUMN "
                        + SqlText.name(table.name())
                        + "."
                        + old
                        + " IS "
                        + SqlText.quoted(text)));
    return steps;
  }

  /** What the column would give the next row; the transaction goes back behind the refusal. */
  private static long nextNumber(TableSchema table, Column column, Transaction transaction) {
    try {
      return transaction.drawNumbers(table.id(), column.id(), 1);
    } catch (StoreException e) {
      return 1L << (Byte.SIZE * column.type().dtype().width() - 1); // all of its type are given
    }
  }

  private static String freeName(TableSchema table, Column column) {
    String name = column.name() + "_2";
    for (int i = 3; !table.columnsIgnoreCase(name).isEmpty(); i++) {
      name = column.name() + "_" + i;
    }
    return name;
  }

  /** What the constraints that read the column say, by their names. */
  private static Map<String, String> constraints(TableSchema table, Column column) {
    Map<String, String> found = new TreeMap<>();
    int position = table.indexOf(column.id());
    TableKeys.of(table)
        .forEach(
            (key, columns) -> {
              if (columns.contains(position)) {
                String word = key.equals(TableKeys.PRIMARY_KEY) ? "PRIMARY KEY (" : "UNIQUE (";
                List<String> names =
                    columns.stream()
                        .map(at -> SqlText.name(table.columns().get(at).name()))
                        .toList();
                found.put(TableKeys.name(table, key), word + String.join(", ", names) + ")");
              }
            });
    TableCheck.of(table)
        .forEach(
            (name, check) -> {
              if (check.columns().contains(column.id())) {
                found.put(name, "CHECK (" + CheckText.sql(check, table) + ")");
              }
            });
    return found;
  }
}
