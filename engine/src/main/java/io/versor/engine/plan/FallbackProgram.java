package io.versor.engine.plan;

import java.util.List;
import java.util.Objects;
import org.apache.calcite.adapter.enumerable.EnumerableConvention;
import org.apache.calcite.adapter.enumerable.EnumerableRel;
import org.apache.calcite.adapter.enumerable.EnumerableRules;
import org.apache.calcite.plan.RelOptCluster;
import org.apache.calcite.plan.RelOptPlanner;
import org.apache.calcite.plan.RelOptRule;
import org.apache.calcite.plan.RelTraitSet;
import org.apache.calcite.plan.hep.HepPlanner;
import org.apache.calcite.plan.hep.HepProgram;
import org.apache.calcite.plan.hep.HepProgramBuilder;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.metadata.RelMetadataQuery;
import org.apache.calcite.rel.rules.CalcMergeRule;
import org.apache.calcite.rel.rules.FilterCalcMergeRule;
import org.apache.calcite.rel.rules.FilterToCalcRule;
import org.apache.calcite.rel.rules.ProjectCalcMergeRule;
import org.apache.calcite.rel.rules.ProjectToCalcRule;

/** Gives every operator to Calcite's own executor, which generates Java for it. */
final class FallbackProgram {
  private static final List<RelOptRule> RULES =
      List.of(
          EnumerableTensorScan.RULE,
          BatchPart.RULE,
          RecursiveScan.RULE,
          SharedRows.RULE,
          WindowRows.RULE,
          MatchRows.RULE,
          GivenRowScan.RULE,
          EnumerableListFilter.RULE,
          EnumerableRules.ENUMERABLE_JOIN_RULE,
          EnumerableRules.ENUMERABLE_ASOFJOIN_RULE,
          EnumerableRules.ENUMERABLE_CORRELATE_RULE,
          EnumerableRules.ENUMERABLE_PROJECT_RULE,
          EnumerableRules.ENUMERABLE_FILTER_RULE,
          EnumerableRules.ENUMERABLE_CALC_RULE,
          EnumerableRules.ENUMERABLE_AGGREGATE_RULE,
          EnumerableRules.ENUMERABLE_SORT_RULE,
          EnumerableRules.ENUMERABLE_LIMIT_RULE,
          EnumerableRules.ENUMERABLE_LIMIT_SORT_RULE,
          EnumerableRules.ENUMERABLE_UNION_RULE,
          EnumerableRules.ENUMERABLE_INTERSECT_RULE,
          EnumerableRules.ENUMERABLE_MINUS_RULE,
          EnumerableRules.ENUMERABLE_VALUES_RULE,
          EnumerableRules.ENUMERABLE_COLLECT_RULE,
          EnumerableRules.ENUMERABLE_UNCOLLECT_RULE,
          EnumerableRules.ENUMERABLE_TABLE_FUNCTION_SCAN_RULE,
          EnumerableRules.ENUMERABLE_REPEAT_UNION_RULE,
          EnumerableRules.ENUMERABLE_TABLE_SPOOL_RULE);

  /** Projections and filters behind one another are one loop of the generated code. */
  private static final HepProgram LOOPS =
      new HepProgramBuilder()
          .addRuleCollection(
              List.of(
                  EnumerableRules.ENUMERABLE_CALC_RULE,
                  EnumerableRules.ENUMERABLE_FILTER_TO_CALC_RULE,
                  ProjectToCalc.RULE,
                  FilterToCalcRule.Config.DEFAULT.toRule(),
                  ProjectToCalcRule.Config.DEFAULT.toRule(),
                  CalcMergeRule.Config.DEFAULT.toRule(),
                  FilterCalcMergeRule.Config.DEFAULT.toRule(),
                  ProjectCalcMergeRule.Config.DEFAULT.toRule()))
          .build();

  private FallbackProgram() {}

  static EnumerableRel run(RelNode logical) {
    RelOptCluster cluster = logical.getCluster();
    // Calcite keeps metadata by thread, and this need not be the one that made the cluster.
    cluster.setMetadataProvider(Objects.requireNonNull(cluster.getMetadataProvider()));
    cluster.setMetadataQuerySupplier(RelMetadataQuery::instance);
    cluster.invalidateMetadataQuery();
    RelOptPlanner planner = cluster.getPlanner();
    planner.clear();
    RULES.forEach(planner::addRule);
    RelTraitSet wanted = cluster.traitSetOf(EnumerableConvention.INSTANCE);
    planner.setRoot(planner.changeTraits(logical, wanted));
    HepPlanner loops = Planners.rewrite(LOOPS);
    loops.setRoot(planner.findBestExp());
    return (EnumerableRel) RoundRows.in(PlainPrograms.of(loops.findBestExp()));
  }
}
