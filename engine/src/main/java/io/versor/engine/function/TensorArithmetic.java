package io.versor.engine.function;

import io.versor.engine.TensorValue;
import io.versor.format.type.Dtype;
import io.versor.format.type.Shape;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;
import java.util.function.LongUnaryOperator;

/**
 * Arithmetic on tensors, element by element. Shapes are matched from the last extent on, and an
 * extent of 1 or none goes with any other: a picture minus {@code ARRAY[r, g, b]}. Integers are
 * exact or refused; floats are computed in 64 bits and rounded once.
 */
public final class TensorArithmetic {
  private static final String DIVISION_BY_ZERO = "22012";

  private TensorArithmetic() {}

  private enum Operation {
    PLUS("+"),
    MINUS("-"),
    TIMES("*"),
    DIVIDE("/"),
    MOD("%"),
    POWER("POWER");

    private final String sign;

    Operation(String sign) {
      this.sign = sign;
    }
  }

  public static Object plus(Object left, Object right, Dtype dtype) {
    return binary(Operation.PLUS, left, right, dtype);
  }

  public static Object minus(Object left, Object right, Dtype dtype) {
    return binary(Operation.MINUS, left, right, dtype);
  }

  public static Object times(Object left, Object right, Dtype dtype) {
    return binary(Operation.TIMES, left, right, dtype);
  }

  /** Of integers the quotient without its fraction, as everywhere in SQL. */
  public static Object divide(Object left, Object right, Dtype dtype) {
    return binary(Operation.DIVIDE, left, right, dtype);
  }

  public static Object mod(Object left, Object right, Dtype dtype) {
    return binary(Operation.MOD, left, right, dtype);
  }

  public static Object power(Object left, Object right, Dtype dtype) {
    return binary(Operation.POWER, left, right, dtype);
  }

  private static TensorValue binary(Operation operation, Object left, Object right, Dtype dtype) {
    TensorValue a = (TensorValue) left;
    TensorValue b = (TensorValue) right;
    int[] shape = commonShape(operation.sign, a.shape(), b.shape());
    a = spread(a, shape);
    b = spread(b, shape);
    int elements = elements(operation.sign, shape, dtype);
    Object flat = Flat.allocate(dtype, elements);
    // 0 where one element goes with all
    int stepA = a.rank() == 0 ? 0 : 1;
    int stepB = b.rank() == 0 ? 0 : 1;
    if (dtype.isFloat()) {
      for (int i = 0; i < elements; i++) {
        double value = real(operation, a.doubleAt(i * stepA), b.doubleAt(i * stepB));
        Flat.putDouble(flat, dtype, i, value);
      }
    } else if (dtype == Dtype.UINT64 || a.dtype() == Dtype.UINT64 || b.dtype() == Dtype.UINT64) {
      for (int i = 0; i < elements; i++) {
        BigInteger x = Flat.exact(a, i * stepA);
        BigInteger y = Flat.exact(b, i * stepB);
        BigInteger value = exact(operation, x, y);
        boolean fits = dtype == Dtype.UINT64 ? Flat.fitsUnsigned(value) : value.bitLength() < 64;
        if (!fits) {
          throw outOfRange(operation, x.toString(), y.toString(), dtype);
        }
        Flat.putBits(flat, dtype, i, value.longValue());
      }
    } else {
      for (int i = 0; i < elements; i++) {
        long x = a.longAt(i * stepA);
        long y = b.longAt(i * stepB);
        long value = whole(operation, x, y, dtype);
        if (!Flat.holds(dtype, value)) {
          throw outOfRange(operation, Long.toString(x), Long.toString(y), dtype);
        }
        Flat.putBits(flat, dtype, i, value);
      }
    }
    return new TensorValue(dtype, shape, flat);
  }

