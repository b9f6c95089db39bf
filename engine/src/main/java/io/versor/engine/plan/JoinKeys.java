package io.versor.engine.plan;

import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.logical.LogicalJoin;
import org.apache.calcite.rel.logical.LogicalProject;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.util.ImmutableBitSet;

/**
 * Calcite's executor finds the rows of a join by equal columns alone: what both sides compute to be
 * compared, such as a SMALLINT cast to the INTEGER of the other side, becomes a column.
 */
final class JoinKeys {
  private JoinKeys() {}

  static RelNode rewrite(RelNode plan) {
    return BottomUp.nodes(plan, LogicalJoin.class, JoinKeys::withColumns);
  }

  private static RelNode withColumns(LogicalJoin join) {
    int left = join.getLeft().getRowType().getFieldCount();
    int right = join.getRight().getRowType().getFieldCount();
    List<RexNode> ofLeft = new ArrayList<>();
    List<RexNode> ofRight = new ArrayList<>();
    List<RexNode> rest = new ArrayList<>();
    for (RexNode each : RelOptUtil.conjunctions(join.getCondition())) {
      boolean key = each.getKind() == SqlKind.EQUALS && RexUtil.isDeterministic(each);
      RexNode one = key ? ((RexCall) each).getOperands().get(0) : each;
      RexNode other = key ? ((RexCall) each).getOperands().get(1) : each;
      if (!key || one instanceof RexInputRef && other instanceof RexInputRef) {
        rest.add(each);
      } else if (isWithin(one, 0, left) && isWithin(other, left, left + right)) {
        ofLeft.add(one);
        ofRight.add(other);
      } else if (isWithin(other, 0, left) && isWithin(one, left, left + right)) {
        ofLeft.add(other);
        ofRight.add(one);
      } else {
        rest.add(each);
      }
    }
    return ofLeft.isEmpty() ? join : joined(join, ofLeft, ofRight, rest);
  }

  /** Whether it refers to columns of one side, and to some. */
  private static boolean isWithin(RexNode node, int from, int to) {
    ImmutableBitSet columns = RelOptUtil.InputFinder.bits(node);
    return !columns.isEmpty()
        && ImmutableBitSet.range(from, to).contains(columns)
        && !RexUtil.containsCorrelation(node);
  }

  private static RelNode joined(
      LogicalJoin join, List<RexNode> ofLeft, List<RexNode> ofRight, List<RexNode> rest) {
    RexBuilder builder = join.getCluster().getRexBuilder();
    int left = join.getLeft().getRowType().getFieldCount();
    Side one = new Side(join.getLeft());
    Side other = new Side(join.getRight());
    List<RexNode> shifted = RexUtil.shift(ofRight, -left);
    List<Integer> places = ofLeft.stream().map(one::place).toList();
    List<Integer> otherPlaces = shifted.stream().map(other::place).toList();
    int moves = one.width() - left;
    List<RexNode> conditions = new ArrayList<>();
    for (int i = 0; i < ofLeft.size(); i++) {
      conditions.add(
          builder.makeCall(
              SqlStdOperatorTable.EQUALS,
              builder.makeInputRef(ofLeft.get(i).getType(), places.get(i)),
              builder.makeInputRef(ofRight.get(i).getType(), one.width() + otherPlaces.get(i))));
    }
    RexShuttle moved =
        new RexShuttle() {
          @Override
          public RexNode visitInputRef(RexInputRef ref) {
            return ref.getIndex() < left
                ? ref
                : builder.makeInputRef(ref.getType(), ref.getIndex() + moves);
          }
        };
    rest.forEach(each -> conditions.add(each.accept(moved)));
    RelNode wide =
        LogicalJoin.create(
            one.widened(),
            other.widened(),
            join.getHints(),
            RexUtil.composeConjunction(builder, conditions),
            join.getVariablesSet(),
            join.getJoinType());
    List<RexNode> items = new ArrayList<>();
    int columns = join.getRowType().getFieldCount();
    for (int i = 0; i < columns; i++) {
      items.add(builder.makeInputRef(wide, i < left ? i : i + moves));
    }
    return LogicalProject.create(
        wide, List.of(), items, join.getRowType().getFieldNames(), java.util.Set.of());
  }

  /** An input of a join, and what is computed of its rows for keys. */
  private static final class Side {
    private final RelNode input;
    private final List<RexNode> computed = new ArrayList<>();

    Side(RelNode input) {
      this.input = input;
    }

    /** Where a key is, among the columns and behind them. */
    int place(RexNode key) {
      if (key instanceof RexInputRef ref) {
        return ref.getIndex();
      }
      computed.add(key);
      return width() - 1;
    }

    int width() {
      return input.getRowType().getFieldCount() + computed.size();
    }

    RelNode widened() {
      if (computed.isEmpty()) {
        return input;
      }
      RexBuilder builder = input.getCluster().getRexBuilder();
      List<RexNode> items = new ArrayList<>();
      for (int i = 0; i < input.getRowType().getFieldCount(); i++) {
        items.add(builder.makeInputRef(input, i));
      }
      items.addAll(computed);
      List<String> names = new ArrayList<>(input.getRowType().getFieldNames());
      while (names.size() < items.size()) {
        names.add("key$" + names.size());
      }
      return LogicalProject.create(input, List.of(), items, names, java.util.Set.of());
    }
  }
}
