package io.versor.engine.plan;

import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.logical.LogicalProject;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexSubQuery;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.type.SqlTypeUtil;

/**
 * Takes back promises not to be NULL that hold in their place only. COALESCE and IS DISTINCT FROM
 * become a CASE whose branches are promised not to be NULL, and rightly so behind their conditions.
 * But rules and generated code take expressions out of there, promise and all, and then take NULL
 * for a value. Here an expression is nullable if anything it is made of is; only the items of a
 * projection keep their promise, which holds in every row.
 */
final class Promises extends RexShuttle {
  private final RexBuilder builder;

  private Promises(RexBuilder builder) {
    this.builder = builder;
  }

  static RelNode takeBack(RelNode plan) {
    Promises promises = new Promises(plan.getCluster().getRexBuilder());
    return BottomUp.nodes(
        plan,
        node ->
            node instanceof LogicalProject project
                ? promises.project(project)
                : node.accept(promises));
  }

  private RelNode project(LogicalProject project) {
    List<RexNode> items = new ArrayList<>();
    for (RexNode item : project.getProjects()) {
      RexNode honest = item.accept(this);
      items.add(
          isNullable(honest) && !isNullable(item) ? promised(item.getType(), honest) : honest);
    }
    return items.equals(project.getProjects())
        ? project
        : project.copy(project.getTraitSet(), project.getInput(), items, project.getRowType());
  }

  /** A truth without a cast, for as a condition it may not have one. */
  private RexNode promised(RelDataType type, RexNode item) {
    return type.getSqlTypeName() == SqlTypeName.BOOLEAN
        ? builder.makeCall(SqlStdOperatorTable.IS_TRUE, item)
        : builder.makeAbstractCast(type, item, false);
  }

  @Override
  public RexNode visitSubQuery(RexSubQuery subQuery) {
    RexSubQuery visited = (RexSubQuery) super.visitSubQuery(subQuery);
    return visited.clone(takeBack(visited.rel));
  }

  @Override
  public RexNode visitCall(RexCall call) {
    RexNode visited = super.visitCall(call);
    if (!(visited instanceof RexCall now) || isNullable(now) || answersNull(now)) {
      return visited;
    }
    List<RexNode> operands = now.getOperands();
    boolean nullable = false;
    for (int i = 0; i < operands.size(); i++) {
      boolean lost = isNullable(operands.get(i)) && !isNullable(call.getOperands().get(i));
      nullable |=
          switch (now.getKind()) {
            case CASE -> isBranch(i, operands.size()) && isNullable(operands.get(i));
            case CAST -> isNullable(operands.get(i));
            default -> lost;
          };
    }
    if (!nullable) {
      return visited;
    }
    RexNode only = operands.get(0);
    boolean onlyPromised =
        now.getKind() == SqlKind.CAST
            && SqlTypeUtil.equalSansNullability(
                builder.getTypeFactory(), only.getType(), now.getType());
    return onlyPromised ? only : now.clone(nullable(now.getType()), operands);
  }

  private static boolean isBranch(int operand, int operands) {
    return operand % 2 == 1 || operand == operands - 1;
  }

  /** IS NULL, IS TRUE and the like never are NULL. */
  private static boolean answersNull(RexCall call) {
    return switch (call.getKind()) {
      case IS_NULL, IS_NOT_NULL, IS_TRUE, IS_NOT_TRUE, IS_FALSE, IS_NOT_FALSE -> true;
      case IS_DISTINCT_FROM, IS_NOT_DISTINCT_FROM -> true;
      default -> false;
    };
  }

  private static boolean isNullable(RexNode node) {
    return node.getType().isNullable();
  }

  private RelDataType nullable(RelDataType type) {
    return builder.getTypeFactory().createTypeWithNullability(type, true);
  }
}
