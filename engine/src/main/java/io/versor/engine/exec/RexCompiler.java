package io.versor.engine.exec;

import io.versor.engine.type.SqlTypes;
import io.versor.engine.type.TensorSqlType;
import io.versor.format.type.Dtype;
import io.versor.format.type.Htype;
import io.versor.format.type.TensorType;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.avatica.util.TimeUnitRange;
import org.apache.calcite.plan.RelOptUtil.InputFinder;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexDynamicParam;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.type.SqlTypeName;

/**
 * Makes kernels of expressions, for one execution: parameters are constants by now. What has no
 * kernel is not compiled, and neither is anything around it.
 */
final class RexCompiler {
  /** Conditions that are values of others: each is evaluated twice as often as the one around. */
  private static final int MOST_CONDITIONS = 4;

  private final List<TensorType> inputs;
  private final ExecContext context;
  private final Constants constants;
  private final PredicateCompiler predicates;
  private int conditions;

  /**
   * @param inputs types of the columns that the expressions refer to
   */
  RexCompiler(List<TensorType> inputs, ExecContext context) {
    this.inputs = List.copyOf(inputs);
    this.context = context;
    this.constants = new Constants(context);
    this.predicates = new PredicateCompiler(this);
  }

  PredicateCompiler predicates() {
    return predicates;
  }

  Constants constants() {
    return constants;
  }

  Expression compile(RexNode node) throws NotCompiled {
    if (node instanceof RexInputRef ref) {
      return column(ref);
    }
    if (node instanceof RexLiteral literal) {
      if (literal.getTypeName() == SqlTypeName.SARG) {
        throw new NotCompiled(literal.toString());
      }
      return constants.literal(literal, scalar(node));
    }
    if (node instanceof RexDynamicParam parameter) {
      Expression constant = parameter(parameter);
      boolean beyond =
          constant instanceof LongConstant given
              && (given.value() < LongLimits.min(given.type())
                  || given.value() > LongLimits.max(given.type()));
      if (beyond) {
        throw new NotCompiled(parameter + " of a value that its type does not hold");
      }
      return constant;
    }
    if (node instanceof RexCall call) {
      return call(call);
    }
    throw new NotCompiled(node.toString());
  }

  /** What is only compared: a parameter may have a value that its type does not hold. */
  Expression compared(RexNode node) throws NotCompiled {
    return node instanceof RexDynamicParam parameter ? parameter(parameter) : compile(node);
  }

  private Expression parameter(RexDynamicParam parameter) throws NotCompiled {
    if (parameter.getIndex() >= context.parameters().size()) {
      throw new NotCompiled(parameter.toString());
    }
    return constants.constant(context.parameters().get(parameter.getIndex()), scalar(parameter));
  }

  Expression column(RexInputRef ref) throws NotCompiled {
    TensorType stored = inputs.get(ref.getIndex());
    Dtype dtype = stored.dtype();
    if (stored.shape().rank() > 0
        || stored.element().isPresent()
        || dtype == Dtype.UUID
        || dtype == Dtype.UINT64) {
      throw new NotCompiled(ref + " of " + stored.dtype() + " " + stored.shape());
    }
    if (dtype == Dtype.UTF8 || dtype == Dtype.BYTES || stored.htype() == Htype.CLASS_LABEL) {
      return new TextColumn(ref.getIndex(), stored, scalar(ref), context);
    }
    if (dtype == Dtype.DECIMAL && stored.precision() > LongLimits.MAX_DIGITS) {
      throw new NotCompiled(ref + " of " + stored.precision() + " digits");
    }
    TensorType type = scalar(ref);
    return dtype.isFloat()
        ? new DoubleColumn(ref.getIndex(), type)
        : new LongColumn(ref.getIndex(), type);
  }

  /** What values of an expression are stored as. */
  static TensorType scalar(RexNode node) throws NotCompiled {
    return scalar(node.getType());
  }

