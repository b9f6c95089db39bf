package io.versor.engine.exec;

import io.versor.engine.function.FunctionException;
import io.versor.format.type.Dtype;
import io.versor.format.type.StoreException;
import io.versor.format.type.StoreException.Code;
import io.versor.format.type.TensorType;
import java.math.BigDecimal;

/** What can go wrong with a value, as errors. */
final class Failures {
  static final String DIVISION_BY_ZERO = "22012";

  private Failures() {}

  static StoreException outOfRange(String expression, TensorType type) {
    return new StoreException(
        Code.OUT_OF_RANGE,
        expression + " does not fit into " + name(type) + "; cast an operand to a wider type");
  }

  static FunctionException divisionByZero(String expression) {
    return new FunctionException(
        DIVISION_BY_ZERO, expression + ": division by zero; use NULLIF(divisor, 0) for NULL");
  }

  static String text(long value, TensorType type) {
    return type.dtype() == Dtype.DECIMAL
        ? BigDecimal.valueOf(value, type.scale()).toPlainString()
        : Long.toString(value);
  }

  private static String name(TensorType type) {
    return switch (type.dtype()) {
      case INT8 -> "TINYINT";
      case INT16 -> "SMALLINT";
      case INT32 -> "INTEGER";
      case INT64 -> "BIGINT";
      case FLOAT32 -> "REAL";
      case FLOAT64 -> "DOUBLE";
      case DECIMAL -> "DECIMAL(" + type.precision() + ", " + type.scale() + ")";
      default -> type.dtype().name();
    };
  }
}
