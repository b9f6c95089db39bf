package io.versor.engine.exec;

import io.versor.engine.function.FunctionException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.util.NlsString;
import org.apache.calcite.util.Sarg;
import org.jspecify.annotations.Nullable;

/**
 * What expressions mean, one row at a time and in big numbers: whole numbers are Long, others
 * BigDecimal or Double, text is String.
 */
final class RexModel {
  private RexModel() {}

  static @Nullable Object eval(RexNode node, List<@Nullable Object> row) {
    if (node instanceof RexInputRef ref) {
      return row.get(ref.getIndex());
    }
    if (node instanceof RexLiteral literal) {
      return literal(literal);
    }
    RexCall call = (RexCall) node;
    List<RexNode> operands = call.getOperands();
    switch (call.getKind()) {
      case AND -> {
        boolean unknown = false;
        for (RexNode operand : operands) {
          Object value = eval(operand, row);
          if (Boolean.FALSE.equals(value)) {
            return false;
          }
          unknown |= value == null;
        }
        return unknown ? null : true;
      }
      case OR -> {
        boolean unknown = false;
        for (RexNode operand : operands) {
          Object value = eval(operand, row);
          if (Boolean.TRUE.equals(value)) {
            return true;
          }
          unknown |= value == null;
        }
        return unknown ? null : false;
      }
      case CASE -> {
        for (int i = 0; i + 1 < operands.size(); i += 2) {
          if (Boolean.TRUE.equals(eval(operands.get(i), row))) {
            return eval(operands.get(i + 1), row);
          }
        }
        return eval(operands.get(operands.size() - 1), row);
      }
      default -> {
        // strict in its operands
      }
    }
    Object a = eval(operands.get(0), row);
    switch (call.getKind()) {
      case IS_NULL -> {
        return a == null;
      }
      case IS_NOT_NULL -> {
        return a != null;
      }
      case IS_TRUE -> {
        return Boolean.TRUE.equals(a);
      }
      case IS_NOT_TRUE -> {
        return !Boolean.TRUE.equals(a);
      }
      case IS_FALSE -> {
        return Boolean.FALSE.equals(a);
      }
      case IS_NOT_FALSE -> {
        return !Boolean.FALSE.equals(a);
      }
      case NOT -> {
        return a == null ? null : !(Boolean) a;
      }
      case SEARCH -> {
        return a == null ? null : contains(operands.get(1), a);
      }
      case CAST -> {
        return a == null ? null : fit(a, call.getType());
      }
      default -> {
        Object b = eval(operands.get(1), row);
        return a == null || b == null ? null : binary(call, a, b);
      }
    }
  }

  @SuppressWarnings("unchecked")
  private static boolean contains(RexNode ranges, Object value) {
    Sarg<BigDecimal> sarg = (Sarg<BigDecimal>) ((RexLiteral) ranges).getValue();
    return sarg.rangeSet.contains(big(value));
  }

  private static @Nullable Object literal(RexLiteral literal) {
    Comparable<?> value = literal.getValue();
    if (value instanceof NlsString text) {
      return text.getValue();
    }
    if (value instanceof BigDecimal number) {
      SqlTypeName name = literal.getType().getSqlTypeName();
      return SqlTypeName.APPROX_TYPES.contains(name)
          ? (Object) number.doubleValue()
          : name == SqlTypeName.DECIMAL ? (Object) number : (Object) number.longValueExact();
    }
    return value;
  }

  private static Object binary(RexCall call, Object a, Object b) {
    switch (call.getKind()) {
      case EQUALS -> {
        return isNan(a, b) ? false : compare(a, b) == 0;
      }
      case NOT_EQUALS -> {
        return isNan(a, b) || compare(a, b) != 0;
      }
      case LESS_THAN -> {
        return !isNan(a, b) && compare(a, b) < 0;
      }
      case LESS_THAN_OR_EQUAL -> {
        return !isNan(a, b) && compare(a, b) <= 0;
      }
      case GREATER_THAN -> {
        return !isNan(a, b) && compare(a, b) > 0;
      }
      case GREATER_THAN_OR_EQUAL -> {
        return !isNan(a, b) && compare(a, b) >= 0;
      }
      default -> {
        return arithmetic(call, a, b);
      }
    }
  }