  private static double real(Operation operation, double x, double y) {
    switch (operation) {
      case PLUS -> {
        return x + y;
      }
      case MINUS -> {
        return x - y;
      }
      case TIMES -> {
        return x * y;
      }
      case POWER -> {
        return Math.pow(x, y);
      }
      case DIVIDE, MOD -> {
        if (y == 0) {
          throw byZero(operation, Double.toString(x));
        }
        return operation == Operation.DIVIDE ? x / y : x % y;
      }
    }
    throw new AssertionError(operation);
  }

  private static long whole(Operation operation, long x, long y, Dtype dtype) {
    try {
      return switch (operation) {
        case PLUS -> Math.addExact(x, y);
        case MINUS -> Math.subtractExact(x, y);
        case TIMES -> Math.multiplyExact(x, y);
        case DIVIDE, MOD -> {
          if (y == 0) {
            throw byZero(operation, Long.toString(x));
          }
          if (y == -1) {
            yield operation == Operation.MOD ? 0 : Math.negateExact(x);
          }
          yield operation == Operation.DIVIDE ? x / y : x % y;
        }
        case POWER -> throw new IllegalStateException("powers are floats");
      };
    } catch (ArithmeticException e) {
      throw outOfRange(operation, Long.toString(x), Long.toString(y), dtype);
    }
  }

  private static BigInteger exact(Operation operation, BigInteger x, BigInteger y) {
    return switch (operation) {
      case PLUS -> x.add(y);
      case MINUS -> x.subtract(y);
      case TIMES -> x.multiply(y);
      case DIVIDE, MOD -> {
        if (y.signum() == 0) {
          throw byZero(operation, x.toString());
        }
        yield operation == Operation.DIVIDE ? x.divide(y) : x.remainder(y);
      }
      case POWER -> throw new IllegalStateException("powers are floats");
    };
  }

  private static FunctionException outOfRange(
      Operation operation, String x, String y, Dtype dtype) {
    return new FunctionException(
        Flat.OUT_OF_RANGE,
        x
            + " "
            + operation.sign
            + " "
            + y
            + " does not fit into "
            + dtype
            + "; CAST the tensor to a wider dtype");
  }

  private static FunctionException byZero(Operation operation, String x) {
    return new FunctionException(
        DIVISION_BY_ZERO, x + " " + operation.sign + " 0: division by zero in a tensor");
  }

  // --- shapes

  /** Extents of the result; 22023 if the shapes do not go together. */
  static int[] commonShape(String function, int[] a, int[] b) {
    if (Arrays.equals(a, b)) {
      return a;
    }
    int rank = Math.max(a.length, b.length);
    int[] shape = new int[rank];
    for (int i = 1; i <= rank; i++) {
      int x = i > a.length ? 1 : a[a.length - i];
      int y = i > b.length ? 1 : b[b.length - i];
      if (x != y && x != 1 && y != 1) {
        throw new FunctionException(
            FunctionException.INVALID_VALUE,
            function
                + ": the shapes "
                + Arrays.toString(a)
                + " and "
                + Arrays.toString(b)
                + " do not go together; equal ones are expected, or an extent of 1 for any other");
      }
      shape[rank - i] = x == 1 ? y : x;
    }
    return shape;
  }

  private static int elements(String function, int[] shape, Dtype dtype) {
    long elements = 1;
    for (int extent : shape) {
      elements *= extent;
      if (elements * dtype.width() > io.versor.format.type.TensorType.MAX_SAMPLE_BYTES) {
        throw new FunctionException(
            "54000",
            function
                + ": a tensor of shape "
                + Arrays.toString(shape)
                + " "
                + dtype
                + " takes more than "
                + io.versor.format.type.TensorType.MAX_SAMPLE_BYTES
                + " bytes; compute it in slices");
      }
    }
    return (int) elements;
  }

