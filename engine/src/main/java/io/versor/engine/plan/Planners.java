package io.versor.engine.plan;

import io.versor.engine.work.Poll;
import org.apache.calcite.plan.Context;
import org.apache.calcite.plan.Contexts;
import org.apache.calcite.plan.RelOptCostImpl;
import org.apache.calcite.plan.hep.HepPlanner;
import org.apache.calcite.plan.hep.HepProgram;
import org.apache.calcite.plan.volcano.VolcanoPlanner;

/** Calcite's planners, stopped with the statement they plan for. */
final class Planners {
  private static final Context CONTEXT = Contexts.empty();

  private Planners() {}

  /** One that searches for the cheapest plan. */
  static VolcanoPlanner search() {
    return new VolcanoPlanner(null, CONTEXT) {
      @Override
      public void checkCancel() {
        Poll.poll(); // once for each rule
      }
    };
  }

  /** One that applies rules as they come. */
  static HepPlanner rewrite(HepProgram program) {
    HepPlanner planner =
        new HepPlanner(program, CONTEXT, true, null, RelOptCostImpl.FACTORY) {
          @Override
          public void checkCancel() {
            Poll.poll(); // once for each rule
          }
        };
    planner.setLargePlanMode(true); // else all of the plan is looked at behind each change of it
    return planner;
  }
}
