package io.versor.engine.plan;

import com.google.common.collect.ImmutableSet;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.AggregateCall;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.rel.logical.LogicalAggregate;
import org.apache.calcite.rel.logical.LogicalJoin;
import org.apache.calcite.rel.logical.LogicalProject;
import org.apache.calcite.rel.logical.LogicalUnion;
import org.apache.calcite.rel.logical.LogicalValues;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeField;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.util.ImmutableBitSet;

/**
 * Grouping sets as Calcite's executor can run them. With the grand total among them they give one
 * row at least: of no rows the total is still there, with NULLs and counts of 0. It gives none, so
 * its rows are joined to one that is always there. DISTINCT in an aggregate it knows for one
 * grouping at a time; then each is an aggregate of its own.
 */
final class GroupingSets {
  private GroupingSets() {}

  static RelNode rewrite(RelNode plan) {
    return BottomUp.nodes(plan, LogicalAggregate.class, GroupingSets::rewrite);
  }

  private static RelNode rewrite(LogicalAggregate aggregate) {
    if (aggregate.getGroupType() == Aggregate.Group.SIMPLE) {
      return aggregate;
    }
    if (aggregate.getAggCallList().stream().anyMatch(AggregateCall::isDistinct)) {
      return oneByOne(aggregate);
    }
    boolean total = aggregate.getGroupSets().stream().anyMatch(ImmutableBitSet::isEmpty);
    return total ? withTotal(aggregate) : aggregate;
  }

  private static RelNode withTotal(LogicalAggregate aggregate) {
    RexBuilder builder = aggregate.getCluster().getRexBuilder();
    RelNode joined =
        LogicalJoin.create(
            LogicalValues.createOneRow(aggregate.getCluster()),
            aggregate,
            List.of(),
            builder.makeLiteral(true),
            ImmutableSet.of(),
            JoinRelType.LEFT);
    List<RexNode> items = new ArrayList<>();
    int keys = aggregate.getGroupCount();
    for (int i = 0; i < aggregate.getRowType().getFieldCount(); i++) {
      RexNode item = builder.makeInputRef(joined, i + 1);
      RelDataType type = aggregate.getRowType().getFieldList().get(i).getType();
      items.add(
          i < keys || type.isNullable()
              ? item
              : orDefault(item, type, aggregate.getAggCallList().get(i - keys), builder));
    }
    return LogicalProject.create(
        joined, List.of(), items, aggregate.getRowType().getFieldNames(), ImmutableSet.of());
  }

  /** Each of them as an aggregate of its own. */
  static RelNode oneByOne(LogicalAggregate aggregate) {
    List<RelNode> groupings = new ArrayList<>();
    for (ImmutableBitSet set : aggregate.getGroupSets()) {
      groupings.add(grouping(aggregate, set));
    }
    return LogicalUnion.create(groupings, true);
  }

  private static RelNode grouping(LogicalAggregate aggregate, ImmutableBitSet set) {
    RexBuilder builder = aggregate.getCluster().getRexBuilder();
    List<AggregateCall> calls =
        aggregate.getAggCallList().stream().filter(call -> !tellsGrouping(call)).toList();
    List<AggregateCall> typed =
        calls.stream().map(call -> typed(call, set.isEmpty(), aggregate.getInput())).toList();
    RelNode one =
        LogicalAggregate.create(
            aggregate.getInput(), aggregate.getHints(), set, List.of(set), typed);
    List<RexNode> items = new ArrayList<>();
    for (RelDataTypeField field : aggregate.getRowType().getFieldList()) {
      int i = field.getIndex();
      int keys = aggregate.getGroupCount();
      if (i < keys) {
        int key = aggregate.getGroupSet().nth(i);
        items.add(
            set.get(key)
                ? cast(builder, field.getType(), builder.makeInputRef(one, set.indexOf(key)))
                : builder.makeNullLiteral(field.getType()));
        continue;
      }
      AggregateCall call = aggregate.getAggCallList().get(i - keys);
      items.add(
          tellsGrouping(call)
              ? builder.makeLiteral(grouping(call, set), field.getType(), true)
              : cast(
                  builder,
                  field.getType(),
                  builder.makeInputRef(one, set.cardinality() + calls.indexOf(call))));
    }
    return LogicalProject.create(
        one, List.of(), items, aggregate.getRowType().getFieldNames(), ImmutableSet.of());
  }

  /** Of no rows an aggregate may be NULL, of a group it need not. */
  static AggregateCall typed(AggregateCall call, boolean ofNone, RelNode input) {
    return AggregateCall.create(
        call.getParserPosition(),
        call.getAggregation(),
        call.isDistinct(),
        call.isApproximate(),
        call.ignoreNulls(),
        call.rexList,
        call.getArgList(),
        call.filterArg,
        call.distinctKeys,
        call.getCollation(),
        ofNone,
        input,
        null,
        call.getName());
  }

  private static RexNode cast(RexBuilder builder, RelDataType type, RexNode node) {
    return node.getType().equals(type) ? node : builder.makeAbstractCast(type, node, false);
  }

  private static boolean tellsGrouping(AggregateCall call) {
    return switch (call.getAggregation().getKind()) {
      case GROUPING, GROUPING_ID, GROUP_ID -> true;
      default -> false;
    };
  }

  /** A bit for each argument, the first one highest: whether the row is not grouped by it. */
  private static BigDecimal grouping(AggregateCall call, ImmutableBitSet set) {
    long bits = 0;
    for (int argument : call.getArgList()) {
      bits = bits << 1 | (set.get(argument) ? 0 : 1);
    }
    return BigDecimal.valueOf(bits);
  }

  /** What never is NULL: a count, and GROUPING, which tells what the row is not grouped by. */
  private static RexNode orDefault(
      RexNode item, RelDataType type, AggregateCall call, RexBuilder builder) {
    BigDecimal ofNone =
        tellsGrouping(call) ? grouping(call, ImmutableBitSet.of()) : BigDecimal.ZERO;
    return builder.makeCall(
        type,
        SqlStdOperatorTable.CASE,
        List.of(
            builder.makeCall(SqlStdOperatorTable.IS_NULL, item),
            builder.makeLiteral(ofNone, type, true),
            builder.makeAbstractCast(type, item, false)));
  }
}
