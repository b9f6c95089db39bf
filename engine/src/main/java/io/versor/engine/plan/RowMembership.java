package io.versor.engine.plan;

import com.google.common.collect.ImmutableSet;
import java.util.List;
import java.util.Set;
import org.apache.calcite.plan.RelOptRule;
import org.apache.calcite.plan.RelOptRuleCall;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.SingleRel;
import org.apache.calcite.rel.core.CorrelationId;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.logical.LogicalFilter;
import org.apache.calcite.rel.logical.LogicalJoin;
import org.apache.calcite.rel.logical.LogicalProject;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexSubQuery;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.util.Util;

/**
 * {@code (a, b) IN (query)} as a value, with NULLs: TRUE if a row is equal, else NULL if one may
 * be, else FALSE. Calcite joins the rows that may be equal, of which there can be several, and
 * takes one with a NULL for one that may be equal though its other parts differ.
 */
final class RowMembership {
  @SuppressWarnings("deprecation") // the constructor; its replacement needs generated code
  static final RelOptRule IN_FILTER =
      new RelOptRule(RelOptRule.operand(Filter.class, RelOptRule.any()), "RowMembershipFilter") {
        @Override
        public void onMatch(RelOptRuleCall call) {
          Filter filter = call.rel(0);
          Rewrite rewrite = new Rewrite(filter);
          List<RexNode> conditions = RelOptUtil.conjunctions(filter.getCondition());
          // where only TRUE counts, NULL and FALSE are the same
          List<RexNode> rewritten =
              conditions.stream()
                  .map(each -> each instanceof RexSubQuery ? each : each.accept(rewrite))
                  .toList();
          if (rewrite.found) {
            RexBuilder builder = filter.getCluster().getRexBuilder();
            call.transformTo(
                LogicalFilter.create(
                    filter.getInput(),
                    RexUtil.composeConjunction(builder, rewritten),
                    ImmutableSet.of(rewrite.row)));
          }
        }
      };

  @SuppressWarnings("deprecation") // the constructor; its replacement needs generated code
  static final RelOptRule IN_PROJECT =
      new RelOptRule(RelOptRule.operand(Project.class, RelOptRule.any()), "RowMembershipProject") {
        @Override
        public void onMatch(RelOptRuleCall call) {
          Project project = call.rel(0);
          Rewrite rewrite = new Rewrite(project);
          List<RexNode> items = rewrite.visitList(project.getProjects());
          if (rewrite.found) {
            call.transformTo(
                LogicalProject.create(
                    project.getInput(),
                    project.getHints(),
                    items,
                    project.getRowType().getFieldNames(),
                    Set.of(rewrite.row)));
          }
        }
      };

  /** Conditions of an inner join on rows of both sides are those of a filter above it. */
  @SuppressWarnings("deprecation") // the constructor; its replacement needs generated code
  static final RelOptRule IN_JOIN =
      new RelOptRule(RelOptRule.operand(LogicalJoin.class, RelOptRule.any()), "RowMembershipJoin") {
        @Override
        public void onMatch(RelOptRuleCall call) {
          LogicalJoin join = call.rel(0);
          List<RexNode> conditions = RelOptUtil.conjunctions(join.getCondition());
          List<RexNode> above = conditions.stream().filter(RowMembership::isAsked).toList();
          if (join.getJoinType() == JoinRelType.INNER && !above.isEmpty()) {
            RexBuilder builder = join.getCluster().getRexBuilder();
            List<RexNode> kept =
                conditions.stream().filter(condition -> !isAsked(condition)).toList();
            RelNode joined =
                join.copy(
                    join.getTraitSet(),
                    RexUtil.composeConjunction(builder, kept),
                    join.getLeft(),
                    join.getRight(),
                    join.getJoinType(),
                    join.isSemiJoinDone());
            call.transformTo(
                LogicalFilter.create(
                    joined,
                    RexUtil.composeConjunction(builder, above),
                    ImmutableSet.copyOf(join.getVariablesSet())));
          }
        }
      };

  private RowMembership() {}

  private static boolean isAsked(RexNode condition) {
    boolean[] found = {false};
    condition.accept(
        new RexShuttle() {
          @Override
          public RexNode visitSubQuery(RexSubQuery query) {
            found[0] |= isRow(query);
            return super.visitSubQuery(query);
          }
        });
    return found[0];
  }

  /** Whether it has parts that may be NULL. */
  private static boolean isRow(RexSubQuery query) {
    return query.getKind() == SqlKind.IN
        && query.getOperands().size() > 1
        && (query.getOperands().stream().anyMatch(operand -> operand.getType().isNullable())
            || query.rel.getRowType().getFieldList().stream()
                .anyMatch(field -> field.getType().isNullable()));
  }

  private static final class Rewrite extends RexShuttle {
    private final RexBuilder builder;
    private final RelNode input;
    private final CorrelationId row;
    private boolean found;

    Rewrite(SingleRel node) {
      this.builder = node.getCluster().getRexBuilder();
      this.input = node.getInput();
      this.row =
          node.getVariablesSet().stream()
              .findFirst()
              .orElseGet(() -> node.getCluster().createCorrel());
    }

    @Override
    public RexNode visitSubQuery(RexSubQuery query) {
      if (!isRow(query)) {
        return super.visitSubQuery(query);
      }
      RexNode equal = equal(query);
      RexNode maybe = builder.makeCall(SqlStdOperatorTable.IS_NOT_FALSE, equal);
      RelDataType truth = truth();
      RexNode isIn =
          builder.makeCall(
              truth,
              SqlStdOperatorTable.CASE,
              List.of(
                  RexSubQuery.exists(LogicalFilter.create(query.rel, equal)),
                  builder.makeLiteral(true),
                  RexSubQuery.exists(LogicalFilter.create(query.rel, maybe)),
                  builder.makeNullLiteral(truth),
                  builder.makeLiteral(false)));
      return query.getType().equals(truth)
          ? isIn
          : builder.makeAbstractCast(query.getType(), isIn, false);
    }

    private RelDataType truth() {
      return builder
          .getTypeFactory()
          .createTypeWithNullability(
              builder.getTypeFactory().createSqlType(SqlTypeName.BOOLEAN), true);
    }

    /** Whether a row of the query is the one asked for, which it refers to. */
    private RexNode equal(RexSubQuery query) {
      found = true;
      RexNode around = builder.makeCorrel(input.getRowType(), row);
      RexShuttle outside =
          new RexShuttle() {
            @Override
            public RexNode visitInputRef(RexInputRef ref) {
              return builder.makeFieldAccess(around, ref.getIndex());
            }
          };
      List<RexNode> parts =
          Util.transformIndexed(
              query.getOperands(),
              (operand, i) ->
                  RexUtil.isNullLiteral(operand, true)
                      ? builder.makeNullLiteral(truth())
                      : builder.makeCall(
                          SqlStdOperatorTable.EQUALS,
                          operand.accept(outside),
                          builder.makeInputRef(query.rel, i)));
      return RexUtil.composeConjunction(builder, parts);
    }
  }
}
