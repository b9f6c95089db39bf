package io.versor.engine.media;

import io.versor.format.type.StoreException;
import io.versor.format.type.StoreException.Code;
import java.util.Optional;

/**
 * Looks at encoded bytes without decoding them: which format, is it whole, what shape. Stateless.
 *
 * <p>What "whole" means is said at each format; common to all is that every length a header gives
 * lies inside the bytes and that the shape has no zero extent and is at most {@link
 * MediaInfo#MAX_DECODED_BYTES} when decoded.
 */
public final class MediaProbe {
  private MediaProbe() {}

  /** The format the first bytes tell, whether or not the rest is whole. */
  public static Optional<MediaFormat> format(byte[] bytes) {
    try {
      for (MediaFormat format : MediaFormat.values()) {
        if (matches(format, new Bytes(format, bytes))) {
          return Optional.of(format);
        }
      }
      return Optional.empty();
    } catch (StoreException e) {
      throw new IllegalStateException(e); // matches() looks before it reads
    }
  }

  /**
   * Reads the header and checks the structure.
   *
   * @throws StoreException {@code INVALID_VALUE} for bytes that are of no known format or not whole
   */
  public static MediaInfo probe(byte[] bytes) throws StoreException {
    MediaFormat format =
        format(bytes)
            .orElseThrow(
                () ->
                    new StoreException(
                        Code.INVALID_VALUE,
                        "the "
                            + bytes.length
                            + " bytes given begin like no picture, sound or film that is known"));
    return read(format, bytes);
  }

  /**
   * The check of a value for a column such as {@code IMAGE('jpeg')}.
   *
   * @param mediaType the type's argument; empty accepts every format of the kind
   * @throws StoreException {@code INVALID_VALUE} when the bytes are something else or not whole
   */
  public static MediaInfo check(byte[] bytes, MediaFormat.Kind kind, Optional<String> mediaType)
      throws StoreException {
    String wanted = kind + mediaType.map(type -> "('" + type + "')").orElse("");
    Optional<MediaFormat> format = format(bytes);
    if (format.isEmpty()) {
      throw new StoreException(
          Code.INVALID_VALUE,
          wanted
              + " expected, but the "
              + bytes.length
              + " bytes given begin like no "
              + name(kind));
    }
    boolean fits =
        format.get().kind() == kind
            && (mediaType.isEmpty() || MediaFormat.find(mediaType.get()).equals(format));
    if (!fits) {
      throw new StoreException(
          Code.INVALID_VALUE, wanted + " expected, but the value is a " + format.get().mediaType());
    }
    return read(format.get(), bytes);
  }

  private static String name(MediaFormat.Kind kind) {
    return switch (kind) {
      case IMAGE -> "picture that is known";
      case AUDIO -> "sound that is known";
      case VIDEO -> "film that is known";
    };
  }

  private static boolean matches(MediaFormat format, Bytes bytes) throws StoreException {
    return switch (format) {
      case JPEG -> JpegHeader.matches(bytes);
      case PNG -> PngHeader.matches(bytes);
      case GIF -> GifHeader.matches(bytes);
      case WEBP -> WebpHeader.matches(bytes);
      case BMP -> BmpHeader.matches(bytes);
      case TIFF -> TiffHeader.matches(bytes);
      case WAV -> AudioHeaders.isWav(bytes);
      case FLAC -> AudioHeaders.isFlac(bytes);
      case MP3 -> AudioHeaders.isMp3(bytes);
      case MP4 -> VideoHeaders.isMp4(bytes);
      case AVI -> VideoHeaders.isAvi(bytes);
    };
  }

  private static MediaInfo read(MediaFormat format, byte[] array) throws StoreException {
    Bytes bytes = new Bytes(format, array);
    return switch (format) {
      case JPEG -> JpegHeader.read(bytes);
      case PNG -> PngHeader.read(bytes);
      case GIF -> GifHeader.read(bytes);
      case WEBP -> WebpHeader.read(bytes);
      case BMP -> BmpHeader.read(bytes);
      case TIFF -> TiffHeader.read(bytes);
      case WAV -> AudioHeaders.wav(bytes);
      case FLAC -> AudioHeaders.flac(bytes);
      case MP3 -> AudioHeaders.mp3(bytes);
      case MP4 -> VideoHeaders.mp4(bytes);
      case AVI -> VideoHeaders.avi(bytes);
    };
  }
}
