package io.versor.engine.plan;

import java.util.stream.Stream;
import org.apache.calcite.plan.RelOptRule;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.plan.RelRule;
import org.apache.calcite.plan.hep.HepMatchOrder;
import org.apache.calcite.plan.hep.HepPlanner;
import org.apache.calcite.plan.hep.HepProgram;
import org.apache.calcite.plan.hep.HepProgramBuilder;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.RelVisitor;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.rules.AggregateExpandDistinctAggregatesRule;
import org.apache.calcite.rel.rules.AggregateReduceFunctionsRule;
import org.apache.calcite.rel.rules.FilterAggregateTransposeRule;
import org.apache.calcite.rel.rules.FilterJoinRule;
import org.apache.calcite.rel.rules.FilterMergeRule;
import org.apache.calcite.rel.rules.FilterProjectTransposeRule;
import org.apache.calcite.rel.rules.FilterSetOpTransposeRule;
import org.apache.calcite.rel.rules.ProjectMergeRule;
import org.apache.calcite.rel.rules.ProjectRemoveRule;
import org.apache.calcite.rel.rules.PruneEmptyRules;
import org.apache.calcite.rel.rules.PruneEmptyRules.RemoveEmptySingleRule;
import org.apache.calcite.rel.rules.SubQueryRemoveRule;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.sql2rel.SqlToRelConverter;
import org.apache.calcite.tools.RelBuilderFactory;
import org.jspecify.annotations.Nullable;

/**
 * Rewrites that are always good, in a fixed order: subqueries to joins, filters down, joins by
 * equal columns, columns that nobody asks for away, conditions and columns into scans. No search,
 * so planning stays cheap.
 */
final class LogicalProgram {
  // Rules are made here one by one: CoreRules, if asked for one, makes all it has, which was a
  // fifth
  // of what the first query of a process took.

  private static final RelBuilderFactory PLAIN = PlainBuilder::new;
  private static final RelOptRule PROJECT_MERGE = ProjectMergeRule.Config.DEFAULT.toRule();
  private static final RelOptRule PROJECT_REMOVE = ProjectRemoveRule.Config.DEFAULT.toRule();

  private static final HepProgram SUBQUERIES =
      program(
          OuterJoinSubqueries.RULE,
          RowMembership.IN_FILTER,
          RowMembership.IN_PROJECT,
          RowMembership.IN_JOIN,
          NestedSubqueries.RULE,
          SubQueryRemoveRule.Config.FILTER.toRule(),
          SubQueryRemoveRule.Config.PROJECT.toRule(),
          SubQueryRemoveRule.Config.JOIN.toRule());

  /** Before filters become conditions of joins, which takes them out of this rule's reach. */
  private static final HepProgram FACTORS = program(SimplerConditions.RULE);

  /** What is random for each row is not asked for other rows. */
  private static final RelOptRule INTO_JOIN =
      FilterJoinRule.FilterIntoJoinRule.FilterIntoJoinRuleConfig.DEFAULT
          .withOperandSupplier(
              filter ->
                  filter
                      .operand(Filter.class)
                      .predicate(
                          found ->
                              RexUtil.isDeterministic(found.getCondition())
                                  && !SingleRows.isLookedAt(found.getCondition()))
                      .oneInput(join -> join.operand(Join.class).anyInputs()))
          .as(FilterJoinRule.FilterIntoJoinRule.FilterIntoJoinRuleConfig.class)
          .toRule();

  /** Nor computed twice. */
  private static final RelOptRule BELOW_PROJECT =
      FilterProjectTransposeRule.Config.DEFAULT
          .withOperandFor(
              Filter.class,
              filter -> !RexUtil.containsCorrelation(filter.getCondition()),
              Project.class,
              project -> project.getProjects().stream().allMatch(RexUtil::isDeterministic))
          .withCopyFilter(false)
          .toRule();

  private static final RelOptRule MERGED =
      FilterMergeRule.Config.DEFAULT
          .withOperandSupplier(
              above ->
                  above
                      .operand(Filter.class)
                      .predicate(filter -> !SingleRows.isLookedAt(filter.getCondition()))
                      .oneInput(below -> below.operand(Filter.class).anyInputs()))
          .as(FilterMergeRule.Config.class)
          .toRule();

