package io.versor.engine.exec;

import io.versor.format.type.TensorType;

/** What a lane of whole numbers may hold for a type, and powers of ten. */
final class LongLimits {
  /** Digits that any long has room for. */
  static final int MAX_DIGITS = 18;

  private static final long[] POWERS = powers();

  private LongLimits() {}

  static long powerOfTen(int exponent) {
    return POWERS[exponent];
  }

  static long max(TensorType type) {
    return switch (type.dtype()) {
      case BOOL -> 1;
      case INT8 -> Byte.MAX_VALUE;
      case UINT8 -> 0xFF;
      case INT16 -> Short.MAX_VALUE;
      case UINT16 -> 0xFFFF;
      case INT32, DATE -> Integer.MAX_VALUE;
      case UINT32 -> 0xFFFF_FFFFL;
      case DECIMAL -> POWERS[type.precision()] - 1;
      default -> Long.MAX_VALUE;
    };
  }

  static long min(TensorType type) {
    return switch (type.dtype()) {
      case BOOL, UINT8, UINT16, UINT32 -> 0;
      case INT8 -> Byte.MIN_VALUE;
      case INT16 -> Short.MIN_VALUE;
      case INT32, DATE -> Integer.MIN_VALUE;
      case DECIMAL -> 1 - POWERS[type.precision()];
      default -> Long.MIN_VALUE;
    };
  }

  /** Most digits a value of the type has, without its point. */
  static int digits(TensorType type) {
    return switch (type.dtype()) {
      case BOOL -> 1;
      case INT8, UINT8 -> 3;
      case INT16, UINT16 -> 5;
      case INT32, UINT32, DATE -> 10;
      case DECIMAL -> type.precision();
      default -> MAX_DIGITS + 1;
    };
  }

  private static long[] powers() {
    long[] powers = new long[MAX_DIGITS + 1];
    powers[0] = 1;
    for (int i = 1; i <= MAX_DIGITS; i++) {
      powers[i] = 10 * powers[i - 1];
    }
    return powers;
  }
}
