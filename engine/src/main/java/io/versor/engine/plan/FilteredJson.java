package io.versor.engine.plan;

import io.versor.engine.function.PostgresFunctions;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlJsonConstructorNullClause;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.fun.SqlCase;
import org.apache.calcite.sql.fun.SqlJsonArrayAggAggFunction;
import org.apache.calcite.sql.fun.SqlJsonObjectAggAggFunction;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.jspecify.annotations.Nullable;

/**
 * {@code JSON_ARRAYAGG(x) FILTER (WHERE c)}, whose condition Calcite's executor leaves out, as
 * {@code JSON_ARRAYAGG(CASE WHEN c THEN x END)}, which leaves NULLs out. Where they are kept, the
 * values are made JSON before, so that only rows that are left out have NULL.
 */
final class FilteredJson {
  private FilteredJson() {}

  /** The same call; without FILTER if it is of JSON. */
  static SqlCall unfiltered(SqlCall call) {
    if (call.getKind() != SqlKind.FILTER || !(call.operand(0) instanceof SqlCall aggregate)) {
      return call;
    }
    if (aggregate.getKind() == SqlKind.WITHIN_GROUP
        && aggregate.operand(0) instanceof SqlCall ordered
        && ordered.getOperator() instanceof SqlJsonArrayAggAggFunction) {
      SqlCall chosen = chosen(ordered, call.operand(1));
      return aggregate
          .getOperator()
          .createCall(call.getParserPosition(), chosen, aggregate.operand(1));
    }
    boolean json =
        aggregate.getOperator() instanceof SqlJsonArrayAggAggFunction
            || aggregate.getOperator() instanceof SqlJsonObjectAggAggFunction;
    return json ? chosen(aggregate, call.operand(1)) : call;
  }

  private static SqlCall chosen(SqlCall aggregate, SqlNode condition) {
    SqlParserPos place = aggregate.getParserPosition();
    List<SqlNode> operands = new ArrayList<>(aggregate.getOperandList());
    SqlOperator operator = aggregate.getOperator();
    SqlJsonConstructorNullClause nulls;
    SqlOperator leavesOut;
    int value = 0;
    if (operator instanceof SqlJsonObjectAggAggFunction object) {
      nulls = object.getNullClause();
      leavesOut = object.with(SqlJsonConstructorNullClause.ABSENT_ON_NULL);
      SqlNode none = SqlLiteral.createCharString("", place);
      operands.set(0, chosen(condition, operands.get(0), none)); // whose value is left out
      value = 1;
    } else {
      SqlJsonArrayAggAggFunction array = (SqlJsonArrayAggAggFunction) operator;
      nulls = array.getNullClause();
      leavesOut = array.with(SqlJsonConstructorNullClause.ABSENT_ON_NULL);
    }
    SqlNode given = operands.get(value);
    boolean keepsNulls = nulls != SqlJsonConstructorNullClause.ABSENT_ON_NULL;
    SqlNode kept = chosen(condition, keepsNulls ? json(given) : given, null);
    operands.set(value, keepsNulls ? formatted(kept) : kept);
    return JsonSyntax.call(leavesOut.createCall(place, operands));
  }

  /** A value as a text of JSON, which it is of NULL, too. */
  private static SqlNode json(SqlNode value) {
    SqlParserPos place = value.getParserPosition();
    SqlNode nulls = SqlLiteral.createSymbol(SqlJsonConstructorNullClause.NULL_ON_NULL, place);
    SqlCall array = JsonSyntax.call(SqlStdOperatorTable.JSON_ARRAY.createCall(place, nulls, value));
    return SqlStdOperatorTable.COALESCE.createCall(
        place,
        PostgresFunctions.TO_JSON.createCall(place, array),
        SqlLiteral.createCharString("null", place));
  }

  private static SqlNode formatted(SqlNode json) {
    return SqlStdOperatorTable.JSON_VALUE_EXPRESSION.createCall(json.getParserPosition(), json);
  }

  private static SqlNode chosen(SqlNode condition, SqlNode value, @Nullable SqlNode otherwise) {
    SqlParserPos place = value.getParserPosition();
    return new SqlCase(
        place,
        null,
        SqlNodeList.of(condition),
        SqlNodeList.of(value),
        otherwise == null ? SqlLiteral.createNull(place) : otherwise);
  }
}
