package io.versor.deeplake;

/** Extents of samples. */
final class Shapes {
  private Shapes() {}

  /** Elements of a sample; {@code Long.MAX_VALUE} where they are more than that. */
  static long elements(int[] shape) {
    long elements = 1;
    for (int extent : shape) {
      if (extent == 0) {
        return 0;
      }
      elements = elements > Long.MAX_VALUE / extent ? Long.MAX_VALUE : elements * extent;
    }
    return elements;
  }
}
