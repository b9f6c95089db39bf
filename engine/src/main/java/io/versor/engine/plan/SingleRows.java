package io.versor.engine.plan;

import io.versor.engine.function.Aggregates;
import io.versor.engine.function.ScalarOperators;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.calcite.plan.RelOptRule;
import org.apache.calcite.plan.RelOptRuleCall;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.RelCollations;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.AggregateCall;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.core.Sort;
import org.apache.calcite.rel.logical.LogicalAggregate;
import org.apache.calcite.rel.logical.LogicalCorrelate;
import org.apache.calcite.rel.logical.LogicalFilter;
import org.apache.calcite.rel.logical.LogicalJoin;
import org.apache.calcite.rel.logical.LogicalProject;
import org.apache.calcite.rel.rules.SortProjectTransposeRule;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.sql.SqlAggFunction;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.util.ImmutableBitSet;

/**
 * A subquery that is a value gives one row at most, for each row that uses it. As a join it is
 * computed for all keys there are, some of which nobody asks for; so it only counts its rows, and
 * what uses the value looks at the count.
 */
final class SingleRows {
  /** Of conditions on such values and others, the others come first: they may spare the look. */
  @SuppressWarnings("deprecation") // the constructor; its replacement needs generated code
  static final RelOptRule LAST =
      new RelOptRule(RelOptRule.operand(Filter.class, RelOptRule.any()), "SingleRowsLast") {
        @Override
        public void onMatch(RelOptRuleCall call) {
          lookLast(call);
        }
      };

  /** Rows that a limit leaves out do not use their values. */
  static final RelOptRule BEHIND_LIMIT =
      SortProjectTransposeRule.Config.DEFAULT
          .withOperandSupplier(
              sort ->
                  sort.operand(Sort.class)
                      .predicate(found -> found.fetch != null || found.offset != null)
                      .oneInput(
                          project ->
                              project
                                  .operand(Project.class)
                                  .predicate(
                                      found ->
                                          found.getProjects().stream()
                                              .anyMatch(SingleRows::isLookedAt))
                                  .anyInputs()))
          .as(SortProjectTransposeRule.Config.class)
          .toRule();

  private SingleRows() {}

  static RelNode rewrite(RelNode plan) {
    return BottomUp.nodes(
        plan,
        node -> {
          if (node instanceof LogicalCorrelate correlate && isSingle(correlate.getRight())) {
            RelNode counted = counted((LogicalAggregate) correlate.getRight());
            return checked(
                correlate,
                correlate.copy(
                    correlate.getTraitSet(),
                    correlate.getLeft(),
                    counted,
                    correlate.getCorrelationId(),
                    correlate.getRequiredColumns(),
                    correlate.getJoinType()));
          }
          if (node instanceof LogicalJoin join
              && join.getCondition().isAlwaysTrue()
              && (join.getJoinType() == JoinRelType.LEFT || join.getJoinType() == JoinRelType.INNER)
              && isSingle(join.getRight())) {
            RelNode counted = counted((LogicalAggregate) join.getRight());
            return checked(
                join,
                join.copy(
                    join.getTraitSet(),
                    join.getCondition(),
                    join.getLeft(),
                    counted,
                    join.getJoinType(),
                    join.isSemiJoinDone()));
          }
          return node;
        });
  }

  /** The plan with conditions on such values above inner joins, which asked for fewer rows. */
  static RelNode pulledUp(RelNode plan) {
    return BottomUp.nodes(
        plan,
        LogicalJoin.class,
        join -> join.getJoinType() == JoinRelType.INNER ? pulledUp(join) : join);
  }

  private static RelNode pulledUp(LogicalJoin join) {
    int left = join.getLeft().getRowType().getFieldCount();
    List<RexNode> above = new ArrayList<>();
    RelNode newLeft = without(join.getLeft(), above);
    int ofLeft = above.size();
    RelNode newRight = without(join.getRight(), above);
    if (above.isEmpty()) {
      return join;
    }
    for (int i = ofLeft; i < above.size(); i++) {
      above.set(i, RexUtil.shift(above.get(i), left));
    }
    RelNode joined =
        join.copy(
            join.getTraitSet(),
            join.getCondition(),
            newLeft,
            newRight,
            join.getJoinType(),
            join.isSemiJoinDone());
    RexBuilder builder = join.getCluster().getRexBuilder();
    return LogicalFilter.create(joined, RexUtil.composeConjunction(builder, above));
  }

