package io.versor.parser.ast;

import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlFunction;
import org.apache.calcite.sql.SqlFunctionCategory;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.type.OperandTypes;
import org.apache.calcite.sql.type.ReturnTypes;
import org.apache.calcite.sql.validate.SqlValidator;
import org.apache.calcite.sql.validate.SqlValidatorScope;
import org.jspecify.annotations.Nullable;

/** {@code FETCH FIRST n ROWS WITH TIES}: the number is marked. */
public final class TiedRows {
  private static final SqlFunction MARK =
      new SqlFunction(
          "WITH TIES",
          SqlKind.OTHER_FUNCTION,
          ReturnTypes.ARG0,
          null,
          OperandTypes.NUMERIC,
          SqlFunctionCategory.SYSTEM) {
        @Override
        public RelDataType deriveType(
            SqlValidator validator, SqlValidatorScope scope, SqlCall call) {
          return validateOperands(validator, scope, call); // not to be found by its name
        }
      };

  /** {@code FETCH FIRST n PERCENT ROWS}: how many those are is known when all have been counted. */
  public static void refusePercent(SqlParserPos pos) {
    throw SyntaxFault.absent(
        "FETCH FIRST of a PERCENT; count the rows first, or number them: SELECT … FROM (SELECT …,"
            + " PERCENT_RANK() OVER (ORDER BY …) AS p FROM …) WHERE p < 0.1",
        pos);
  }

  private TiedRows() {}

  /** A number of rows, and those that are equal to the last one. */
  public static SqlNode of(SqlNode number) {
    return MARK.createCall(number.getParserPosition(), number);
  }

  /** Whether rows that are equal to the last one are asked for; the number is the operand then. */
  public static boolean is(@Nullable SqlNode fetch) {
    return fetch instanceof SqlCall call && call.getOperator() == MARK;
  }

  /** The same in a plan. */
  public static boolean is(@Nullable RexNode fetch) {
    return fetch instanceof RexCall call && call.getOperator() == MARK;
  }
}
