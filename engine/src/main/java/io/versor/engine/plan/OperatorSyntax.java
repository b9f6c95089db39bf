package io.versor.engine.plan;

import io.versor.engine.function.ScalarOperators;
import io.versor.parser.ast.BitOperators;
import io.versor.parser.ast.JsonArrows;
import java.util.Map;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlFunction;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;

/** Operators of the grammar that are short for functions. */
final class OperatorSyntax {
  private static final Map<SqlOperator, SqlFunction> FUNCTIONS =
      Map.of(
          BitOperators.OR, SqlStdOperatorTable.BITOR,
          JsonArrows.JSON, ScalarOperators.JSON_ARROW,
          JsonArrows.TEXT, ScalarOperators.JSON_TEXT_ARROW);

  private OperatorSyntax() {}

  /** The same call, as the function. */
  static SqlCall call(SqlCall call) {
    SqlFunction function = FUNCTIONS.get(call.getOperator());
    return function == null
        ? call
        : function.createCall(call.getParserPosition(), call.getOperandList());
  }
}
