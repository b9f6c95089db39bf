package io.versor.engine.exec;

import com.google.common.collect.BoundType;
import com.google.common.collect.Range;
import io.versor.engine.type.VersorTypeFactory;
import io.versor.format.type.Dtype;
import io.versor.format.type.TensorType;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexUnknownAs;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.util.NlsString;
import org.apache.calcite.util.Sarg;

/** Makes selection kernels of conditions. */
final class PredicateCompiler {
  private static final BigDecimal MIN = BigDecimal.valueOf(Long.MIN_VALUE);
  private static final BigDecimal MAX = BigDecimal.valueOf(Long.MAX_VALUE);

  private final RexCompiler expressions;

  PredicateCompiler(RexCompiler expressions) {
    this.expressions = expressions;
  }

  Predicate compile(RexNode node) throws NotCompiled {
    if (node instanceof RexLiteral literal) {
      return literal.isNull()
          ? ConstantPredicate.NULL
          : ConstantPredicate.of(RexLiteral.booleanValue(literal));
    }
    if (!(node instanceof RexCall call)) {
      return truth(expressions.compile(node));
    }
    switch (call.getKind()) {
      case AND -> {
        return Junction.and(all(call.getOperands()));
      }
      case OR -> {
        return Junction.or(alternatives(call.getOperands()));
      }
      case NOT -> {
        return new Not(compile(call.getOperands().get(0)));
      }
      case IS_NULL -> {
        return isNull(call.getOperands().get(0));
      }
      case IS_NOT_NULL -> {
        return new Not(isNull(call.getOperands().get(0)));
      }
      case IS_TRUE -> {
        return new IsTruth(compile(call.getOperands().get(0)), true);
      }
      case IS_FALSE -> {
        return new IsTruth(compile(call.getOperands().get(0)), false);
      }
      case IS_NOT_TRUE -> {
        return new Not(new IsTruth(compile(call.getOperands().get(0)), true));
      }
      case IS_NOT_FALSE -> {
        return new Not(new IsTruth(compile(call.getOperands().get(0)), false));
      }
      case EQUALS -> {
        return comparison(Comparison.EQUAL, call);
      }
      case NOT_EQUALS -> {
        return comparison(Comparison.NOT_EQUAL, call);
      }
      case LESS_THAN -> {
        return comparison(Comparison.LESS, call);
      }
      case LESS_THAN_OR_EQUAL -> {
        return comparison(Comparison.LESS_OR_EQUAL, call);
      }
      case GREATER_THAN -> {
        return comparison(Comparison.GREATER, call);
      }
      case GREATER_THAN_OR_EQUAL -> {
        return comparison(Comparison.GREATER_OR_EQUAL, call);
      }
      case SEARCH -> {
        return search(call);
      }
      case LIKE -> {
        return like(call);
      }
      case CASE, CAST -> {
        return truth(expressions.compile(call));
      }
      default -> {
        return truth(expressions.tensors(call));
      }
    }
  }

  private List<Predicate> all(List<RexNode> operands) throws NotCompiled {
    List<Predicate> compiled = new ArrayList<>();
    for (RexNode operand : operands) {
      compiled.add(compile(operand));
    }
    return compiled;
  }

  private List<Predicate> alternatives(List<RexNode> operands) throws NotCompiled {
    ParameterLists lists = ParameterLists.among(operands);
    List<Predicate> compiled = lists.compile(expressions);
    compiled.addAll(all(lists.others()));
    return compiled;
  }

  private static Predicate truth(Expression value) throws NotCompiled {
    if (value instanceof LongExpression truth && truth.type().dtype() == Dtype.BOOL) {
      return new BooleanPredicate(truth);
    }
    throw new NotCompiled(value.type().dtype() + " as a condition");
  }

  Predicate isNull(RexNode operand) throws NotCompiled {
    return operand instanceof RexInputRef ref
        ? new ColumnIsNull(ref.getIndex())
        : new IsNull(expressions.compile(operand));
  }

