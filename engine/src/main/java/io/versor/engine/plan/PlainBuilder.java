package io.versor.engine.plan;

import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.plan.Contexts;
import org.apache.calcite.plan.RelOptCluster;
import org.apache.calcite.plan.RelOptSchema;
import org.apache.calcite.rel.core.CorrelationId;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.tools.RelBuilder;
import org.jspecify.annotations.Nullable;

/**
 * Builds what it is told without simplifying expressions; see {@link SimplerConditions} for why. A
 * condition is relieved of a promise not to be NULL, which is nothing to a filter, and which
 * simplification would have taken away.
 */
class PlainBuilder extends RelBuilder {
  private final RexShuttle flat =
      new RexShuttle() {
        @Override
        public RexNode visitCall(RexCall call) {
          RexNode visited = super.visitCall(call);
          boolean junction = call.getKind() == SqlKind.AND || call.getKind() == SqlKind.OR;
          return junction ? RexUtil.flatten(getRexBuilder(), visited) : visited;
        }
      };

  PlainBuilder(RelOptCluster cluster, @Nullable RelOptSchema schema) {
    super(Contexts.of(Config.DEFAULT.withSimplify(false)), cluster, schema);
  }

  @Override
  public RelBuilder filter(
      Iterable<CorrelationId> variables, Iterable<? extends RexNode> conditions) {
    List<RexNode> plain = new ArrayList<>();
    for (RexNode condition : conditions) {
      RexNode free = RexUtil.removeNullabilityCast(getTypeFactory(), condition);
      plain.add(free.accept(flat)); // a column may have stood for an OR
    }
    return super.filter(variables, plain);
  }
}
