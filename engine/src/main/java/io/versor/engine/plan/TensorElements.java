package io.versor.engine.plan;

import io.versor.engine.TensorValue;
import io.versor.format.chunk.Float16;
import io.versor.format.type.Dtype;
import io.versor.format.type.StoreException;
import io.versor.format.type.StoreException.Code;
import java.lang.reflect.Array;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Puts nested lists and Java arrays into tensors, and tensors into their bytes. */
public final class TensorElements {
  private TensorElements() {}

  /** A tensor of nested lists, all of the extents given. */
  static TensorValue tensor(Dtype dtype, int[] shape, List<?> nested) throws StoreException {
    byte[] bytes = bytes(dtype, shape, nested, "an array");
    return RowValues.tensor(dtype, shape, bytes);
  }

  /** Extents of nested lists or Java arrays, as their first elements have them. */
  public static int[] shapeOf(Object nested) {
    int[] shape = new int[0];
    Object level = nested;
    while (level != null && (level instanceof List<?> || level.getClass().isArray())) {
      int length = length(level);
      shape = Arrays.copyOf(shape, shape.length + 1);
      shape[shape.length - 1] = length;
      level = length == 0 ? null : element(level, 0);
    }
    return shape;
  }

  /**
   * Whether nested Java arrays can be a tensor: their first element, if there is one, is a number
   * or a truth. Arrays of bytes of different lengths are no tensor but a list of bytes.
   */
  static boolean isTensor(Object nested) {
    if (nested instanceof byte[][] parts) {
      return Arrays.stream(parts).allMatch(part -> part != null && part.length == parts[0].length);
    }
    Object level = nested;
    while (level != null && level.getClass().isArray()) {
      if (level.getClass().getComponentType().isPrimitive() || Array.getLength(level) == 0) {
        return true;
      }
      level = Array.get(level, 0);
    }
    return level instanceof Number || level instanceof Boolean;
  }

  private static int length(Object level) {
    return level instanceof List<?> list ? list.size() : Array.getLength(level);
  }

  private static @Nullable Object element(Object level, int i) {
    return level instanceof List<?> list ? list.get(i) : Array.get(level, i);
  }

  /**
   * Little-endian bytes of a tensor's elements.
   *
   * @param nested lists, Java arrays, or a {@link TensorValue}
   * @param what for messages: the column
   * @throws StoreException {@code INVALID_VALUE} for ragged nesting, NULLs or what is no number;
   *     {@code OUT_OF_RANGE} for what the dtype cannot hold
   */
  public static byte[] bytes(Dtype dtype, int[] shape, Object nested, String what)
      throws StoreException {
    long elements = 1;
    for (int extent : shape) {
      elements *= extent;
      if (elements * dtype.width() > io.versor.format.type.TensorType.MAX_SAMPLE_BYTES) {
        throw new StoreException(
            Code.LIMIT,
            what + ": a tensor of " + Arrays.toString(shape) + " " + dtype + " is too large");
      }
    }
    ByteBuffer out =
        ByteBuffer.allocate((int) elements * dtype.width()).order(ByteOrder.LITTLE_ENDIAN);
    if (nested instanceof TensorValue tensor) {
      if (tensor.dtype() == dtype) {
        return stored(tensor, out);
      }
      for (int i = 0; i < tensor.elements(); i++) {
        if (tensor.dtype().isFloat() && dtype.isFloat()) {
          putReal(out, dtype, tensor.doubleAt(i), what);
        } else if (tensor.dtype().isFloat()) {
          put(out, dtype, tensor.doubleAt(i), what);
        } else if (tensor.dtype() == Dtype.UINT64) {
          put(out, dtype, RowValues.unsigned(tensor.longAt(i)), what);
        } else if (dtype.isFloat()) {
          put(out, dtype, tensor.longAt(i), what);
        } else {
          putLong(out, dtype, tensor.longAt(i), what);
        }
      }
    } else {
      level(out, dtype, shape, 0, nested, what);
    }
    return out.array();
  }

  /** The elements as they are; the array of bytes itself where they are bytes. */
  private static byte[] stored(TensorValue tensor, ByteBuffer out) {
    if (tensor.flat() instanceof byte[] bytes) {
      return bytes;
    }
    putAll(out, tensor.flat());
    return out.array();
  }