  private Predicate comparison(Comparison comparison, RexCall call) throws NotCompiled {
    RexNode left = call.getOperands().get(0);
    RexNode right = call.getOperands().get(1);
    if (isFloat(left) || isFloat(right)) {
      return new DoubleComparison(
          comparison, expressions.asDouble(left), expressions.asDouble(right));
    }
    Expression a = expressions.compared(left);
    Expression b = expressions.compared(right);
    if (a instanceof LongExpression x && b instanceof LongExpression y) {
      return longs(comparison, x, y);
    }
    if (a instanceof TextExpression x
        && b instanceof TextExpression y
        && x.type().dtype() == y.type().dtype()) {
      return texts(comparison, x, y);
    }
    throw new NotCompiled(call.toString());
  }

  static boolean isFloat(RexNode node) {
    return switch (node.getType().getSqlTypeName()) {
      case REAL, FLOAT, DOUBLE -> true;
      default -> false;
    };
  }

  private static Predicate longs(Comparison comparison, LongExpression left, LongExpression right)
      throws NotCompiled {
    boolean numbers = Casts.isNumber(left.type()) && Casts.isNumber(right.type());
    if (!numbers && left.type().dtype() != right.type().dtype()) {
      throw new NotCompiled(left.type().dtype() + " compared with " + right.type().dtype());
    }
    int scale = Math.max(left.type().scale(), right.type().scale());
    if (right instanceof LongConstant constant && constant.type().scale() == scale) {
      return constant.isNull()
          ? ConstantPredicate.NULL
          : LongRanges.of(Casts.withScale(left, scale), comparison, constant.value());
    }
    if (left instanceof LongConstant constant && constant.type().scale() == scale) {
      return longs(comparison.mirrored(), right, left);
    }
    return new LongComparison(
        comparison, Casts.withScale(left, scale), Casts.withScale(right, scale));
  }

  private static Predicate texts(Comparison comparison, TextExpression left, TextExpression right) {
    if (right instanceof TextConstant constant) {
      return constant.isNull()
          ? ConstantPredicate.NULL
          : new TextPredicate(
              left, TextTest.compared(comparison, constant.address(), constant.length()));
    }
    return left instanceof TextConstant
        ? texts(comparison.mirrored(), right, left)
        : new TextComparison(comparison, left, right);
  }

  private Predicate like(RexCall call) throws NotCompiled {
    boolean standard = call.getOperator() == SqlStdOperatorTable.LIKE;
    if (!standard || !(call.getOperands().get(1) instanceof RexLiteral pattern)) {
      throw new NotCompiled(call.toString());
    }
    String text = pattern.getValueAs(String.class);
    int escape = -1;
    if (call.getOperands().size() == 3) {
      boolean constant = call.getOperands().get(2) instanceof RexLiteral;
      String given =
          constant ? ((RexLiteral) call.getOperands().get(2)).getValueAs(String.class) : null;
      if (given == null || given.codePointCount(0, given.length()) != 1) {
        throw new NotCompiled(call.toString());
      }
      escape = given.codePointAt(0);
    }
    if (text == null) {
      return ConstantPredicate.NULL;
    }
    if (expressions.compile(call.getOperands().get(0)) instanceof TextExpression operand) {
      try {
        return new TextPredicate(operand, LikePattern.of(text, escape));
      } catch (IllegalArgumentException e) {
        throw new NotCompiled(call.toString());
      }
    }
    throw new NotCompiled(call.toString());
  }

  /** IN, BETWEEN and what the planner makes of several comparisons: ranges of constants. */
  private Predicate search(RexCall call) throws NotCompiled {
    RexNode operand = call.getOperands().get(0);
    Sarg<?> sarg = ((RexLiteral) call.getOperands().get(1)).getValueAs(Sarg.class);
    if (sarg == null) {
      return ConstantPredicate.NULL;
    }
    if (!isFloat(operand)
        && expressions.compile(operand) instanceof LongExpression number
        && Casts.isNumber(number.type())) {
      return withNulls(sarg, number, ranges(number, sarg));
    }
    Optional<Predicate> points = points(operand, sarg);
    if (points.isPresent()) {
      return points.get();
    }
    RexBuilder builder = new RexBuilder(new VersorTypeFactory());
    return compile(RexUtil.expandSearch(builder, null, call));
  }

