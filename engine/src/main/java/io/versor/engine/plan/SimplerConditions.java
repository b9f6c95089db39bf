package io.versor.engine.plan;

import com.google.common.collect.Lists;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.plan.RelOptPredicateList;
import org.apache.calcite.plan.RelOptRule;
import org.apache.calcite.plan.RelOptRuleCall;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rel.logical.LogicalValues;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexOver;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexSimplify;
import org.apache.calcite.rex.RexSubQuery;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.rex.RexVisitorImpl;
import org.jspecify.annotations.Nullable;

/**
 * Gathers comparisons of filters into ranges that scans can skip by, and drops filters that all
 * rows pass or none. Calcite's rules for this simplify whatever there is, and what they make of
 * CASE has been wrong in too many ways: here it is left alone, and so is all that stands beside it
 * in a comparison. Its executor evaluates it as it is written.
 */
final class SimplerConditions {
  /** Conditions simplified together: each is held against all the others, and the cost is cubic. */
  private static final int MOST_TOGETHER = 50;

  @SuppressWarnings("deprecation") // the constructor; its replacement needs generated code
  static final RelOptRule RULE =
      new RelOptRule(RelOptRule.operand(Filter.class, RelOptRule.any()), "SimplerConditions") {
        @Override
        public void onMatch(RelOptRuleCall call) {
          Filter filter = call.rel(0);
          RexNode simpler = simplify(filter.getCondition(), filter.getCluster().getRexBuilder());
          if (simpler.isAlwaysTrue()) {
            call.transformTo(filter.getInput());
          } else if (simpler.isAlwaysFalse()) {
            call.transformTo(LogicalValues.createEmpty(filter.getCluster(), filter.getRowType()));
          } else if (!simpler.equals(filter.getCondition())) {
            call.transformTo(filter.copy(filter.getTraitSet(), filter.getInput(), simpler));
          }
        }
      };

  private SimplerConditions() {}

  /** A condition that holds for the same rows. */
  private static RexNode simplify(RexNode condition, RexBuilder builder) {
    RexSimplify simplify = new RexSimplify(builder, RelOptPredicateList.EMPTY, Constants.INSTANCE);
    List<RexNode> plain = new ArrayList<>();
    List<RexNode> others = new ArrayList<>();
    // (a AND b) OR (a AND c) is a AND (b OR c), and a may be what joins two tables
    RexNode gathered = condition.accept(folding(builder)).accept(new ValueLists(builder));
    RexNode factored = RexUtil.pullFactors(builder, gathered);
    for (RexNode each : RelOptUtil.conjunctions(factored)) {
      (isPlain(each) ? plain : others).add(each);
    }
    List<RexNode> simpler = new ArrayList<>();
    for (List<RexNode> together : Lists.partition(plain, MOST_TOGETHER)) {
      simpler.add(simplify.simplifyUnknownAsFalse(RexUtil.composeConjunction(builder, together)));
    }
    simpler.addAll(others);
    return RexUtil.composeConjunction(builder, simpler);
  }

  /** Numbers in another type of number, as {@link Constants} has them. */
  private static RexShuttle folding(RexBuilder builder) {
    return new RexShuttle() {
      @Override
      public RexNode visitCall(RexCall call) {
        RexNode visited = super.visitCall(call);
        List<RexNode> folded = new ArrayList<>();
        if (Constants.isNumber(visited)) {
          Constants.INSTANCE.reduce(builder, List.of(visited), folded);
          return folded.get(0);
        }
        return visited;
      }
    };
  }

  private static boolean isPlain(RexNode condition) {
    boolean[] plain = {RexUtil.isDeterministic(condition)};
    condition.accept(
        new RexVisitorImpl<@Nullable Void>(true) {
          @Override
          public @Nullable Void visitCall(RexCall call) {
            switch (call.getKind()) {
              case CASE, COALESCE, NULLIF, IS_DISTINCT_FROM, IS_NOT_DISTINCT_FROM ->
                  plain[0] = false;
              case OR, AND -> {
                plain[0] &= call.getOperands().size() <= MOST_TOGETHER;
                super.visitCall(call);
              }
              default -> super.visitCall(call);
            }
            return null;
          }

          @Override
          public @Nullable Void visitOver(RexOver over) {
            plain[0] = false;
            return null;
          }

          @Override
          public @Nullable Void visitSubQuery(RexSubQuery subQuery) {
            plain[0] = false;
            return null;
          }
        });
    return plain[0];
  }
}
