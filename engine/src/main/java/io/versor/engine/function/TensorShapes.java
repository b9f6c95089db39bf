package io.versor.engine.function;

import io.versor.engine.TensorValue;
import io.versor.format.type.Dtype;
import io.versor.format.type.Shape;
import java.util.Arrays;

/** Parts of tensors, and the same elements in another shape. Counted from 0. */
public final class TensorShapes {
  /** An index or a dimension that a tensor does not have. */
  static final String NO_ELEMENT = "2202E";

  private TensorShapes() {}

  /** {@code TENSOR_RANK(x)}: how many extents it has. */
  public static Object rank(TensorValue tensor) {
    return tensor.rank();
  }

  /** {@code CARDINALITY(x)}: how many elements it has. */
  public static Object cardinality(TensorValue tensor) {
    return tensor.elements();
  }

  /** {@code ELEMENT_AT(x, i, j)}: an element, or a part if there are fewer indexes than extents. */
  public static Object elementAt(TensorValue tensor, int[] indexes) {
    int[] shape = tensor.shape();
    if (indexes.length > shape.length) {
      throw tooMany("ELEMENT_AT", indexes.length, tensor);
    }
    int at = 0;
    for (int i = 0; i < indexes.length; i++) {
      checkIndex(tensor.dtype(), shape, i, indexes[i]);
      at = at * shape[i] + indexes[i];
    }
    if (indexes.length == shape.length) {
      return tensor.elementAt(at);
    }
    int[] rest = Arrays.copyOfRange(shape, indexes.length, shape.length);
    return Flat.copy(tensor, at * product(rest), rest);
  }

  /**
   * @throws FunctionException 2202E for an index outside of a dimension
   */
  public static void checkIndex(Dtype dtype, int[] shape, int dimension, int index) {
    if (index < 0 || index >= shape[dimension]) {
      throw new FunctionException(
          NO_ELEMENT,
          "ELEMENT_AT: index "
              + index
              + " in dimension "
              + dimension
              + " of "
              + dtype
              + Arrays.toString(shape)
              + ", expected 0 to "
              + (shape[dimension] - 1));
    }
  }

  /**
   * @throws FunctionException 2202E for bounds outside of a dimension
   */
  public static void checkBounds(Dtype dtype, int[] shape, int dimension, int low, int high) {
    if (low < 0 || high > shape[dimension] || low > high) {
      throw new FunctionException(
          NO_ELEMENT,
          "SLICE: "
              + low
              + " to "
              + high
              + " of dimension "
              + dimension
              + " of "
              + dtype
              + Arrays.toString(shape)
              + ", expected 0 to "
              + shape[dimension]
              + " in this order");
    }
  }

  private static FunctionException tooMany(String function, int indexes, TensorValue tensor) {
    return new FunctionException(
        NO_ELEMENT,
        function + ": " + indexes + " indexes for " + tensor + ", at most " + tensor.rank());
  }

  private static int product(int[] extents) {
    int product = 1;
    for (int extent : extents) {
      product *= extent;
    }
    return product;
  }

  /** {@code SLICE(x, dim, lo, hi)}: from lo to before hi along one dimension. */
  public static Object slice(TensorValue tensor, int dimension, int low, int high) {
    int[] shape = tensor.shape();
    if (dimension < 0 || dimension >= shape.length) {
      throw new FunctionException(
          NO_ELEMENT,
          "SLICE: dimension "
              + dimension
              + " of "
              + tensor
              + ", expected 0 to "
              + (shape.length - 1));
    }
    int extent = shape[dimension];
    checkBounds(tensor.dtype(), shape, dimension, low, high);
    int[] result = shape.clone();
    result[dimension] = high - low;
    int inner = product(Arrays.copyOfRange(shape, dimension + 1, shape.length));
    int outer = product(Arrays.copyOf(shape, dimension));
    int run = (high - low) * inner;
    Object flat = Flat.allocate(tensor.dtype(), outer * run);
    for (int i = 0; i < outer; i++) {
      System.arraycopy(tensor.flat(), (i * extent + low) * inner, flat, i * run, run);
    }
    return new TensorValue(tensor.dtype(), result, flat);
  }

