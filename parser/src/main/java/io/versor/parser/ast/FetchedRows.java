package io.versor.parser.ast;

import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlFunction;
import org.apache.calcite.sql.SqlFunctionCategory;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.type.OperandTypes;
import org.apache.calcite.sql.type.ReturnTypes;
import org.apache.calcite.sql.validate.SqlValidator;
import org.apache.calcite.sql.validate.SqlValidatorScope;
import org.jspecify.annotations.Nullable;

/**
 * {@code FETCH FIRST n [PERCENT] ROWS [WITH TIES]}: the number is marked, by PERCENT within WITH
 * TIES where it is both.
 */
public final class FetchedRows {
  private static final SqlFunction TIES = mark("WITH TIES");
  private static final SqlFunction PERCENT = mark("PERCENT");

  private static SqlFunction mark(String name) {
    return new SqlFunction(
        name,
        SqlKind.OTHER_FUNCTION,
        ReturnTypes.ARG0,
        null,
        OperandTypes.NUMERIC,
        SqlFunctionCategory.SYSTEM) {
      @Override
      public RelDataType deriveType(SqlValidator validator, SqlValidatorScope scope, SqlCall call) {
        return validateOperands(validator, scope, call); // not to be found by its name
      }
    };
  }

  private FetchedRows() {}

  /** A number of rows, and those that are equal to the last one. */
  public static SqlNode withTies(SqlNode number) {
    return TIES.createCall(number.getParserPosition(), number);
  }

  /** So many of a hundred rows, rounded up. */
  public static SqlNode percent(SqlNode number) {
    return PERCENT.createCall(number.getParserPosition(), number);
  }

  /** Whether rows that are equal to the last one are asked for; the number is the operand then. */
  public static boolean isTied(@Nullable SqlNode fetch) {
    return fetch instanceof SqlCall call && call.getOperator() == TIES;
  }

  /** Whether a number is one of a hundred rows; it is the operand then. */
  public static boolean isPercent(@Nullable SqlNode fetch) {
    return fetch instanceof SqlCall call && call.getOperator() == PERCENT;
  }

  /** The same as {@link #isTied(SqlNode)} in a plan. */
  public static boolean isTied(@Nullable RexNode fetch) {
    return is(fetch, TIES);
  }

  /** The same as {@link #isPercent(SqlNode)} in a plan. */
  public static boolean isPercent(@Nullable RexNode fetch) {
    return is(fetch, PERCENT);
  }

  private static boolean is(@Nullable RexNode fetch, SqlOperator mark) {
    return fetch instanceof RexCall call && call.getOperator() == mark;
  }
}
