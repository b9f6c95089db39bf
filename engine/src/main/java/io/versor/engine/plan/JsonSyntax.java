package io.versor.engine.plan;

import io.versor.engine.StatementException;
import io.versor.engine.function.PostgresFunctions;
import io.versor.engine.type.Carried;
import io.versor.parser.ast.JsonArrows;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlJsonConstructorNullClause;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.SqlOrderBy;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.SqlUnresolvedFunction;
import org.apache.calcite.sql.SqlUtil;
import org.apache.calcite.sql.fun.SqlCase;
import org.apache.calcite.sql.fun.SqlJsonObjectFunction;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;

/**
 * Values within JSON that are JSON themselves: PostgreSQL knows by their types that they are no
 * texts, here it is told by what makes them.
 */
final class JsonSyntax {
  private JsonSyntax() {}

  /** The same call, with FORMAT JSON behind such values; PostgreSQL's names as the standard's. */
  static SqlCall call(SqlCall call) {
    return call.getOperator() instanceof SqlUnresolvedFunction function
        ? built(call, function.getName().toUpperCase(Locale.ROOT))
        : withFormat(call);
  }

  /** {@code JSON_BUILD_OBJECT('a', 1)} is {@code JSON_OBJECT('a': 1)}; NULL is a value. */
  private static SqlCall built(SqlCall call, String name) {
    boolean object = name.equals("JSON_BUILD_OBJECT") || name.equals("JSONB_BUILD_OBJECT");
    boolean array = name.equals("JSON_BUILD_ARRAY") || name.equals("JSONB_BUILD_ARRAY");
    SqlParserPos place = call.getParserPosition();
    if (isToJson(name) && call.operandCount() == 1) {
      SqlLiteral nulls = SqlLiteral.createSymbol(SqlJsonConstructorNullClause.NULL_ON_NULL, place);
      SqlNode one = SqlStdOperatorTable.JSON_ARRAY.createCall(place, nulls, call.operand(0));
      return PostgresFunctions.TO_JSON.createCall(place, one);
    }
    if (!object && !array) {
      return call;
    }
    if (object && call.operandCount() % 2 != 0) {
      throw new Carried(
          new StatementException(
              "42883",
              name + " with " + call.operandCount() + " arguments, expected a value for each key",
              place.getLineNum(),
              place.getColumnNum()));
    }
    List<SqlNode> operands = new ArrayList<>();
    operands.add(SqlLiteral.createSymbol(SqlJsonConstructorNullClause.NULL_ON_NULL, place));
    operands.addAll(call.getOperandList());
    SqlOperator standard =
        object ? SqlStdOperatorTable.JSON_OBJECT : SqlStdOperatorTable.JSON_ARRAY;
    return withFormat(standard.createCall(place, operands));
  }

  private static boolean isToJson(String name) {
    return name.equals("TO_JSON") || name.equals("TO_JSONB");
  }

  private static SqlCall withFormat(SqlCall call) {
    int first = firstValue(call);
    if (first < 0) {
      return call;
    }
    int step = call.getOperator() instanceof SqlJsonObjectFunction ? 2 : 1;
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

  /** Where the values of what makes JSON begin; negative of other calls. */
  static int firstValue(SqlCall call) {
    if (call.getOperator() instanceof SqlJsonObjectFunction) {
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
        && (call.getOperator() instanceof SqlJsonObjectFunction
            || call.getOperator() == SqlStdOperatorTable.JSON_ARRAY);
  }

  /** Whether what makes a value makes JSON. */
  static boolean isJson(SqlNode value) {
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
        || call.getOperator() == JsonArrows.AT_PATH
        || call.getOperator() instanceof SqlUnresolvedFunction function
            && makesJson(function.getName().toUpperCase(Locale.ROOT))
        || call.getKind() == SqlKind.WITHIN_GROUP && isJson(call.operand(0))
        || call.getKind() == SqlKind.SCALAR_QUERY && isJson(call.operand(0));
  }

  private static boolean makesJson(String name) {
    return isToJson(name) || name.matches("JSONB?_BUILD_(OBJECT|ARRAY)");
  }

  private static boolean isJsonOrNull(SqlNode value) {
    return SqlUtil.isNullLiteral(value, false) || isJson(value);
  }
}
