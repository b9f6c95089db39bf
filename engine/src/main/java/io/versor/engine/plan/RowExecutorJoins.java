package io.versor.engine.plan;

import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.logical.LogicalJoin;
import org.apache.calcite.rel.logical.LogicalProject;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexNode;

/**
 * Right and full joins as Calcite's executor can run them: it tells rows of the right apart by
 * their identity, and rows of one column are bare values, which equal ones share. So there are two
 * columns at least.
 */
final class RowExecutorJoins {
  private RowExecutorJoins() {}

  static RelNode rewrite(RelNode plan) {
    return BottomUp.nodes(
        plan,
        LogicalJoin.class,
        join ->
            join.getJoinType().generatesNullsOnLeft()
                    && join.getRight().getRowType().getFieldCount() == 1
                ? widened(join)
                : join);
  }

  private static RelNode widened(LogicalJoin join) {
    RexBuilder builder = join.getCluster().getRexBuilder();
    RelNode right =
        LogicalProject.create(
            join.getRight(),
            List.of(),
            List.of(builder.makeInputRef(join.getRight(), 0), builder.makeLiteral(true)),
            List.of("value", "there"),
            java.util.Set.of());
    RelNode wide = join.copy(join.getTraitSet(), List.of(join.getLeft(), right));
    List<RexNode> items = new ArrayList<>();
    for (int i = 0; i < join.getRowType().getFieldCount(); i++) {
      items.add(builder.makeInputRef(wide, i));
    }
    return LogicalProject.create(
        wide, List.of(), items, join.getRowType().getFieldNames(), java.util.Set.of());
  }
}
