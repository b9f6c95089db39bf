package io.versor.engine.exec;

import io.versor.format.type.Dtype;
import io.versor.format.type.TensorType;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlKind;

/** Makes kernels of DECIMALs of more than 18 digits; what has fewer is computed in 64 bits. */
final class WideCompiler {
  private static final int MOST_DIGITS = 38;

  private final RexCompiler expressions;
  private final List<TensorType> inputs;

  WideCompiler(RexCompiler expressions, List<TensorType> inputs) {
    this.expressions = expressions;
    this.inputs = inputs;
  }

  WideExpression compile(RexNode node) throws NotCompiled {
    if (!RexCompiler.isWide(node)) {
      if (expressions.compile(node) instanceof LongExpression number
          && Casts.isNumber(number.type())) {
        return new Widened(number);
      }
      throw new NotCompiled(node.toString());
    }
    if (node instanceof RexInputRef ref) {
      TensorType stored = inputs.get(ref.getIndex());
      if (stored.dtype() == Dtype.DECIMAL && stored.precision() > LongLimits.MAX_DIGITS) {
        return new WideColumn(ref.getIndex(), stored);
      }
    }
    if (node instanceof RexLiteral literal) {
      return literal(literal);
    }
    if (node instanceof RexCall call) {
      return call(call);
    }
    throw new NotCompiled(node.toString());
  }

  private static WideExpression literal(RexLiteral literal) throws NotCompiled {
    TensorType type = RexCompiler.scalar(literal);
    BigDecimal value = literal.getValueAs(BigDecimal.class);
    if (value == null) {
      return new Widened(new LongConstant(0, true, type));
    }
    try {
      long unscaled = value.setScale(type.scale()).unscaledValue().longValueExact();
      return new Widened(new LongConstant(unscaled, false, type));
    } catch (ArithmeticException e) {
      throw new NotCompiled(literal.toString()); // of more digits than 64 bits hold
    }
  }

  private WideExpression call(RexCall call) throws NotCompiled {
    TensorType type = RexCompiler.scalar(call);
    List<RexNode> operands = call.getOperands();
    switch (call.getKind()) {
      case TIMES -> {
        WideExpression left = compile(operands.get(0));
        WideExpression right = compile(operands.get(1));
        if (left.type().scale() + right.type().scale() == type.scale()) {
          return new WideArithmetic(Arithmetic.TIMES, left, right, type);
        }
      }
      case PLUS, MINUS -> {
        if (operands.size() == 2) {
          Arithmetic operation =
              call.getKind() == SqlKind.PLUS ? Arithmetic.PLUS : Arithmetic.MINUS;
          return new WideArithmetic(
              operation,
              withScale(compile(operands.get(0)), type.scale()),
              withScale(compile(operands.get(1)), type.scale()),
              type);
        }
      }
      case CASE -> {
        return cases(call, type);
      }
      case CAST -> {
        WideExpression operand = compile(operands.get(0));
        int digits = operand.type().dtype() == Dtype.DECIMAL ? operand.type().precision() : 20;
        if (digits - operand.type().scale() <= type.precision() - type.scale()) {
          return withScale(operand, type.scale());
        }
      }
      default -> {
        // no kernel
      }
    }
    throw new NotCompiled(call.toString());
  }

  private WideExpression cases(RexCall call, TensorType type) throws NotCompiled {
    List<RexNode> operands = call.getOperands();
    List<Predicate> conditions = new ArrayList<>();
    List<Expression> branches = new ArrayList<>();
    for (int i = 0; i < operands.size(); i++) {
      if (i % 2 == 0 && i + 1 < operands.size()) {
        conditions.add(expressions.predicates().compile(operands.get(i)));
      } else {
        branches.add(withScale(branch(operands.get(i), type), type.scale()));
      }
    }
    return new WideCase(new Cases(conditions, branches, RexCompiler.columns(call)), type);
  }

  private WideExpression branch(RexNode node, TensorType type) throws NotCompiled {
    return node instanceof RexLiteral literal && literal.isNull()
        ? new Widened(new LongConstant(0, true, type))
        : compile(node);
  }

  /** The same number with so many decimals, as many as before or more. */
  private static WideExpression withScale(WideExpression operand, int scale) throws NotCompiled {
    int more = scale - operand.type().scale();
    if (more == 0) {
      return operand;
    }
    if (more < 0 || more > LongLimits.MAX_DIGITS) {
      throw new NotCompiled("a DECIMAL with " + scale + " decimals");
    }
    TensorType power = TensorType.decimal(more + 1, 0);
    return new WideArithmetic(
        Arithmetic.TIMES,
        operand,
        new Widened(new LongConstant(LongLimits.powerOfTen(more), false, power)),
        TensorType.decimal(MOST_DIGITS, scale));
  }
}
