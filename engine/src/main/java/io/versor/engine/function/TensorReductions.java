package io.versor.engine.function;

import io.versor.engine.TensorValue;
import io.versor.engine.type.Promotion;
import io.versor.format.type.Dtype;
import java.math.BigInteger;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * One number of many: of a whole tensor, or of each row of it along an axis. Sums of integers are
 * exact or refused. Of no elements the sum is 0 and everything else NULL.
 */
public final class TensorReductions {
  private TensorReductions() {}

  private enum Reduction {
    SUM,
    MEAN,
    MIN,
    MAX,
    STD,
    ARGMIN,
    ARGMAX
  }

  public static @Nullable Object sum(TensorValue tensor, int[] axis) {
    return reduced(Reduction.SUM, tensor, axis);
  }

  public static @Nullable Object mean(TensorValue tensor, int[] axis) {
    return reduced(Reduction.MEAN, tensor, axis);
  }

  public static @Nullable Object min(TensorValue tensor, int[] axis) {
    return reduced(Reduction.MIN, tensor, axis);
  }

  public static @Nullable Object max(TensorValue tensor, int[] axis) {
    return reduced(Reduction.MAX, tensor, axis);
  }

  public static @Nullable Object std(TensorValue tensor, int[] axis) {
    return reduced(Reduction.STD, tensor, axis);
  }

  public static @Nullable Object argmin(TensorValue tensor, int[] axis) {
    return reduced(Reduction.ARGMIN, tensor, axis);
  }

  public static @Nullable Object argmax(TensorValue tensor, int[] axis) {
    return reduced(Reduction.ARGMAX, tensor, axis);
  }

  /**
   * @param axis one, or none for the whole
   */
  private static @Nullable Object reduced(Reduction reduction, TensorValue tensor, int[] axis) {
    return axis.length == 0 ? whole(reduction, tensor) : along(reduction, tensor, axis[0]);
  }

  /** What a reduction along an axis is made of. */
  static Dtype dtype(String reduction, Dtype dtype) {
    return switch (Reduction.valueOf(reduction)) {
      case SUM -> Promotion.sum(dtype);
      case MEAN, STD -> Dtype.FLOAT64;
      case MIN, MAX -> dtype;
      case ARGMIN, ARGMAX -> Dtype.INT32;
    };
  }

  private static @Nullable Object whole(Reduction reduction, TensorValue tensor) {
    if (tensor.elements() == 0 && reduction != Reduction.SUM) {
      return null;
    }
    Dtype dtype = dtype(reduction.name(), tensor.dtype());
    Object flat = Flat.allocate(dtype, 1);
    reduce(reduction, tensor, 0, 1, tensor.elements(), flat, dtype, 0);
    return new TensorValue(dtype, new int[0], flat).elementAt(0);
  }

  private static @Nullable Object along(Reduction reduction, TensorValue tensor, int axis) {
    int rank = tensor.rank();
    String name = "TENSOR_" + reduction;
    if (axis < 0 || axis >= rank) {
      throw new FunctionException(
          TensorShapes.NO_ELEMENT,
          name + ": axis " + axis + " of " + tensor + ", expected 0 to " + (rank - 1));
    }
    if (rank == 1) {
      return whole(reduction, tensor);
    }
    int extent = tensor.shape()[axis];
    int[] shape = new int[rank - 1];
    int inner = 1;
    int outer = 1;
    for (int i = 0, at = 0; i < rank; i++) {
      if (i == axis) {
        continue;
      }
      shape[at++] = tensor.shape()[i];
      inner *= i > axis ? tensor.shape()[i] : 1;
      outer *= i < axis ? tensor.shape()[i] : 1;
    }
    if (extent == 0 && inner * outer > 0 && reduction != Reduction.SUM) {
      throw new FunctionException(
          FunctionException.INVALID_VALUE,
          name + ": " + tensor + " has no elements along axis " + axis);
    }
    Dtype dtype = dtype(reduction.name(), tensor.dtype());
    Object flat = Flat.allocate(dtype, inner * outer);
    for (int i = 0; i < outer; i++) {
      for (int j = 0; j < inner; j++) {
        reduce(
            reduction, tensor, i * extent * inner + j, inner, extent, flat, dtype, i * inner + j);
      }
    }
    return new TensorValue(dtype, shape, flat);
  }

