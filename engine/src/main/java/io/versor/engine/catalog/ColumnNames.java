package io.versor.engine.catalog;

import io.versor.engine.StatementException;
import io.versor.format.ref.NearNames;
import io.versor.format.type.Column;
import io.versor.format.type.TableSchema;
import java.util.List;
import org.apache.calcite.sql.SqlIdentifier;

/** Finds the columns of a table that a statement names. */
public final class ColumnNames {
  private ColumnNames() {}

  /** Position of a column, by its name in any case. */
  public static int position(TableSchema schema, SqlIdentifier name) throws StatementException {
    String last = name.names.get(name.names.size() - 1);
    List<Column> columns = schema.columns();
    int similar = -1;
    boolean several = false;
    for (int i = 0; i < columns.size(); i++) {
      if (columns.get(i).name().equals(last)) {
        return i;
      }
      if (columns.get(i).name().equalsIgnoreCase(last)) {
        several = similar >= 0;
        similar = i;
      }
    }
    if (similar >= 0 && !several) {
      return similar;
    }
    List<String> names = schema.columns().stream().map(Column::name).toList();
    throw new StatementException(
        several ? "42702" : "42703",
        several
            ? "column " + last + " is ambiguous in " + schema.name() + "; quote its name"
            : "no column " + last + " in " + schema.name() + NearNames.question(last, names),
        name.getParserPosition().getLineNum(),
        name.getParserPosition().getColumnNum());
  }
}
