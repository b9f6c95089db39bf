package io.versor.engine.function;

import io.versor.engine.TensorValue;
import io.versor.format.type.Dtype;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Values that functions take for tensors: tensors, and arrays written in SQL. */
public final class TensorArguments {
  private TensorArguments() {}

  /**
   * A tensor as it is; a list of numbers, nested or not, as FLOAT64.
   *
   * @throws FunctionException 22023 for anything else, and for lists of uneven lengths
   */
  public static TensorValue tensor(String function, Object value) {
    return of(function, value, Dtype.FLOAT64);
  }

  /**
   * The same, for generated code.
   *
   * @param dtype what a list is made of
   */
  public static TensorValue of(String function, Object value, Dtype dtype) {
    if (value instanceof TensorValue tensor) {
      return tensor;
    }
    if (value instanceof List<?> list) {
      return ofList(function, list, dtype);
    }
    throw new FunctionException(
        FunctionException.INVALID_VALUE,
        function + ": a tensor is expected, found " + value.getClass().getSimpleName());
  }

  private static TensorValue ofList(String function, List<?> list, Dtype dtype) {
    List<Integer> shape = new ArrayList<>();
    Object level = list;
    while (level instanceof List<?> inner) {
      shape.add(inner.size());
      level = inner.isEmpty() ? null : inner.get(0);
    }
    int[] extents = shape.stream().mapToInt(Integer::intValue).toArray();
    long elements = 1;
    for (int extent : extents) {
      elements = Math.multiplyExact(elements, (long) extent);
    }
    Object flat = Flat.allocate(dtype, Math.toIntExact(elements));
    fill(function, list, extents, 0, new Target(dtype, flat), 0);
    return new TensorValue(dtype, extents, flat);
  }

  private record Target(Dtype dtype, Object flat) {}

  private static int fill(
      String function, List<?> list, int[] extents, int depth, Target target, int at) {
    if (list.size() != extents[depth]) {
      throw uneven(function);
    }
    int next = at;
    for (Object element : list) {
      if (depth + 1 < extents.length) {
        if (!(element instanceof List<?> inner)) {
          throw uneven(function);
        }
        next = fill(function, inner, extents, depth + 1, target, next);
      } else {
        put(function, element, target, next++);
      }
    }
    return next;
  }

  private static void put(String function, @Nullable Object element, Target target, int at) {
    if (element instanceof Number number && target.dtype().isFloat()) {
      Flat.putDouble(target.flat(), target.dtype(), at, number.doubleValue());
    } else if (element instanceof Number number) {
      Flat.putBits(target.flat(), target.dtype(), at, whole(function, number));
    } else if (element instanceof Boolean truth && target.dtype() == Dtype.BOOL) {
      Flat.putBits(target.flat(), target.dtype(), at, truth ? 1 : 0);
    } else {
      throw new FunctionException(
          FunctionException.INVALID_VALUE,
          function + ": numbers are expected in an array, found " + element);
    }
  }

  private static FunctionException uneven(String function) {
    return new FunctionException(
        FunctionException.INVALID_VALUE,
        function + ": the inner arrays have different lengths; a tensor is even");
  }

  /** A tensor, or a number as a tensor without extents. */
  public static TensorValue operand(String function, Object value, Dtype dtype) {
    if (value instanceof Double || value instanceof Float) {
      return scalar(Dtype.FLOAT64, new double[] {((Number) value).doubleValue()});
    }
    if (value instanceof BigDecimal decimal && decimal.stripTrailingZeros().scale() > 0) {
      return scalar(Dtype.FLOAT64, new double[] {decimal.doubleValue()});
    }
    if (value instanceof Number number) {
      return scalar(Dtype.INT64, new long[] {whole(function, number)});
    }
    return of(function, value, dtype);
  }

  private static TensorValue scalar(Dtype dtype, Object flat) {
    return new TensorValue(dtype, new int[0], flat);
  }

  private static long whole(String function, Number number) {
    try {
      return number instanceof BigDecimal decimal ? decimal.longValueExact() : number.longValue();
    } catch (ArithmeticException e) {
      throw new FunctionException(
          Flat.OUT_OF_RANGE, function + ": " + number + " is beyond 64 bits", e);
    }
  }

  /** An index, an extent or an axis. */
  public static int index(String function, Object value) {
    if (value instanceof Number number && !(value instanceof Double) && !(value instanceof Float)) {
      long whole = whole(function, number);
      if (whole == (int) whole) {
        return (int) whole;
      }
    }
    throw new FunctionException(
        FunctionException.INVALID_VALUE,
        function + ": " + value + ", expected a whole number of 32 bits");
  }

  /** The elements as doubles, in their order. */
  static double[] doubles(TensorValue tensor) {
    if (tensor.flat() instanceof double[] doubles) {
      return doubles;
    }
    double[] values = new double[tensor.elements()];
    if (tensor.flat() instanceof float[] floats) {
      for (int i = 0; i < values.length; i++) {
        values[i] = floats[i];
      }
      return values;
    }
    for (int i = 0; i < values.length; i++) {
      values[i] = tensor.doubleAt(i);
    }
    return values;
  }
}
