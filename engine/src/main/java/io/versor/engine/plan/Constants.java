package io.versor.engine.plan;

import java.util.List;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexExecutor;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.type.SqlTypeUtil;

/**
 * Evaluates constants while planning: numbers in another type of number, and nothing else. Each
 * evaluation compiles Java, and Calcite's cuts timestamps to milliseconds.
 */
final class Constants implements RexExecutor {
  static final Constants INSTANCE = new Constants();

  private Constants() {}

  @Override
  public void reduce(RexBuilder builder, List<RexNode> constants, List<RexNode> reduced) {
    if (constants.stream().allMatch(Constants::isNumber)) {
      RexUtil.EXECUTOR.reduce(builder, constants, reduced);
    } else {
      reduced.addAll(constants);
    }
  }

  /** Whether it is the CAST of a number as another type of number. */
  static boolean isNumber(RexNode constant) {
    return constant instanceof RexCall call
        && call.getKind() == SqlKind.CAST
        && call.getOperands().get(0) instanceof RexLiteral literal
        && SqlTypeUtil.isExactNumeric(literal.getType()) // Calcite cuts floats, we round
        && SqlTypeUtil.isNumeric(call.getType());
  }
}
