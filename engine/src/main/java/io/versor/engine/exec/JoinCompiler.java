package io.versor.engine.exec;

import io.versor.engine.exec.JoinOperator.Outcome;
import io.versor.engine.exec.JoinOperator.Wanted;
import io.versor.format.type.Dtype;
import io.versor.format.type.TensorType;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.util.ImmutableBitSet;
import org.jspecify.annotations.Nullable;

/**
 * Makes an operator of a join. Equal columns, or expressions of one side each, are its keys; what
 * else is asked of pairs is asked when they were found. Without keys each row meets every other.
 */
final class JoinCompiler {
  /** The right side is kept unless the left one is smaller by this: its rows keep their order. */
  private static final double CLEARLY = 2;

  private final Join join;
  private final ExecContext context;
  private final List<Equal> equal = new ArrayList<>();
  private final List<RexNode> rest = new ArrayList<>();

  /** Expressions over the left and over the right columns. */
  private record Equal(RexNode left, RexNode right, boolean nullsMatch) {}

  JoinCompiler(Join join, ExecContext context) {
    this.join = join;
    this.context = context;
    for (RexNode condition : RelOptUtil.conjunctions(join.getCondition())) {
      split(condition);
    }
  }

  private void split(RexNode condition) {
    RexNode whole =
        condition instanceof RexCall or && or.getKind() == SqlKind.OR
            ? RelOptUtil.collapseExpandedIsNotDistinctFromExpr(
                or, join.getCluster().getRexBuilder())
            : condition;
    boolean nullsMatch = whole.getKind() == SqlKind.IS_NOT_DISTINCT_FROM;
    if (!nullsMatch && whole.getKind() != SqlKind.EQUALS) {
      rest.add(condition);
      return;
    }
    RexNode one = ((RexCall) whole).getOperands().get(0);
    RexNode other = ((RexCall) whole).getOperands().get(1);
    int left = join.getLeft().getRowType().getFieldCount();
    int all = left + join.getRight().getRowType().getFieldCount();
    if (isWithin(one, 0, left) && isWithin(other, left, all)) {
      equal.add(new Equal(one, RexUtil.shift(other, -left), nullsMatch));
    } else if (isWithin(other, 0, left) && isWithin(one, left, all)) {
      equal.add(new Equal(other, RexUtil.shift(one, -left), nullsMatch));
    } else {
      rest.add(condition);
    }
  }

  /** Whether it refers to columns of one side, and to some. */
  private static boolean isWithin(RexNode node, int from, int to) {
    ImmutableBitSet columns = RelOptUtil.InputFinder.bits(node);
    return !columns.isEmpty() && ImmutableBitSet.range(from, to).contains(columns);
  }

  /** Whether the left side is the one to be kept. */
  static boolean keepsLeft(Join join, RowEstimates estimates) {
    return estimates.of(join.getLeft()) * CLEARLY < estimates.of(join.getRight());
  }

  /**
   * @param kept the side that is kept
   */
  JoinTable table(BatchOperator kept, boolean keepLeft, List<TensorType> readTypes)
      throws NotCompiled {
    List<JoinKey> keys = new ArrayList<>();
    List<Expression[]> sides = sides(keepLeft, kept.types(), readTypes);
    for (int k = 0; k < sides.size(); k++) {
      keys.add(JoinKey.of(sides.get(k)[keepLeft ? 0 : 1], equal.get(k).nullsMatch(), context));
    }
    return new JoinTable(kept, keys, keepLeft, context);
  }

  /** Whether several operators may have parts of the other side, and the same table. */
  static boolean isShared(Join join, JoinTable table) {
    return outcome(join.getJoinType(), table.isFirst())
        .filter(outcome -> outcome.kept() == Wanted.NONE)
        .isPresent();
  }

  /**
   * @param owner whether the operator closes the table, and goes on where memory ends; else the
   *     table is read before
   */
  BatchOperator operator(BatchOperator read, JoinTable table, boolean owner) throws NotCompiled {
    boolean keepLeft = table.isFirst();
    List<TensorType> all = new ArrayList<>(keepLeft ? table.types() : read.types());
    all.addAll(keepLeft ? read.types() : table.types());
    Outcome outcome =
        outcome(join.getJoinType(), keepLeft)
            .orElseThrow(() -> new NotCompiled("a join that is " + join.getJoinType()));
    JoinOperator joined = joined(read, table, owner, outcome, null); // tells if there is no kernel
    BatchOperator operator = owner ? partitioned(read, table, outcome, joined) : joined;
    return isInner(outcome) && !rest.isEmpty()
        ? new FilterOperator(operator, condition(all))
        : operator;
  }

  private static boolean isInner(Outcome outcome) {
    return outcome.pairs() && outcome.read() == Wanted.NONE && outcome.kept() == Wanted.NONE;
  }

  private JoinOperator joined(
      BatchOperator read, JoinTable table, boolean owner, Outcome outcome, @Nullable BitSet hits)
      throws NotCompiled {
    boolean keepLeft = table.isFirst();
    List<Expression> others = new ArrayList<>();
    for (Expression[] sides : sides(keepLeft, table.types(), read.types())) {
      others.add(sides[keepLeft ? 1 : 0]);
    }
    List<TensorType> left = keepLeft ? table.types() : read.types();
    List<TensorType> all = new ArrayList<>(left);
    all.addAll(keepLeft ? read.types() : table.types());
    boolean inner = join.getJoinType() == JoinRelType.INNER; // a filter above asks for the rest
    return new JoinOperator(
        read,
        table,
        table.look(others),
        owner,
        outcome,
        inner || rest.isEmpty() ? null : condition(all),
        hits,
        outcome.pairs() ? all : left,
        context);
  }

