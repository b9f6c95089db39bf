package io.versor.engine.media;

import io.versor.format.type.StoreException;
import io.versor.format.type.StoreException.Code;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Iterator;
import java.util.function.Function;
import javax.imageio.IIOException;
import javax.imageio.IIOImage;
import javax.imageio.ImageReader;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.metadata.IIOMetadata;
import javax.imageio.spi.IIORegistry;
import javax.imageio.spi.ImageReaderSpi;
import javax.imageio.spi.ImageReaderWriterSpi;
import javax.imageio.spi.ImageWriterSpi;
import javax.imageio.stream.MemoryCacheImageInputStream;
import javax.imageio.stream.MemoryCacheImageOutputStream;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Node;

/**
 * Pictures to bytes of samples and back, by the JDK's own readers and writers.
 *
 * <p>Only the JDK's: a plug-in on the host's class path must not change what a query returns.
 * Memory streams are used throughout, so the process-wide cache setting of ImageIO does not matter
 * and no temporary file appears. Colours are handed out as stored; an embedded profile is not
 * applied, as machine-learning loaders do not apply it either.
 */
public final class ImageCodec {
  /**
   * Decoded size that is decoded, on the heap. A picture of 9,000 x 9,000 in colour; the picture
   * and the tensor made of it exist at the same time.
   */
  public static final long MAX_DECODED_BYTES = 256L << 20;

  /** Quality of JPEGs written: high enough that a re-encoded picture looks like its source. */
  public static final float JPEG_QUALITY = 0.95f;

  /** GIFs are decoded to red, green, blue; what is transparent takes the colour it hides. */
  static final int GIF_CHANNELS = 3;

  private static final String JDK_CODECS = "com.sun.imageio.plugins.";

  private ImageCodec() {}

  /**
   * Decodes a picture; of several the first.
   *
   * @throws StoreException {@code INVALID_VALUE} when the bytes are no whole picture, {@code
   *     UNSUPPORTED} when the format or its colours are not decoded, {@code LIMIT} when it is
   *     larger than {@link #MAX_DECODED_BYTES}
   */
  public static Picture decode(byte[] bytes) throws StoreException {
    MediaInfo info = MediaProbe.probe(bytes);
    if (info.format().kind() != MediaFormat.Kind.IMAGE) {
      throw new StoreException(
          Code.INVALID_VALUE, "a picture is expected, but the value is a " + mediaType(info));
    }
    int[] shape = info.extents();
    long decodedBytes = (long) shape[0] * shape[1] * shape[2];
    if (decodedBytes > MAX_DECODED_BYTES) {
      throw new StoreException(
          Code.LIMIT,
          "the picture has "
              + decodedBytes
              + " bytes when decoded; at most "
              + MAX_DECODED_BYTES
              + " are decoded");
    }
    if (info.format() == MediaFormat.WEBP) {
      throw new StoreException(
          Code.UNSUPPORTED, "webp pictures are stored and measured, but not decoded");
    }
    if (info.format() == MediaFormat.JPEG && shape[2] == 4) {
      throw new StoreException(
          Code.UNSUPPORTED, "the jpeg has 4 components (CMYK); grey and three colours are decoded");
    }
    return read(info, bytes);
  }

  private static Picture read(MediaInfo info, byte[] bytes) throws StoreException {
    ImageReader reader = openReader(info.format());
    try {
      // Metadata is skipped where it is not needed: the JPEG reader refuses sound pictures for it.
      boolean ignoreMetadata = info.format() != MediaFormat.GIF;
      reader.setInput(
          new MemoryCacheImageInputStream(new ByteArrayInputStream(bytes)), false, ignoreMetadata);
      BufferedImage image = reader.read(0);
      return samplesOf(info, image, offsetOf(info, reader));
    } catch (IIOException | RuntimeException e) {
      throw new StoreException(
          Code.INVALID_VALUE,
          "the " + mediaType(info) + " cannot be decoded: " + e.getMessage(),
          e);
    } catch (IOException e) {
      throw new StoreException(Code.IO, "the " + mediaType(info) + " cannot be read", e);
    } finally {
      reader.dispose();
    }
  }

  /** Where the first picture of a GIF stands on the screen: {@code {left, top}}. */
  private static int[] offsetOf(MediaInfo info, ImageReader reader) throws IOException {
    if (info.format() != MediaFormat.GIF) {
      return new int[2];
    }
    IIOMetadata metadata = reader.getImageMetadata(0);
    Node node = metadata.getAsTree(metadata.getNativeMetadataFormatName()).getFirstChild();
    for (; node != null; node = node.getNextSibling()) {
      if (node.getNodeName().equals("ImageDescriptor")) {
        var attributes = node.getAttributes();
        return new int[] {
          Integer.parseInt(attributes.getNamedItem("imageLeftPosition").getNodeValue()),
          Integer.parseInt(attributes.getNamedItem("imageTopPosition").getNodeValue())
        };
      }
    }
    return new int[2];
  }

