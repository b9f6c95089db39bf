package io.versor.engine.function;

import io.versor.engine.TensorValue;
import io.versor.engine.media.ImageCodec;
import io.versor.engine.media.MediaFormat;
import io.versor.engine.media.MediaProbe;
import io.versor.engine.media.Picture;
import io.versor.format.type.Dtype;
import io.versor.format.type.StoreException;
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