  private PartitionedJoin partitioned(
      BatchOperator read, JoinTable table, Outcome outcome, JoinOperator inMemory)
      throws NotCompiled {
    boolean keepLeft = table.isFirst();
    List<Expression> keptKeys = new ArrayList<>();
    List<Expression> readKeys = new ArrayList<>();
    for (Expression[] sides : sides(keepLeft, table.types(), read.types())) {
      keptKeys.add(sides[keepLeft ? 0 : 1]);
      readKeys.add(sides[keepLeft ? 1 : 0]);
    }
    PartitionedJoin.Maker maker =
        new PartitionedJoin.Maker() {
          @Override
          public JoinTable table(BatchOperator kept) {
            return compiledBefore(() -> JoinCompiler.this.table(kept, keepLeft, read.types()));
          }

          @Override
          public JoinOperator join(
              BatchOperator rows, JoinTable some, Outcome wanted, @Nullable BitSet hits) {
            return compiledBefore(() -> joined(rows, some, true, wanted, hits));
          }

          @Override
          public List<Expression> keys(boolean kept) {
            return kept ? keptKeys : readKeys;
          }
        };
    return new PartitionedJoin(read, table, outcome, maker, inMemory, context);
  }

  private interface Compiled<T> {
    T compile() throws NotCompiled;
  }

  private <T> T compiledBefore(Compiled<T> compiled) {
    try {
      return compiled.compile();
    } catch (NotCompiled e) {
      throw new IllegalStateException("compiled before: " + join, e);
    }
  }

  private Predicate condition(List<TensorType> columns) throws NotCompiled {
    RexCompiler compiler = new RexCompiler(columns, context);
    List<Predicate> conditions = new ArrayList<>();
    for (RexNode each : rest) {
      conditions.add(compiler.predicates().compile(each));
    }
    return Junction.and(conditions);
  }

  private static Optional<Outcome> outcome(JoinRelType type, boolean keepLeft) {
    return switch (type) {
      case INNER -> Optional.of(new Outcome(true, Wanted.NONE, Wanted.NONE));
      case LEFT -> Optional.of(outer(!keepLeft, keepLeft));
      case RIGHT -> Optional.of(outer(keepLeft, !keepLeft));
      case FULL -> Optional.of(outer(true, true));
      case SEMI -> Optional.of(some(Wanted.MATCHED, keepLeft));
      case ANTI -> Optional.of(some(Wanted.UNMATCHED, keepLeft));
      default -> Optional.empty();
    };
  }

  private static Outcome outer(boolean read, boolean kept) {
    return new Outcome(
        true, read ? Wanted.UNMATCHED : Wanted.NONE, kept ? Wanted.UNMATCHED : Wanted.NONE);
  }

  private static Outcome some(Wanted wanted, boolean keepLeft) {
    return new Outcome(false, keepLeft ? Wanted.NONE : wanted, keepLeft ? wanted : Wanted.NONE);
  }

  /** The left and the right expression of each key. */
  private List<Expression[]> sides(boolean keepLeft, List<TensorType> kept, List<TensorType> read)
      throws NotCompiled {
    List<TensorType> left = keepLeft ? kept : read;
    List<TensorType> right = keepLeft ? read : kept;
    RexCompiler ofLeft = new RexCompiler(left, context);
    RexCompiler ofRight = new RexCompiler(right, context);
    List<Expression[]> sides = new ArrayList<>();
    for (Equal each : equal) {
      sides.add(sides(each, ofLeft, left, ofRight, right));
    }
    return sides;
  }

  /** Both sides in one type, so that equal values are the same bits or bytes. */
  private static Expression[] sides(
      Equal equal,
      RexCompiler ofLeft,
      List<TensorType> leftTypes,
      RexCompiler ofRight,
      List<TensorType> rightTypes)
      throws NotCompiled {
    RexNode left = equal.left();
    RexNode right = equal.right();
    if (PredicateCompiler.isFloat(left) || PredicateCompiler.isFloat(right)) {
      return new Expression[] {ofLeft.asDouble(left), ofRight.asDouble(right)};
    }
    if (left instanceof RexInputRef one && right instanceof RexInputRef other) {
      TensorType a = leftTypes.get(one.getIndex());
      TensorType b = rightTypes.get(other.getIndex());
      if (isBytes(a) && isBytes(b) && a.dtype() == b.dtype() && a.scale() == b.scale()) {
        return new Expression[] {
          new SampleColumn(one.getIndex(), a), new SampleColumn(other.getIndex(), b)
        };
      }
    }
    Expression a = ofLeft.compile(left);
    Expression b = ofRight.compile(right);
    if (a instanceof LongExpression x && b instanceof LongExpression y) {
      boolean numbers = Casts.isNumber(x.type()) && Casts.isNumber(y.type());
      if (numbers || x.type().dtype() == y.type().dtype()) {
        int scale = Math.max(x.type().scale(), y.type().scale());
        return new Expression[] {Casts.withScale(x, scale), Casts.withScale(y, scale)};
      }
    }
    if (a instanceof TextExpression && b instanceof TextExpression && sameKind(a, b)) {
      return new Expression[] {a, b};
    }
    throw new NotCompiled(left + " = " + right);
  }

  private static boolean sameKind(Expression a, Expression b) {
    return a.type().dtype() == b.type().dtype();
  }

  /** Whether values are equal where their bytes are, and have no other kernels. */
  private static boolean isBytes(TensorType type) {
    boolean scalar = type.shape().rank() == 0 && type.element().isEmpty();
    return scalar
        && (type.dtype() == Dtype.UUID
            || type.dtype() == Dtype.UINT64
            || type.dtype() == Dtype.DECIMAL && type.precision() > LongLimits.MAX_DIGITS);
  }
}
