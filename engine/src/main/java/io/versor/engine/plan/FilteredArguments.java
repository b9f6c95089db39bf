package io.versor.engine.plan;

import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.AggregateCall;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.logical.LogicalAggregate;
import org.apache.calcite.rel.logical.LogicalProject;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.type.SqlTypeName;

/**
 * Arguments of aggregates, computed for the rows that FILTER leaves alone: {@code SUM(10 / i)
 * FILTER (WHERE i <> 0)} has no error. For other rows stands a zero that nobody looks at.
 */
final class FilteredArguments {
  private FilteredArguments() {}

  static RelNode rewrite(RelNode plan) {
    return BottomUp.nodes(
        plan,
        LogicalAggregate.class,
        aggregate ->
            aggregate.getInput() instanceof Project input ? rewrite(aggregate, input) : aggregate);
  }

  private static RelNode rewrite(LogicalAggregate aggregate, Project input) {
    if (aggregate.getAggCallList().stream().allMatch(call -> call.filterArg < 0)) {
      return aggregate;
    }
    RexBuilder builder = aggregate.getCluster().getRexBuilder();
    List<RexNode> items = new ArrayList<>(input.getProjects());
    for (int item = 0; item < items.size(); item++) {
      RexNode argument = items.get(item);
      int filter = onlyFilter(aggregate, item);
      if (filter >= 0 && hasZero(argument.getType()) && LazyConditions.canFail(argument)) {
        items.set(
            item,
            builder.makeCall(
                argument.getType(),
                SqlStdOperatorTable.CASE,
                List.of(
                    input.getProjects().get(filter),
                    argument,
                    builder.makeZeroLiteral(argument.getType()))));
      }
    }
    if (items.equals(input.getProjects())) {
      return aggregate;
    }
    RelNode lazy =
        LogicalProject.create(
            input.getInput(), input.getHints(), items, input.getRowType(), input.getVariablesSet());
    return aggregate.copy(aggregate.getTraitSet(), List.of(lazy));
  }

  /** The filter of all that use a column; negative if there are others, or none. */
  private static int onlyFilter(Aggregate aggregate, int column) {
    if (aggregate.getGroupSet().get(column)) {
      return -1;
    }
    int filter = -1;
    for (AggregateCall call : aggregate.getAggCallList()) {
      boolean ordered =
          call.getCollation().getFieldCollations().stream()
              .anyMatch(order -> order.getFieldIndex() == column);
      if (call.getArgList().contains(column) || ordered) {
        if (call.filterArg < 0 || filter >= 0 && filter != call.filterArg) {
          return -1;
        }
        filter = call.filterArg;
      }
    }
    return filter;
  }

  private static boolean hasZero(RelDataType type) {
    return SqlTypeName.NUMERIC_TYPES.contains(type.getSqlTypeName());
  }
}
