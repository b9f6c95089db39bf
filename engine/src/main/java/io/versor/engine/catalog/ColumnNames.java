package io.versor.engine.catalog;

import io.versor.engine.StatementException;
import io.versor.format.ref.NearNames;
import io.versor.format.type.Column;
import io.versor.format.type.TableSchema;
import java.util.List;
import java.util.Optional;
import org.apache.calcite.sql.SqlIdentifier;

/** Finds the columns of a table that a statement names. */
public final class ColumnNames {
  private ColumnNames() {}

  /** Position of a column, by its name in any case. */
  public static int position(TableSchema schema, SqlIdentifier name) throws StatementException {
    String last = name.names.get(name.names.size() - 1);
    Optional<Column> exact = schema.findColumn(last);
    List<Column> similar =
        exact.isPresent() ? List.of(exact.get()) : schema.columnsIgnoreCase(last);
    if (similar.size() == 1) {
      return schema.columns().indexOf(similar.get(0));
    }
    List<String> names = schema.columns().stream().map(Column::name).toList();
    throw new StatementException(
        similar.isEmpty() ? "42703" : "42702",
        similar.isEmpty()
            ? "no column " + last + " in " + schema.name() + NearNames.question(last, names)
            : "column " + last + " is ambiguous in " + schema.name() + "; quote its name",
        name.getParserPosition().getLineNum(),
        name.getParserPosition().getColumnNum());
  }
}
