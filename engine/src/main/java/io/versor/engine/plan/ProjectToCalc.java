package io.versor.engine.plan;

import org.apache.calcite.adapter.enumerable.EnumerableCalc;
import org.apache.calcite.adapter.enumerable.EnumerableProject;
import org.apache.calcite.plan.RelOptRule;
import org.apache.calcite.plan.RelOptRuleCall;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexProgram;
import org.apache.calcite.rex.RexSimplify;
import org.jspecify.annotations.Nullable;

/**
 * A projection as a program. Where a CASE has one result for all its conditions, Calcite's rule
 * leaves the conditions in the program, which is asserted to have nothing that nobody reads.
 */
final class ProjectToCalc {
  /** Each pass can leave over what only the expressions read that the next one takes away. */
  private static final int MOST_PASSES = 10;

  private static final @Nullable RexSimplify NOT_SIMPLIFIED = null;

  @SuppressWarnings("deprecation") // the constructor; its replacement needs generated code
  static final RelOptRule RULE =
      new RelOptRule(
          RelOptRule.operand(EnumerableProject.class, RelOptRule.any()), "ProjectToCalc") {
        @Override
        public void onMatch(RelOptRuleCall call) {
          EnumerableProject project = call.rel(0);
          call.transformTo(EnumerableCalc.create(project.getInput(), program(project)));
        }
      };

  private ProjectToCalc() {}

  private static RexProgram program(EnumerableProject project) {
    RexBuilder builder = project.getCluster().getRexBuilder();
    RexProgram program =
        RexProgram.create(
            project.getInput().getRowType(),
            project.getProjects(),
            null,
            project.getRowType(),
            builder);
    for (int i = 0; i < MOST_PASSES; i++) {
      RexProgram next = program.normalize(builder, NOT_SIMPLIFIED);
      if (next.getExprCount() == program.getExprCount()) {
        return next;
      }
      program = next;
    }
    return program;
  }
}