  /** A set of texts, dates, times or floats, or of all others. */
  private Optional<Predicate> points(RexNode operand, Sarg<?> sarg) throws NotCompiled {
    boolean others = sarg.isComplementedPoints();
    if (!others && !sarg.isPoints()) {
      return Optional.empty();
    }
    Set<? extends Range<?>> points =
        (others ? sarg.rangeSet.complement() : sarg.rangeSet).asRanges();
    Expression value =
        isFloat(operand) ? expressions.asDouble(operand) : expressions.compile(operand);
    if (value instanceof TextExpression text && text.type().dtype() == Dtype.UTF8) {
      Predicate listed = new TextPredicate(text, new TextSet(texts(points, text)));
      return Optional.of(withNulls(sarg, text, others ? new Not(listed) : listed));
    }
    if (value instanceof LongExpression number) {
      long[] members = new long[points.size()];
      int n = 0;
      for (Range<?> point : points) {
        members[n++] = Constants.toLong(point.lowerEndpoint(), number.type());
      }
      Arrays.sort(members);
      return Optional.of(withNulls(sarg, number, new LongRanges(number, members, members, others)));
    }
    if (value instanceof DoubleExpression number) {
      double[] members = new double[points.size()];
      int n = 0;
      for (Range<?> point : points) {
        members[n++] = Constants.toDouble(point.lowerEndpoint(), TensorType.scalar(Dtype.FLOAT64));
      }
      return Optional.of(withNulls(sarg, number, new DoubleSet(number, members, others)));
    }
    return Optional.empty();
  }

  private static Predicate withNulls(Sarg<?> sarg, Expression operand, Predicate values) {
    if (sarg.nullAs == RexUnknownAs.TRUE) {
      return Junction.or(List.of(values, new IsNull(operand)));
    }
    return sarg.nullAs == RexUnknownAs.FALSE ? new IsTruth(values, true) : values;
  }

  private List<TextConstant> texts(Set<? extends Range<?>> points, TextExpression text)
      throws NotCompiled {
    List<TextConstant> texts = new ArrayList<>();
    for (Range<?> point : points) {
      NlsString value = (NlsString) point.lowerEndpoint();
      texts.add((TextConstant) expressions.constants().constant(value, text.type()));
    }
    return texts;
  }

  private static Predicate ranges(LongExpression operand, Sarg<?> sarg) {
    List<long[]> ranges = new ArrayList<>();
    for (Range<?> range : sarg.rangeSet.asRanges()) {
      BigDecimal from = MIN;
      BigDecimal to = MAX;
      if (range.hasLowerBound()) {
        boolean open = range.lowerBoundType() == BoundType.OPEN;
        from = end((BigDecimal) range.lowerEndpoint(), operand.type(), open, 1).max(MIN);
      }
      if (range.hasUpperBound()) {
        boolean open = range.upperBoundType() == BoundType.OPEN;
        to = end((BigDecimal) range.upperEndpoint(), operand.type(), open, -1).min(MAX);
      }
      if (from.compareTo(to) <= 0) {
        ranges.add(new long[] {from.longValueExact(), to.longValueExact()});
      }
    }
    long[] from = ranges.stream().mapToLong(range -> range[0]).toArray();
    long[] to = ranges.stream().mapToLong(range -> range[1]).toArray();
    return new LongRanges(operand, from, to, false);
  }

  /** The first (or with step -1 the last) value of a type that lies within an end of a range. */
  private static BigDecimal end(BigDecimal bound, TensorType type, boolean open, int step) {
    BigDecimal scaled = bound.movePointRight(type.scale());
    BigDecimal whole = scaled.setScale(0, step > 0 ? RoundingMode.CEILING : RoundingMode.FLOOR);
    boolean excluded = open && whole.compareTo(scaled) == 0;
    return excluded ? whole.add(BigDecimal.valueOf(step)) : whole;
  }
}
