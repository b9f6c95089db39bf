package io.versor.engine.media;

/**
 * A decoded picture.
 *
 * @param samples {@code height * width * channels} unsigned bytes, row by row, channels innermost:
 *     grey; grey and alpha; red, green, blue; red, green, blue, alpha. Not copied
 */
public record Picture(int height, int width, int channels, byte[] samples) {
  public Picture {
    long expected = (long) height * width * channels;
    if (height < 1 || width < 1 || channels < 1 || samples.length != expected) {
      throw new IllegalArgumentException(
          samples.length + " bytes for " + height + " x " + width + " x " + channels);
    }
  }
}
