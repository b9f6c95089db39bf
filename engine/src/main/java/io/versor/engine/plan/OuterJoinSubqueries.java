package io.versor.engine.plan;

import com.google.common.collect.ImmutableSet;
import io.versor.engine.StatementException;
import io.versor.engine.type.Carried;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.calcite.plan.RelOptRule;
import org.apache.calcite.plan.RelOptRuleCall;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.CorrelationId;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.rel.logical.LogicalCorrelate;
import org.apache.calcite.rel.logical.LogicalFilter;
import org.apache.calcite.rel.logical.LogicalJoin;
import org.apache.calcite.rel.logical.LogicalProject;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCorrelVariable;
import org.apache.calcite.rex.RexFieldAccess;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexSubQuery;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.util.ImmutableBitSet;

/**
 * A subquery in ON of an outer join that has to do with both sides, which Calcite leaves where it
 * is: {@code a LEFT JOIN b ON …} is for each row of a the rows of b that meet the condition, or one
 * of NULLs.
 */
final class OuterJoinSubqueries {
  @SuppressWarnings("deprecation") // the constructor; its replacement needs generated code
  static final RelOptRule RULE =
      new RelOptRule(
          RelOptRule.operand(LogicalJoin.class, RelOptRule.any()), "OuterJoinSubqueries") {
        @Override
        public void onMatch(RelOptRuleCall call) {
          LogicalJoin join = call.rel(0);
          if (join.getJoinType().isOuterJoin() && new Sides(join).meet()) {
            call.transformTo(rewrite(join));
          }
        }
      };

  private OuterJoinSubqueries() {}

  private static RelNode rewrite(LogicalJoin join) {
    if (join.getJoinType() == JoinRelType.FULL) {
      throw new Carried(
          new StatementException(
              "0A000",
              "a subquery in ON of a FULL JOIN that has to do with both sides is not supported;"
                  + " join from each side and take the UNION"));
    }
    RexBuilder builder = join.getCluster().getRexBuilder();
    boolean fromLeft = join.getJoinType() == JoinRelType.LEFT;
    RelNode outer = fromLeft ? join.getLeft() : join.getRight();
    RelNode inner = fromLeft ? join.getRight() : join.getLeft();
    Split split = new Split(join, outer, inner);
    RexNode condition = join.getCondition().accept(split);
    RelNode correlate =
        LogicalCorrelate.create(
            outer,
            LogicalFilter.create(inner, condition, ImmutableSet.of(split.innerId)),
            List.of(),
            split.outerId,
            split.used.build(),
            JoinRelType.LEFT);
    if (fromLeft) {
      return correlate;
    }
    int outers = outer.getRowType().getFieldCount();
    int all = join.getRowType().getFieldCount();
    List<RexNode> items = new ArrayList<>();
    for (int i = 0; i < all; i++) {
      items.add(builder.makeInputRef(correlate, (i + outers) % all));
    }
    return LogicalProject.create(
        correlate, List.of(), items, join.getRowType().getFieldNames(), Set.of());
  }

  /** The columns that the first subquery of a join has to do with. */
  private record Sides(LogicalJoin join) {
    boolean meet() {
      RexSubQuery query = RexUtil.SubQueryFinder.find(join.getCondition());
      if (query == null) {
        return false;
      }
      ImmutableBitSet used = RelOptUtil.InputFinder.bits(query.getOperands(), null);
      for (CorrelationId id : join.getVariablesSet()) {
        used = used.union(RelOptUtil.correlationColumns(id, query.rel));
      }
      int left = join.getLeft().getRowType().getFieldCount();
      return used.nextSetBit(0) >= 0 && used.nextSetBit(0) < left && used.nextSetBit(left) >= 0;
    }
  }

  /** Columns of the joined row as those of a row of each side. */
  private static final class Split extends RexShuttle {
    private final RexBuilder builder;
    private final Set<CorrelationId> joined;
    private final int outerFrom;
    private final int innerFrom;
    private final int outers;
    private final RexNode outerRow;
    private final RexNode innerRow;
    private final CorrelationId outerId;
    private final CorrelationId innerId;
    private final ImmutableBitSet.Builder used = ImmutableBitSet.builder();

    Split(LogicalJoin join, RelNode outer, RelNode inner) {
      builder = join.getCluster().getRexBuilder();
      joined = join.getVariablesSet();
      boolean fromLeft = outer == join.getLeft();
      outers = outer.getRowType().getFieldCount();
      outerFrom = fromLeft ? 0 : inner.getRowType().getFieldCount();
      innerFrom = fromLeft ? outers : 0;
      outerId = join.getCluster().createCorrel();
      innerId = join.getCluster().createCorrel();
      outerRow = builder.makeCorrel(outer.getRowType(), outerId);
      innerRow = builder.makeCorrel(inner.getRowType(), innerId);
    }

    private boolean isOuter(int column) {
      return column >= outerFrom && column < outerFrom + outers;
    }

    private RexNode outer(int column) {
      used.set(column - outerFrom);
      return builder.makeFieldAccess(outerRow, column - outerFrom);
    }

    @Override
    public RexNode visitInputRef(RexInputRef ref) {
      int column = ref.getIndex();
      return isOuter(column) ? outer(column) : new RexInputRef(column - innerFrom, ref.getType());
    }

    @Override
    public RexNode visitSubQuery(RexSubQuery query) {
      RexSubQuery visited = (RexSubQuery) super.visitSubQuery(query);
      return visited.clone(BottomUp.expressions(visited.rel, new Within()));
    }

    /** Within a subquery, columns of the joined row are those of a variable. */
    private final class Within extends RexShuttle {
      @Override
      public RexNode visitFieldAccess(RexFieldAccess access) {
        if (!(access.getReferenceExpr() instanceof RexCorrelVariable row)
            || !joined.contains(row.id)) {
          return super.visitFieldAccess(access);
        }
        int column = access.getField().getIndex();
        return isOuter(column)
            ? outer(column)
            : builder.makeFieldAccess(innerRow, column - innerFrom);
      }

      @Override
      public RexNode visitSubQuery(RexSubQuery query) {
        RexSubQuery visited = (RexSubQuery) super.visitSubQuery(query);
        return visited.clone(BottomUp.expressions(visited.rel, this));
      }
    }
  }
}
