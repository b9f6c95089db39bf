package io.versor.engine.plan;

import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Uncollect;
import org.apache.calcite.rel.logical.LogicalFilter;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;

/** An array that is NULL has no elements. Calcite's executor fails for one WITH ORDINALITY. */
final class UnnestedNulls {
  private UnnestedNulls() {}

  static RelNode rewrite(RelNode plan) {
    return BottomUp.nodes(
        plan,
        Uncollect.class,
        uncollect ->
            uncollect.withOrdinality && uncollect.getInput().getRowType().getFieldCount() == 1
                ? withoutNulls(uncollect)
                : uncollect);
  }

  private static RelNode withoutNulls(Uncollect uncollect) {
    RelNode input = uncollect.getInput();
    RexBuilder builder = uncollect.getCluster().getRexBuilder();
    RelNode present =
        LogicalFilter.create(
            input,
            builder.makeCall(SqlStdOperatorTable.IS_NOT_NULL, builder.makeInputRef(input, 0)));
    return uncollect.copy(uncollect.getTraitSet(), java.util.List.of(present));
  }
}
