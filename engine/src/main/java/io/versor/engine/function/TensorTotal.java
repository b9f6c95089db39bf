package io.versor.engine.function;

import io.versor.engine.TensorValue;
import io.versor.engine.keep.Gathering;
import io.versor.engine.keep.KeptRows;
import io.versor.engine.type.Promotion;
import io.versor.format.type.Dtype;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** A running sum of tensors of one shape. Called from generated code. */
public final class TensorTotal implements Gathering {
  private @Nullable TensorValue total;
  private long count;

  private TensorTotal() {}

  @Override
  public long keptBytes() {
    return KeptRows.valueBytes(total);
  }

  private void add(String function, Object value, boolean average) {
    TensorValue tensor = TensorArguments.tensor(function, value);
    Dtype dtype = average ? Dtype.FLOAT64 : Promotion.sum(tensor.dtype());
    TensorValue before = total;
    count++;
    if (before == null) {
      TensorValue zero =
          new TensorValue(dtype, tensor.shape(), Flat.allocate(dtype, tensor.elements()));
      total = (TensorValue) TensorArithmetic.plus(zero, tensor, dtype);
      return;
    }
    if (!Arrays.equals(before.shape(), tensor.shape())) {
      throw new FunctionException(
          FunctionException.INVALID_VALUE,
          function
              + ": the tensors have the shapes "
              + Arrays.toString(before.shape())
              + " and "
              + Arrays.toString(tensor.shape())
              + "; the same shape is expected in every row");
    }
    if (before.flat() instanceof double[] sums) {
      for (int i = 0; i < sums.length; i++) {
        sums[i] += tensor.doubleAt(i);
      }
    } else {
      total = (TensorValue) TensorArithmetic.plus(before, tensor, dtype);
    }
  }

  private @Nullable Object mean() {
    TensorValue sum = total;
    if (sum == null) {
      return null;
    }
    double[] means = ((double[]) sum.flat()).clone();
    for (int i = 0; i < means.length; i++) {
      means[i] /= count;
    }
    return new TensorValue(Dtype.FLOAT64, sum.shape(), means);
  }

  private @Nullable Object sum() {
    TensorValue sum = total;
    // a window goes on with the same total
    return sum == null ? null : Flat.copy(sum, 0, sum.shape());
  }

  /** {@code SUM(x)}. */
  public static final class Sum {
    public TensorTotal init() {
      return new TensorTotal();
    }

    public TensorTotal add(TensorTotal total, Object tensor) {
      total.add("SUM", tensor, false);
      return total;
    }

    public @Nullable Object result(TensorTotal total) {
      return total.sum();
    }
  }

  /** {@code AVG(x)}. */
  public static final class Average {
    public TensorTotal init() {
      return new TensorTotal();
    }

    public TensorTotal add(TensorTotal total, Object tensor) {
      total.add("AVG", tensor, true);
      return total;
    }

    public @Nullable Object result(TensorTotal total) {
      return total.mean();
    }
  }
}