  /** Puts a whole array of primitive numbers; bytes go as they are. */
  private static void putAll(ByteBuffer out, Object numbers) {
    if (numbers instanceof float[] floats) {
      out.asFloatBuffer().put(floats);
      out.position(out.position() + 4 * floats.length);
    } else if (numbers instanceof double[] doubles) {
      out.asDoubleBuffer().put(doubles);
      out.position(out.position() + 8 * doubles.length);
    } else if (numbers instanceof int[] ints) {
      out.asIntBuffer().put(ints);
      out.position(out.position() + 4 * ints.length);
    } else if (numbers instanceof long[] longs) {
      out.asLongBuffer().put(longs);
      out.position(out.position() + 8 * longs.length);
    } else if (numbers instanceof short[] shorts) {
      out.asShortBuffer().put(shorts);
      out.position(out.position() + 2 * shorts.length);
    } else {
      out.put((byte[]) numbers);
    }
  }

  /** Whether a Java array holds its numbers as the dtype does. */
  private static boolean isStoredAs(Object array, Dtype dtype) {
    return switch (dtype) {
      case INT8 -> array instanceof byte[];
      case INT16 -> array instanceof short[];
      case INT32 -> array instanceof int[];
      case INT64 -> array instanceof long[];
      case FLOAT32 -> array instanceof float[];
      case FLOAT64 -> array instanceof double[];
      default -> false;
    };
  }

  /** Whether it is a Java array of so many numbers as the dtype holds them. */
  public static boolean isVector(Object array, Dtype dtype, int length) {
    return isStoredAs(array, dtype) && Array.getLength(array) == length;
  }

  /** Little-endian bytes of such an array. */
  public static void copyVector(Object array, byte[] into) {
    putAll(ByteBuffer.wrap(into).order(ByteOrder.LITTLE_ENDIAN), array);
  }

  private static void level(
      ByteBuffer out, Dtype dtype, int[] shape, int depth, @Nullable Object nested, String what)
      throws StoreException {
    boolean isLevel = nested != null && (nested instanceof List<?> || nested.getClass().isArray());
    if (depth == shape.length) {
      if (nested == null || isLevel) {
        throw new StoreException(
            Code.INVALID_VALUE,
            what
                + ": "
                + (nested == null ? "NULL" : "a list")
                + " inside of a tensor of "
                + Arrays.toString(shape)
                + ", expected a number");
      }
      put(out, dtype, nested, what);
      return;
    }
    if (!isLevel || length(nested) != shape[depth]) {
      throw new StoreException(
          Code.INVALID_VALUE,
          what
              + ": "
              + (isLevel ? length(nested) + " elements" : "no list")
              + " in dimension "
              + depth
              + ", expected "
              + shape[depth]
              + " as in the first; every list of a tensor has the same length");
    }
    if (depth == shape.length - 1 && isStoredAs(nested, dtype)) {
      putAll(out, nested);
      return;
    }
    for (int i = 0; i < shape[depth]; i++) {
      level(out, dtype, shape, depth + 1, element(nested, i), what);
    }
  }

  /** Puts one element, exactly or as the nearest of a float dtype. */
  static void put(ByteBuffer out, Dtype dtype, Object value, String what) throws StoreException {
    switch (dtype) {
      case FLOAT32 -> {
        float number = (float) real(value, what);
        checkFinite(Float.isInfinite(number), value, dtype, what);
        checkExact(number, value, dtype, what);
        out.putFloat(number);
      }
      case FLOAT64 -> {
        double number = real(value, what);
        checkFinite(Double.isInfinite(number), value, dtype, what);
        checkExact(number, value, dtype, what);
        out.putDouble(number);
      }
      case FLOAT16 -> {
        short bits = Float16.fromDouble(real(value, what));
        float number = TensorValue.halfToFloat(bits);
        checkFinite(Float.isInfinite(number), value, dtype, what);
        checkExact(number, value, dtype, what);
        out.putShort(bits);
      }
      default -> putWhole(out, dtype, value, what);
    }
  }

  private static double real(Object value, String what) throws StoreException {
    if (value instanceof Number number) {
      return number.doubleValue();
    }
    if (value instanceof Boolean bool) {
      return bool ? 1 : 0;
    }
    throw notNumber(value, what);
  }

  private static StoreException notNumber(Object value, String what) {
    return new StoreException(
        Code.INVALID_VALUE, what + ": '" + value + "' inside of a tensor, expected a number");
  }

