package io.versor.engine.plan;

import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.rel.RelHomogeneousShuttle;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.AggregateCall;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.logical.LogicalAggregate;
import org.apache.calcite.rel.logical.LogicalFilter;
import org.apache.calcite.rel.logical.LogicalProject;
import org.apache.calcite.rel.type.RelDataTypeField;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.util.ImmutableBitSet;

/**
 * Grouping by constants alone, as one group that is there if any row is. Decorrelation leaves
 * constant keys out, and what is then grouped by nothing gives a row where there is none: SELECT
 * DISTINCT 1 of no rows.
 */
final class ConstantKeys {
  private ConstantKeys() {}

  static RelNode rewrite(RelNode plan) {
    return plan.accept(
        new RelHomogeneousShuttle() {
          @Override
          public RelNode visit(LogicalAggregate aggregate) {
            RelNode visited = super.visit((RelNode) aggregate);
            return visited instanceof LogicalAggregate same
                    && same.getInput() instanceof Project input
                    && hasConstantKeys(same, input)
                ? oneGroup(same, input)
                : visited;
          }
        });
  }

  private static boolean hasConstantKeys(Aggregate aggregate, Project input) {
    return aggregate.getGroupType() == Aggregate.Group.SIMPLE
        && !aggregate.getGroupSet().isEmpty()
        && aggregate.getGroupSet().asList().stream()
            .allMatch(key -> input.getProjects().get(key) instanceof RexLiteral);
  }

  private static RelNode oneGroup(LogicalAggregate aggregate, Project input) {
    RexBuilder builder = aggregate.getCluster().getRexBuilder();
    int calls = aggregate.getAggCallList().size();
    List<AggregateCall> withCount = new ArrayList<>(aggregate.getAggCallList());
    withCount.add(
        AggregateCall.create(
            SqlStdOperatorTable.COUNT,
            false,
            false,
            false,
            List.of(),
            List.of(),
            -1,
            null,
            org.apache.calcite.rel.RelCollations.EMPTY,
            builder.getTypeFactory().createSqlType(SqlTypeName.BIGINT),
            null));
    for (int i = 0; i < calls; i++) {
      AggregateCall call = withCount.get(i);
      withCount.set(i, retyped(call, builder));
    }
    RelNode group =
        LogicalAggregate.create(
            input, List.of(), ImmutableBitSet.of(), List.of(ImmutableBitSet.of()), withCount);
    RelNode any =
        LogicalFilter.create(
            group,
            builder.makeCall(
                SqlStdOperatorTable.GREATER_THAN,
                builder.makeInputRef(group, calls),
                builder.makeBigintLiteral(java.math.BigDecimal.ZERO)));
    List<RexNode> items = new ArrayList<>();
    int keys = aggregate.getGroupCount();
    for (RelDataTypeField field : aggregate.getRowType().getFieldList()) {
      int i = field.getIndex();
      RexNode item =
          i < keys
              ? input.getProjects().get(aggregate.getGroupSet().nth(i))
              : builder.makeInputRef(any, i - keys);
      boolean same = item.getType().equals(field.getType());
      items.add(same ? item : builder.makeAbstractCast(field.getType(), item, false));
    }
    return LogicalProject.create(
        any, List.of(), items, aggregate.getRowType().getFieldNames(), java.util.Set.of());
  }

  /** A sum of no rows is NULL, which a group never gives. */
  private static AggregateCall retyped(AggregateCall call, RexBuilder builder) {
    boolean counts =
        switch (call.getAggregation().getKind()) {
          case COUNT, SUM0 -> true;
          default -> false;
        };
    return counts
        ? call
        : AggregateCall.create(
            call.getAggregation(),
            call.isDistinct(),
            call.isApproximate(),
            call.ignoreNulls(),
            call.rexList,
            call.getArgList(),
            call.filterArg,
            call.distinctKeys,
            call.getCollation(),
            builder.getTypeFactory().createTypeWithNullability(call.getType(), true),
            call.getName());
  }
}