  /** {@code FLATTEN(x)}: all elements in one dimension. */
  public static Object flatten(TensorValue tensor) {
    return new TensorValue(tensor.dtype(), new int[] {tensor.elements()}, tensor.flat());
  }

  /** {@code RESHAPE(x, 2, -1)}: the same elements; one extent may be left to compute. */
  public static Object reshape(TensorValue tensor, int[] extents) {
    int open = -1;
    long known = 1;
    for (int i = 0; i < extents.length; i++) {
      if (extents[i] == -1 && open < 0) {
        open = i;
      } else if (extents[i] < 0) {
        throw new FunctionException(
            FunctionException.INVALID_VALUE,
            "RESHAPE: the extents "
                + Arrays.toString(extents)
                + ", expected none below 0 but at most one -1");
      } else {
        known = Math.min(known * extents[i], Shape.MAX_ELEMENTS + 1);
      }
    }
    int[] shape = extents.clone();
    if (open >= 0 && known > 0) {
      shape[open] = (int) (tensor.elements() / known);
      known *= shape[open];
    }
    if (known != tensor.elements() || open >= 0 && shape[open] < 0) {
      throw new FunctionException(
          FunctionException.INVALID_VALUE,
          "RESHAPE: the "
              + tensor.elements()
              + " elements of "
              + tensor
              + " are not those of a shape "
              + Arrays.toString(extents));
    }
    return new TensorValue(tensor.dtype(), shape, tensor.flat());
  }

  /**
   * {@code TRANSPOSE(x, 1, 0)}: extent i of the result is extent {@code axes[i]} of the tensor.
   *
   * @param order none for the extents in reverse
   */
  public static Object transpose(TensorValue tensor, int[] order) {
    int rank = tensor.rank();
    int[] axes = order.length == 0 ? reversed(rank) : order;
    boolean[] seen = new boolean[rank];
    boolean valid = axes.length == rank;
    for (int i = 0; valid && i < rank; i++) {
      valid = axes[i] >= 0 && axes[i] < rank && !seen[axes[i]];
      if (valid) {
        seen[axes[i]] = true;
      }
    }
    if (!valid) {
      throw new FunctionException(
          FunctionException.INVALID_VALUE,
          "TRANSPOSE: the axes "
              + Arrays.toString(axes)
              + " are no order of the "
              + rank
              + " extents of "
              + tensor
              + "; each of 0 to "
              + (rank - 1)
              + " is expected once");
    }
    int[] shape = new int[rank];
    int[] steps = new int[rank];
    int[] sourceSteps = new int[rank];
    int step = 1;
    for (int i = rank - 1; i >= 0; i--) {
      sourceSteps[i] = step;
      step *= tensor.shape()[i];
    }
    for (int i = 0; i < rank; i++) {
      shape[i] = tensor.shape()[axes[i]];
      steps[i] = sourceSteps[axes[i]];
    }
    int elements = tensor.elements();
    Object target = Flat.allocate(tensor.dtype(), elements);
    int inner = rank == 0 ? 1 : shape[rank - 1];
    int innerStep = rank == 0 ? 1 : steps[rank - 1];
    int[] index = new int[Math.max(1, rank)];
    for (int done = 0; done < elements; done += inner) {
      int source = 0;
      for (int i = 0; i < rank - 1; i++) {
        source += index[i] * steps[i];
      }
      if (innerStep == 1) {
        System.arraycopy(tensor.flat(), source, target, done, inner);
      } else {
        copyStrided(tensor.flat(), source, innerStep, target, done, inner);
      }
      for (int i = rank - 2; i >= 0 && ++index[i] == shape[i]; i--) {
        index[i] = 0;
      }
    }
    return new TensorValue(tensor.dtype(), shape, target);
  }

  private static int[] reversed(int rank) {
    int[] axes = new int[rank];
    for (int i = 0; i < rank; i++) {
      axes[i] = rank - 1 - i;
    }
    return axes;
  }

  private static void copyStrided(
      Object source, int from, int step, Object target, int to, int count) {
    if (source instanceof byte[] bytes) {
      byte[] out = (byte[]) target;
      for (int i = 0; i < count; i++) {
        out[to + i] = bytes[from + i * step];
      }
    } else {
      for (int i = 0; i < count; i++) {
        System.arraycopy(source, from + i * step, target, to + i, 1);
      }
    }
  }
}