  private static void reduce(
      Reduction reduction,
      TensorValue tensor,
      int from,
      int step,
      int count,
      Object flat,
      Dtype dtype,
      int to) {
    boolean floats = tensor.dtype().isFloat();
    if (!floats && reduction == Reduction.SUM) {
      Flat.putBits(flat, dtype, to, exactSum(tensor, from, step, count));
    } else if (!floats && reduction != Reduction.MEAN && reduction != Reduction.STD) {
      int place = extreme(reduction, tensor, from, step, count);
      boolean asked = reduction == Reduction.ARGMIN || reduction == Reduction.ARGMAX;
      Flat.putBits(flat, dtype, to, asked ? place : tensor.longAt(from + place * step));
    } else {
      double[] values = new double[count];
      for (int i = 0; i < count; i++) {
        values[i] = tensor.doubleAt(from + i * step);
      }
      switch (reduction) {
        case ARGMIN -> Flat.putBits(flat, dtype, to, VectorMath.least(values));
        case ARGMAX -> Flat.putBits(flat, dtype, to, VectorMath.greatest(values));
        case SUM -> Flat.putDouble(flat, dtype, to, VectorMath.sum(values));
        case MEAN -> Flat.putDouble(flat, dtype, to, VectorMath.mean(values));
        case STD -> Flat.putDouble(flat, dtype, to, VectorMath.deviation(values));
        case MIN -> Flat.putDouble(flat, dtype, to, values[VectorMath.least(values)]);
        case MAX -> Flat.putDouble(flat, dtype, to, values[VectorMath.greatest(values)]);
      }
    }
  }

  private static long exactSum(TensorValue tensor, int from, int step, int count) {
    if (tensor.dtype() == Dtype.UINT64) {
      BigInteger sum = BigInteger.ZERO;
      for (int i = 0; i < count; i++) {
        sum = sum.add(Flat.exact(tensor, from + i * step));
      }
      if (!Flat.fitsUnsigned(sum)) {
        throw sumTooLarge(tensor, Dtype.UINT64);
      }
      return sum.longValue();
    }
    long sum = 0;
    try {
      for (int i = 0; i < count; i++) {
        sum = Math.addExact(sum, tensor.longAt(from + i * step));
      }
    } catch (ArithmeticException e) {
      throw sumTooLarge(tensor, Dtype.INT64);
    }
    return sum;
  }

  private static FunctionException sumTooLarge(TensorValue tensor, Dtype dtype) {
    return new FunctionException(
        Flat.OUT_OF_RANGE,
        "TENSOR_SUM: the sum of "
            + tensor
            + " does not fit into "
            + dtype
            + "; CAST it to FLOAT64");
  }

  private static int extreme(
      Reduction reduction, TensorValue tensor, int from, int step, int count) {
    boolean least = reduction == Reduction.MIN || reduction == Reduction.ARGMIN;
    // flipping the sign bit puts unsigned numbers in the order of signed ones
    long flip = tensor.dtype() == Dtype.UINT64 ? Long.MIN_VALUE : 0;
    int best = 0;
    for (int i = 1; i < count; i++) {
      long value = tensor.longAt(from + i * step) ^ flip;
      long other = tensor.longAt(from + best * step) ^ flip;
      if (least ? value < other : value > other) {
        best = i;
      }
    }
    return best;
  }

  /** {@code L2_NORMALIZE(x)}: divided by its Euclidean length; of length 0 as it is. */
  public static Object normalize(TensorValue tensor, Dtype dtype) {
    double[] values = TensorArguments.doubles(tensor);
    double norm = VectorMath.norm(values);
    Object flat = Flat.allocate(dtype, values.length);
    for (int i = 0; i < values.length; i++) {
      Flat.putDouble(flat, dtype, i, norm == 0 ? values[i] : values[i] / norm);
    }
    return new TensorValue(dtype, tensor.shape(), flat);
  }

  // --- distances

  public static Object l2Distance(TensorValue a, TensorValue b) {
    return Math.sqrt(VectorMath.squares(left("L2_DISTANCE", a, b), TensorArguments.doubles(b)));
  }

  public static Object l1Distance(TensorValue a, TensorValue b) {
    return VectorMath.absolutes(left("L1_DISTANCE", a, b), TensorArguments.doubles(b));
  }

  /** How many elements differ. */
  public static Object hammingDistance(TensorValue a, TensorValue b) {
    return VectorMath.differences(left("HAMMING_DISTANCE", a, b), TensorArguments.doubles(b));
  }

  public static Object innerProduct(TensorValue a, TensorValue b) {
    return VectorMath.dot(left("INNER_PRODUCT", a, b), TensorArguments.doubles(b));
  }

  /** 1 for the same direction; NaN when one has no length. */
  public static Object cosineSimilarity(TensorValue a, TensorValue b) {
    return VectorMath.cosine(left("COSINE_SIMILARITY", a, b), TensorArguments.doubles(b));
  }

  /** Euclidean length. */
  public static Object l2Norm(TensorValue a) {
    return VectorMath.norm(TensorArguments.doubles(a));
  }

  private static double[] left(String function, TensorValue a, TensorValue b) {
    if (!Arrays.equals(a.shape(), b.shape())) {
      throw new FunctionException(
          FunctionException.INVALID_VALUE,
          function
              + ": the tensors have the shapes "
              + Arrays.toString(a.shape())
              + " and "
              + Arrays.toString(b.shape())
              + "; the same shape is expected");
    }
    return TensorArguments.doubles(a);
  }
}