  private static final HepProgram FILTERS =
      program(
          SingleRows.LAST,
          INTO_JOIN,
          FilterJoinRule.JoinConditionPushRule.JoinConditionPushRuleConfig.DEFAULT.toRule(),
          BELOW_PROJECT,
          FilterAggregateTransposeRule.Config.DEFAULT.toRule(),
          FilterSetOpTransposeRule.Config.DEFAULT.toRule(),
          MERGED,
          PROJECT_MERGE,
          PROJECT_REMOVE,
          SimplerConditions.RULE,
          RemoveEmptySingleRule.RemoveEmptySingleRuleConfig.FILTER.toRule(),
          RemoveEmptySingleRule.RemoveEmptySingleRuleConfig.PROJECT.toRule(),
          RemoveEmptySingleRule.RemoveEmptySingleRuleConfig.SORT.toRule(),
          PruneEmptyRules.UnionEmptyPruneRuleConfig.DEFAULT.toRule());

  private static final HepProgram LIMITS = program(SingleRows.BEHIND_LIMIT);

  private static final HepProgram SCANS = anyOrder(ScanRules.COLUMNS, PROJECT_REMOVE);

  private static final HepProgram CONDITIONS = anyOrder(ScanRules.CONDITIONS);

  /** Made when the first plan asks for it: aggregates of different values as groups of those. */
  private static final class Distinct {
    static final RelOptRule RULE = AggregateExpandDistinctAggregatesRule.Config.JOIN.toRule();
    static final HepProgram PROGRAM = program(RULE);
  }

  /** Made when the first plan asks for it. */
  private static final class Aggregates {
    static final HepProgram PROGRAM =
        program(
            Distinct.RULE,
            AggregateReduceFunctionsRule.Config.DEFAULT.toRule(),
            PROJECT_MERGE,
            PROJECT_REMOVE);
  }

  private LogicalProgram() {}

  private static HepProgram program(RelOptRule... rules) {
    return program(HepMatchOrder.BOTTOM_UP, rules);
  }

  /** Of rules that change a scan and what reads it, which is the same whatever comes first. */
  private static HepProgram anyOrder(RelOptRule... rules) {
    return program(HepMatchOrder.ARBITRARY, rules);
  }

  private static HepProgram program(HepMatchOrder order, RelOptRule... rules) {
    return new HepProgramBuilder()
        .addMatchOrder(order)
        .addRuleCollection(Stream.of(rules).map(LogicalProgram::plain).toList())
        .build();
  }

  /** A rule that builds what it says, and does not simplify expressions on the way. */
  private static RelOptRule plain(RelOptRule rule) {
    return rule instanceof RelRule<?> configured
        ? configured.config.withRelBuilderFactory(PLAIN).toRule()
        : rule;
  }

  static RelNode run(RelNode query, SqlToRelConverter converter) {
    SubqueryCopies.check(query);
    RelNode labelled = LabelNumbers.rewrite(query);
    RelNode plan = NestedSubqueries.mark(RandomCalls.number(Promises.takeBack(labelled)));
    RelNode joined = WindowTables.rewrite(hep(SUBQUERIES, LongUnions.rewrite(plan)));
    plan = WithinDistinct.rewrite(TensorRules.rewrite(joined));
    plan = SingleRows.pulledUp(Decorrelation.rewrite(SingleRows.rewrite(plan)));
    plan = hep(FACTORS, ConstantDates.rewrite(plan));
    plan = hep(FILTERS, plan);
    plan = hep(LIMITS, plan);
    plan = JoinOrder.rewrite(FilteredArguments.rewrite(plan));
    plan = converter.trimUnusedFields(true, Decorrelation.withColumnsRead(plan));
    plan = hep(SCANS, withoutDistinct(plan));
    return hep(CONDITIONS, plan);
  }

  private static RelNode withoutDistinct(RelNode plan) {
    boolean[] found = {false};
    new RelVisitor() {
      @Override
      public void visit(RelNode node, int ordinal, @Nullable RelNode parent) {
        found[0] |= node instanceof Aggregate aggregate && aggregate.containsDistinctCall();
        if (!found[0]) {
          super.visit(node, ordinal, parent);
        }
      }
    }.go(plan);
    return found[0] ? hep(Distinct.PROGRAM, plan) : plan;
  }

  /** What only Calcite's executor needs: aggregates, windows and joins in terms of simpler ones. */
  static RelNode simplerAggregates(RelNode plan) {
    RelNode simpler = hep(Aggregates.PROGRAM, WindowCalls.rewrite(GroupingSets.rewrite(plan)));
    RelNode joined = TextAggregates.rewrite(simpler);
    return RowExecutorJoins.rewrite(UnnestedNulls.rewrite(JoinKeys.rewrite(joined)));
  }

  private static RelNode hep(HepProgram program, RelNode plan) {
    HepPlanner planner = Planners.rewrite(program);
    planner.setRoot(plan);
    RelNode best = planner.findBestExp();
    assert RelOptUtil.areRowTypesEqual(plan.getRowType(), best.getRowType(), false)
        : "a rewrite changed the columns";
    return best;
  }
}
