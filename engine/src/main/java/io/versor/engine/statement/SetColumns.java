package io.versor.engine.statement;

import io.versor.engine.ParameterInfo;
import io.versor.engine.StatementException;
import io.versor.engine.catalog.ColumnNames;
import io.versor.engine.plan.Infos;
import io.versor.engine.plan.RandomNames;
import io.versor.engine.plan.Selects;
import io.versor.format.type.Column;
import io.versor.format.type.TableSchema;
import io.versor.parser.ast.MergeAction;
import io.versor.parser.ast.SqlRowItem;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.calcite.sql.SqlDynamicParam;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.jspecify.annotations.Nullable;

/**
 * SET of a statement: which columns it writes, and what they become.
 *
 * @param targets the columns, by position in the table
 * @param direct values that stand in the statement; null where they have to be computed
 * @param computed the others, in their order
 * @param given what parameters are that stand for the value of a column
 */
record SetColumns(
    List<Integer> targets,
    List<Literals.@Nullable Value> direct,
    List<SqlNode> computed,
    Map<Integer, ParameterInfo> given) {
  private static final SqlParserPos NOWHERE = SqlParserPos.ZERO;

  /** The column of the table that a name in SET means. */
  @FunctionalInterface
  interface Meaning {
    SqlIdentifier of(SqlIdentifier name) throws StatementException;
  }

  static SetColumns of(MergeAction.Update set, TableSchema schema, Meaning meaning)
      throws StatementException {
    SetColumns columns =
        new SetColumns(new ArrayList<>(), new ArrayList<>(), new ArrayList<>(), new HashMap<>());
    for (int i = 0; i < set.columns().size(); i++) {
      SqlIdentifier name = meaning.of((SqlIdentifier) set.columns().get(i));
      int target = target(name, set.values().get(i), schema, columns.targets());
      columns.targets().add(target);
      columns.add(schema.columns().get(target), value(set.values().get(i)));
    }
    return columns;
  }

  private void add(Column column, SqlNode value) throws StatementException {
    if (value instanceof SqlDynamicParam parameter) {
      given.put(parameter.getIndex(), Infos.parameter(column.type()));
    }
    SqlNode known = value.getKind() == SqlKind.DEFAULT ? Cells.defaultOf(column) : value;
    Optional<Literals.Value> found = Cells.find(known);
    direct.add(found.orElse(null));
    if (found.isEmpty()) {
      computed.add(known);
    }
  }

  /**
   * The column that a name means.
   *
   * @param before those that are set before it
   */
  static int target(SqlIdentifier name, SqlNode value, TableSchema schema, List<Integer> before)
      throws StatementException {
    int target = ColumnNames.position(schema, name);
    if (before.contains(target)) {
      throw new StatementException("42701", "column " + name + " is set twice")
          .at(name.getParserPosition());
    }
    Numbering.checkUpdate(schema.columns().get(target), value);
    return target;
  }

  /** What is computed for a column: of a row that a query gives, its part. */
  static SqlNode value(SqlNode given) throws StatementException {
    if (!(given instanceof SqlRowItem row)) {
      return given;
    }
    if (RandomNames.isIn(row.query())) {
      throw new StatementException(
              "0A000",
              "SET of several columns from a query with random values, which is asked once for"
                  + " each; use UPDATE … FROM (SELECT …)")
          .at(row.getParserPosition());
    }
    boolean counted =
        row.query() instanceof SqlSelect select
            && select.getSelectList().stream().noneMatch(SetColumns::isStar);
    if (counted && ((SqlSelect) row.query()).getSelectList().size() != row.items()) {
      throw new StatementException(
              "42601",
              "the query gives "
                  + ((SqlSelect) row.query()).getSelectList().size()
                  + " columns for "
                  + row.items())
          .at(row.getParserPosition());
    }
    List<SqlNode> named = new ArrayList<>();
    named.add(row.query());
    named.add(new SqlIdentifier("set row", NOWHERE));
    for (int i = 0; i < row.items(); i++) {
      named.add(new SqlIdentifier("item" + i, NOWHERE));
    }
    SqlNode from = SqlStdOperatorTable.AS.createCall(row.getParserPosition(), named);
    SqlNode item = new SqlIdentifier("item" + row.item(), NOWHERE);
    return Selects.of(row.getParserPosition(), List.of(item), from, null);
  }

  private static boolean isStar(SqlNode item) {
    return item instanceof SqlIdentifier id && id.isStar();
  }
}
