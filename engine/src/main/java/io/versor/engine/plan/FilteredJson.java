package io.versor.engine.plan;

import io.versor.engine.StatementException;
import io.versor.engine.type.Carried;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlJsonConstructorNullClause;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.fun.SqlCase;
import org.apache.calcite.sql.fun.SqlJsonArrayAggAggFunction;
import org.apache.calcite.sql.fun.SqlJsonObjectAggAggFunction;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.jspecify.annotations.Nullable;

/**
 * {@code JSON_ARRAYAGG(x) FILTER (WHERE c)}, whose condition Calcite's executor leaves out, as
 * {@code JSON_ARRAYAGG(CASE WHEN c THEN x END)}: it leaves NULLs out unless it is told otherwise.
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
    List<SqlNode> operands = new ArrayList<>(aggregate.getOperandList());
    SqlJsonConstructorNullClause nulls;
    if (aggregate.getOperator() instanceof SqlJsonObjectAggAggFunction object) {
      nulls = object.getNullClause();
      SqlNode none = SqlLiteral.createCharString("", aggregate.getParserPosition());
      operands.set(0, chosen(condition, operands.get(0), none)); // whose value is left out
      operands.set(1, chosen(condition, operands.get(1), null));
    } else {
      nulls = ((SqlJsonArrayAggAggFunction) aggregate.getOperator()).getNullClause();
      operands.set(0, chosen(condition, operands.get(0), null));
    }
    if (nulls != SqlJsonConstructorNullClause.ABSENT_ON_NULL) {
      SqlParserPos place = aggregate.getParserPosition();
      throw new Carried(
          new StatementException(
              "0A000",
              aggregate.getOperator().getName()
                  + " that keeps NULLs has no FILTER; say ABSENT ON NULL, or put the condition into"
                  + " WHERE",
              place.getLineNum(),
              place.getColumnNum()));
    }
    return JsonSyntax.call(
        aggregate.getOperator().createCall(aggregate.getParserPosition(), operands));
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
