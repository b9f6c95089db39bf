package io.versor.engine.plan;

import io.versor.engine.StatementException;
import io.versor.engine.type.Carried;
import java.util.List;
import org.apache.calcite.adapter.enumerable.EnumerableCalc;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexProgram;
import org.apache.calcite.rex.RexSimplify;
import org.jspecify.annotations.Nullable;

/**
 * Has the expressions of a plan compiled as they are. Calcite's executor simplifies them once more
 * before it generates code; see {@link SimplerConditions} for why it must not.
 */
final class PlainPrograms {
  /**
   * Values and operations of one node of a plan. Each takes 13 bytes of code at least, and a method
   * may have 64 KiB: one for the condition, one for the columns. Calcite takes minutes to find out.
   */
  private static final int MOST = 10_000;

  private PlainPrograms() {}

  static RelNode of(RelNode physical) {
    List<RelNode> inputs = physical.getInputs().stream().map(PlainPrograms::of).toList();
    RelNode node =
        inputs.equals(physical.getInputs())
            ? physical
            : physical.copy(physical.getTraitSet(), inputs);
    if (node instanceof EnumerableCalc calc && calc.getProgram().getExprCount() > MOST) {
      throw new Carried(
          new StatementException(
              "54001",
              "a part of the statement has "
                  + calc.getProgram().getExprCount()
                  + " different values and operations, more than the "
                  + MOST
                  + " that the row executor takes; put values into a table and join that"));
    }
    return node instanceof EnumerableCalc calc
        ? calc.copy(calc.getTraitSet(), calc.getInput(), new Plain(calc.getProgram()))
        : node;
  }

  private static final class Plain extends RexProgram {
    Plain(RexProgram program) {
      super(
          program.getInputRowType(),
          program.getExprList(),
          program.getProjectList(),
          program.getCondition(),
          program.getOutputRowType());
    }

    @Override
    public RexProgram normalize(RexBuilder builder, @Nullable RexSimplify simplify) {
      return super.normalize(builder, (RexSimplify) null);
    }
  }
}
