package io.versor.engine.function;

import io.versor.engine.TensorValue;
import io.versor.format.chunk.Float16;
import io.versor.format.type.Dtype;
import java.math.BigInteger;

/** Elements of tensors in the primitive arrays of {@link TensorValue}, whatever their dtype. */
final class Flat {
  /** Out of the range of a type. */
  static final String OUT_OF_RANGE = "22003";

  private static final BigInteger UNSIGNED_END = BigInteger.ONE.shiftLeft(64);

  private Flat() {}

  static Object allocate(Dtype dtype, int elements) {
    return switch (dtype) {
      case BOOL, INT8, UINT8 -> new byte[elements];
      case INT16, UINT16, FLOAT16 -> new short[elements];
      case INT32, UINT32 -> new int[elements];
      case INT64, UINT64 -> new long[elements];
      case FLOAT32 -> new float[elements];
      case FLOAT64 -> new double[elements];
      default -> throw new IllegalArgumentException("no tensor has elements of type " + dtype);
    };
  }

  /** Puts the nearest value of a float dtype. */
  static void putDouble(Object flat, Dtype dtype, int i, double value) {
    switch (dtype) {
      case FLOAT16 -> ((short[]) flat)[i] = Float16.fromDouble(value);
      case FLOAT32 -> ((float[]) flat)[i] = (float) value;
      default -> ((double[]) flat)[i] = value;
    }
  }

  /** Puts the bits of an integer that is in the range of the dtype. */
  static void putBits(Object flat, Dtype dtype, int i, long bits) {
    switch (dtype.width()) {
      case 1 -> ((byte[]) flat)[i] = (byte) bits;
      case 2 -> ((short[]) flat)[i] = (short) bits;
      case 4 -> ((int[]) flat)[i] = (int) bits;
      default -> ((long[]) flat)[i] = bits;
    }
  }

  /** Whether an integer dtype other than UINT64 holds a number. */
  static boolean holds(Dtype dtype, long value) {
    int bits = dtype.width() * 8;
    if (dtype == Dtype.BOOL) {
      return value == 0 || value == 1;
    }
    return dtype.isUnsigned()
        ? value >= 0 && value >>> bits == 0
        : bits == 64 || value == value << 64 - bits >> 64 - bits;
  }

  /** An element of an integer tensor as it is, of UINT64 too. */
  static BigInteger exact(TensorValue tensor, int i) {
    long bits = tensor.longAt(i);
    BigInteger value = BigInteger.valueOf(bits);
    return tensor.dtype() == Dtype.UINT64 && bits < 0 ? value.add(UNSIGNED_END) : value;
  }

  static boolean fitsUnsigned(BigInteger value) {
    return value.signum() >= 0 && value.bitLength() <= 64;
  }

  /** Some elements in their own order, as a tensor of another shape. */
  static TensorValue copy(TensorValue from, int start, int[] shape) {
    int elements = 1;
    for (int extent : shape) {
      elements *= extent;
    }
    Object flat = allocate(from.dtype(), elements);
    System.arraycopy(from.flat(), start, flat, 0, elements);
    return new TensorValue(from.dtype(), shape, flat);
  }

  /** A number for messages. */
  static String text(TensorValue tensor, int i) {
    if (tensor.dtype() == Dtype.FLOAT32 || tensor.dtype() == Dtype.FLOAT16) {
      return Float.toString((float) tensor.doubleAt(i));
    }
    return tensor.dtype().isFloat()
        ? Double.toString(tensor.doubleAt(i))
        : exact(tensor, i).toString();
  }
}
