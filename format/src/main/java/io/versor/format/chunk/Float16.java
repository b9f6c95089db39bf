package io.versor.format.chunk;

/**
 * IEEE 754 half precision: 1 sign, 5 exponent and 10 fraction bits. Java has conversions only from
 * version 20 on.
 */
public final class Float16 {
  /** The largest finite one. */
  public static final float MAX_VALUE = 65_504f;

  private Float16() {}

  /** Exact; NaNs keep their upper bits. */
  public static float toFloat(short bits) {
    int sign = (bits & 0x8000) << 16;
    int exponent = bits >> 10 & 0x1F;
    int fraction = bits & 0x3FF;
    if (exponent == 0) {
      // Subnormals are multiples of 2^-24, which a float holds as normal numbers.
      float magnitude = fraction * 0x1p-24f;
      return Float.intBitsToFloat(sign | Float.floatToRawIntBits(magnitude));
    }
    int wide = exponent == 0x1F ? 0xFF : exponent + 112;
    return Float.intBitsToFloat(sign | wide << 23 | fraction << 13);
  }

  /** The nearest one, ties to even; beyond 65,520 an infinity. */
  public static short fromFloat(float value) {
    int bits = Float.floatToRawIntBits(value);
    int sign = bits >>> 16 & 0x8000;
    int magnitude = bits & 0x7FFF_FFFF;
    if (magnitude > 0x7F80_0000) {
      // A NaN whose upper bits are all zero must not become an infinity.
      int fraction = magnitude >>> 13 & 0x3FF;
      return (short) (sign | 0x7C00 | (fraction == 0 ? 0x200 : fraction));
    }
    if (magnitude >= 0x4780_0000) {
      return (short) (sign | 0x7C00);
    }
    if (magnitude < 0x3880_0000) {
      // Below 2^-14: a multiple of 2^-24. Adding 2^-1 makes the float's own rounding find it.
      float shifted = Float.intBitsToFloat(magnitude) + 0.5f;
      return (short) (sign | Float.floatToRawIntBits(shifted) - Float.floatToRawIntBits(0.5f));
    }
    int rounded = magnitude + 0xFFF + (magnitude >>> 13 & 1);
    return (short) (sign | (rounded >>> 13) - (112 << 10));
  }

  /** The nearest one; a double rounded to float first could land on the wrong side of a tie. */
  public static short fromDouble(double value) {
    float near = (float) value;
    if (near != value && !Double.isNaN(value) && !Float.isInfinite(near)) {
      // Round to odd: a tie of halves is decided by what the float lost.
      boolean up = Math.abs((double) near) < Math.abs(value);
      int bits = Float.floatToRawIntBits(near);
      if ((bits & 1) == 0) {
        near = Float.intBitsToFloat(up ? bits + 1 : bits - 1);
      }
    }
    return fromFloat(near);
  }
}
