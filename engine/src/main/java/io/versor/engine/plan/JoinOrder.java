package io.versor.engine.plan;

import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.RelHomogeneousShuttle;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.rel.logical.LogicalJoin;
import org.apache.calcite.rel.logical.LogicalProject;
import org.apache.calcite.rel.type.RelDataTypeField;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.util.ImmutableBitSet;

/**
 * Joins tables by equal columns wherever there is a way: of {@code FROM part, supplier, lineitem
 * WHERE …} the first two have nothing in common, and their product may be larger than any table.
 * The order is kept as it is written unless a table has to wait for the one that links it to the
 * others. No statistics: what is written well stays as it is.
 */
final class JoinOrder {
  private final List<RelNode> inputs = new ArrayList<>();
  private final List<Integer> starts = new ArrayList<>();
  private final List<RexNode> conditions = new ArrayList<>();
  private final LogicalJoin top;

  private JoinOrder(LogicalJoin top) {
    this.top = top;
  }

  static RelNode rewrite(RelNode plan) {
    return plan.accept(
        new RelHomogeneousShuttle() {
          @Override
          public RelNode visit(LogicalJoin join) {
            return isPlain(join) ? new JoinOrder(join).ordered(this) : super.visit(join);
          }
        });
  }

  private static boolean isPlain(LogicalJoin join) {
    return join.getJoinType() == JoinRelType.INNER && join.getVariablesSet().isEmpty();
  }

  private RelNode ordered(RelHomogeneousShuttle shuttle) {
    gather(top, 0, shuttle);
    List<Integer> order = order();
    if (order.equals(List.copyOf(order.stream().sorted().toList()))) {
      return join(order); // as written
    }
    RelNode joined = join(order);
    int[] places = places(order);
    RexBuilder builder = top.getCluster().getRexBuilder();
    List<RexNode> items = new ArrayList<>();
    for (RelDataTypeField field : top.getRowType().getFieldList()) {
      items.add(builder.makeInputRef(joined, places[field.getIndex()]));
    }
    return LogicalProject.create(
        joined, List.of(), items, top.getRowType().getFieldNames(), java.util.Set.of());
  }

  /** Inputs of a tree of joins, and its conditions on the columns of all of them. */
  private void gather(RelNode node, int start, RelHomogeneousShuttle shuttle) {
    if (node instanceof LogicalJoin join && isPlain(join)) {
      gather(join.getLeft(), start, shuttle);
      gather(join.getRight(), start + join.getLeft().getRowType().getFieldCount(), shuttle);
      for (RexNode condition : RelOptUtil.conjunctions(join.getCondition())) {
        conditions.add(RexUtil.shift(condition, start));
      }
    } else {
      inputs.add(node.accept(shuttle));
      starts.add(start);
    }
  }

  /** The inputs in the order in which they are joined. */
  private List<Integer> order() {
    List<Integer> order = new ArrayList<>(List.of(0));
    List<Integer> waiting = new ArrayList<>();
    for (int i = 1; i < inputs.size(); i++) {
      waiting.add(i);
    }
    while (!waiting.isEmpty()) {
      ImmutableBitSet known = columns(order);
      Integer next =
          waiting.stream()
              .filter(input -> isLinked(known, input))
              .findFirst()
              .orElse(waiting.get(0));
      order.add(next);
      waiting.remove(next);
    }
    return order;
  }

  private ImmutableBitSet columns(List<Integer> some) {
    ImmutableBitSet.Builder columns = ImmutableBitSet.builder();
    some.forEach(input -> columns.addAll(columns(input)));
    return columns.build();
  }

  private ImmutableBitSet columns(int input) {
    int start = starts.get(input);
    return ImmutableBitSet.range(start, start + inputs.get(input).getRowType().getFieldCount());
  }

  /** Whether a column of the input equals something that is known. */
  private boolean isLinked(ImmutableBitSet known, int input) {
    ImmutableBitSet own = columns(input);
    for (RexNode condition : conditions) {
      if (condition.getKind() != SqlKind.EQUALS
          && condition.getKind() != SqlKind.IS_NOT_DISTINCT_FROM) {
        continue;
      }
      ImmutableBitSet left = bits(((RexCall) condition).getOperands().get(0));
      ImmutableBitSet right = bits(((RexCall) condition).getOperands().get(1));
      if (left.isEmpty() || right.isEmpty()) {
        continue;
      }
      if (own.contains(left) && known.contains(right)
          || own.contains(right) && known.contains(left)) {
        return true;
      }
    }
    return false;
  }

  private static ImmutableBitSet bits(RexNode node) {
    return RelOptUtil.InputFinder.bits(node);
  }

  /** Joins in an order; each condition as soon as all it speaks of is there. */
  private RelNode join(List<Integer> order) {
    int[] places = places(order);
    RexShuttle renumber =
        new RexShuttle() {
          @Override
          public RexNode visitInputRef(RexInputRef ref) {
            return new RexInputRef(places[ref.getIndex()], ref.getType());
          }
        };
    List<RexNode> waiting = new ArrayList<>(conditions);
    RelNode joined = inputs.get(order.get(0));
    for (int i = 1; i < order.size(); i++) {
      ImmutableBitSet known = columns(order.subList(0, i + 1));
      List<RexNode> now =
          waiting.stream().filter(condition -> known.contains(bits(condition))).toList();
      waiting.removeAll(now);
      RexNode condition =
          RexUtil.composeConjunction(top.getCluster().getRexBuilder(), renumber.apply(now));
      joined =
          LogicalJoin.create(
              joined,
              inputs.get(order.get(i)),
              List.of(),
              condition,
              java.util.Set.of(),
              JoinRelType.INNER);
    }
    return joined;
  }

  /** Where each column comes to stand. */
  private int[] places(List<Integer> order) {
    int[] places = new int[top.getRowType().getFieldCount()];
    int next = 0;
    for (int input : order) {
      for (int column : columns(input)) {
        places[column] = next++;
      }
    }
    return places;
  }
}
