package io.versor.engine.exec;

import io.versor.format.type.Dtype;
import io.versor.format.type.TensorType;

/** Conversions that lose nothing, or fail; those that round have rules of their own elsewhere. */
final class Casts {
  private Casts() {}

  static Expression cast(Expression operand, TensorType type) throws NotCompiled {
    TensorType from = operand.type();
    if (from.sameBytes(type) && from.precision() == type.precision()) {
      return operand;
    }
    if (operand instanceof LongExpression number && isNumber(from)) {
      if (type.dtype().isFloat()) {
        return new ToDouble(number, type);
      }
      if (isNumber(type) && type.scale() >= from.scale()) {
        return new LongRescale(number, type);
      }
    }
    if (operand instanceof LongExpression moment
        && from.dtype() == type.dtype()
        && type.precision() >= from.precision()
        && from.dtype() != Dtype.DECIMAL) {
      return moment; // a time with more fractional digits is the same number of microseconds
    }
    if (operand instanceof DoubleExpression number && type.dtype().isFloat()) {
      return new DoubleResize(number, type);
    }
    if (operand instanceof TextExpression && from.dtype() == type.dtype()) {
      boolean fits =
          type.precision() == 0 || (from.precision() > 0 && from.precision() <= type.precision());
      if (fits) {
        return operand;
      }
    }
    throw new NotCompiled("CAST of " + from.dtype() + " to " + type.dtype());
  }

  static DoubleExpression asDouble(Expression operand) throws NotCompiled {
    if (operand instanceof DoubleExpression number) {
      return number;
    }
    if (operand instanceof LongExpression number && isNumber(number.type())) {
      return new ToDouble(number, TensorType.scalar(Dtype.FLOAT64));
    }
    throw new NotCompiled(operand.type().dtype() + " as a float");
  }

  /** The same number with so many decimals, as many as before or more. */
  static LongExpression withScale(LongExpression operand, int scale) throws NotCompiled {
    int more = scale - operand.type().scale();
    if (more == 0) {
      return operand;
    }
    int digits = LongLimits.digits(operand.type()) + more;
    if (more < 0 || digits > LongLimits.MAX_DIGITS || !isNumber(operand.type())) {
      throw new NotCompiled(operand.type().dtype() + " with " + scale + " decimals");
    }
    return new LongRescale(operand, TensorType.decimal(Math.max(digits, scale), scale));
  }

  static boolean isNumber(TensorType type) {
    return switch (type.dtype()) {
      case INT8, INT16, INT32, INT64, UINT8, UINT16, UINT32 -> true;
      case DECIMAL -> type.precision() <= LongLimits.MAX_DIGITS;
      default -> false;
    };
  }
}