  static TensorType scalar(RelDataType type) throws NotCompiled {
    switch (type.getSqlTypeName()) {
      case BOOLEAN, TINYINT, SMALLINT, INTEGER, BIGINT, DECIMAL, REAL, FLOAT, DOUBLE -> {
        return SqlTypes.toTensor(type);
      }
      case DATE, TIME, TIMESTAMP, TIMESTAMP_WITH_LOCAL_TIME_ZONE -> {
        return SqlTypes.toTensor(type);
      }
      case CHAR, VARCHAR, BINARY, VARBINARY -> {
        return SqlTypes.toTensor(type);
      }
      default -> throw new NotCompiled("a value of type " + type);
    }
  }

  /** A condition as a value, which is asked once for what is true and once for what is false. */
  private Expression condition(RexCall call) throws NotCompiled {
    if (conditions == MOST_CONDITIONS) {
      throw new NotCompiled("conditions within each other");
    }
    conditions++;
    Predicate condition = predicates.compile(call);
    conditions--;
    return new PredicateExpression(condition);
  }

  private Expression call(RexCall call) throws NotCompiled {
    switch (call.getKind()) {
      case PLUS -> {
        return arithmetic(Arithmetic.PLUS, call);
      }
      case MINUS -> {
        return arithmetic(Arithmetic.MINUS, call);
      }
      case TIMES -> {
        return arithmetic(Arithmetic.TIMES, call);
      }
      case DIVIDE -> {
        return arithmetic(Arithmetic.DIVIDE, call);
      }
      case MOD -> {
        return arithmetic(Arithmetic.MOD, call);
      }
      case MINUS_PREFIX -> {
        return negated(call);
      }
      case CAST -> {
        return Casts.cast(compile(call.getOperands().get(0)), scalar(call));
      }
      case CASE -> {
        return cases(call);
      }
      case FLOOR, CEIL -> {
        return rounded(call);
      }
      case EXTRACT -> {
        return extract(call);
      }
      default -> {
        if (call.getOperator() == SqlStdOperatorTable.ABS) {
          return absolute(call);
        }
        if (call.getType().getSqlTypeName() == SqlTypeName.BOOLEAN) {
          return condition(call);
        }
        return tensors(call);
      }
    }
  }

  /** What is handed on as it is, a part of a tensor too. */
  Expression output(RexNode node) throws NotCompiled {
    return node instanceof RexCall call && call.getType() instanceof TensorSqlType
        ? new TensorKernels(inputs, context.parameters()).slice(call)
        : node instanceof RexCall && isWide(node) ? wide(node) : compile(node);
  }

  /** Whether its values may have more digits than 64 bits hold. */
  static boolean isWide(RexNode node) {
    return node.getType().getSqlTypeName() == SqlTypeName.DECIMAL
        && node.getType().getPrecision() > LongLimits.MAX_DIGITS;
  }

  /** A DECIMAL in 128 bits, as an argument of SUM or as a result. */
  WideExpression wide(RexNode node) throws NotCompiled {
    return new WideCompiler(this, inputs).compile(node);
  }

  /** A number that is taken or computed of a tensor. */
  Expression tensors(RexCall call) throws NotCompiled {
    return new TensorKernels(inputs, context.parameters()).compile(call);
  }

  private Expression arithmetic(Arithmetic operation, RexCall call) throws NotCompiled {
    if (call.getOperands().size() != 2) {
      throw new NotCompiled(call.toString());
    }
    TensorType type = scalar(call);
    if (type.dtype().isFloat()) {
      return new DoubleArithmetic(
          operation,
          asDouble(call.getOperands().get(0)),
          asDouble(call.getOperands().get(1)),
          type);
    }
    if (!Casts.isNumber(type)) {
      throw new NotCompiled(call.toString());
    }
    LongExpression left = number(call.getOperands().get(0));
    LongExpression right = number(call.getOperands().get(1));
    int scale = type.scale();
    switch (operation) {
      case PLUS, MINUS -> {
        left = Casts.withScale(left, scale);
        right = Casts.withScale(right, scale);
      }
      case TIMES -> {
        if (left.type().scale() + right.type().scale() != scale) {
          throw new NotCompiled(call.toString());
        }
      }
      case DIVIDE, MOD -> {
        if (scale != 0 || left.type().scale() != 0 || right.type().scale() != 0) {
          throw new NotCompiled(call.toString());
        }
      }
    }
    return new LongArithmetic(operation, left, right, type);
  }

