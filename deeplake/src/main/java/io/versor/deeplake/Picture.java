package io.versor.deeplake;

import io.versor.format.type.StoreException;
import io.versor.format.type.StoreException.Code;
import java.awt.image.BufferedImage;
import java.awt.image.DataBuffer;
import java.awt.image.Raster;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Iterator;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.ImageOutputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/**
 * A decoded picture of one byte for each channel: needed only where a picture is not a sample of
 * its own, but holds several or a part of one.
 */
final class Picture {
  static final Picture NONE = new Picture(0, 0, 0, new byte[0], "no picture");

  /** Bytes a decoder may take for one picture: four for each of this many pixels. */
  private static final long MAX_PIXELS = 1 << 28;

  private final int width;
  private final int height;
  private final int channels;
  private final byte[] bytes;
  private final String display;

  private Picture(int width, int height, int channels, byte[] bytes, String display) {
    this.width = width;
    this.height = height;
    this.channels = channels;
    this.bytes = bytes;
    this.display = display;
  }

  /**
   * @throws StoreException {@code CORRUPT} where it cannot be decoded; {@code UNSUPPORTED} where
   *     Java has no decoder for it
   */
  static Picture decode(byte[] encoded, int offset, int length, DatasetFiles files, String path)
      throws StoreException {
    String display = files.display(path);
    try (ImageInputStream in =
        new MemoryCacheImageInputStream(new ByteArrayInputStream(encoded, offset, length))) {
      Iterator<ImageReader> readers = ImageIO.getImageReaders(in);
      if (!readers.hasNext()) {
        throw new StoreException(
            Code.UNSUPPORTED,
            display + ": " + length + " bytes of a picture that Java has no decoder for");
      }
      ImageReader reader = readers.next();
      try {
        reader.setInput(in, true, true);
        return decode(reader, display);
      } finally {
        reader.dispose();
      }
    } catch (IOException | RuntimeException e) { // decoders throw either
      throw new StoreException(Code.CORRUPT, display + ": the picture cannot be decoded: " + e, e);
    } catch (OutOfMemoryError e) {
      throw new StoreException(
          Code.MEMORY, display + ": the heap has no room for its picture; give Java more (-Xmx)");
    }
  }

  private static Picture decode(ImageReader reader, String display)
      throws IOException, StoreException {
    long pixels = (long) reader.getWidth(0) * reader.getHeight(0);
    if (pixels > MAX_PIXELS) {
      throw new StoreException(
          Code.LIMIT, display + ": a picture of " + pixels + " pixels, at most " + MAX_PIXELS);
    }
    Raster raster = reader.read(0).getRaster();
    if (raster.getTransferType() != DataBuffer.TYPE_BYTE
        && raster.getTransferType() != DataBuffer.TYPE_INT) {
      throw new StoreException(
          Code.UNSUPPORTED, display + ": a picture of more than eight bits a channel");
    }
    int width = raster.getWidth();
    int height = raster.getHeight();
    int channels = raster.getNumBands();
    byte[] bytes = new byte[Math.toIntExact(pixels * channels)];
    int[] line = new int[width * channels];
    int at = 0;
    for (int y = 0; y < height; y++) {
      raster.getPixels(raster.getMinX(), raster.getMinY() + y, width, 1, line);
      for (int value : line) {
        bytes[at++] = (byte) value;
      }
    }
    return new Picture(width, height, channels, bytes, display);
  }

  /**
   * Copies a part as high as {@code shape} says from the top.
   *
   * @param left its first column
   * @param shape {@code [height, width]} or {@code [height, width, channels]}
   */
  void copy(int left, int[] shape, byte[] out, int offset) throws StoreException {
    int wanted = shape.length == 3 ? shape[2] : 1;
    boolean fits =
        shape.length >= 2
            && shape.length <= 3
            && wanted == channels
            && shape[0] <= height
            && shape[1] <= width - left;
    if (!fits) {
      throw new StoreException(
          Code.CORRUPT,
          display
              + ": a sample of "
              + Arrays.toString(shape)
              + " from column "
              + left
              + " of a picture of ["
              + height
              + ", "
              + width
              + ", "
              + channels
              + "]");
    }
    int line = shape[1] * channels;
    for (int y = 0; y < shape[0]; y++) {
      System.arraycopy(bytes, (y * width + left) * channels, out, offset + y * line, line);
    }
  }

  /**
   * Encodes an array as PNG, which loses nothing.
   *
   * @param shape {@code [height, width]} or {@code [height, width, channels]}, of 1, 3 or 4
   *     channels
   * @param display for messages
   */
  static byte[] png(byte[] bytes, int offset, int[] shape, String display) throws StoreException {
    int channels = shape.length == 3 ? shape[2] : 1;
    int kind =
        switch (channels) {
          case 1 -> BufferedImage.TYPE_BYTE_GRAY;
          case 3 -> BufferedImage.TYPE_3BYTE_BGR;
          case 4 -> BufferedImage.TYPE_4BYTE_ABGR;
          default ->
              throw new StoreException(
                  Code.UNSUPPORTED, display + ": a picture in tiles of " + Arrays.toString(shape));
        };
    BufferedImage image = new BufferedImage(shape[1], shape[0], kind);
    int[] line = new int[shape[1] * channels];
    int at = offset;
    for (int y = 0; y < shape[0]; y++) {
      for (int i = 0; i < line.length; i++) {
        line[i] = bytes[at++] & 0xFF;
      }
      image.getRaster().setPixels(0, y, shape[1], 1, line);
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (ImageOutputStream stream = new MemoryCacheImageOutputStream(out)) {
      ImageIO.write(image, "png", stream);
    } catch (IOException e) {
      throw new StoreException(Code.IO, display + ": a picture cannot be encoded: " + e, e);
    }
    return out.toByteArray();
  }
}
