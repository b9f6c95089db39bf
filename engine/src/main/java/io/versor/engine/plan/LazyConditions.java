package io.versor.engine.plan;

import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rel.core.JoinInfo;
import org.apache.calcite.rel.logical.LogicalFilter;
import org.apache.calcite.rel.logical.LogicalJoin;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;

/**
 * AND and OR that look at an operand only where those before it leave the answer open. Calcite's
 * executor computes all operands first, and {@code i <> 0 AND 10 / i > 1} would fail for an i of 0.
 * Its CASE does wait, so that is what they become where an operand can fail.
 */
final class LazyConditions extends RexShuttle {
  private final RexBuilder builder;

  private LazyConditions(RexBuilder builder) {
    this.builder = builder;
  }

  static RelNode rewrite(RelNode plan) {
    LazyConditions lazy = new LazyConditions(plan.getCluster().getRexBuilder());
    return BottomUp.nodes(plan, lazy::node);
  }

  private RelNode node(RelNode node) {
    if (node instanceof LogicalFilter filter) {
      RexNode condition = holds(filter.getCondition());
      return condition == filter.getCondition()
          ? filter
          : filter.copy(filter.getTraitSet(), filter.getInput(), condition);
    }
    return node instanceof LogicalJoin join ? join(join) : node.accept(this);
  }

  /** Equal columns stay what they are: a join looks at them first, and finds rows by them. */
  private RelNode join(Join join) {
    JoinInfo info = join.analyzeCondition();
    if (info.nonEquiConditions.isEmpty()) {
      return join;
    }
    RexNode rest = RexUtil.composeConjunction(builder, info.nonEquiConditions);
    RexNode lazy = holds(rest);
    if (lazy == rest) {
      return join;
    }
    RexNode equal = info.getEquiCondition(join.getLeft(), join.getRight(), builder);
    return join.copy(
        join.getTraitSet(),
        RexUtil.composeConjunction(builder, List.of(equal, lazy)),
        join.getLeft(),
        join.getRight(),
        join.getJoinType(),
        join.isSemiJoinDone());
  }

  /** A condition where NULL is as good as FALSE. */
  private RexNode holds(RexNode condition) {
    boolean and = condition.getKind() == SqlKind.AND;
    if (!and && condition.getKind() != SqlKind.OR) {
      return condition.accept(this);
    }
    List<RexNode> operands = ((RexCall) condition).getOperands().stream().map(this::holds).toList();
    List<List<RexNode>> parts = parts(operands);
    RexNode lazy = junction(condition, parts.get(parts.size() - 1));
    for (int i = parts.size() - 2; i >= 0; i--) {
      RexNode before = junction(condition, parts.get(i));
      RexNode decided = builder.makeLiteral(!and);
      lazy = cases(condition, before, and ? lazy : decided, and ? decided : lazy);
    }
    boolean same = parts.size() == 1 && operands.equals(((RexCall) condition).getOperands());
    return same ? condition : lazy;
  }

  /** A value, which may be NULL. */
  @Override
  public RexNode visitCall(RexCall call) {
    RexNode visited = super.visitCall(call);
    boolean and = visited.getKind() == SqlKind.AND;
    if (!and && visited.getKind() != SqlKind.OR) {
      return visited;
    }
    List<List<RexNode>> parts = parts(((RexCall) visited).getOperands());
    if (parts.size() == 1) {
      return visited;
    }
    RexNode lazy = junction(visited, parts.get(parts.size() - 1));
    for (int i = parts.size() - 2; i >= 0; i--) {
      RexNode before = junction(visited, parts.get(i));
      RexNode decides =
          builder.makeCall(
              and ? SqlStdOperatorTable.IS_FALSE : SqlStdOperatorTable.IS_TRUE, before);
      RexNode both = junction(visited, List.of(before, lazy));
      lazy = cases(visited, decides, builder.makeLiteral(!and), both);
    }
    return lazy;
  }

  private RexNode junction(RexNode as, List<RexNode> operands) {
    SqlOperator operator = ((RexCall) as).getOperator();
    return operands.size() == 1
        ? operands.get(0)
        : builder.makeCall(operator, RexUtil.flatten(operands, operator));
  }

  private RexNode cases(RexNode as, RexNode condition, RexNode then, RexNode otherwise) {
    return builder.makeCall(
        as.getType(), SqlStdOperatorTable.CASE, List.of(condition, then, otherwise));
  }

  /** Runs of operands: all but the first of each cannot fail. */
  private static List<List<RexNode>> parts(List<RexNode> operands) {
    List<List<RexNode>> parts = new ArrayList<>();
    for (RexNode operand : operands) {
      if (parts.isEmpty() || canFail(operand)) {
        parts.add(new ArrayList<>());
      }
      parts.get(parts.size() - 1).add(operand);
    }
    return parts;
  }

  /** Whether computing it may be an error, or is not known to be none. */
  static boolean canFail(RexNode node) {
    if (!(node instanceof RexCall call)) {
      return false;
    }
    boolean harmless =
        switch (call.getKind()) {
          case EQUALS,
              NOT_EQUALS,
              LESS_THAN,
              LESS_THAN_OR_EQUAL,
              GREATER_THAN,
              GREATER_THAN_OR_EQUAL,
              IS_DISTINCT_FROM,
              IS_NOT_DISTINCT_FROM,
              IS_NULL,
              IS_NOT_NULL,
              IS_TRUE,
              IS_NOT_TRUE,
              IS_FALSE,
              IS_NOT_FALSE,
              AND,
              OR,
              NOT,
              CASE,
              SEARCH ->
              true;
          case CAST ->
              call.getType().getSqlTypeName()
                  == call.getOperands().get(0).getType().getSqlTypeName();
          default -> ListedSets.is(call);
        };
    return !harmless || call.getOperands().stream().anyMatch(LazyConditions::canFail);
  }
}
