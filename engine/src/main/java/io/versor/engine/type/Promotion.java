package io.versor.engine.type;

import io.versor.format.type.Dtype;

/**
 * What arithmetic of two tensors is made of: the smallest dtype that holds every value of both. An
 * integer beside a float asks for a float that holds it; what no dtype holds is FLOAT64, and INT64
 * for UINT64 beside signed integers.
 */
public final class Promotion {
  private Promotion() {}

  public static Dtype of(Dtype left, Dtype right) {
    Dtype a = number(left);
    Dtype b = number(right);
    if (a == b) {
      return a;
    }
    if (a.isFloat() || b.isFloat()) {
      return wider(asFloat(a), asFloat(b));
    }
    if (a.isUnsigned() == b.isUnsigned()) {
      return wider(a, b);
    }
    Dtype unsigned = a.isUnsigned() ? a : b;
    Dtype signed = a.isUnsigned() ? b : a;
    return wider(signed, signedAbove(unsigned));
  }

  /** BOOL counts as 0 and 1. */
  public static Dtype number(Dtype dtype) {
    return dtype == Dtype.BOOL ? Dtype.UINT8 : dtype;
  }

  private static Dtype wider(Dtype a, Dtype b) {
    return a.width() >= b.width() ? a : b;
  }

  private static Dtype signedAbove(Dtype unsigned) {
    return switch (unsigned) {
      case UINT8 -> Dtype.INT16;
      case UINT16 -> Dtype.INT32;
      default -> Dtype.INT64;
    };
  }

  /** What the negative of an unsigned number is. */
  public static Dtype negative(Dtype dtype) {
    return dtype.isUnsigned() ? signedAbove(dtype) : dtype;
  }

  /** The smallest float that holds every value, FLOAT64 if none does. */
  public static Dtype asFloat(Dtype dtype) {
    return switch (dtype) {
      case BOOL, INT8, UINT8, FLOAT16 -> Dtype.FLOAT16;
      case INT16, UINT16, FLOAT32 -> Dtype.FLOAT32;
      default -> Dtype.FLOAT64;
    };
  }

  /** What sums are made of: wide enough for the sum of any tensor, except of 64-bit integers. */
  public static Dtype sum(Dtype dtype) {
    return dtype.isFloat() ? Dtype.FLOAT64 : dtype == Dtype.UINT64 ? Dtype.UINT64 : Dtype.INT64;
  }
}
