package io.versor.engine.statement;

import io.versor.engine.StatementException;
import io.versor.engine.catalog.Field;
import io.versor.engine.catalog.Versions;
import io.versor.engine.plan.RowCursor;
import io.versor.engine.plan.Selects;
import io.versor.format.type.StoreException;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.sql.JoinConditionType;
import org.apache.calcite.sql.JoinType;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlJoin;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.util.SqlShuttle;
import org.jspecify.annotations.Nullable;

/** The query behind an UPDATE or DELETE: row ids first, then what is asked for. */
final class RowQuery {
  private RowQuery() {}

  /**
   * Makes it.
   *
   * @param others tables that it reads beside; null: none
   */
  static SqlSelect of(
      SqlNode table,
      @Nullable SqlIdentifier alias,
      @Nullable SqlNode others,
      List<SqlNode> items,
      @Nullable SqlNode where) {
    SqlNode from = from(table, alias, others);
    List<SqlNode> all = new ArrayList<>();
    all.add(column(table, alias, Field.ROW_ID));
    all.addAll(Selects.named(items, "value"));
    return Selects.of(SqlParserPos.ZERO, all, from, where);
  }

  private static SqlNode from(
      SqlNode table, @Nullable SqlIdentifier alias, @Nullable SqlNode others) {
    SqlNode named =
        alias == null
            ? table
            : SqlStdOperatorTable.AS.createCall(table.getParserPosition(), table, alias);
    return others == null ? named : joined(named, others);
  }

  /** What RETURNING names of other tables. */
  static SourceColumns sourceColumns(
      SqlNode table,
      @Nullable SqlIdentifier alias,
      @Nullable SqlNode others,
      SqlNodeList returning,
      CommonTables common,
      Versions versions,
      List<@Nullable Object> values)
      throws StoreException, StatementException {
    return others == null || returning.isEmpty()
        ? SourceColumns.NONE
        : SourceColumns.of(from(table, alias, others), others, returning, common, versions, values);
  }

  private static SqlNode joined(SqlNode table, SqlNode others) {
    SqlParserPos place = others.getParserPosition();
    return new SqlJoin(
        place,
        table,
        SqlLiteral.createBoolean(false, place),
        JoinType.COMMA.symbol(place),
        others,
        JoinConditionType.NONE.symbol(place),
        null);
  }

  /** A column of the table, whatever other names stand around. */
  static SqlIdentifier column(SqlNode table, @Nullable SqlIdentifier alias, String column) {
    String name =
        alias != null
            ? alias.getSimple()
            : table instanceof SqlIdentifier id ? id.names.get(id.names.size() - 1) : "";
    return new SqlIdentifier(List.of(name, column), SqlParserPos.ZERO);
  }

  /**
   * An expression that is asked of rows apart from their table's schema, without the schema in
   * front of the table's columns.
   */
  static SqlNode withoutSchema(SqlNode expression, Target target) {
    SqlNode shorter =
        expression.accept(
            new SqlShuttle() {
              @Override
              public SqlNode visit(SqlIdentifier id) {
                int size = id.names.size();
                boolean qualified =
                    size == 3
                        && id.names.get(0).equalsIgnoreCase(target.branch())
                        && id.names.get(1).equalsIgnoreCase(target.schema().name());
                return qualified ? id.getComponent(1, size) : id;
              }
            });
    return shorter == null ? expression : shorter;
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
