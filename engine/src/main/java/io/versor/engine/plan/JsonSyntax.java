package io.versor.engine.plan;

import io.versor.parser.ast.JsonArrows;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlOrderBy;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.SqlUtil;
import org.apache.calcite.sql.fun.SqlCase;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;

/**
 * Values within JSON that are JSON themselves: PostgreSQL knows by their types that they are no
 * texts, here it is told by what makes them.
 */
final class JsonSyntax {
  private JsonSyntax() {}

  /** The same call, with FORMAT JSON behind such values. */
  static SqlCall call(SqlCall call) {
    int first = firstValue(call);
    if (first < 0) {
      return call;
    }
    int step = call.getOperator() == SqlStdOperatorTable.JSON_OBJECT ? 2 : 1;
    List<SqlNode> operands = new ArrayList<>(call.getOperandList());
    boolean changed = false;
    for (int i = first; i < operands.size(); i += step) {
      SqlNode value = operands.get(i);
      if (value != null && !(isKnown(call) && isKnown(value)) && isJson(value)) {
        operands.set(
            i,
            SqlStdOperatorTable.JSON_VALUE_EXPRESSION.createCall(value.getParserPosition(), value));
        changed = true;
      }
    }
    return changed
        ? call.getOperator()
            .createCall(call.getFunctionQuantifier(), call.getParserPosition(), operands)
        : call;
  }

  private static int firstValue(SqlCall call) {
    if (call.getOperator() == SqlStdOperatorTable.JSON_OBJECT) {
      return 2;
    }
    if (call.getOperator() == SqlStdOperatorTable.JSON_ARRAY
        || call.getKind() == SqlKind.JSON_OBJECTAGG) {
      return 1;
    }
    return call.getKind() == SqlKind.JSON_ARRAYAGG ? 0 : -1;
  }

  /** Whether Calcite sees by itself that it is JSON in JSON. */
  private static boolean isKnown(SqlNode value) {
    return value instanceof SqlCall call
        && (call.getOperator() == SqlStdOperatorTable.JSON_OBJECT
            || call.getOperator() == SqlStdOperatorTable.JSON_ARRAY);
  }

  private static boolean isJson(SqlNode value) {
    if (value instanceof SqlSelect query) {
      return query.getSelectList().size() == 1
          && isJson(SqlUtil.stripAs(query.getSelectList().get(0)));
    }
    if (value instanceof SqlOrderBy ordered) {
      return isJson(ordered.query);
    }
    if (value instanceof SqlCase cases) {
      return cases.getThenOperands().stream().allMatch(JsonSyntax::isJsonOrNull)
          && cases.getElseOperand() != null
          && isJsonOrNull(cases.getElseOperand());
    }
    if (!(value instanceof SqlCall call)) {
      return false;
    }
    if (call.getOperator().getName().equalsIgnoreCase("COALESCE")) {
      return isJson(call.operand(0));
    }
    return firstValue(call) >= 0
        || call.getOperator() == SqlStdOperatorTable.JSON_QUERY
        || call.getOperator() == JsonArrows.JSON
        || call.getKind() == SqlKind.WITHIN_GROUP && isJson(call.operand(0))
        || call.getKind() == SqlKind.SCALAR_QUERY && isJson(call.operand(0));
  }

  private static boolean isJsonOrNull(SqlNode value) {
    return SqlUtil.isNullLiteral(value, false) || isJson(value);
  }
}
