package io.versor.engine.plan;

import com.google.common.collect.ImmutableSet;
import io.versor.engine.function.Aggregates;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.apache.calcite.rel.RelCollation;
import org.apache.calcite.rel.RelCollations;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.AggregateCall;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.rel.logical.LogicalAggregate;
import org.apache.calcite.rel.logical.LogicalJoin;
import org.apache.calcite.rel.logical.LogicalProject;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.sql.SqlAggFunction;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.util.ImmutableBitSet;
import org.jspecify.annotations.Nullable;

/**
 * {@code SUM(x) WITHIN DISTINCT (k)} aggregates one row for each k of a group, whose x must be the
 * same: an aggregate over one that is grouped by k too. Aggregates of other keys, or of none, are
 * joined by what all are grouped by.
 *
 * <p>With FILTER the rows that meet it count: a k that has none is left out.
 */
final class WithinDistinct {
  private final LogicalAggregate aggregate;
  private final RexBuilder builder;

  private WithinDistinct(LogicalAggregate aggregate) {
    this.aggregate = aggregate;
    this.builder = aggregate.getCluster().getRexBuilder();
  }

  static RelNode rewrite(RelNode plan) {
    return BottomUp.nodes(
        plan,
        LogicalAggregate.class,
        aggregate ->
            aggregate.getAggCallList().stream().anyMatch(call -> call.distinctKeys != null)
                ? ofSets(aggregate)
                : aggregate);
  }

  private static RelNode ofSets(LogicalAggregate aggregate) {
    return aggregate.getGroupType() == Aggregate.Group.SIMPLE
        ? new WithinDistinct(aggregate).joined()
        : BottomUp.nodes(
            GroupingSets.oneByOne(aggregate),
            LogicalAggregate.class,
            one ->
                one.getAggCallList().stream().anyMatch(call -> call.distinctKeys != null)
                    ? new WithinDistinct(one).joined()
                    : one);
  }

  /** Aggregates with the same keys; all have a row for each group. */
  private record Part(List<Integer> calls, RelNode rows) {}

  private RelNode joined() {
    Map<ImmutableBitSet, List<Integer>> byKeys = new LinkedHashMap<>();
    List<Integer> plain = new ArrayList<>();
    for (int i = 0; i < aggregate.getAggCallList().size(); i++) {
      ImmutableBitSet keys = aggregate.getAggCallList().get(i).distinctKeys;
      (keys == null ? plain : byKeys.computeIfAbsent(keys, key -> new ArrayList<>())).add(i);
    }
    List<Part> parts = new ArrayList<>();
    if (!plain.isEmpty()) {
      parts.add(new Part(plain, grouped(aggregate.getInput(), groups(), calls(plain))));
    }
    byKeys.forEach((keys, calls) -> parts.add(new Part(calls, withinKeys(keys, calls))));
    RelNode all = parts.get(0).rows();
    int keys = groups().cardinality();
    List<Integer> first = new ArrayList<>(); // column of each part's first key
    first.add(0);
    for (Part part : parts.subList(1, parts.size())) {
      first.add(all.getRowType().getFieldCount());
      all = joined(all, part.rows());
    }
    List<RexNode> items = new ArrayList<>();
    List<RelDataType> types =
        aggregate.getRowType().getFieldList().stream().map(field -> field.getType()).toList();
    for (int i = 0; i < types.size(); i++) {
      int column = i < keys ? i : column(parts, first, i - keys);
      RexNode item = builder.makeInputRef(all, column);
      items.add(
          item.getType().equals(types.get(i))
              ? item
              : builder.makeAbstractCast(types.get(i), item, false));
    }
    return LogicalProject.create(
        all, List.of(), items, aggregate.getRowType().getFieldNames(), ImmutableSet.of());
  }

  private int column(List<Part> parts, List<Integer> first, int call) {
    for (int i = 0; i < parts.size(); i++) {
      int at = parts.get(i).calls().indexOf(call);
      if (at >= 0) {
        return first.get(i) + groups().cardinality() + at;
      }
    }
    throw new IllegalStateException("an aggregate is in no part: " + call);
  }

  private RelNode joined(RelNode left, RelNode right) {
    List<RexNode> same = new ArrayList<>();
    int columns = left.getRowType().getFieldCount();
    for (int i = 0; i < groups().cardinality(); i++) {
      RelDataType type = right.getRowType().getFieldList().get(i).getType();
      same.add(
          builder.makeCall(
              SqlStdOperatorTable.IS_NOT_DISTINCT_FROM,
              builder.makeInputRef(left, i),
              builder.makeInputRef(type, columns + i)));
    }
    return LogicalJoin.create(
        left,
        right,
        List.of(),
        RexUtil.composeConjunction(builder, same),
        ImmutableSet.of(),
        JoinRelType.INNER);
  }

