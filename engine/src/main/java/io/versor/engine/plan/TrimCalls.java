package io.versor.engine.plan;

import io.versor.engine.function.FunctionException;
import io.versor.engine.function.JavaFunction;
import java.util.List;
import org.apache.calcite.linq4j.function.Strict;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.fun.SqlTrimFunction;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.type.OperandTypes;
import org.apache.calcite.sql.type.ReturnTypes;
import org.apache.calcite.sql.type.SqlTypeFamily;
import org.apache.calcite.sql.validate.SqlUserDefinedFunction;

/**
 * TRIM as a function of our own, for Calcite's executor: of two TRIMs in one operator, its
 * generated code forgets which ends the second one trims, and trims none.
 */
public final class TrimCalls extends RexShuttle {
  private static final SqlUserDefinedFunction OPERATOR =
      new SqlUserDefinedFunction(
          new SqlIdentifier("TRIM_ENDS", SqlParserPos.ZERO),
          SqlKind.OTHER_FUNCTION,
          ReturnTypes.VARCHAR_NULLABLE,
          null,
          OperandTypes.operandMetadata(
              List.of(SqlTypeFamily.CHARACTER, SqlTypeFamily.CHARACTER, SqlTypeFamily.CHARACTER),
              factory -> List.of(),
              i -> "arg" + i,
              i -> false),
          JavaFunction.of(TrimCalls.class, "trim"));

  private final RexBuilder builder;

  private TrimCalls(RexBuilder builder) {
    this.builder = builder;
  }

  static RelNode rewrite(RelNode plan) {
    TrimCalls calls = new TrimCalls(plan.getCluster().getRexBuilder());
    return BottomUp.expressions(plan, calls);
  }

  @Override
  public RexNode visitCall(RexCall call) {
    RexNode visited = super.visitCall(call);
    if (!(visited instanceof RexCall trim) || trim.getKind() != SqlKind.TRIM) {
      return visited;
    }
    SqlTrimFunction.Flag ends =
        ((RexLiteral) trim.getOperands().get(0)).getValueAs(SqlTrimFunction.Flag.class);
    return builder.makeCall(
        trim.getType(),
        OPERATOR,
        List.of(
            builder.makeLiteral(String.valueOf(ends)),
            trim.getOperands().get(1),
            trim.getOperands().get(2)));
  }

  /**
   * The text without a character at its ends. Called by generated code.
   *
   * @param ends BOTH, LEADING or TRAILING
   */
  @Strict
  public static String trim(String ends, String character, String text) {
    if (character.codePointCount(0, character.length()) != 1) {
      throw new FunctionException(
          "22027", "TRIM of '" + character + "': expected one character to take away");
    }
    int from = 0;
    int to = text.length();
    while (!ends.equals("TRAILING") && from < to && text.startsWith(character, from)) {
      from += character.length();
    }
    while (!ends.equals("LEADING")
        && to - character.length() >= from
        && text.startsWith(character, to - character.length())) {
      to -= character.length();
    }
    return text.substring(from, to);
  }
}
