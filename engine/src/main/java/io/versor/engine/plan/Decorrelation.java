package io.versor.engine.plan;

import java.util.HashSet;
import java.util.Set;
import org.apache.calcite.plan.RelOptCluster;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.AsofJoin;
import org.apache.calcite.rel.core.Correlate;
import org.apache.calcite.rel.core.CorrelationId;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.logical.LogicalJoin;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexCorrelVariable;
import org.apache.calcite.rex.RexFieldAccess;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.sql.SqlBasicFunction;
import org.apache.calcite.sql.SqlFunction;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.type.OperandTypes;
import org.apache.calcite.sql.type.ReturnTypes;
import org.apache.calcite.sql2rel.RelDecorrelator;
import org.apache.calcite.tools.RelBuilder;
import org.apache.calcite.util.ImmutableBitSet;
import org.jspecify.annotations.Nullable;

/**
 * Subqueries as joins, where Calcite finds a way; where it does not, they run row by row. It loses
 * count of columns below some outer joins, and asserts types of aggregates that it has changed
 * itself: neither says anything about the query, so the causes are not kept.
 *
 * <p>Of some subqueries it makes a join that lacks rows, or has too many. These run row by row too.
 */
final class Decorrelation {
  private static final SqlFunction HIDDEN =
      SqlBasicFunction.create("HIDDEN", ReturnTypes.ARG0, OperandTypes.BOOLEAN);

  /** Each computes its keys from all that stands before it once more, which doubles with each. */
  private static final int MOST_COMPUTED = 3;

  private Decorrelation() {}

  static RelNode rewrite(RelNode plan) {
    if (isMistaken(plan)) {
      return plan;
    }
    try {
      RelBuilder builder = new HiddenJoins(plan.getCluster());
      return shown(RelDecorrelator.decorrelateQuery(ConstantKeys.rewrite(hidden(plan)), builder));
    } catch (IndexOutOfBoundsException
        | IllegalStateException
        | IllegalArgumentException
        | NullPointerException
        | AssertionError e) {
      return plan;
    }
  }

  /**
   * Conditions of outer joins as something unknown: Calcite takes a column that is compared in one
   * for no NULL, where the join keeps the rows of that side that meet no condition.
   */
  private static RelNode hidden(RelNode plan) {
    return BottomUp.nodes(
        plan,
        LogicalJoin.class,
        join ->
            join.getJoinType().isOuterJoin() && !join.getCondition().isAlwaysTrue()
                ? join.copy(
                    join.getTraitSet(),
                    join.getCluster().getRexBuilder().makeCall(HIDDEN, join.getCondition()),
                    join.getLeft(),
                    join.getRight(),
                    join.getJoinType(),
                    join.isSemiJoinDone())
                : join);
  }

  /** Those of outer joins that it makes itself, too. */
  private static final class HiddenJoins extends PlainBuilder {
    HiddenJoins(RelOptCluster cluster) {
      super(cluster, null);
    }

    @Override
    public RelBuilder join(JoinRelType type, RexNode condition, Set<CorrelationId> variables) {
      boolean hide = type.isOuterJoin() && !condition.isAlwaysTrue();
      return super.join(
          type, hide ? getRexBuilder().makeCall(HIDDEN, condition) : condition, variables);
    }
  }

  private static RelNode shown(RelNode plan) {
    return BottomUp.expressions(
        plan,
        new RexShuttle() {
          @Override
          public RexNode visitCall(RexCall call) {
            RexNode visited = super.visitCall(call);
            return call.getOperator() == HIDDEN
                ? ((RexCall) visited).getOperands().get(0)
                : visited;
          }
        });
  }

  /** What runs row by row tells which columns it reads; other rewrites forget to tell. */
  static RelNode withColumnsRead(RelNode plan) {
    return BottomUp.nodes(
        plan,
        Correlate.class,
        correlate ->
            correlate.copy(
                correlate.getTraitSet(),
                correlate.getLeft(),
                correlate.getRight(),
                correlate.getCorrelationId(),
                RelOptUtil.correlationColumns(correlate.getCorrelationId(), correlate.getRight()),
                correlate.getJoinType()));
  }

  private static boolean isMistaken(RelNode plan) {
    boolean[] found = {false};
    BottomUp.nodes(
        plan,
        node -> {
          found[0] |= node instanceof Correlate correlate && readsFurtherOut(correlate);
          found[0] |= node instanceof Correlate correlate && isOrdered(correlate.getRight());
          found[0] |= node instanceof Correlate correlate && readsAgain(correlate);
          found[0] |= node instanceof Correlate correlate && isRandom(correlate.getLeft());
          found[0] |= node instanceof Join join && readsOnBothSides(join);
          found[0] |= node instanceof Project project && countsRows(project);
          found[0] |= node instanceof AsofJoin; // it would forget which rows match
          return node;
        });
    return found[0] || computedKeys(plan) > MOST_COMPUTED;
  }

