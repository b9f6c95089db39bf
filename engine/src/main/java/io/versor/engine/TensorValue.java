package io.versor.engine;

import io.versor.format.type.Dtype;
import java.lang.reflect.Array;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Arrays;

/**
 * One tensor sample as a Java object, for callers outside the vectors: parameters, results,
 * functions of the fallback executor.
 *
 * @param dtype type of the elements: BOOL, an integer or a float
 * @param shape extents, outermost first; empty for a single number. Not copied
 * @param flat the elements in row-major order as stored, in the primitive array of the dtype's
 *     width: {@code byte[]} for BOOL (0 or 1), INT8 and UINT8, {@code short[]} for INT16, UINT16
 *     and FLOAT16 (its bits), {@code int[]} for INT32 and UINT32, {@code long[]} for INT64 and
 *     UINT64, {@code float[]} for FLOAT32, {@code double[]} for FLOAT64. Not copied
 */
public record TensorValue(Dtype dtype, int[] shape, Object flat)
    implements ArrayValue, Comparable<TensorValue> {
  public TensorValue {
    long elements = 1;
    for (int extent : shape) {
      if (extent < 0) {
        throw new IllegalArgumentException("extent " + extent + " in " + Arrays.toString(shape));
      }
      elements = Math.multiplyExact(elements, (long) extent);
    }
    if (elements != lengthOf(dtype, flat)) {
      throw new IllegalArgumentException(
          lengthOf(dtype, flat) + " elements for the shape " + Arrays.toString(shape));
    }
  }

  private static int lengthOf(Dtype dtype, Object flat) {
    return switch (dtype) {
      case BOOL, INT8, UINT8 -> ((byte[]) flat).length;
      case INT16, UINT16, FLOAT16 -> ((short[]) flat).length;
      case INT32, UINT32 -> ((int[]) flat).length;
      case INT64, UINT64 -> ((long[]) flat).length;
      case FLOAT32 -> ((float[]) flat).length;
      case FLOAT64 -> ((double[]) flat).length;
      default -> throw new IllegalArgumentException("no tensor has elements of type " + dtype);
    };
  }

  /** A vector of 32-bit floats. */
  public static TensorValue of(float[] vector) {
    return new TensorValue(Dtype.FLOAT32, new int[] {vector.length}, vector);
  }

  /** A vector of 64-bit floats. */
  public static TensorValue of(double[] vector) {
    return new TensorValue(Dtype.FLOAT64, new int[] {vector.length}, vector);
  }

  public int rank() {
    return shape.length;
  }

  /** Number of elements. */
  public int elements() {
    return lengthOf(dtype, flat);
  }

  /**
   * An element of a BOOL or integer tensor, unsigned ones as what they stand for; UINT64 above
   * {@code Long.MAX_VALUE} comes out negative.
   */
  public long longAt(int i) {
    return switch (dtype) {
      case BOOL, INT8 -> ((byte[]) flat)[i];
      case UINT8 -> ((byte[]) flat)[i] & 0xffL;
      case INT16 -> ((short[]) flat)[i];
      case UINT16 -> ((short[]) flat)[i] & 0xffffL;
      case INT32 -> ((int[]) flat)[i];
      case UINT32 -> ((int[]) flat)[i] & 0xffff_ffffL;
      case INT64, UINT64 -> ((long[]) flat)[i];
      default -> throw new IllegalStateException(dtype + " is no integer type");
    };
  }

  /** An element as the nearest double. */
  public double doubleAt(int i) {
    return switch (dtype) {
      case FLOAT64 -> ((double[]) flat)[i];
      case FLOAT32 -> ((float[]) flat)[i];
      case FLOAT16 -> halfToFloat(((short[]) flat)[i]);
      case UINT64 -> unsignedToDouble(((long[]) flat)[i]);
      default -> longAt(i);
    };
  }

  /**
   * An element as the object that a number of its dtype is in a result: a Boolean, a Byte to a
   * Long, a BigDecimal for UINT64, a Float or a Double.
   */
  public Object elementAt(int i) {
    return switch (dtype) {
      case BOOL -> longAt(i) != 0;
      case INT8 -> (byte) longAt(i);
      case INT16, UINT8 -> (short) longAt(i);
      case INT32, UINT16 -> (int) longAt(i);
      case INT64, UINT32 -> longAt(i);
      case UINT64 -> new BigDecimal(new BigInteger(Long.toUnsignedString(longAt(i))));
      case FLOAT16, FLOAT32 -> (float) doubleAt(i);
      default -> doubleAt(i);
    };
  }

  /** One of the tensors that it is made of along its first extent. Not for rank 0. */
  public TensorValue part(int index) {
    int[] rest = Arrays.copyOfRange(shape, 1, shape.length);
    int count = Arrays.stream(rest).reduce(1, Math::multiplyExact);
    Object part = Array.newInstance(flat.getClass().componentType(), count);
    System.arraycopy(flat, Math.multiplyExact(index, count), part, 0, count);
    return new TensorValue(dtype, rest, part);
  }

  private static double unsignedToDouble(long bits) {
    // Halved with the lost bit kept, so that rounding goes the right way.
    return bits >= 0 ? bits : (bits >>> 1 | bits & 1) * 2.0;
  }

  /** IEEE 754 half precision to single; exact. */
  public static float halfToFloat(short half) {
    int sign = (half & 0x8000) << 16;
    int exponent = half >> 10 & 0x1f;
    int mantissa = half & 0x3ff;
    if (exponent == 0x1f) {
      return Float.intBitsToFloat(sign | 0x7f80_0000 | mantissa << 13);
    }
    if (exponent == 0) {
      float small = mantissa * 0x1p-24f;
      return sign == 0 ? small : -small;
    }
    return Float.intBitsToFloat(sign | exponent + 112 << 23 | mantissa << 13);
  }

  /** Equal dtype, shape and numbers: NaN equals NaN, and 0.0 equals -0.0. */
  @Override
  public boolean equals(Object other) {
    return other instanceof TensorValue that
        && dtype == that.dtype
        && Arrays.equals(shape, that.shape)
        && (dtype.isFloat()
            ? sameNumbers(that)
            : Arrays.deepEquals(new Object[] {flat}, new Object[] {that.flat}));
  }

  private boolean sameNumbers(TensorValue that) {
    for (int i = 0; i < elements(); i++) {
      if (Double.compare(doubleAt(i) + 0.0, that.doubleAt(i) + 0.0) != 0) {
        return false;
      }
    }
    return true;
  }

  @Override
  public int hashCode() {
    int hash = 31 * dtype.hashCode() + Arrays.hashCode(shape);
    if (!dtype.isFloat()) {
      return 31 * hash + Arrays.deepHashCode(new Object[] {flat});
    }
    for (int i = 0; i < elements(); i++) {
      hash = 31 * hash + Double.hashCode(doubleAt(i) + 0.0); // which makes -0.0 of zero 0.0
    }
    return hash;
  }

  /** An order without a meaning, in which equal tensors stand together: for groups that sort. */
  @Override
  public int compareTo(TensorValue that) {
    int order = dtype.compareTo(that.dtype);
    order = order == 0 ? Arrays.compare(shape, that.shape) : order;
    for (int i = 0; order == 0 && i < elements(); i++) {
      order =
          dtype.isFloat()
              ? Double.compare(doubleAt(i) + 0.0, that.doubleAt(i) + 0.0)
              : Long.compare(longAt(i), that.longAt(i));
    }
    return order;
  }

  @Override
  public String toString() {
    return dtype + Arrays.toString(shape);
  }
}
