package io.versor.engine.plan;

import io.versor.engine.work.Poll;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexExecutor;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.type.SqlTypeName;
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
    if (!constants.stream().allMatch(Constants::isNumber)) {
      reduced.addAll(constants);
      return;
    }
    List<RexNode> same = new ArrayList<>();
    for (RexNode constant : constants) {
      same(builder, (RexCall) constant).ifPresent(same::add);
    }
    if (same.size() == constants.size()) {
      reduced.addAll(same);
    } else {
      Poll.poll(); // a compilation takes some ten milliseconds
      RexUtil.EXECUTOR.reduce(builder, constants, reduced);
    }
  }

  /** A constant, or what {@link #reduce} makes of it. */
  static RexNode folded(RexBuilder builder, RexNode node) {
    if (!isNumber(node)) {
      return node;
    }
    List<RexNode> folded = new ArrayList<>();
    INSTANCE.reduce(builder, List.of(node), folded);
    return folded.get(0);
  }

  /** The number as it is, or the nearest float, if the other type has it. */
  private static Optional<RexNode> same(RexBuilder builder, RexCall cast) {
    RelDataType type = cast.getType();
    BigDecimal number = ((RexLiteral) cast.getOperands().get(0)).getValueAs(BigDecimal.class);
    if (number == null) {
      return Optional.empty();
    }
    if (type.getSqlTypeName() == SqlTypeName.DOUBLE) {
      return Optional.of(builder.makeLiteral(number.doubleValue(), type, true));
    }
    int scale = Math.max(0, number.stripTrailingZeros().scale());
    boolean fits =
        SqlTypeUtil.isExactNumeric(type)
            && scale <= type.getScale()
            && number.precision() - number.scale() < type.getPrecision() - type.getScale();
    return fits
        ? Optional.of(builder.makeLiteral(number.setScale(type.getScale()), type, true))
        : Optional.empty();
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