  private Expression negated(RexCall call) throws NotCompiled {
    Expression operand = compile(call.getOperands().get(0));
    TensorType type = scalar(call);
    if (operand instanceof DoubleExpression number && type.dtype().isFloat()) {
      return new DoubleFunction(number, value -> -value, type);
    }
    if (operand instanceof LongExpression number
        && Casts.isNumber(type)
        && number.type().scale() == type.scale()) {
      LongConstant zero = new LongConstant(0, false, type);
      return new LongArithmetic(Arithmetic.MINUS, zero, number, type);
    }
    throw new NotCompiled(call.toString());
  }

  private Expression absolute(RexCall call) throws NotCompiled {
    Expression operand = compile(call.getOperands().get(0));
    TensorType type = scalar(call);
    if (operand instanceof DoubleExpression number && type.dtype().isFloat()) {
      return new DoubleFunction(number, Math::abs, type);
    }
    if (operand instanceof LongExpression number
        && Casts.isNumber(type)
        && number.type().scale() == type.scale()) {
      return new LongAbsolute(number, type);
    }
    throw new NotCompiled(call.toString());
  }

  private Expression rounded(RexCall call) throws NotCompiled {
    TensorType type = scalar(call);
    if (call.getOperands().size() != 1 || !type.dtype().isFloat()) {
      throw new NotCompiled(call.toString()); // FLOOR(date TO MONTH), and of decimals
    }
    return call.getKind() == SqlKind.FLOOR
        ? new DoubleFunction(asDouble(call.getOperands().get(0)), Math::floor, type)
        : new DoubleFunction(asDouble(call.getOperands().get(0)), Math::ceil, type);
  }

  private Expression extract(RexCall call) throws NotCompiled {
    TimeUnitRange unit =
        call.getOperands().get(0) instanceof RexLiteral literal
            ? literal.getValueAs(TimeUnitRange.class)
            : null;
    boolean calendar =
        unit == TimeUnitRange.YEAR
            || unit == TimeUnitRange.QUARTER
            || unit == TimeUnitRange.MONTH
            || unit == TimeUnitRange.DAY;
    if (calendar
        && compile(call.getOperands().get(1)) instanceof LongExpression days
        && days.type().dtype() == Dtype.DATE) {
      return new DatePart(unit, days, scalar(call));
    }
    throw new NotCompiled(call.toString());
  }

  private Expression cases(RexCall call) throws NotCompiled {
    TensorType type = scalar(call);
    List<RexNode> operands = call.getOperands();
    List<Predicate> conditions = new ArrayList<>();
    List<Expression> branches = new ArrayList<>();
    for (int i = 0; i + 1 < operands.size(); i += 2) {
      conditions.add(predicates.compile(operands.get(i)));
      branches.add(Casts.cast(branch(operands.get(i + 1), type), type));
    }
    branches.add(Casts.cast(branch(operands.get(operands.size() - 1), type), type));
    Cases cases = new Cases(conditions, branches, columns(call));
    if (type.dtype().isFloat()) {
      return new DoubleCase(cases, type);
    }
    boolean text = type.dtype() == Dtype.UTF8 || type.dtype() == Dtype.BYTES;
    return text ? new TextCase(cases, type) : new LongCase(cases, type);
  }

  private Expression branch(RexNode node, TensorType type) throws NotCompiled {
    boolean isNull = node instanceof RexLiteral literal && literal.isNull();
    return isNull ? constants.constant(null, type) : compile(node);
  }

  static int[] columns(RexNode node) {
    return InputFinder.bits(node).toArray();
  }

  DoubleExpression asDouble(RexNode node) throws NotCompiled {
    TensorType wide = TensorType.scalar(Dtype.FLOAT64);
    if (node instanceof RexLiteral literal
        && SqlTypeName.NUMERIC_TYPES.contains(literal.getType().getSqlTypeName())) {
      // A DECIMAL literal of any number of digits has a nearest double.
      return (DoubleExpression) constants.literal(literal, wide);
    }
    return Casts.asDouble(compile(node));
  }

  private LongExpression number(RexNode node) throws NotCompiled {
    if (compile(node) instanceof LongExpression number && Casts.isNumber(number.type())) {
      return number;
    }
    throw new NotCompiled(node.toString());
  }
}
