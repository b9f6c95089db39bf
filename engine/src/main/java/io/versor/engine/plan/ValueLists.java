package io.versor.engine.plan;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexDynamicParam;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;

/**
 * Makes one set of the constants that a chain of comparisons names: IN and NOT IN come from the
 * converter as such chains. Simplification would do so too, in a time that grows with the cube of
 * their number.
 */
final class ValueLists extends RexShuttle {
  /** Fewer are left to simplification, which may know more of them. */
  private static final int FEWEST = 20;

  private final RexBuilder builder;

  ValueLists(RexBuilder builder) {
    this.builder = builder;
  }

  @Override
  public RexNode visitCall(RexCall call) {
    RexNode visited = super.visitCall(call);
    if (!(visited instanceof RexCall now) || now.getOperands().size() < FEWEST) {
      return visited;
    }
    return switch (now.getKind()) {
      case OR -> gathered(now, SqlKind.EQUALS);
      case AND -> gathered(now, SqlKind.NOT_EQUALS);
      default -> now;
    };
  }

  private RexNode gathered(RexCall chain, SqlKind link) {
    Map<RexNode, List<RexNode>> constants = new LinkedHashMap<>();
    List<RexNode> parameters = new ArrayList<>();
    List<RexNode> others = new ArrayList<>();
    for (RexNode operand : chain.getOperands()) {
      RexNode tested = operand.isA(link) ? ((RexCall) operand).getOperands().get(0) : null;
      RexNode value = tested == null ? null : ((RexCall) operand).getOperands().get(1);
      if (tested != null
          && value instanceof RexLiteral literal
          && !literal.isNull()
          && RexUtil.isDeterministic(tested)) {
        constants.computeIfAbsent(tested, key -> new ArrayList<>()).add(literal);
      } else if (tested != null && value instanceof RexDynamicParam) {
        parameters.add(builder.makeCall(SqlStdOperatorTable.EQUALS, tested, value));
      } else {
        others.add(operand);
      }
    }
    List<RexNode> made = new ArrayList<>();
    constants.forEach((tested, values) -> made.add(builder.makeIn(tested, values)));
    if (!parameters.isEmpty()) {
      made.add(RexUtil.composeDisjunction(builder, parameters));
    }
    if (link == SqlKind.NOT_EQUALS) {
      made.replaceAll(list -> builder.makeCall(SqlStdOperatorTable.NOT, list));
    }
    made.addAll(others);
    return link == SqlKind.EQUALS
        ? RexUtil.composeDisjunction(builder, made)
        : RexUtil.composeConjunction(builder, made);
  }
}
