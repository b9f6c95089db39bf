package io.versor.engine.plan;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.AggregateCall;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.logical.LogicalAggregate;
import org.apache.calcite.rel.logical.LogicalFilter;
import org.apache.calcite.rel.logical.LogicalProject;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeField;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.util.ImmutableBitSet;
import org.jspecify.annotations.Nullable;

/**
 * Constants as keys of groups stand above them. Decorrelation leaves such keys out, but puts them
 * back in the place of other columns; and what is then grouped by nothing gives a row where there
 * is none, SELECT DISTINCT 1 of no rows: so it is one group that is there if any row is.
 */
final class ConstantKeys {
  private ConstantKeys() {}

  static RelNode rewrite(RelNode plan) {
    return BottomUp.nodes(plan, LogicalAggregate.class, ConstantKeys::withoutConstants);
  }

  private static RelNode withoutConstants(LogicalAggregate aggregate) {
    Map<Integer, RexLiteral> constants = new HashMap<>();
    for (int key : aggregate.getGroupSet()) {
      RexLiteral constant = constant(aggregate.getInput(), key);
      if (constant != null) {
        constants.put(key, constant);
      }
    }
    if (constants.isEmpty() || aggregate.getGroupType() != Aggregate.Group.SIMPLE) {
      return aggregate;
    }
    return constants.size() == aggregate.getGroupCount()
        ? oneGroup(aggregate, constants)
        : fewerKeys(aggregate, constants);
  }

  /** What a column is in every row; null if that is not known. */
  private static @Nullable RexLiteral constant(RelNode input, int column) {
    if (input instanceof Filter filter) {
      return constant(filter.getInput(), column);
    }
    if (!(input instanceof Project project)) {
      return null;
    }
    RexNode item = project.getProjects().get(column);
    if (item instanceof RexInputRef ref) {
      return constant(project.getInput(), ref.getIndex());
    }
    return item instanceof RexLiteral literal ? literal : null;
  }

  private static RelNode fewerKeys(LogicalAggregate aggregate, Map<Integer, RexLiteral> constants) {
    RexBuilder builder = aggregate.getCluster().getRexBuilder();
    ImmutableBitSet keys = aggregate.getGroupSet().except(ImmutableBitSet.of(constants.keySet()));
    RelNode fewer =
        LogicalAggregate.create(
            aggregate.getInput(),
            aggregate.getHints(),
            keys,
            List.of(keys),
            aggregate.getAggCallList());
    List<RexNode> items = new ArrayList<>();
    int at = 0;
    for (RelDataTypeField field : aggregate.getRowType().getFieldList()) {
      int i = field.getIndex();
      RexLiteral constant =
          i < aggregate.getGroupCount() ? constants.get(aggregate.getGroupSet().nth(i)) : null;
      RexNode item = constant == null ? builder.makeInputRef(fewer, at++) : constant;
      items.add(typed(item, field.getType(), builder));
    }
    return LogicalProject.create(
        fewer, List.of(), items, aggregate.getRowType().getFieldNames(), Set.of());
  }

  private static RexNode typed(RexNode item, RelDataType type, RexBuilder builder) {
    return item.getType().equals(type) ? item : builder.makeAbstractCast(type, item, false);
  }

  private static RelNode oneGroup(LogicalAggregate aggregate, Map<Integer, RexLiteral> constants) {
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
            aggregate.getInput(),
            List.of(),
            ImmutableBitSet.of(),
            List.of(ImmutableBitSet.of()),
            withCount);
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
              ? constants.get(aggregate.getGroupSet().nth(i))
              : builder.makeInputRef(any, i - keys);
      items.add(typed(item, field.getType(), builder));
    }
    return LogicalProject.create(
        any, List.of(), items, aggregate.getRowType().getFieldNames(), Set.of());
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