  /** Correlates that join with more than columns of the row around as they are. */
  private static int computedKeys(RelNode plan) {
    int[] count = {0};
    BottomUp.nodes(
        plan,
        Correlate.class,
        correlate -> {
          count[0] += computesKeys(correlate) ? 1 : 0;
          return correlate;
        });
    return count[0];
  }

  private static boolean computesKeys(Correlate correlate) {
    boolean[] found = {false};
    RexShuttle columns =
        new RexShuttle() {
          @Override
          public RexNode visitCall(RexCall call) {
            boolean compared =
                call.getKind() == SqlKind.EQUALS
                    && call.getOperands().stream().anyMatch(RexFieldAccess.class::isInstance);
            return compared ? call : super.visitCall(call);
          }

          @Override
          public RexNode visitFieldAccess(RexFieldAccess access) {
            found[0] = true;
            return access;
          }
        };
    BottomUp.nodes(
        correlate.getRight(),
        node -> {
          node.accept(columns);
          return node;
        });
    return found[0];
  }

  /** What is done for each row of a query reads rows of another one around that, too. */
  private static boolean readsFurtherOut(Correlate correlate) {
    Set<CorrelationId> read = readIn(correlate.getRight());
    read.remove(correlate.getCorrelationId());
    return !read.isEmpty();
  }

  /**
   * Columns of the row around are read in two places one above the other, some in both and some
   * only above: those of both are joined anew there, and no longer what they were below. Or an
   * aggregate is between the places: what is read above would be one of its groups.
   */
  private static boolean readsAgain(Correlate correlate) {
    return columnsRead(correlate.getRight(), correlate.getCorrelationId()) == null;
  }

  /**
   * Columns of the row around that a plan reads.
   *
   * @param aggregated those that are read below an aggregate
   */
  private record ColumnsRead(ImmutableBitSet all, ImmutableBitSet aggregated) {}

  /** Null if they are read so. */
  private static @Nullable ColumnsRead columnsRead(RelNode plan, CorrelationId row) {
    ImmutableBitSet below = ImmutableBitSet.of();
    ImmutableBitSet aggregated = ImmutableBitSet.of();
    for (RelNode input : plan.getInputs()) {
      ColumnsRead read = columnsRead(input, row);
      if (read == null) {
        return null;
      }
      below = below.union(read.all());
      aggregated = aggregated.union(read.aggregated());
    }
    ImmutableBitSet.Builder here = ImmutableBitSet.builder();
    plan.accept(
        new RexShuttle() {
          @Override
          public RexNode visitFieldAccess(RexFieldAccess access) {
            if (access.getReferenceExpr() instanceof RexCorrelVariable variable
                && variable.id.equals(row)) {
              here.set(access.getField().getIndex());
            }
            return super.visitFieldAccess(access);
          }
        });
    ImmutableBitSet read = here.build();
    boolean again = read.intersects(below) && !below.contains(read);
    if (again || !read.isEmpty() && !aggregated.isEmpty()) {
      return null;
    }
    ImmutableBitSet all = below.union(read);
    return new ColumnsRead(all, plan instanceof Aggregate ? all : aggregated);
  }

  /** What orders the rows of an aggregate would be another column. */
  private static boolean isOrdered(RelNode plan) {
    boolean[] found = {false};
    BottomUp.nodes(
        plan,
        Aggregate.class,
        aggregate -> {
          found[0] |=
              aggregate.getAggCallList().stream()
                  .anyMatch(call -> !call.getCollation().getFieldCollations().isEmpty());
          return aggregate;
        });
    return found[0];
  }

  /** What is random would be computed once for its rows and once for those it is joined with. */
  private static boolean isRandom(RelNode plan) {
    if (plan instanceof SharedRows) {
      return false;
    }
    boolean[] found = {plan.getInputs().stream().anyMatch(Decorrelation::isRandom)};
    plan.accept(
        new RexShuttle() {
          @Override
          public RexNode visitCall(RexCall call) {
            found[0] |= !call.getOperator().isDeterministic();
            return super.visitCall(call);
          }
        });
    return found[0];
  }

  /** It is not seen that both sides are for one row of the query around. */
  private static boolean readsOnBothSides(Join join) {
    Set<CorrelationId> left = readIn(join.getLeft());
    return !left.isEmpty() && readIn(join.getRight()).stream().anyMatch(left::contains);
  }

  /** A window would be of the rows for all rows of the query around. */
  private static boolean countsRows(Project project) {
    return project.containsOver() && !readIn(project).isEmpty();
  }

  /** Rows around a plan that are read in it. */
  private static Set<CorrelationId> readIn(RelNode plan) {
    Set<CorrelationId> read = new HashSet<>(RelOptUtil.getVariablesUsed(plan));
    BottomUp.nodes(
        plan,
        node -> {
          read.removeAll(node.getVariablesSet());
          return node;
        });
    return read;
  }
}
