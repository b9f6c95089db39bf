package io.versor.engine.media;

import io.versor.format.type.StoreException;
import io.versor.format.type.StoreException.Code;
import java.util.Arrays;
import java.util.List;

/**
 * What the header of an encoded sample says.
 *
 * @param format how the bytes are encoded
 * @param shape extents in the order of {@link MediaFormat.Kind}, each at least 1
 */
public record MediaInfo(MediaFormat format, List<Integer> shape) {
  /**
   * Decoded size a header may announce. The same as the largest tensor sample, so that a picture
   * that can be stored is one that could be a tensor; a header of 65,535 x 65,535 is refused before
   * anybody makes room for it.
   */
  public static final long MAX_DECODED_BYTES = 1L << 30;

  public MediaInfo {
    shape = List.copyOf(shape);
  }

  /** Checks the extents a header gave. */
  static MediaInfo of(MediaFormat format, long... extents) throws StoreException {
    long bytes = 1;
    Integer[] shape = new Integer[extents.length];
    for (int i = 0; i < extents.length; i++) {
      if (extents[i] < 1 || extents[i] > Integer.MAX_VALUE) {
        throw new StoreException(
            Code.INVALID_VALUE,
            format.mediaType()
                + " header gives the shape "
                + Arrays.toString(extents)
                + "; every extent must be between 1 and "
                + Integer.MAX_VALUE);
      }
      shape[i] = (int) extents[i];
      // Film and sound are never decoded whole: their frames and samples are not counted.
      boolean counted = format.kind() == MediaFormat.Kind.IMAGE || (i > 0 && extents.length == 4);
      bytes = counted ? saturatedProduct(bytes, extents[i]) : bytes;
    }
    if (bytes > MAX_DECODED_BYTES) {
      throw new StoreException(
          Code.LIMIT,
          format.mediaType()
              + " header gives the shape "
              + Arrays.toString(extents)
              + ", "
              + bytes
              + " bytes when decoded; at most "
              + MAX_DECODED_BYTES
              + " are accepted");
    }
    return new MediaInfo(format, Arrays.asList(shape));
  }

  private static long saturatedProduct(long a, long b) {
    long high = Math.multiplyHigh(a, b);
    long low = a * b;
    return high != 0 || low < 0 ? Long.MAX_VALUE : low;
  }

  /** The extents as a new array. */
  public int[] extents() {
    int[] extents = new int[shape.size()];
    for (int i = 0; i < extents.length; i++) {
      extents[i] = shape.get(i);
    }
    return extents;
  }
}