  /** A tensor repeated to a shape; a single element stays alone, with rank 0. */
  private static TensorValue spread(TensorValue tensor, int[] shape) {
    if (Arrays.equals(tensor.shape(), shape)) {
      return tensor;
    }
    if (tensor.elements() == 1) {
      return new TensorValue(tensor.dtype(), new int[0], tensor.flat());
    }
    int[] steps = new int[shape.length];
    int step = 1;
    for (int i = 1; i <= tensor.rank(); i++) {
      int extent = tensor.shape()[tensor.rank() - i];
      steps[shape.length - i] = extent == 1 ? 0 : step;
      step *= extent;
    }
    int elements = elements("a tensor", shape, tensor.dtype());
    Object flat = Flat.allocate(tensor.dtype(), elements);
    int[] index = new int[shape.length];
    int source = 0;
    for (int i = 0; i < elements; i++) {
      System.arraycopy(tensor.flat(), source, flat, i, 1);
      for (int d = shape.length - 1; d >= 0; d--) {
        source += steps[d];
        if (++index[d] < shape[d]) {
          break;
        }
        source -= steps[d] * shape[d];
        index[d] = 0;
      }
    }
    return new TensorValue(tensor.dtype(), shape, flat);
  }

  // --- functions of one tensor

  public static Object negate(TensorValue tensor, Dtype dtype) {
    return unary("-", tensor, dtype, value -> -value, Math::negateExact);
  }

  public static Object abs(TensorValue tensor, Dtype dtype) {
    return unary("ABS", tensor, dtype, Math::abs, TensorArithmetic::absExact);
  }

  private static long absExact(long value) {
    return value < 0 ? Math.negateExact(value) : value;
  }

  public static Object sign(TensorValue tensor, Dtype dtype) {
    return unary("SIGN", tensor, dtype, Math::signum, Long::signum);
  }

  public static Object floor(TensorValue tensor, Dtype dtype) {
    return unary("FLOOR", tensor, dtype, Math::floor, value -> value);
  }

  public static Object ceil(TensorValue tensor, Dtype dtype) {
    return unary("CEIL", tensor, dtype, Math::ceil, value -> value);
  }

  /** Halves away from zero, as ROUND of a number does. */
  public static Object round(TensorValue tensor, Dtype dtype) {
    return unary("ROUND", tensor, dtype, TensorArithmetic::rounded, value -> value);
  }

  private static double rounded(double value) {
    double size = Math.abs(value);
    double floor = Math.floor(size);
    return Math.copySign(size - floor >= 0.5 ? floor + 1 : floor, value);
  }

  public static Object sqrt(TensorValue tensor, Dtype dtype) {
    return real(tensor, dtype, value -> Math.sqrt(atLeastZero(value)));
  }

  private static double atLeastZero(double value) {
    if (value < 0) {
      throw new FunctionException("2201F", "SQRT of " + value + ", expected no negative element");
    }
    return value;
  }

  public static Object exp(TensorValue tensor, Dtype dtype) {
    return real(tensor, dtype, Math::exp);
  }

  public static Object ln(TensorValue tensor, Dtype dtype) {
    return real(tensor, dtype, value -> Math.log(positive("LN", value)));
  }

  public static Object log10(TensorValue tensor, Dtype dtype) {
    return real(tensor, dtype, value -> Math.log10(positive("LOG10", value)));
  }

  private static double positive(String function, double value) {
    if (value <= 0) {
      throw new FunctionException(
          "2201E", function + " of " + value + ", expected elements above zero");
    }
    return value;
  }

  public static Object sin(TensorValue tensor, Dtype dtype) {
    return real(tensor, dtype, Math::sin);
  }

  public static Object cos(TensorValue tensor, Dtype dtype) {
    return real(tensor, dtype, Math::cos);
  }

  public static Object tan(TensorValue tensor, Dtype dtype) {
    return real(tensor, dtype, Math::tan);
  }

  public static Object tanh(TensorValue tensor, Dtype dtype) {
    return real(tensor, dtype, Math::tanh);
  }

  private static TensorValue real(TensorValue tensor, Dtype dtype, DoubleUnaryOperator function) {
    return unary("", tensor, dtype, function, value -> value);
  }

