package io.versor.engine.plan;

import io.versor.engine.function.ScalarOperators;
import java.math.BigDecimal;
import java.util.List;
import java.util.Set;
import org.apache.calcite.rel.RelHomogeneousShuttle;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexSubQuery;

/**
 * Numbers the calls of functions that give another value each time. Calcite computes equal
 * expressions of a row once, so that two calls would give one value; what refers to one call from
 * several places still sees one.
 */
final class RandomCalls extends RexShuttle {
  private static final Set<String> RANDOM = Set.of("RAND", "RANDOM");
  private static final Set<String> RANDOM_UUID = Set.of("GEN_RANDOM_UUID", "RANDOM_UUID");

  private final RexBuilder builder;
  private int calls;

  private RandomCalls(RexBuilder builder) {
    this.builder = builder;
  }

  static RelNode number(RelNode plan) {
    return number(plan, new RandomCalls(plan.getCluster().getRexBuilder()));
  }

  private static RelNode number(RelNode plan, RandomCalls random) {
    return plan.accept(
        new RelHomogeneousShuttle() {
          @Override
          public RelNode visit(RelNode other) {
            return super.visit(other).accept(random);
          }
        });
  }

  @Override
  public RexNode visitSubQuery(RexSubQuery subQuery) {
    RexSubQuery visited = (RexSubQuery) super.visitSubQuery(subQuery);
    return visited.clone(number(visited.rel, this));
  }

  @Override
  public RexNode visitCall(RexCall call) {
    String name = call.getOperator().getName();
    if (!call.getOperands().isEmpty()) {
      return super.visitCall(call);
    }
    if (RANDOM.contains(name)) {
      return numbered(call, ScalarOperators.RANDOM_NUMBER);
    }
    return RANDOM_UUID.contains(name) ? numbered(call, ScalarOperators.RANDOM_UUID) : call;
  }

  private RexNode numbered(RexCall call, org.apache.calcite.sql.SqlOperator operator) {
    return builder.makeCall(
        call.getType(), operator, List.of(builder.makeExactLiteral(BigDecimal.valueOf(++calls))));
  }
}
