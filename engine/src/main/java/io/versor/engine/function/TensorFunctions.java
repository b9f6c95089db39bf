package io.versor.engine.function;

import io.versor.engine.TensorValue;
import io.versor.engine.media.ImageCodec;
import io.versor.engine.media.MediaFormat;
import io.versor.engine.media.MediaProbe;
import io.versor.engine.media.Picture;
import io.versor.format.type.Dtype;
import io.versor.format.type.StoreException;
import java.lang.reflect.Array;
import java.util.Arrays;
import java.util.List;
import org.apache.calcite.avatica.util.ByteString;
import org.apache.calcite.linq4j.function.Strict;

/**
 * The functions themselves. NULL in, NULL out. Called from generated code, so arguments come as the
 * fallback executor has them: {@link TensorValue} or a list for a tensor, {@link ByteString} for
 * bytes.
 */
public final class TensorFunctions {
  private TensorFunctions() {}

  /** {@code SHAPE(x)}: extents of a tensor, or of an encoded picture, sound or film. */
  @Strict
  public static List<Integer> shape(Object value) {
    int[] shape =
        value instanceof ByteString bytes
            ? probed("SHAPE", bytes)
            : TensorArguments.tensor("SHAPE", value).shape();
    return Arrays.stream(shape).boxed().toList();
  }

  private static int[] probed(String function, ByteString bytes) {
    try {
      return MediaProbe.probe(bytes.getBytes()).extents();
    } catch (StoreException e) {
      throw refused(function, e);
    }
  }

  /** {@code IMAGE_WIDTH(x)} in pixels, from the header. */
  @Strict
  public static int imageWidth(ByteString bytes) {
    return picture("IMAGE_WIDTH", bytes)[1];
  }

  /** {@code IMAGE_HEIGHT(x)} in pixels, from the header. */
  @Strict
  public static int imageHeight(ByteString bytes) {
    return picture("IMAGE_HEIGHT", bytes)[0];
  }

  private static int[] picture(String function, ByteString bytes) {
    int[] shape = probed(function, bytes);
    if (shape.length != 3) {
      throw new FunctionException(
          FunctionException.INVALID_VALUE, function + ": the value is no picture");
    }
    return shape;
  }

  /** {@code DECODE_IMAGE(x)}: UINT8 of height, width, channels. */
  @Strict
  public static Object decodeImage(ByteString bytes) {
    try {
      Picture picture = ImageCodec.decode(bytes.getBytes());
      return new TensorValue(
          Dtype.UINT8,
          new int[] {picture.height(), picture.width(), picture.channels()},
          picture.samples());
    } catch (StoreException e) {
      throw refused("DECODE_IMAGE", e);
    }
  }

  /** {@code ENCODE_IMAGE(x, 'jpeg')}: UINT8 of height, width[, channels] as a picture. */
  @Strict
  public static ByteString encodeImage(Object value, String format) {
    TensorValue tensor = TensorArguments.tensor("ENCODE_IMAGE", value);
    MediaFormat media =
        MediaFormat.find(format)
            .orElseThrow(
                () ->
                    new FunctionException(
                        FunctionException.INVALID_VALUE,
                        "ENCODE_IMAGE: '" + format + "' is no picture format; jpeg and png are"));
    boolean picture = tensor.dtype() == Dtype.UINT8 && (tensor.rank() == 2 || tensor.rank() == 3);
    if (!picture || tensor.elements() == 0) {
      throw new FunctionException(
          FunctionException.INVALID_VALUE,
          "ENCODE_IMAGE: a TENSOR(UINT8, height, width, channels) is expected, found " + tensor);
    }
    int[] shape = tensor.shape();
    try {
      return new ByteString(
          ImageCodec.encode(
              new Picture(
                  shape[0], shape[1], shape.length == 3 ? shape[2] : 1, (byte[]) tensor.flat()),
              media));
    } catch (StoreException e) {
      throw refused("ENCODE_IMAGE", e);
    }
  }

  /** {@code TRANSPOSE(x)}: the extents in reverse. */
  @Strict
  public static Object transpose(Object value) {
    TensorValue tensor = TensorArguments.tensor("TRANSPOSE", value);
    int[] axes = new int[tensor.rank()];
    for (int i = 0; i < axes.length; i++) {
      axes[i] = axes.length - 1 - i;
    }
    return transposed(tensor, axes);
  }

  /** {@code TRANSPOSE(x, 1, 0)}: extent i of the result is extent {@code axes[i]} of the tensor. */
  @Strict
  public static Object transpose2(Object value, int a, int b) {
    return transposed(TensorArguments.tensor("TRANSPOSE", value), a, b);
  }

  /** {@code TRANSPOSE(x, 1, 0, 2)}. */
  @Strict
  public static Object transpose3(Object value, int a, int b, int c) {
    return transposed(TensorArguments.tensor("TRANSPOSE", value), a, b, c);
  }

  /** {@code TRANSPOSE(x, 0, 2, 3, 1)}. */
  @Strict
  public static Object transpose4(Object value, int a, int b, int c, int d) {
    return transposed(TensorArguments.tensor("TRANSPOSE", value), a, b, c, d);
  }

  private static TensorValue transposed(TensorValue tensor, int... axes) {
    int rank = tensor.rank();
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
    Object target = Array.newInstance(tensor.flat().getClass().getComponentType(), elements);
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

  /** {@code L2_DISTANCE(a, b)}: Euclidean. */
  @Strict
  public static double l2Distance(Object left, Object right) {
    double[] a = TensorArguments.vector("L2_DISTANCE", left);
    double[] b = sameLength("L2_DISTANCE", a, right);
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      double difference = a[i] - b[i];
      sum += difference * difference;
    }
    return Math.sqrt(sum);
  }

  /** {@code INNER_PRODUCT(a, b)}. */
  @Strict
  public static double innerProduct(Object left, Object right) {
    double[] a = TensorArguments.vector("INNER_PRODUCT", left);
    return dot(a, sameLength("INNER_PRODUCT", a, right));
  }

  /** {@code L2_NORM(a)}: Euclidean length. */
  @Strict
  public static double l2Norm(Object value) {
    double[] a = TensorArguments.vector("L2_NORM", value);
    return Math.sqrt(dot(a, a));
  }

  /** {@code COSINE_SIMILARITY(a, b)}: 1 for the same direction; NaN when one has no length. */
  @Strict
  public static double cosineSimilarity(Object left, Object right) {
    double[] a = TensorArguments.vector("COSINE_SIMILARITY", left);
    double[] b = sameLength("COSINE_SIMILARITY", a, right);
    return dot(a, b) / (Math.sqrt(dot(a, a)) * Math.sqrt(dot(b, b)));
  }

  private static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }

  private static double[] sameLength(String function, double[] a, Object right) {
    double[] b = TensorArguments.vector(function, right);
    if (a.length != b.length) {
      throw new FunctionException(
          FunctionException.INVALID_VALUE,
          function
              + ": the vectors have "
              + a.length
              + " and "
              + b.length
              + " elements; the same number is expected");
    }
    return b;
  }

  /** {@code READ_FILE('path')}: the bytes of a file, within what the session may read. */
  @Strict
  public static ByteString readFile(String path) {
    return new ByteString(FileAccess.current().read(path));
  }

  static FunctionException refused(String function, StoreException e) {
    return new FunctionException(
        FunctionException.INVALID_VALUE, function + ": " + e.getMessage(), e);
  }
}
