package io.versor.engine.function;

import io.versor.engine.TensorValue;
import io.versor.format.type.Dtype;
import java.util.ArrayList;
import java.util.List;

/** Values that functions take for tensors: tensors, and arrays written in SQL. */
public final class TensorArguments {
  private TensorArguments() {}

  /**
   * A tensor as it is; a list of numbers, nested or not, as FLOAT64.
   *
   * @throws FunctionException 22023 for anything else, and for lists of uneven lengths
   */
  public static TensorValue tensor(String function, Object value) {
    if (value instanceof TensorValue tensor) {
      return tensor;
    }
    if (value instanceof List<?> list) {
      return ofList(function, list);
    }
    throw new FunctionException(
        FunctionException.INVALID_VALUE,
        function + ": a tensor is expected, found " + value.getClass().getSimpleName());
  }

  private static TensorValue ofList(String function, List<?> list) {
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
    double[] flat = new double[Math.toIntExact(elements)];
    int filled = fill(function, list, extents, 0, flat, 0);
    if (filled != flat.length) {
      throw uneven(function);
    }
    return new TensorValue(Dtype.FLOAT64, extents, flat);
  }

  private static int fill(
      String function, List<?> list, int[] extents, int depth, double[] flat, int at) {
    if (list.size() != extents[depth]) {
      throw uneven(function);
    }
    int next = at;
    for (Object element : list) {
      if (depth + 1 < extents.length) {
        if (!(element instanceof List<?> inner)) {
          throw uneven(function);
        }
        next = fill(function, inner, extents, depth + 1, flat, next);
      } else if (element instanceof Number number) {
        flat[next++] = number.doubleValue();
      } else {
        throw new FunctionException(
            FunctionException.INVALID_VALUE,
            function + ": numbers are expected in an array, found " + element);
      }
    }
    return next;
  }

  private static FunctionException uneven(String function) {
    return new FunctionException(
        FunctionException.INVALID_VALUE,
        function + ": the inner arrays have different lengths; a tensor is even");
  }

  /** The elements of a tensor of rank 1 as doubles. */
  static double[] vector(String function, Object value) {
    TensorValue tensor = tensor(function, value);
    if (tensor.rank() != 1) {
      throw new FunctionException(
          FunctionException.INVALID_VALUE,
          function + ": a tensor with one extent is expected, found " + tensor);
    }
    double[] vector = new double[tensor.elements()];
    for (int i = 0; i < vector.length; i++) {
      vector[i] = tensor.doubleAt(i);
    }
    return vector;
  }
}