  /** A side of a join without such conditions, which are added to those found. */
  private static RelNode without(RelNode side, List<RexNode> found) {
    if (!(side instanceof LogicalFilter filter)) {
      return side;
    }
    List<RexNode> kept = new ArrayList<>();
    int before = found.size();
    for (RexNode condition : RelOptUtil.conjunctions(filter.getCondition())) {
      (isLookedAt(condition) ? found : kept).add(condition);
    }
    if (found.size() == before) {
      return side;
    }
    return kept.isEmpty() ? filter.getInput() : with(filter, filter.getInput(), kept);
  }

  /** Whether an expression uses such a value. */
  static boolean isLookedAt(RexNode node) {
    return RexUtil.findOperatorCall(ScalarOperators.SEVERAL_ROWS, node) != null;
  }

  private static boolean isSingle(RelNode plan) {
    return plan instanceof LogicalAggregate aggregate
        && aggregate.getGroupCount() == 0
        && aggregate.getAggCallList().size() == 1
        && aggregate.getAggCallList().get(0).getAggregation().getKind() == SqlKind.SINGLE_VALUE
        && aggregate.getAggCallList().get(0).filterArg < 0;
  }

  private static RelNode counted(LogicalAggregate aggregate) {
    AggregateCall single = aggregate.getAggCallList().get(0);
    RexBuilder builder = aggregate.getCluster().getRexBuilder();
    RelDataType number =
        builder
            .getTypeFactory()
            .createTypeWithNullability(
                builder.getTypeFactory().createSqlType(SqlTypeName.BIGINT), true);
    return LogicalAggregate.create(
        aggregate.getInput(),
        aggregate.getHints(),
        ImmutableBitSet.of(),
        List.of(ImmutableBitSet.of()),
        List.of(
            call(Aggregates.SUBQUERY_VALUE, single, single.getType()),
            call(Aggregates.SUBQUERY_COUNT, single, number)));
  }

  private static AggregateCall call(
      SqlAggFunction function, AggregateCall single, RelDataType type) {
    return AggregateCall.create(
        function,
        false,
        false,
        false,
        List.of(),
        single.getArgList(),
        -1,
        null,
        RelCollations.EMPTY,
        type,
        null);
  }

  private static RelNode checked(RelNode before, RelNode counted) {
    RexBuilder builder = before.getCluster().getRexBuilder();
    int last = before.getRowType().getFieldCount() - 1;
    RelDataType type = before.getRowType().getFieldList().get(last).getType();
    List<RexNode> items = new ArrayList<>();
    for (int i = 0; i < last; i++) {
      items.add(builder.makeInputRef(counted, i));
    }
    RexNode value =
        builder.makeCall(
            SqlStdOperatorTable.CASE,
            builder.makeCall(ScalarOperators.SEVERAL_ROWS, builder.makeInputRef(counted, last + 1)),
            builder.makeNullLiteral(type),
            builder.makeInputRef(counted, last));
    items.add(value.getType().equals(type) ? value : builder.makeAbstractCast(type, value, false));
    return LogicalProject.create(
        counted, List.of(), items, before.getRowType().getFieldNames(), Set.of());
  }

  private static void lookLast(RelOptRuleCall call) {
    Filter filter = call.rel(0);
    List<RexNode> first = new ArrayList<>();
    List<RexNode> last = new ArrayList<>();
    for (RexNode condition : RelOptUtil.conjunctions(filter.getCondition())) {
      (isLookedAt(condition) ? last : first).add(condition);
    }
    if (!first.isEmpty() && !last.isEmpty()) {
      RelNode below = with(filter, filter.getInput(), first);
      call.transformTo(with(filter, below, last));
    }
  }

  private static RelNode with(Filter filter, RelNode input, List<RexNode> conditions) {
    RexBuilder builder = filter.getCluster().getRexBuilder();
    return filter.copy(
        filter.getTraitSet(), input, RexUtil.composeConjunction(builder, conditions));
  }
}
