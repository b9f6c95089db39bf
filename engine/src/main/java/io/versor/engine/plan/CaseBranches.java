package io.versor.engine.plan;

import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.rel.RelHomogeneousShuttle;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexSubQuery;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.type.SqlTypeUtil;

/**
 * Takes the promise not to be NULL from branches of CASE. COALESCE becomes a CASE whose first
 * branch is promised not to be NULL, and rightly so behind its condition. But simplification takes
 * branches out of there: of {@code COALESCE(s, 'ab') NOT LIKE 'a%'} it leaves {@code s NOT LIKE
 * 'a%'}, still promised, and generated code then takes NULL for a text.
 */
final class CaseBranches extends RexShuttle {
  private final RexBuilder builder;

  private CaseBranches(RexBuilder builder) {
    this.builder = builder;
  }

  static RelNode rewrite(RelNode plan) {
    CaseBranches branches = new CaseBranches(plan.getCluster().getRexBuilder());
    return plan.accept(
        new RelHomogeneousShuttle() {
          @Override
          public RelNode visit(RelNode other) {
            return super.visit(other).accept(branches);
          }
        });
  }

  @Override
  public RexNode visitSubQuery(RexSubQuery subQuery) {
    RexSubQuery visited = (RexSubQuery) super.visitSubQuery(subQuery);
    return visited.clone(rewrite(visited.rel));
  }

  @Override
  public RexNode visitCall(RexCall call) {
    RexNode visited = super.visitCall(call);
    if (!(visited instanceof RexCall same) || same.getKind() != SqlKind.CASE) {
      return visited;
    }
    List<RexNode> operands = new ArrayList<>(same.getOperands());
    for (int i = 0; i < operands.size(); i++) {
      boolean branch = i % 2 == 1 || i == operands.size() - 1;
      if (branch) {
        operands.set(i, withoutPromise(operands.get(i)));
      }
    }
    return builder.makeCall(same.getType(), same.getOperator(), operands);
  }

  /** Looks through casts, for the promise stands under one that takes it back again. */
  private RexNode withoutPromise(RexNode branch) {
    if (branch.getKind() != SqlKind.CAST) {
      return branch;
    }
    RexNode before = ((RexCall) branch).getOperands().get(0);
    RexNode operand = withoutPromise(before);
    if (!operand.getType().isNullable()) {
      return branch;
    }
    RelDataTypeFactory types = builder.getTypeFactory();
    return SqlTypeUtil.equalSansNullability(types, operand.getType(), branch.getType())
        ? operand
        : builder.makeCast(types.createTypeWithNullability(branch.getType(), true), operand);
  }
}