  private static void checkFinite(boolean infinite, Object value, Dtype dtype, String what)
      throws StoreException {
    boolean given =
        value instanceof Double d && d.isInfinite() || value instanceof Float f && f.isInfinite();
    if (infinite && !given) {
      throw outOfRange(value, dtype, what);
    }
  }

  /** Whole numbers must stay what they are; fractions take the nearest. */
  private static void checkExact(double stored, Object value, Dtype dtype, String what)
      throws StoreException {
    boolean exact =
        value instanceof Long || value instanceof Integer || value instanceof Short
            ? stored == ((Number) value).longValue()
                && (long) stored == ((Number) value).longValue()
            : !(value instanceof BigDecimal decimal)
                || decimal.scale() > 0
                || new BigDecimal(stored).compareTo(decimal) == 0;
    if (!exact) {
      throw outOfRange(value, dtype, what);
    }
  }

  private static StoreException outOfRange(Object value, Dtype dtype, String what) {
    return new StoreException(
        Code.OUT_OF_RANGE, what + ": " + value + " cannot be stored as " + dtype);
  }

  /** A finite float that the dtype has no finite one for is refused; else the nearest is taken. */
  private static void putReal(ByteBuffer out, Dtype dtype, double value, String what)
      throws StoreException {
    double near;
    switch (dtype) {
      case FLOAT16 -> {
        short bits = Float16.fromDouble(value);
        near = TensorValue.halfToFloat(bits);
        out.putShort(bits);
      }
      case FLOAT32 -> {
        near = (float) value;
        out.putFloat((float) value);
      }
      default -> {
        near = value;
        out.putDouble(value);
      }
    }
    if (Double.isInfinite(near) && !Double.isInfinite(value)) {
      throw outOfRange(value, dtype, what);
    }
  }

  /** A whole number that an integer dtype holds. */
  private static void putLong(ByteBuffer out, Dtype dtype, long value, String what)
      throws StoreException {
    int bits = dtype == Dtype.BOOL ? 1 : dtype.width() * 8;
    boolean fits =
        dtype.isUnsigned() || dtype == Dtype.BOOL
            ? value >= 0 && (bits == 64 || value >>> bits == 0)
            : bits == 64 || value == value << 64 - bits >> 64 - bits;
    if (!fits) {
      throw outOfRange(value, dtype, what);
    }
    putBits(out, dtype, value);
  }

  private static void putBits(ByteBuffer out, Dtype dtype, long bits) {
    switch (dtype.width()) {
      case 1 -> out.put((byte) bits);
      case 2 -> out.putShort((short) bits);
      case 4 -> out.putInt((int) bits);
      default -> out.putLong(bits);
    }
  }

  private static void putWhole(ByteBuffer out, Dtype dtype, Object value, String what)
      throws StoreException {
    if (value instanceof Long
        || value instanceof Integer
        || value instanceof Short
        || value instanceof Byte) {
      putLong(out, dtype, ((Number) value).longValue(), what);
      return;
    }
    BigDecimal number;
    if (value instanceof Boolean bool) {
      number = bool ? BigDecimal.ONE : BigDecimal.ZERO;
    } else if (value instanceof BigDecimal decimal) {
      number = decimal;
    } else if (value instanceof Double || value instanceof Float) {
      double given = ((Number) value).doubleValue();
      if (given != Math.rint(given) || Double.isInfinite(given)) {
        throw outOfRange(value, dtype, what);
      }
      number = new BigDecimal(given);
    } else if (value instanceof Number whole) {
      number = BigDecimal.valueOf(whole.longValue());
    } else {
      throw notNumber(value, what);
    }
    int bits = dtype == Dtype.BOOL ? 1 : dtype.width() * 8;
    boolean unsigned = dtype.isUnsigned() || dtype == Dtype.BOOL;
    java.math.BigInteger exact;
    try {
      exact = number.toBigIntegerExact();
    } catch (ArithmeticException e) {
      throw outOfRange(value, dtype, what);
    }
    boolean fits =
        unsigned ? exact.signum() >= 0 && exact.bitLength() <= bits : exact.bitLength() < bits;
    if (!fits) {
      throw outOfRange(value, dtype, what);
    }
    putBits(out, dtype, exact.longValue());
  }
}