  private static TensorValue unary(
      String name,
      TensorValue tensor,
      Dtype dtype,
      DoubleUnaryOperator function,
      LongUnaryOperator exact) {
    int elements = tensor.elements();
    Object flat = Flat.allocate(dtype, elements);
    for (int i = 0; i < elements; i++) {
      if (dtype.isFloat()) {
        Flat.putDouble(flat, dtype, i, function.applyAsDouble(tensor.doubleAt(i)));
      } else if (dtype == Dtype.UINT64) {
        Flat.putBits(flat, dtype, i, unsigned(name, tensor.longAt(i)));
      } else {
        Flat.putBits(flat, dtype, i, signed(name, tensor, i, exact, dtype));
      }
    }
    return new TensorValue(dtype, tensor.shape(), flat);
  }

  /** No function of one UINT64 that stays UINT64 changes it, but its sign. */
  private static long unsigned(String name, long bits) {
    return name.equals("SIGN") ? (bits == 0 ? 0 : 1) : bits;
  }

  private static long signed(
      String name, TensorValue tensor, int i, LongUnaryOperator exact, Dtype dtype) {
    long value = tensor.longAt(i);
    boolean tooLarge = tensor.dtype() == Dtype.UINT64 && value < 0;
    try {
      long result = exact.applyAsLong(value);
      if (!tooLarge && Flat.holds(dtype, result)) {
        return result;
      }
    } catch (ArithmeticException e) {
      // as if it did not fit
    }
    throw new FunctionException(
        Flat.OUT_OF_RANGE,
        name
            + " "
            + Flat.text(tensor, i)
            + " does not fit into "
            + dtype
            + "; CAST the tensor to a wider dtype");
  }

  // --- comparison

  /** Whether shapes and elements are equal, as numbers: dtypes may differ, NaN equals NaN. */
  public static Object equal(TensorValue a, TensorValue b) {
    return same(a, b);
  }

  public static Object notEqual(TensorValue a, TensorValue b) {
    return !same(a, b);
  }

  private static boolean same(TensorValue a, TensorValue b) {
    if (a.dtype() == b.dtype()) {
      return a.equals(b);
    }
    if (!Arrays.equals(a.shape(), b.shape())) {
      return false;
    }
    boolean floats = a.dtype().isFloat() || b.dtype().isFloat();
    for (int i = 0; i < a.elements(); i++) {
      boolean equal = floats ? sameReal(a, b, i) : Flat.exact(a, i).equals(Flat.exact(b, i));
      if (!equal) {
        return false;
      }
    }
    return true;
  }

  /** Exact, though a 64-bit integer may have no double. */
  private static boolean sameReal(TensorValue a, TensorValue b, int i) {
    double x = a.doubleAt(i);
    double y = b.doubleAt(i);
    if (x != y) {
      return Double.isNaN(x) && Double.isNaN(y);
    }
    TensorValue whole = a.dtype().isFloat() ? b : a;
    return whole.dtype().isFloat()
        || Math.abs(x) < 1L << 53
        || new java.math.BigDecimal(x).toBigInteger().equals(Flat.exact(whole, i));
  }

  /** Extents that are known of the result of an operation, as {@link #commonShape}. */
  static Shape commonShape(Shape a, Shape b) {
    int rank = Math.max(a.rank(), b.rank());
    int[] shape = new int[rank];
    for (int i = 1; i <= rank; i++) {
      int x = i > a.rank() ? 1 : a.extent(a.rank() - i);
      int y = i > b.rank() ? 1 : b.extent(b.rank() - i);
      if (x == y || y == 1) {
        shape[rank - i] = x;
      } else if (x == 1) {
        shape[rank - i] = y;
      } else if (x == Shape.RAGGED || y == Shape.RAGGED) {
        shape[rank - i] = Math.max(x, y);
      } else {
        throw new IllegalArgumentException("the shapes " + a + " and " + b + " do not go together");
      }
    }
    return Shape.of(shape);
  }
}
