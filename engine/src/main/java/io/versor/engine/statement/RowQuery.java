package io.versor.engine.statement;

import io.versor.engine.catalog.Field;
import io.versor.engine.plan.RowCursor;
import io.versor.engine.plan.Selects;
import io.versor.format.type.StoreException;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.jspecify.annotations.Nullable;

/** The query behind an UPDATE or DELETE: row ids first, then what is asked for. */
final class RowQuery {
  private RowQuery() {}

  static SqlSelect of(
      SqlNode table, @Nullable SqlIdentifier alias, List<SqlNode> items, @Nullable SqlNode where) {
    SqlNode from =
        alias == null
            ? table
            : SqlStdOperatorTable.AS.createCall(table.getParserPosition(), table, alias);
    List<SqlNode> all = new ArrayList<>();
    all.add(column(table, alias, Field.ROW_ID));
    all.addAll(Selects.named(items, "value"));
    return Selects.of(SqlParserPos.ZERO, all, from, where);
  }

  /** A column of the table, whatever other names stand around. */
  static SqlIdentifier column(SqlNode table, @Nullable SqlIdentifier alias, String column) {
    String name =
        alias != null
            ? alias.getSimple()
            : table instanceof SqlIdentifier id ? id.names.get(id.names.size() - 1) : "";
    return new SqlIdentifier(List.of(name, column), SqlParserPos.ZERO);
  }

  /** The first column. */
  static long rowId(RowCursor cursor) throws StoreException {
    Object id = cursor.objectAt(0);
    if (id instanceof Number number) {
      return number.longValue();
    }
    throw new IllegalStateException("a row without an id: " + id);
  }
}
