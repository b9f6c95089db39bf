package io.versor.engine.plan;

import java.util.function.Function;
import org.apache.calcite.rel.RelHomogeneousShuttle;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.logical.LogicalAsofJoin;
import org.apache.calcite.rex.RexShuttle;

/** Rewrites of a plan, node by node: each is seen when the nodes below it are done. */
final class BottomUp {
  private BottomUp() {}

  /** Every node as a function gives it. */
  static RelNode nodes(RelNode plan, Function<RelNode, RelNode> rewrite) {
    return plan.accept(
        new RelHomogeneousShuttle() {
          @Override
          public RelNode visit(RelNode other) {
            return rewrite.apply(super.visit(other));
          }

          @Override
          public RelNode visit(LogicalAsofJoin join) { // which Calcite's passes over
            return visit((RelNode) join);
          }
        });
  }

  /** Nodes of one kind as a function gives them. */
  static <T extends RelNode> RelNode nodes(
      RelNode plan, Class<T> kind, Function<T, RelNode> rewrite) {
    return nodes(plan, node -> kind.isInstance(node) ? rewrite.apply(kind.cast(node)) : node);
  }

  /** The expressions of every node as a shuttle gives them. */
  static RelNode expressions(RelNode plan, RexShuttle rewrite) {
    return nodes(plan, node -> node.accept(rewrite));
  }
}