  private static Picture samplesOf(MediaInfo info, BufferedImage image, int[] offset)
      throws StoreException {
    int[] shape = info.extents();
    int height = shape[0];
    int width = shape[1];
    int channels = shape[2];
    if (offset[0] + image.getWidth() > width || offset[1] + image.getHeight() > height) {
      throw new StoreException(
          Code.INVALID_VALUE,
          "the "
              + mediaType(info)
              + " header gives "
              + width
              + " x "
              + height
              + " but the picture has "
              + image.getWidth()
              + " x "
              + image.getHeight());
    }
    byte[] samples = new byte[height * width * channels];
    ColorModel model = image.getColorModel();
    Raster raster = image.getRaster();
    // Grey with one transparent value may come with an alpha band that the header does not count.
    boolean direct = !(model instanceof IndexColorModel) && raster.getNumBands() >= channels;
    if (direct) {
      for (int band = 0; band < channels; band++) {
        if (raster.getSampleModel().getSampleSize(band) > 8) {
          throw new StoreException(
              Code.UNSUPPORTED,
              "the "
                  + mediaType(info)
                  + " has "
                  + raster.getSampleModel().getSampleSize(band)
                  + " bits a sample; 8 are decoded");
        }
      }
    }
    int imageWidth = image.getWidth();
    int[] row = new int[imageWidth * Math.max(channels, raster.getNumBands())];
    for (int y = 0; y < image.getHeight(); y++) {
      int target = ((y + offset[1]) * width + offset[0]) * channels;
      if (direct) {
        raster.getPixels(0, y, imageWidth, 1, row);
        int scale = scaleTo8(raster.getSampleModel().getSampleSize(0));
        int bands = raster.getNumBands();
        for (int x = 0; x < imageWidth; x++) {
          for (int band = 0; band < channels; band++) {
            samples[target++] = (byte) (row[x * bands + band] * scale);
          }
        }
      } else {
        image.getRGB(0, y, imageWidth, 1, row, 0, imageWidth);
        for (int x = 0; x < imageWidth; x++, target += channels) {
          putArgb(samples, target, channels, row[x]);
        }
      }
    }
    return new Picture(height, width, channels, samples);
  }

  private static void putArgb(byte[] samples, int target, int channels, int argb) {
    if (channels <= 2) {
      samples[target] = (byte) (argb >> 8); // grey has three equal colours
    } else {
      samples[target] = (byte) (argb >> 16);
      samples[target + 1] = (byte) (argb >> 8);
      samples[target + 2] = (byte) argb;
    }
    if (channels == 2 || channels == 4) {
      samples[target + channels - 1] = (byte) (argb >> 24);
    }
  }

  /** 1, 2 and 4 bits a sample are spread over 0 to 255. */
  private static int scaleTo8(int bits) {
    return bits >= 8 ? 1 : 255 / ((1 << bits) - 1);
  }

  /**
   * Encodes a picture. The same picture gives the same bytes on one JDK.
   *
   * @param format JPEG (grey or three colours, {@link #JPEG_QUALITY}) or PNG (up to four channels)
   */
  public static byte[] encode(Picture picture, MediaFormat format) throws StoreException {
    boolean jpeg = format == MediaFormat.JPEG;
    if (!jpeg && format != MediaFormat.PNG) {
      throw new StoreException(
          Code.UNSUPPORTED, "pictures are encoded as jpeg or png, not as " + format.mediaType());
    }
    int channels = picture.channels();
    if (channels > 4 || (jpeg && channels != 1 && channels != 3)) {
      throw new StoreException(
          Code.INVALID_VALUE,
          "a "
              + format.mediaType()
              + " has "
              + (jpeg ? "1 or 3" : "1 to 4")
              + " channels; the tensor has "
              + channels);
    }
    ImageWriter writer = openWriter(format);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (var stream = new MemoryCacheImageOutputStream(out)) {
      writer.setOutput(stream);
      ImageWriteParam param = writer.getDefaultWriteParam();
      if (jpeg) {
        param.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
        param.setCompressionQuality(JPEG_QUALITY);
      }
      writer.write(null, new IIOImage(Rasters.imageOf(picture), null, null), param);
    } catch (IOException | RuntimeException e) {
      throw new StoreException(
          Code.INVALID_VALUE, "the picture cannot be written as " + format.mediaType(), e);
    } finally {
      writer.dispose();
    }
    return out.toByteArray();
  }

  private static String mediaType(MediaInfo info) {
    return info.format().mediaType();
  }

  private static ImageReader openReader(MediaFormat format) throws StoreException {
    try {
      return spi(ImageReaderSpi.class, format, ImageReaderSpi::getFormatNames)
          .createReaderInstance();
    } catch (IOException e) {
      throw missing(format, e);
    }
  }

  private static ImageWriter openWriter(MediaFormat format) throws StoreException {
    try {
      return spi(ImageWriterSpi.class, format, ImageWriterSpi::getFormatNames)
          .createWriterInstance();
    } catch (IOException e) {
      throw missing(format, e);
    }
  }

  private static <S extends ImageReaderWriterSpi> S spi(
      Class<S> type, MediaFormat format, Function<S, String[]> names) throws StoreException {
    Iterator<S> found = IIORegistry.getDefaultInstance().getServiceProviders(type, false);
    while (found.hasNext()) {
      S candidate = found.next();
      if (candidate.getClass().getName().startsWith(JDK_CODECS)) {
        for (String name : names.apply(candidate)) {
          if (name.equals(format.mediaType())) {
            return candidate;
          }
        }
      }
    }
    throw missing(format, null);
  }

  private static StoreException missing(MediaFormat format, @Nullable IOException cause) {
    String message =
        "this JDK has no codec for " + format.mediaType() + "; its module java.desktop is needed";
    return cause == null
        ? new StoreException(Code.UNSUPPORTED, message)
        : new StoreException(Code.UNSUPPORTED, message, cause);
  }
}