  private ImmutableBitSet groups() {
    return aggregate.getGroupSet();
  }

  private List<AggregateCall> calls(List<Integer> ordinals) {
    return ordinals.stream().map(aggregate.getAggCallList()::get).toList();
  }

  private LogicalAggregate grouped(
      RelNode input, ImmutableBitSet groups, List<AggregateCall> calls) {
    return LogicalAggregate.create(input, aggregate.getHints(), groups, null, calls);
  }

  // --- aggregates of the same keys

  private RelNode withinKeys(ImmutableBitSet keys, List<Integer> ordinals) {
    ImmutableBitSet below = groups().union(keys);
    OneEach each = new OneEach(below);
    List<AggregateCall> above = new ArrayList<>();
    for (AggregateCall call : calls(ordinals)) {
      above.add(each.above(call));
    }
    RelNode rows = each.rows();
    ImmutableBitSet.Builder groups = ImmutableBitSet.builder();
    groups().forEach(group -> groups.set(below.indexOf(group)));
    List<AggregateCall> typed = new ArrayList<>();
    above.forEach(
        call ->
            typed.add(GroupingSets.typed(call.withDistinctKeys(null), groups().isEmpty(), rows)));
    return grouped(rows, groups.build(), typed);
  }

  /** One row for each key: the keys, then the only values that are asked for, then conditions. */
  private final class OneEach {
    private final ImmutableBitSet keys;
    private final List<AggregateCall> calls = new ArrayList<>();
    private final Map<List<Integer>, Integer> columns = new LinkedHashMap<>();

    OneEach(ImmutableBitSet keys) {
      this.keys = keys;
    }

    AggregateCall above(AggregateCall call) {
      int filter = call.filterArg;
      UnaryOperator<Integer> only = column -> only(column, filter);
      List<Integer> arguments = call.getArgList().stream().map(only).toList();
      RelCollation order =
          RelCollations.of(
              call.getCollation().getFieldCollations().stream()
                  .map(field -> field.withFieldIndex(only.apply(field.getFieldIndex())))
                  .toList());
      int met = filter < 0 ? -1 : column(List.of(filter), count(filter));
      return call.withArgList(arguments).withFilter(met).withCollation(order);
    }

    private int only(int column, int filter) {
      if (keys.get(column)) {
        return keys.indexOf(column);
      }
      RelDataType type = aggregate.getInput().getRowType().getFieldList().get(column).getType();
      RelDataType maybe = builder.getTypeFactory().createTypeWithNullability(type, true);
      return column(
          List.of(column, filter), call(Aggregates.ONLY_VALUE, List.of(column), filter, maybe));
    }

    /** Of rows that meet a condition; a condition on it stands above. */
    private AggregateCall count(int filter) {
      return call(SqlStdOperatorTable.COUNT, List.of(), filter, null);
    }

    private AggregateCall call(
        SqlAggFunction function, List<Integer> arguments, int filter, @Nullable RelDataType type) {
      return AggregateCall.create(
          SqlParserPos.ZERO,
          function,
          false,
          false,
          false,
          List.of(),
          arguments,
          filter,
          null,
          RelCollations.EMPTY,
          keys.isEmpty(),
          aggregate.getInput(),
          type,
          null);
    }

    private int column(List<Integer> what, AggregateCall call) {
      return columns.computeIfAbsent(
          what,
          key -> {
            calls.add(call);
            return keys.cardinality() + calls.size() - 1;
          });
    }

    /** Counts as conditions: whether there were any. */
    RelNode rows() {
      RelNode each = grouped(aggregate.getInput(), keys, calls);
      List<RexNode> items = new ArrayList<>();
      for (int i = 0; i < each.getRowType().getFieldCount(); i++) {
        int call = i - keys.cardinality();
        RexNode item = builder.makeInputRef(each, i);
        boolean count = call >= 0 && calls.get(call).getAggregation() == SqlStdOperatorTable.COUNT;
        items.add(
            count
                ? builder.makeCall(
                    SqlStdOperatorTable.GREATER_THAN, item, builder.makeZeroLiteral(item.getType()))
                : item);
      }
      return LogicalProject.create(each, List.of(), items, (List<String>) null, ImmutableSet.of());
    }
  }
}