  private static boolean isNan(Object a, Object b) {
    return a.equals(Double.NaN) || b.equals(Double.NaN);
  }

  private static int compare(Object a, Object b) {
    if (a instanceof String text) {
      return Arrays.compareUnsigned(
          text.getBytes(StandardCharsets.UTF_8), ((String) b).getBytes(StandardCharsets.UTF_8));
    }
    if (a instanceof Boolean flag) {
      return Boolean.compare(flag, (Boolean) b);
    }
    if (a instanceof Double || b instanceof Double) {
      double left = ((Number) a).doubleValue();
      double right = ((Number) b).doubleValue();
      return left < right ? -1 : left > right ? 1 : 0;
    }
    return big(a).compareTo(big(b));
  }

  private static Object arithmetic(RexCall call, Object a, Object b) {
    if (SqlTypeName.APPROX_TYPES.contains(call.getType().getSqlTypeName())) {
      double left = ((Number) a).doubleValue();
      double right = ((Number) b).doubleValue();
      if (call.getKind() == SqlKind.DIVIDE && right == 0) {
        throw new FunctionException("22012", "");
      }
      double result =
          switch (call.getKind()) {
            case PLUS -> left + right;
            case MINUS -> left - right;
            case TIMES -> left * right;
            default -> left / right;
          };
      double narrowed =
          call.getType().getSqlTypeName() == SqlTypeName.REAL ? (double) (float) result : result;
      if (Double.isInfinite(narrowed) && Double.isFinite(left) && Double.isFinite(right)) {
        throw new FunctionException("22003", "");
      }
      return narrowed;
    }
    switch (call.getKind()) {
      case PLUS -> {
        return fit(big(a).add(big(b)), call.getType());
      }
      case MINUS -> {
        return fit(big(a).subtract(big(b)), call.getType());
      }
      case TIMES -> {
        return fit(big(a).multiply(big(b)), call.getType());
      }
      default -> {
        BigInteger divisor = big(b).toBigIntegerExact();
        if (divisor.signum() == 0) {
          throw new FunctionException("22012", "");
        }
        BigInteger number = big(a).toBigIntegerExact();
        boolean remainder = call.getOperator().getName().equals("MOD");
        BigInteger result = remainder ? number.remainder(divisor) : number.divide(divisor);
        return fit(new BigDecimal(result), call.getType());
      }
    }
  }

  /** A number as the type has it, or out of range. */
  private static Object fit(Object value, RelDataType type) {
    if (SqlTypeName.APPROX_TYPES.contains(type.getSqlTypeName())) {
      return ((Number) value).doubleValue();
    }
    if (!SqlTypeName.EXACT_TYPES.contains(type.getSqlTypeName())) {
      return value;
    }
    if (value instanceof Double number && !Double.isFinite(number)) {
      throw new FunctionException("22003", "");
    }
    boolean decimal = type.getSqlTypeName() == SqlTypeName.DECIMAL;
    BigDecimal exact = value instanceof Double number ? new BigDecimal(number) : big(value);
    BigDecimal rounded = exact.setScale(decimal ? type.getScale() : 0, RoundingMode.HALF_UP);
    BigDecimal most =
        switch (type.getSqlTypeName()) {
          case TINYINT -> BigDecimal.valueOf(127);
          case SMALLINT -> BigDecimal.valueOf(Short.MAX_VALUE);
          case INTEGER -> BigDecimal.valueOf(Integer.MAX_VALUE);
          case BIGINT -> BigDecimal.valueOf(Long.MAX_VALUE);
          default ->
              BigDecimal.TEN
                  .pow(type.getPrecision())
                  .subtract(BigDecimal.ONE)
                  .movePointLeft(type.getScale());
        };
    BigDecimal least = decimal ? most.negate() : most.negate().subtract(BigDecimal.ONE);
    if (rounded.compareTo(most) > 0 || rounded.compareTo(least) < 0) {
      throw new FunctionException("22003", "");
    }
    return decimal ? (Object) rounded : (Object) rounded.longValueExact();
  }

  private static BigDecimal big(Object number) {
    return number instanceof BigDecimal decimal
        ? decimal
        : BigDecimal.valueOf(((Number) number).longValue());
  }
}
